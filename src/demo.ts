import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createApp, openServices } from './app.ts';
import { demoTracks } from './catalogue/demo/tracks.ts';
import { DEMO_SONG, loadDemoCatalogue } from './catalogue/demo/load.ts';
import { reportFailure } from './cli/report.ts';
import { createConsole, type Console } from './console/create-console.ts';
import { consoleSurface } from './console/open.ts';
import { picturesOf, transcriptOf } from './console/transcript.ts';
import type { ConsoleMessage } from './console/types.ts';
import { readConfig } from './config.ts';

const OUT = resolve('out');

/** Keeps what was said and shown, and prints it as it comes. */
function createRecord(slack: Console) {
  const lines: string[] = [];
  const say = (text: string) => {
    lines.push(text);
    process.stdout.write(text);
  };
  const show = async (message: ConsoleMessage, name: string) => {
    say(`Encore:\n${transcriptOf(message)}`);
    for (const id of picturesOf(message)) {
      await writeFile(join(OUT, `${name}.png`), await slack.file(id));
      say(`  → out/${name}.png\n`);
    }
    say('\n');
  };
  return { say, show, save: async () => await writeFile(join(OUT, 'transcript.txt'), lines.join('')) };
}

const newest = (after: number) => (messages: ConsoleMessage[]) => messages.slice(after).find((message) => message.bot_id !== undefined);
const settled = (thread: string) => (messages: ConsoleMessage[]) => messages.find((message) => message.bot_id && message.thread_ts === thread && message.blocks?.some(({ type }) => type === 'context'));

/** Holds the conversation: `/forecast` by id and by Chinese title, a wrong title, two demos. */
async function converse(slack: Console): Promise<void> {
  const { say, show, save } = createRecord(slack);
  const ask = async (text: string, name: string) => {
    const before = slack.messages().length;
    say(`You: ${text}\n`);
    const asked = await slack.say(text);
    const answer = await slack.until((messages) => newest(before)(messages.filter((message) => message !== asked)));
    await show(answer, name);
    return answer;
  };
  await ask(`/forecast ${DEMO_SONG.id} at 3`, 'forecast-by-id');
  slack.speak('zh-TW');
  await ask(`/forecast ${DEMO_SONG.title}`, 'forecast-by-title');
  slack.speak('en');
  const choices = await ask(`/forecast ${DEMO_SONG.misspelt}`, 'choices');
  say('You: press the first button\n');
  const before = slack.messages().length;
  await slack.press(choices.ts, 'forecast_song:0');
  await show(await slack.until((messages) => messages.slice(0, before).find(({ ts, blocks }) => ts === choices.ts && blocks?.some(({ type }) => type === 'image'))), 'forecast-chosen');
  const tracks = demoTracks();
  say(`You: drop ${tracks.map(({ name }) => name).join(' and ')}\n`);
  for (const [index, track] of tracks.entries()) {
    const dropped = await slack.drop(track);
    await show(await slack.until(settled(dropped.ts)), `score-${index + 1}`);
  }
  await save();
}

try {
  const config = readConfig(undefined, { LOG_LEVEL: 'warn' });
  await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  process.stderr.write('Starting the database and loading the demo catalogue (fictional; loaded once) …\n');
  const services = await openServices(config);
  await loadDemoCatalogue(services);
  const slack = await createConsole({ port: 0, locale: 'en', log: services.log });
  const app = await createApp(services, consoleSurface(slack));
  await app.start();
  await converse(slack);
  await app.stop();
  await slack.close();
  await services.close();
  process.stdout.write(`Pictures and transcript are in ${OUT}. Run \`npm start\` to talk to it yourself.\n`);
} catch (error) {
  process.exitCode = reportFailure(error);
}
