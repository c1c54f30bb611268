import { Command } from 'commander';
import { similarTo } from '../forecast/similar-to.ts';
import { separationWords } from '../charts/forecast-words.ts';
import { count } from '../charts/figures.ts';
import type { Text } from '../text/catalogue.ts';
import { findSong } from './find-song.ts';
import { printJson } from './report.ts';
import { withServices } from './with-services.ts';

/** `encore similar SONG [--json]` */
export const similarCommand = (): Command =>
  new Command('similar')
    .description('find the finished songs that began most like a song, and what told those that held from those that fell')
    .argument('<song...>', 'song id or title')
    .option('--json', 'print one JSON document')
    .action(async (words: string[], { json }: { json?: boolean }) => {
      await withServices(async (services, text) => {
        const answer = await similarTo(services, (await findSong(services.db, words.join(' '))).id);
        if (json) printJson(answer);
        else process.stdout.write(wordsOf(answer, services.config.timeZone, text));
      });
    });

function wordsOf({ song, origin, dataDate, similar }: Awaited<ReturnType<typeof similarTo>>, zone: string, text: Text): string {
  const songs = similar.songs.map((one) => text.t('similar.song', { title: one.title, artist: one.artist, total: count(text, one.total), held: Math.round(one.held * 100) }));
  const separated = similar.separated.map((one) => separationWords(one, text));
  return [
    text.t('similar.headline', { title: song.title, artist: song.artist }),
    ...(songs.length > 0 ? songs : [text.t('similar.none')]),
    ...separated,
    text.t('similar.footer', { origin, date: text.date(dataDate), zone }),
    '',
  ].join('\n');
}
