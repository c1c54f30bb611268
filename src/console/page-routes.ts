import { timingSafeEqual } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { z } from 'zod';
import en from '../text/en.json' with { type: 'json' };
import zhTW from '../text/zh-TW.json' with { type: 'json' };
import { readFields } from './body.ts';
import type { Chosen, Values } from './elements.ts';
import type { Servers } from './methods/method.ts';
import type { Person } from './person.ts';
import { answerJson, openStream, type Answer, type Exchange, type Routes } from './exchange.ts';
import { stream } from './slack-routes.ts';
import { SlackError } from './slack-error.ts';
import type { Json } from './types.ts';

const PAGE = new URL('.', new URL('./page/page.js', import.meta.url));
const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml' };
const FONTS = new URL('../charts/fonts/', import.meta.url);
const FONT = /^\/fonts\/(core-(?:400|700)\.ttf)$/;
const HEARTBEAT_MS = 20_000;

const place = z.object({ channel: z.string(), thread_ts: z.string().optional() });
const chosen: z.ZodType<Chosen> = z.union([z.string(), z.array(z.string()), z.looseObject({}), z.null()]);
const values: z.ZodType<Values> = z.record(z.string(), z.record(z.string(), chosen));
const pressed = z.object({ ts: z.string().optional(), viewId: z.string().optional(), actionId: z.string(), blockId: z.string().optional(), chosen: chosen.optional(), values: values.optional() });

type Act = (person: Person, given: Json) => unknown;
const ACTS: Record<string, Act> = {
  say: async (person, given) => {
    const { text, ...where } = place.extend({ text: z.string().min(1) }).parse(given);
    await person.say(text, where);
  },
  press: async (person, given) => ({ acknowledged: (await person.press(pressed.parse(given))).acknowledged }),
  suggest: async (person, given) => await person.suggest(pressed.extend({ value: z.string() }).parse(given)),
  submit: async (person, given) => {
    const { viewId, values: filled } = z.object({ viewId: z.string(), values }).parse(given);
    return { errors: await person.submit(viewId, filled) };
  },
  close: async (person, given) => await person.close(z.object({ viewId: z.string() }).parse(given).viewId),
  'remove-file': async (person, given) => await person.removeFile(z.object({ id: z.string() }).parse(given).id),
  visit: (person, given) => person.visit(z.object({ tab: z.enum(['home', 'messages']) }).parse(given).tab),
  speak: (person, given) => person.speak(z.object({ locale: z.enum(['en-US', 'zh-TW']) }).parse(given).locale),
};

/**
 * The page and what it may ask for. Everything but its static parts needs `key`, made anew at each start and written into the page,
 * where no other page can read it. A cookie would not do: cookies are shared by all ports of a host.
 */
export async function createPageRoutes(servers: Servers, person: Person, key: string): Promise<Routes> {
  const parts = await loadPage(key);
  return async (exchange) => {
    const { request, url } = exchange;
    const path = url.pathname;
    if (request.method === 'GET' && parts.has(path)) return parts.get(path);
    const font = FONT.exec(path)?.[1];
    if (font) return { status: 200, type: 'font/ttf', body: await readFile(new URL(font, FONTS)), headers: { 'cache-control': 'max-age=86400' } };
    if (!path.startsWith('/page/')) return undefined;
    if (!isPage(exchange, key)) return answerJson({ ok: false, error: 'not_this_page' }, 403);
    if (request.method === 'GET' && path === '/page/changes') return streamChanges(servers, exchange);
    if (request.method === 'GET' && path.startsWith('/page/files/')) return await showFile(servers, exchange, path.slice('/page/files/'.length));
    if (request.method !== 'POST') return undefined;
    if (path === '/page/upload') return await takeFile(servers, exchange);
    if (path === '/page/share') return await shareStored(servers, person, await readFields(request, new URLSearchParams()));
    return await act(person, path.slice('/page/'.length), await readFields(request, new URLSearchParams()));
  };
}

