import { Command } from 'commander';
import { outcomeLines } from '../charts/outcome-words.ts';
import { demoNames } from '../charts/shoot-out-words.ts';
import { linkDemo } from '../db/queries/demo-link.ts';
import { findDemosByName, type ListedDemo } from '../db/queries/demo-list.ts';
import { UserError } from '../errors.ts';
import { demoOutcomes, type DemoOutcome } from '../score/outcome.ts';
import type { Services } from '../services.ts';
import type { Text } from '../text/catalogue.ts';
import { findSong } from './find-song.ts';
import { printJson } from './report.ts';
import { withServices } from './with-services.ts';

type Options = { unlink?: boolean; json?: boolean };

/** `encore link DEMO [SONG] [--unlink] [--json]`: whoever may run it has the whole database, so demos of every workspace are found. */
export const linkCommand = (): Command =>
  new Command('link')
    .description('tie a scored demo to the song it became, and compare its score with what came; without SONG, only compare')
    .argument('<demo>', 'demo id or title (quoted, if it has several words)')
    .argument('[song...]', 'song id or title')
    .option('--unlink', 'tie it to no song')
    .option('--json', 'print one JSON document')
    .action(async (name: string, words: string[], { unlink = false, json = false }: Options) => {
      await withServices(async (services, text) => {
        const demo = await findDemo(services, name);
        if (unlink || words.length > 0) {
          const songId = unlink ? null : (await findSong(services.db, words.join(' '))).id;
          await linkDemo(services.db.sql, 'owner', { demoId: demo.id, songId });
        }
        const [outcome] = await demoOutcomes(services, demo.workspaceId, [demo.id]);
        if (json) printJson(documentOf(demo, outcome));
        else process.stdout.write(`${linesOf(demo, outcome, text).join('\n')}\n`);
      }, { json });
    });

/** @throws UserError `demo-not-found`; `demo-unclear` with the ids */
async function findDemo({ db }: Services, query: string): Promise<ListedDemo> {
  const [demo, ...others] = await findDemosByName(db.sql, query.trim());
  if (!demo) throw new UserError('demo-not-found', { query });
  if (others.length > 0) throw new UserError('demo-unclear', { query, nearest: [demo, ...others].map(({ id, title, createdAt, workspaceId }) => `${id}  ${title}  ${createdAt.toISOString().slice(0, 10)}  ${workspaceId}`).join('\n') });
  return demo;
}

function linesOf(demo: ListedDemo, outcome: DemoOutcome | undefined, text: Text): string[] {
  const [title = ''] = demoNames([demo], text);
  if (!outcome) return [text.t('link.none', { title })];
  const song = text.t('forecast.headline', outcome.song);
  return [text.t('link.linked', { title, song }).replaceAll('*', ''), ...outcomeLines(outcome, song, text)];
}

const documentOf = ({ id, title, workspaceId, model }: ListedDemo, outcome: DemoOutcome | undefined) => ({
  demo: { id, title, workspace: workspaceId, model },
  song: outcome ? { id: outcome.song.externalId, title: outcome.song.title, artist: outcome.song.artist, releaseDate: outcome.releaseDate } : null,
  outcome: outcome ? { days: outcome.days, of: 30, listeners: outcome.listeners, playsPerListener: outcome.playsPerListener } : null,
});
