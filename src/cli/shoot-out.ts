import { shootOutChart } from '../charts/shoot-out.ts';
import { demoNames, pairLines, recommendation } from '../charts/shoot-out-words.ts';
import { loadScoreCard } from '../score/card.ts';
import { compareDemos, type ShootOutAnswer } from '../score/compare-demos.ts';
import { activeScoreModel } from '../score/own-model.ts';
import { ENTRANTS } from '../score/shoot-out.ts';
import type { ScoreAnswer } from '../score/types.ts';
import type { Services } from '../services.ts';
import type { Text } from '../text/catalogue.ts';
import { errorDocument, reportFailure } from './report.ts';
import { writePicture } from './write-picture.ts';

export type Scored = { file: string; answer: ScoreAnswer };

type Needs = Pick<Services, 'work' | 'config'> & Partial<Pick<Services, 'db'>>;
type Options = { json?: boolean; png?: string };

/**
 * The shoot-out of several scored files: printed, drawn to `png`, and as a program reads it. Null where fewer than two or more than ten were scored; what else is wrong
 * is reported and takes nothing from the scores.
 */
export async function shootOutFiles(needs: Needs, scored: readonly Scored[], text: Text, { json = false, png }: Options): Promise<object | null> {
  if (scored.length < ENTRANTS.fewest || scored.length > ENTRANTS.most) {
    if (!json) process.stdout.write(`\n${text.t('shoot-out.none', { given: scored.length, ...ENTRANTS })}\n`);
    return null;
  }
  try {
    const answer = compareDemos(await loadScoreCard((await activeScoreModel(needs)).cardPath), scored.map(comparedFile));
    if (png) await writePicture(needs, shootOutChart(answer, text), png);
    if (!json) process.stdout.write(`${linesOf(answer, text).join('\n')}\n`);
    return documentOf(answer);
  } catch (error) {
    process.exitCode = Math.max(Number(process.exitCode ?? 0), reportFailure(error, text));
    return { error: errorDocument(error, text) };
  }
}

const comparedFile = ({ file, answer: { title, listeners, playsPerListener, model } }: Scored) => ({ id: file, title, listeners: listeners.value, playsPerListener: playsPerListener.value, model: model.id });

function linesOf(answer: ShootOutAnswer, text: Text): string[] {
  const names = demoNames(answer.standings, text);
  const { lead, video } = recommendation(answer, names, text);
  return ['', text.t('shoot-out.headline', { n: names.length }), lead, video, text.t('shoot-out.who-beats-whom').replaceAll('*', ''), ...pairLines(answer, names, text).map((line) => `  ${line}`)];
}

/** `groups` name files, best first; `beats[a][b]`: the probability that file a of `files` ends above file b. */
function documentOf({ standings, shootOut, model, dataDate }: ShootOutAnswer): object {
  const files = standings.map(({ id }) => id);
  const contest = ({ groups, beats }: ShootOutAnswer['shootOut']['video']) => ({ best: files[groups[0]?.[0] ?? 0], tooClose: (groups[0]?.length ?? 1) > 1, groups: groups.map((group) => group.map((at) => files[at])), beats });
  return { files, leadSingle: contest(shootOut.leadSingle), video: contest(shootOut.video), model: model.id, dataDate };
}
