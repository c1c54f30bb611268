import { accessSync, constants, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { ErrorContext } from './errors.ts';

/** What a variable must be: a key of the text catalogue under `config.`, and its values. */
type Rule = { must: string; values?: ErrorContext; secret?: true };

const rules = z.registry<Rule>();
const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
/** A variable of the environment: blank is absent, and whatever is wrong with it is told by its one rule. */
const variable = <T extends z.ZodType>(schema: T, rule: Rule = { must: 'text' }) => {
  const checked = z.preprocess(blankIsAbsent, schema);
  rules.add(checked, rule);
  return checked;
};
const text = (schema: z.ZodType<string> = z.string(), rule?: Rule) => variable(schema.optional(), rule);
const whole = (fallback: number, min: number, max: number) =>
  variable(z.coerce.number().int().min(min).max(max).default(fallback), { must: 'whole', values: { min: String(min), max: String(max) } });
const choice = <const T extends readonly [string, ...string[]]>(values: T, fallback: T[number]) =>
  variable(z.enum(values).default(fallback as never), { must: 'choice', values: { choices: values.join(', ') } });
const isTimeZone = (zone: string) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC';

const environment = z.object({
  DATABASE_URL: text(z.string().refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url)), { must: 'database-url', secret: true }),
  ENCORE_DATA_DIR: variable(z.string().default('.data')),
  ENCORE_ROLE: choice(['both', 'web', 'worker'], 'both'),
  FFMPEG_PATH: text(z.string().refine(isProgram), { must: 'ffmpeg' }),
  PYTHON: text(z.string().refine(isProgram), { must: 'python' }),
  SLACK_BOT_TOKEN: text(z.string().startsWith('xoxb-'), { must: 'bot-token', secret: true }),
  SLACK_APP_TOKEN: text(z.string().startsWith('xapp-'), { must: 'app-token', secret: true }),
  SLACK_SIGNING_SECRET: text(undefined, { must: 'text', secret: true }),
  SLACK_API_URL: variable(z.url({ protocol: /^https?$/ }).default('https://slack.com/api/'), { must: 'url' }),
  HOST: variable(z.string().default('0.0.0.0')),
  PORT: whole(3000, 0, 65535),
  CONSOLE_PORT: whole(4180, 0, 65535),
  CATALOGUE_TIME_ZONE: variable(z.string().refine(isTimeZone).default('Asia/Taipei'), { must: 'time-zone' }),
  LOCALE: choice(['en', 'zh-TW'], 'en'),
  MINIMUM_GROUP: whole(10, 2, 1000),
  UPLOAD_MAX_MB: whole(200, 1, 2000),
  WORKER_THREADS: whole(2, 1, 64),
  LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
  NODE_ENV: choice(['development', 'production', 'test'], 'development'),
});
type Variable = keyof typeof environment.shape;

export type Locale = 'en' | 'zh-TW';

/** Credentials of one Slack workspace: `socket` when an app token is given, `http` otherwise. */
export type SlackConfig = { botToken: string; apiUrl: string } & (
  | { mode: 'socket'; appToken: string }
  | { mode: 'http'; signingSecret: string; host: string; port: number }
);

export type Config = {
  /** Absent: the embedded PostgreSQL in `dataDir` is used. */
  databaseUrl: string | undefined;
  /** Absolute path of the folder for the embedded database and staged uploads. */
  dataDir: string;
  role: 'both' | 'web' | 'worker';
  ffmpegPath: string | undefined;
  /** A Python with torch, for learning a score model; absent: python3 on PATH. */
  pythonPath: string | undefined;
  /** Absent: the local console page is opened instead. */
  slack: SlackConfig | undefined;
  consolePort: number;
  /** The zone in which a play belongs to a day. */
  timeZone: string;
  locale: Locale;
  /** The fewest listeners a shown cell may have. */
  minimumGroup: number;
  uploadMaxBytes: number;
  workerThreads: number;
  logLevel: string;
  production: boolean;
};

/** A variable that is wrong: what it is, secrets masked, and what it must be (`config.<must>` in the text catalogue). */
export type Mistake = { variable: string; value: string; must: string; values?: ErrorContext | undefined };

/** Every mistake of the environment at once, and the language to tell them in; the words are chosen at the edge. */
export class ConfigError extends Error {
  readonly mistakes: readonly Mistake[];
  readonly locale: Locale;