async function loadPage(key: string): Promise<Map<string, Answer>> {
  const parts = new Map<string, Answer>();
  for (const name of await readdir(PAGE)) {
    const text = await readFile(new URL(name, PAGE), 'utf8');
    const body = text.replace('{{key}}', key);
    parts.set(name === 'index.html' ? '/' : `/${name}`, { status: 200, type: TYPES[extname(name)] ?? 'text/plain', body });
  }
  return parts;
}

/** The key, and for anything that acts also the page's own origin. */
function isPage({ request, url }: Exchange, key: string): boolean {
  const given = Buffer.from(String(request.headers['x-console-key'] ?? url.searchParams.get('key') ?? ''));
  const right = Buffer.from(key);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
  return request.method === 'GET' || request.headers.origin === `http://${request.headers.host}`;
}

async function act(person: Person, name: string, given: Json): Promise<Answer | undefined> {
  if (!Object.hasOwn(ACTS, name)) return undefined;
  try {
    const result = await ACTS[name](person, given);
    return answerJson({ ok: true, ...(typeof result === 'object' ? result : {}) });
  } catch (error) {
    if (error instanceof z.ZodError) throw new SlackError('invalid_arguments');
    throw error;
  }
}

/** Step 1 of dropping files: the bytes, streamed to disk. */
async function takeFile({ workspace, files }: Servers, { request, url }: Exchange): Promise<Answer> {
  const file = files.announce({ name: url.searchParams.get('name') || 'file', size: Number(request.headers['content-length'] ?? 0), user: workspace.person.id });
  await files.fill(file, { stream: request });
  return answerJson({ ok: true, id: file.id });
}

/** Step 2: one message with all of them. */
async function shareStored({ workspace }: Servers, person: Person, given: Json): Promise<Answer> {
  const parsed = place.extend({ files: z.array(z.string()).min(1), text: z.string().default('') }).safeParse(given);
  if (!parsed.success) throw new SlackError('invalid_arguments');
  const stored = parsed.data.files.flatMap((id) => {
    const file = workspace.files.get(id);
    return file?.state === 'stored' && file.user === workspace.person.id ? [file] : [];
  });
  if (stored.length === 0) throw new SlackError('file_not_found');
  return answerJson({ ok: true, ts: person.share(stored, parsed.data.text, parsed.data).ts });
}

/** Only sounds and pictures are shown in place: a page or a drawing with scripts would run as the console. */
async function showFile({ workspace }: Servers, exchange: Exchange, id: string): Promise<Answer | 'streaming'> {
  const file = workspace.files.get(id);
  if (file?.state !== 'complete') return { status: 404, type: 'text/plain', body: 'file_not_found' };
  const inline = /^(audio|video)\/|^image\/(?!svg)/.test(file.mimetype);
  return await stream(exchange, file, inline ? file.mimetype : 'application/octet-stream', inline ? {} : { 'content-disposition': 'attachment' });
}

/** Server-sent events: first the whole conversation, then every change. */
function streamChanges({ workspace }: Servers, exchange: Exchange): 'streaming' {
  const response = openStream(exchange, 'text/event-stream');
  const send = (change: unknown) => void response.write(`data: ${JSON.stringify(change)}\n\n`);
  const { team, person, bot, channels, messages, modals, home, prompts } = workspace;
  send({ type: 'state', team, person, bot, channels, messages: [...messages.values()], modals, home, prompts, words: { 'en-US': wordsOf(en), 'zh-TW': wordsOf(zhTW) } });
  workspace.emitter.on('change', send);
  const heartbeat = setInterval(() => void response.write(':\n\n'), HEARTBEAT_MS);
  exchange.request.on('close', () => {
    clearInterval(heartbeat);
    workspace.emitter.off('change', send);
  });
  return 'streaming';
}

const wordsOf = (catalogue: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(catalogue).filter(([name]) => name.startsWith('console.') || name === 'app.name'));
