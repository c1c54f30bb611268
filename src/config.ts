import { join, resolve } from 'node:path';
import { z } from 'zod';

const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const text = (schema: z.ZodType<string> = z.string()) => z.preprocess(blankIsAbsent, schema.optional());
const whole = (fallback: number, min: number, max: number) =>
  z.preprocess(blankIsAbsent, z.coerce.number().int().min(min).max(max).default(fallback));
const choice = <const T extends readonly [string, ...string[]]>(values: T, fallback: T[number]) =>
  z.preprocess(blankIsAbsent, z.enum(values).default(fallback as never));
const timeZone = z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
  message: 'must be an IANA time zone such as Asia/Taipei',
});

const environment = z
  .object({
    DATABASE_URL: text(z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://')),
    ENCORE_DATA_DIR: z.preprocess(blankIsAbsent, z.string().default('.data')),
    ENCORE_ROLE: choice(['both', 'web', 'worker'], 'both'),
    FFMPEG_PATH: text(),
    SLACK_BOT_TOKEN: text(z.string().startsWith('xoxb-', 'must start with xoxb-')),
    SLACK_APP_TOKEN: text(z.string().startsWith('xapp-', 'must start with xapp-')),
    SLACK_SIGNING_SECRET: text(),
    SLACK_API_URL: z.preprocess(blankIsAbsent, z.url().default('https://slack.com/api/')),
    HOST: z.preprocess(blankIsAbsent, z.string().default('0.0.0.0')),
    PORT: whole(3000, 0, 65535),
    CONSOLE_PORT: whole(4180, 0, 65535),
    CATALOGUE_TIME_ZONE: z.preprocess(blankIsAbsent, timeZone.default('Asia/Taipei')),
    LOCALE: choice(['en', 'zh-TW'], 'en'),
    MINIMUM_GROUP: whole(10, 2, 1000),
    UPLOAD_MAX_MB: whole(200, 1, 2000),
    WORKER_THREADS: whole(2, 1, 64),
    LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info'),
    NODE_ENV: choice(['development', 'production', 'test'], 'development'),
  })
  .superRefine((env, context) => {
    if (env.SLACK_BOT_TOKEN && !env.SLACK_APP_TOKEN && !env.SLACK_SIGNING_SECRET)
      context.addIssue({
        code: 'custom',
        path: ['SLACK_BOT_TOKEN'],
        message: 'needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it',
      });
    for (const name of ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'] as const)
      if (!env.SLACK_BOT_TOKEN && env[name]) context.addIssue({ code: 'custom', path: [name], message: 'needs SLACK_BOT_TOKEN beside it' });
    if (!env.SLACK_BOT_TOKEN && env.ENCORE_ROLE !== 'both')
      context.addIssue({ code: 'custom', path: ['ENCORE_ROLE'], message: 'needs SLACK_BOT_TOKEN: the local page is one process' });
  });

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

/** Every mistake of the environment at once, one line each. */
export class ConfigError extends Error {
  constructor(mistakes: string[]) {
    super(`The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${mistakes.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads the environment: the only place that does.
 * @throws ConfigError naming every variable that is wrong and what it must be; values are never printed.
 * @param defaults what a variable is when the environment does not set it, where that differs by command.
 * @example readConfig({ PORT: '8080' }).dataDir // '<cwd>/.data'
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, defaults: NodeJS.ProcessEnv = {}): Config {
  const parsed = environment.safeParse({ ...defaults, ...env });
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const values = parsed.data;
  return {
    databaseUrl: values.DATABASE_URL,
    dataDir: resolve(values.ENCORE_DATA_DIR),
    role: values.ENCORE_ROLE,
    ffmpegPath: values.FFMPEG_PATH,
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

function slackConfig(values: z.infer<typeof environment>): SlackConfig | undefined {
  if (!values.SLACK_BOT_TOKEN) return undefined;
  const common = { botToken: values.SLACK_BOT_TOKEN, apiUrl: values.SLACK_API_URL };
  if (values.SLACK_APP_TOKEN) return { ...common, mode: 'socket', appToken: values.SLACK_APP_TOKEN };
  return { ...common, mode: 'http', signingSecret: values.SLACK_SIGNING_SECRET ?? '', host: values.HOST, port: values.PORT };
}
