import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import type { Logger } from 'pino';
import type { Locale } from '../config.ts';
import type { Values } from './elements.ts';
import { createFileStore } from './file-store.ts';
import { newSecret } from './ids.ts';
import { createPageRoutes } from './page-routes.ts';
import { eventPayload } from './payloads.ts';
import { createPerson, type Pressed } from './person.ts';
import { ConsoleReceiver } from './receiver.ts';
import { listen } from './server.ts';
import { createSlackRoutes } from './slack-routes.ts';
import type { ConsoleMessage, ConsoleView, Json } from './types.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

export type Dropped = string | { name: string; bytes: Uint8Array };
export type Where = { channel?: 'demos' | 'direct'; thread?: string };

/** A stand-in for Slack's servers on this machine, with a page to talk to the app and the same by method calls. */
export type Console = {
  /** For `new App({ receiver, token: botToken, clientOptions: { slackApiUrl: apiUrl } })`. */
  receiver: ConsoleReceiver;
  apiUrl: string;
  botToken: string;
  /** The page. */
  url: string;
  /** Says what a person would type, commands included; in #demos unless told otherwise. Resolves with what was said once the app acknowledged. */
  say(text: string, where?: Where): Promise<ConsoleMessage>;
  /** Presses the first button, or picks in the first menu, with this action_id. Resolves once acknowledged. */
  press(messageTs: string, actionId: string, chosen?: Pressed['chosen']): Promise<void>;
  /** Shares files, by path or bytes, in one message. Resolves with that message; its `ts` is the thread of the answers. */
  drop(files: Dropped | Dropped[], where?: Where): Promise<ConsoleMessage>;
  /** The open modals, the topmost last. */
  modals(): ConsoleView[];
  /** Sends a modal's inputs, by block_id and action_id. Resolves with the mistakes that the app found, by block_id. */
  submit(viewId: string, values: Values): Promise<Record<string, string>>;
  /** All messages, oldest first, ephemeral ones included. */
  messages(): ConsoleMessage[];
  /** Waits until `find` finds something in the messages, looking again after each change. @throws Error after `seconds`, or when a listener fails meanwhile. */
  until<T>(find: (messages: ConsoleMessage[]) => T | undefined | false, seconds?: number): Promise<T>;
  /** The bytes of a file, by its id in a message or an image block. */
  file(id: string): Promise<Buffer>;
  /** The person's language from now on. */
  speak(locale: Locale): void;
  /** Deletes a dropped file, as a person would. */
  remove(fileId: string): Promise<void>;
  /** Frees the port, the connections and the stored files. */
  close(): Promise<void>;
};

export type ConsoleOptions = {
  /** 0 picks a free one. */
  port: number;
  /** The language the person starts with. */
  locale: Locale;
  log: Logger;
  /** Where shared files lie until the console closes; the system's temporary folder by default. */
  folder?: string;
};

const slackLocale = (locale: Locale): string => (locale === 'en' ? 'en-US' : locale);
const WAIT_SECONDS = 60;

/**
 * Starts the console. Nothing leaves the machine.
 * @throws UserError console-port-taken
 * @example
 * const console = await createConsole({ port: 0, locale: 'en', log });
 * const app = new App({ receiver: console.receiver, token: console.botToken, clientOptions: { slackApiUrl: console.apiUrl } });
 * await console.say('/forecast 1');
 */
export async function createConsole({ port, locale, log, folder = tmpdir() }: ConsoleOptions): Promise<Console> {
  const server = await listen(port);
  const workspace = createWorkspace(slackLocale(locale));
  const files = await createFileStore(workspace, folder);
  const receiver = new ConsoleReceiver(log, (problem) => workspace.change({ type: 'problem', problem }));
  const servers = { workspace, files, origin: server.origin };
  const person = createPerson(servers, receiver);
  workspace.emitter.on('event', (event) => setImmediate(() => void receiver.deliverEvent(eventPayload(workspace, event), String(event.type))));
  server.serve([createSlackRoutes(servers, log), await createPageRoutes(servers, person, newSecret())], log);
  const messages = () => [...workspace.messages.values()];
  return {
    receiver,
    apiUrl: `${server.origin}/api/`,
    botToken: workspace.botToken,
    url: `${server.origin}/`,
    say: async (text, where) => await person.say(text, placeOf(workspace, where)),
    press: async (ts, actionId, chosen) => void (await person.press({ ts, actionId, chosen })),
    drop: async (dropped, where) => {
      const stored = await Promise.all([dropped].flat().map(async (one) => await store(servers, one)));
      return person.share(stored, '', placeOf(workspace, where));
    },
    modals: () => workspace.modals,
    submit: async (viewId, values) => await person.submit(viewId, values),
    messages,
    until: async (find, seconds = WAIT_SECONDS) => await until(workspace, () => find(messages()), seconds),
    file: async (id) => await readFile(workspace.files.get(id)?.path ?? id),
    speak: (language) => person.speak(slackLocale(language)),
    remove: async (id) => await person.removeFile(id),
    close: async () => {
      receiver.close();
      await server.close();
      await files.close();
    },
  };
}

const placeOf = ({ channels: [demos, direct] }: Workspace, { channel, thread }: Where = {}) => ({ channel: channel === 'direct' ? direct.id : demos.id, thread_ts: thread });

async function store({ workspace, files }: { workspace: Workspace; files: Awaited<ReturnType<typeof createFileStore>> }, dropped: Dropped) {
  const name = typeof dropped === 'string' ? basename(dropped) : dropped.name;
  const file = files.announce({ name, size: 0, user: workspace.person.id });
  await files.fill(file, typeof dropped === 'string' ? { path: dropped } : { bytes: dropped.bytes });
  return file;
}

async function until<T>({ emitter }: Workspace, find: () => T | undefined | false, seconds: number): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const look = (change?: Json) => {
    if (change?.type === 'problem') return reject(new Error(`the app misbehaved: ${JSON.stringify(change.problem)}`));
    const found = find();
    if (found) resolve(found);
  };
  const timer = setTimeout(() => reject(new Error(`nothing of the kind within ${seconds} s`)), seconds * 1000);
  emitter.on('change', look);
  try {
    look();
    return await promise;
  } finally {
    clearTimeout(timer);
    emitter.off('change', look);
  }
}
