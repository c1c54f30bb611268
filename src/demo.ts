import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createApp, openServices } from './app.ts';
import { demoTracks } from './catalogue/demo/tracks.ts';
import { DEMO_SONG, loadDemoCatalogue } from './catalogue/demo/load.ts';
import { progressBar } from './cli/progress-bar.ts';
import { reportFailure } from './cli/report.ts';
import { trainedWords } from './cli/train.ts';
import { createConsole, type Console } from './console/create-console.ts';
import { consoleSurface } from './console/open.ts';
import { picturesOf, transcriptOf } from './console/transcript.ts';
import type { ConsoleMessage } from './console/types.ts';
import { readConfig } from './config.ts';
import { hasForecastModel } from './db/queries/forecast-model-store.ts';
import { retrainForecast } from './forecast/active-engine.ts';
import { untilStopped, type Opened } from './lifetime.ts';
import type { Services } from './services.ts';
import { textFor } from './text/catalogue.ts';

const OUT = resolve('out');
/** A shell's word for Ctrl-C: what wasn't shown to its end wasn't shown. */
let status = 130;

/** Keeps what was said and shown, and prints it as it comes. */
function createRecord(slack: Console) {
  const lines: string[] = [];
  const say = (text: string) => {
    lines.push(text);
    process.stdout.write(text);
  };
  const show = (message: ConsoleMessage) => say(`Encore:\n${transcriptOf(message)}`);
  /** @throws Error for an answer without its picture, such as one that tells of an error */
  const showPicture = async (message: ConsoleMessage, name: string) => {
    show(message);
    const [picture] = picturesOf(message);
    if (!picture) throw new Error(`An answer lacks its picture (${name}.png):\n${transcriptOf(message)}`);
    await writeFile(join(OUT, `${name}.png`), await slack.file(picture));
    say(`  → out/${name}.png\n\n`);
  };
  return { say, show, showPicture, save: async () => await writeFile(join(OUT, 'transcript.txt'), lines.join('')) };
}

const newest = (after: number, asked: ConsoleMessage) => (messages: ConsoleMessage[]) => messages.slice(after).find((message) => message !== asked && message.bot_id !== undefined);
/** The answer in a thread, or what went wrong: what no longer shows the hourglass of work at hand. */
const settled = (thread: string) => (messages: ConsoleMessage[]) => messages.find((message) => message.bot_id && message.thread_ts === thread && !JSON.stringify(message.blocks).includes(':hourglass'));
/** A button's answer takes the place of the message that held it. */
const replaced = (ts: string, before: string) => (messages: ConsoleMessage[]) => messages.find((message) => message.ts === ts && JSON.stringify(message.blocks) !== before);

/** Holds the conversation: `/forecast` by id and by Chinese title, the record behind it, a wrong title, `/similar`, two demos. */
async function converse(slack: Console, { say, show, showPicture }: ReturnType<typeof createRecord>): Promise<void> {
  const ask = async (text: string) => {
    const before = slack.messages().length;
    say(`You: ${text}\n`);
    const asked = await slack.say(text);
    return await slack.until(newest(before, asked));
  };
  const first = await ask(`/forecast ${DEMO_SONG.id} at 3`);
  await showPicture(first, 'forecast-by-id');
  say(`You: press “${textFor('en').t('button.record')}”\n`);
  const already = slack.messages().length;
  await slack.press(first.ts, 'forecast_record');
  show(await slack.until(newest(already, first)));
  say('\n');
  slack.speak('zh-TW');
  await showPicture(await ask(`/forecast ${DEMO_SONG.title}`), 'forecast-by-title');
  slack.speak('en');
  const choices = await ask(`/forecast ${DEMO_SONG.misspelt}`);
  show(choices);
  say('\nYou: press the first button\n');
  const before = JSON.stringify(choices.blocks);
  await slack.press(choices.ts, 'forecast_song:0');
  await showPicture(await slack.until(replaced(choices.ts, before)), 'forecast-chosen');
  show(await ask(`/similar ${DEMO_SONG.title}`));
  say('\n');
  const tracks = demoTracks();
  say(`You: drop ${tracks.map(({ name }) => name).join(' and ')}\n`);
  for (const [index, track] of tracks.entries()) {
    const dropped = await slack.drop(track);
    await showPicture(await slack.until(settled(dropped.ts)), `score-${index + 1}`);
  }
}

async function load(services: Services): Promise<void> {
  const text = textFor(services.config.locale);
  process.stderr.write(`${text.t('demo.loading')}\n`);
  const bar = progressBar(text);
  await loadDemoCatalogue(services, { onProgress: bar.update }).finally(bar.stop);
}

/** The shipped model knows nothing of this catalogue: its own is learned first, as the weekly job would. @returns which model won; nothing when one was learned before. */
async function train(services: Services): Promise<string> {
  const text = textFor(services.config.locale);
  if (await hasForecastModel(services.db.sql)) return '';
  process.stderr.write(`${text.t('demo.training')}\n`);
  return `${trainedWords(await retrainForecast(services, 'complete'), text)}\n\n`;
}

async function main(opened: Opened): Promise<void> {
  const config = readConfig(undefined, { LOG_LEVEL: 'warn' });
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const services = opened.adopt(await openServices(config), async (it) => await it.close());
  await load(services);
  const learned = await train(services);
  const slack = opened.adopt(await createConsole({ port: 0, locale: 'en', log: services.log }), async (it) => await it.close());
  const app = opened.adopt(await createApp(services, consoleSurface(slack)), async (it) => await it.stop());
  await app.start();
  const record = createRecord(slack);
  record.say(learned);
  await converse(slack, record).finally(record.save);
  process.stdout.write(`Pictures and transcript are in ${OUT}. Run \`npm start\` to talk to it yourself.\n`);
  status = 0;
}

await untilStopped(main).catch((error: unknown) => {
  status = reportFailure(error);
});
process.exit(status);
