import { Command } from 'commander';
import { similarTo } from '../forecast/similar-to.ts';
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
        else process.stdout.write(wordsOf(answer, text));
      });
    });

function wordsOf({ song, similar }: Awaited<ReturnType<typeof similarTo>>, text: Text): string {
  const lines = similar.songs.map((one) => text.t('similar.song', { title: one.title, artist: one.artist, total: text.number(one.total), held: Math.round(one.held * 100) }));
  return `${text.t('similar.headline', { title: song.title, artist: song.artist })}\n${lines.length > 0 ? lines.join('\n') : text.t('similar.none')}\n`;
}
