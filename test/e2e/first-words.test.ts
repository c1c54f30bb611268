import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createConsole, type Console } from '../../src/console/create-console.ts';
import { consoleSurface } from '../../src/console/open.ts';
import type { ConsoleMessage } from '../../src/console/types.ts';
import type { Services } from '../../src/services.ts';
import { createWorkPool } from '../../src/work/pool.ts';
import { testDatabase } from '../db/database.ts';
import { wavSong } from './slack/sound.ts';

const SECONDS = 60;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const PDF = Buffer.from('%PDF-1.4\n%binary\n');

let console: Console;
let close: () => Promise<void>;
beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'encore-newcomer-'));
  const log = pino({ level: 'silent' });
  const db = await testDatabase();
  const services: Services = { config: readConfig({ ENCORE_DATA_DIR: dataDir, FFMPEG_PATH: process.env.FFMPEG_PATH }), log, db, work: createWorkPool(2) };
  console = await createConsole({ port: 0, locale: 'en', log });
  const app = await createApp(services, consoleSurface(console));
  await app.start();
  close = async () => {
    await app.stop();
    await console.close();
    await services.work.close();
    await db.close();
    await rm(dataDir, { recursive: true, force: true });
  };
});
afterAll(async () => await close());

/** What the app said after a message of the person's. */
const after = ({ ts }: ConsoleMessage) => console.messages().filter((message) => message.ts > ts && message.bot_id !== undefined);
const answerTo = async (said: ConsoleMessage, part: string) => await console.until(() => after(said).find(({ text }) => text.includes(part)), SECONDS);
const inThread = ({ ts }: ConsoleMessage) => console.messages().filter(({ thread_ts }) => thread_ts === ts);

test('a command that Encore does not have is answered privately, once, with what can be asked', async () => {
  const said = await console.say('/hello');
  expect(await answerTo(said, 'no command /hello')).toMatchObject({ is_ephemeral: true, text: expect.stringContaining('/forecast SONG') });
  const known = await console.say('/forecast');
  await answerTo(known, '/forecast SONG');
  expect(after(said)).toHaveLength(2);
});

test('plain words in the direct message are answered there with what can be asked', async () => {
  const said = await console.say('hello', { channel: 'direct' });
  expect(await answerTo(said, '/forecast SONG')).toMatchObject({ channel: said.channel });
});

test('a mention is answered to whoever mentioned Encore, in their language', async () => {
  console.speak('zh-TW');
  const said = await console.say('@Encore 你好');
  expect(await answerTo(said, '/forecast')).toMatchObject({ is_ephemeral: true, text: expect.stringMatching(/\p{Script=Han}/u) });
  console.speak('en');
});

test('words in a channel that mean somebody else are left alone', async () => {
  const said = await console.say('hello everyone');
  const next = await console.say('/forecast');
  await answerTo(next, '/forecast SONG');
  expect(after(said).filter(({ ts }) => ts < next.ts)).toEqual([]);
});

test('files beside a recording are told of in one private sentence, and the recording is scored', async () => {
  const dropped = await console.drop([{ name: 'cover.png', bytes: PNG }, { name: 'our demo.wav', bytes: wavSong(40) }, { name: 'notes.pdf', bytes: PDF }, { name: 'back.png', bytes: PNG }]);
  await console.until(() => inThread(dropped).find(({ text }) => text.includes('of 100')), SECONDS);
  expect(await answerTo(dropped, 'Only recordings are scored')).toMatchObject({ is_ephemeral: true });
  await expect.poll(() => after(dropped).filter(({ text }) => text.includes('Only recordings')).length).toBe(1);
  expect(inThread(dropped)).toHaveLength(1);
}, 90_000);

test('several files that are no recordings get one sentence in the direct message', async () => {
  const dropped = await console.drop([{ name: 'cover.png', bytes: PNG }, { name: 'notes.pdf', bytes: PDF }], { channel: 'direct' });
  const last = await console.drop({ name: 'last.png', bytes: PNG }, { channel: 'direct' });
  await console.until(() => inThread(last).find(({ text }) => text.includes('not a recording')), SECONDS);
  await console.until(() => inThread(dropped).find(({ text }) => text.includes('not a recording')), SECONDS);
  expect([inThread(dropped).length, inThread(last).length]).toEqual([1, 1]);
}, 90_000);
