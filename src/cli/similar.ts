import { Command } from 'commander';
import { similarTo } from '../forecast/similar-to.ts';
import type { Text } from '../text/catalogue.ts';
import { similarLines } from './explained.ts';
import { findSong } from './find-song.ts';
import { printJson } from './report.ts';
import { withServices } from './with-services.ts';

/** `encore similar SONG [--json]` */
export const similarCommand = (): Command =>
  new Command('similar')
    .description('find the finished songs that began most like a song, and what told those that held from those that fell')
    .argument('<song...>', 'song id or title')
    .option('--json', 'print one JSON document')
    .action(async (words: string[], { json = false }: { json?: boolean }) => {
      await withServices(async (services, text) => {
        const answer = await similarTo(services, (await findSong(services.db, words.join(' '))).id);
        if (json) printJson(answer);
        else process.stdout.write(wordsOf(answer, services.config.timeZone, text));
      }, { json });
    });

function wordsOf({ song, origin, dataDate, similar }: Awaited<ReturnType<typeof similarTo>>, zone: string, text: Text): string {
  const headline = text.t('similar.headline', { title: song.title, artist: song.artist });
  const lines = similar.songs.length > 0 ? similarLines({ similar }, text, headline) : [headline, text.t('similar.none')];
  return [...lines, text.t('similar.footer', { origin, date: text.date(dataDate), zone }), ''].join('\n');
}