  constructor(mistakes: readonly Mistake[], locale: Locale) {
    super(`wrong settings: ${mistakes.map(({ variable: name, must }) => `${name} (${must})`).join(', ')}`);
    this.name = 'ConfigError';
    this.mistakes = mistakes;
    this.locale = locale;
  }
}

/**
 * Reads the environment: the only place that does.
 * @throws ConfigError naming every variable that is wrong and what it must be; secrets are masked.
 * @param defaults what a variable is when the environment does not set it, where that differs by command.
 * @example readConfig({ PORT: '8080' }).dataDir // '<cwd>/.data'
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, defaults: NodeJS.ProcessEnv = {}): Config {
  const given = { ...defaults, ...env };
  const parsed = environment.safeParse(given);
  const mistakes = [...(parsed.error ? wrongAlone(parsed.error, given) : []), ...wrongTogether(given)];
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes, environment.shape.LOCALE.safeParse(given['LOCALE']).data ?? 'en');
  const values = parsed.data;
  return {
    databaseUrl: values.DATABASE_URL,
    dataDir: resolve(values.ENCORE_DATA_DIR),
    role: values.ENCORE_ROLE,
    ffmpegPath: values.FFMPEG_PATH,
    pythonPath: values.PYTHON,
    slack: slackConfig(values),
    consolePort: values.CONSOLE_PORT,
    timeZone: values.CATALOGUE_TIME_ZONE,
    locale: values.LOCALE,
    minimumGroup: values.MINIMUM_GROUP,
    uploadMaxBytes: values.UPLOAD_MAX_MB * 1_000_000,
    workerThreads: values.WORKER_THREADS,
    logLevel: values.LOG_LEVEL,
    production: values.NODE_ENV === 'production',
  };
}

/** Folder for staged uploads: private to the process's user. */
export const stagingDir = (config: Config): string => join(config.dataDir, 'staging');

/** A secret as it may be printed: the kind and the last four characters. */
export const maskSecret = (secret: string): string => `${secret.slice(0, 5)}…${secret.slice(-4)}`;

function wrongAlone(error: z.ZodError, given: NodeJS.ProcessEnv): Mistake[] {
  const names = new Set(error.issues.map(({ path }) => String(path[0]) as Variable));
  return [...names].map((name) => {
    const { must, values, secret } = rules.get(environment.shape[name]) ?? { must: 'text' };
    return { variable: name, value: secret ? kindOfSecret(given[name]) : (given[name] ?? ''), must, values };
  });
}

/** What doesn't go together, whether or not each value is right by itself. */
function wrongTogether(given: NodeJS.ProcessEnv): Mistake[] {
  const value = (name: Variable) => given[name]?.trim() ?? '';
  const mistakes: Mistake[] = [];
  const add = (name: Variable, must: string) => mistakes.push({ variable: name, value: name.startsWith('SLACK_') ? '' : value(name), must });
  if (value('SLACK_BOT_TOKEN')) {
    if (!value('SLACK_APP_TOKEN') && !value('SLACK_SIGNING_SECRET')) add('SLACK_BOT_TOKEN', 'second-token');
  } else {
    for (const name of ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'] as const) if (value(name)) add(name, 'with-bot-token');
    if (['web', 'worker'].includes(value('ENCORE_ROLE'))) add('ENCORE_ROLE', 'role-of-slack');
  }
  return mistakes;
}

/** What a wrong secret looks like, without anything of the secret itself. @example kindOfSecret('xoxp-1-2') // 'xoxp-…' */
const kindOfSecret = (secret = ''): string => `${/^(xox[a-z]-|xapp-|[a-z]{2,12}:\/\/)/.exec(secret)?.[1] ?? ''}…`;

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function slackConfig(values: z.infer<typeof environment>): SlackConfig | undefined {
  if (!values.SLACK_BOT_TOKEN) return undefined;
  const common = { botToken: values.SLACK_BOT_TOKEN, apiUrl: values.SLACK_API_URL };
  if (values.SLACK_APP_TOKEN) return { ...common, mode: 'socket', appToken: values.SLACK_APP_TOKEN };
  return { ...common, mode: 'http', signingSecret: values.SLACK_SIGNING_SECRET ?? '', host: values.HOST, port: values.PORT };
}
