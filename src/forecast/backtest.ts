import { dataDate } from '../db/queries/data-date.ts';
import { countLeftOut } from '../db/queries/forecast-finished-songs.ts';
import { findSongFacts } from '../db/queries/forecast-song-facts.ts';
import { UserError } from '../errors.ts';
import type { Services } from '../services.ts';
import { withProgress } from '../work/progress.ts';
import { activeEngine, KINDS } from './active-engine.ts';
import { catalogueBank } from './catalogue-bank.ts';
import type { DataKind } from './engine.ts';
import { withListenerFacts } from './listener-facts.ts';
import { FEWEST_TO_LEARN } from './retrain.ts';
import type { Tested } from './rolling-forecasts.ts';
import { summariseScores, type ScoreSummary } from './scoring.ts';
import { storeEngine } from './store-engine.ts';
import { LEVELS, ORIGINS, type Origin } from './types.ts';

/** `ratio`: the loss over that of the log-linear model on the same songs; below 1 is better. Origin 0 stands for all of them. */
export type BacktestRow = { origin: Origin | 0; by: 'all' | 'size' | 'genre'; value: string; engine: ScoreSummary; szaboHuberman: number; ratio: number };

/** Shares of the days at or below the 10, 50 and 90 % quantile, and of the counted ones inside the 80 % interval. */
export type CalibrationRow = { origin: Origin; below: number[]; coverage: number; days: number };

/** `refitted`: the songs were forecast in blocks by models learned anew from earlier ones, because the active model has seen them all. */
export type Backtest = { kind: DataKind; model: string; refitted: boolean; songs: number; finished: number; dataDate: string; rows: BacktestRow[]; calibration: CalibrationRow[] };

/** `leftOut`: songs that were played long before their release date, or not for a week after it. */
export type CatalogueBacktest = { kinds: Backtest[]; leftOut: number };

type Progress = (done: number, kind: DataKind) => void;
type Facts = ReadonlyMap<number, { genre: string; size: string }>;

const SIZES = ['small', 'middle', 'large'] as const;
/** Of fewer songs, a group's numbers would be noise. */
const FEWEST = 10;
/** As many as are learned from. */
const MOST_LEFT_OUT = 2000;

/**
 * Rolling-origin backtest over the catalogue's finished songs, in a worker thread: every song is forecast with nothing but what was known at its origin, by a model that has not learned from it.
 * @throws UserError `too-few-finished-songs`, `too-few-earlier-songs` when no kind of data can be tested
 */
export async function backtestCatalogue(services: Pick<Services, 'db' | 'work' | 'config'>, onProgress?: Progress): Promise<CatalogueBacktest> {
  const kinds: Backtest[] = [];
  const refused: UserError[] = [];
  for (const kind of KINDS)
    await backtestKind(services, kind, onProgress).then(
      (backtest) => void kinds.push(backtest),
      (error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        refused.push(error);
      },
    );
  if (kinds.length === 0) throw refused.find(({ context }) => context['finished'] !== 0) ?? refused[0];
  return { kinds, leftOut: await countLeftOut(services.db.sql, MOST_LEFT_OUT) };
}

async function backtestKind(services: Pick<Services, 'db' | 'work' | 'config'>, kind: DataKind, onProgress: Progress | undefined): Promise<Backtest> {
  const { engine, id: model, shipped } = await activeEngine(services, kind);
  const finished = (await catalogueBank(services))[kind].songs;
  const songs = shipped ? [...finished] : await withListenerFacts(services, finished);
  const listen = onProgress && ((done: number) => onProgress(done, kind));
  const work = async (progress?: string) => await services.work.run('backtestForecast', { songs, kind, ...(shipped && { active: storeEngine(engine) }), ...(progress && { progress }) });
  const tested = songs.length < FEWEST ? [] : await withProgress(work, listen);
  const ids = [...new Set(tested.map(({ id }) => id))];
  if (ids.length < FEWEST) throw new UserError('too-few-finished-songs', { finished: songs.length, needed: FEWEST_TO_LEARN });
  const rows = tableOf(tested, await factsOf(services, ids));
  return { kind, model, refitted: !shipped, songs: ids.length, finished: songs.length, dataDate: (await dataDate(services.db)) ?? '', rows, calibration: calibrationOf(tested) };
}

/** Genre, and whether the artist is among the smallest, the middle or the largest third of the tested songs' artists by plays. */
async function factsOf({ db }: Pick<Services, 'db'>, ids: readonly number[]): Promise<Facts> {
  const facts = await findSongFacts(db.sql, ids);
  const artists = new Map(facts.map((fact) => [fact.artistId, fact.artistPlays]));
  const ordered = [...artists.values()].toSorted((a, b) => a - b);
  const size = (plays: number) => SIZES[Math.min(2, Math.floor((3 * ordered.indexOf(plays)) / ordered.length))] ?? 'small';
  return new Map(facts.map(({ id, genre, artistPlays }) => [id, { genre: genre ?? '', size: size(artistPlays) }]));
}

function tableOf(tested: readonly Tested[], facts: Facts): BacktestRow[] {
  const grouped = (by: BacktestRow['by'], keyOf: (one: Tested) => { origin: Origin | 0; value: string }) =>
    [...Map.groupBy(tested, (one) => JSON.stringify(keyOf(one)))]
      .map(([key, group]): BacktestRow => {
        const { origin, value } = JSON.parse(key) as ReturnType<typeof keyOf>;
        const engine = summariseScores(group.map(({ score }) => score));
        const szaboHuberman = summariseScores(group.map(({ baseline }) => baseline)).pinball;
        return { origin, by, value, engine, szaboHuberman, ratio: engine.pinball / szaboHuberman };
      })
      .filter(({ value, engine }) => by === 'all' || (value !== '' && engine.n >= FEWEST))
      .toSorted((a, b) => a.origin - b.origin || orderOf(a) - orderOf(b));
  return [
    ...grouped('all', () => ({ origin: 0, value: '' })),
    ...grouped('all', ({ origin }) => ({ origin, value: '' })),
    ...grouped('size', ({ origin, id }) => ({ origin, value: facts.get(id)?.size ?? '' })),
    ...grouped('genre', ({ origin, id }) => ({ origin, value: facts.get(id)?.genre ?? '' })),
  ];
}

/** Sizes from small to large, genres by how many songs they have. */
const orderOf = ({ by, value, engine }: BacktestRow): number => (by === 'size' ? SIZES.findIndex((size) => size === value) : -engine.n);

function calibrationOf(tested: readonly Tested[]): CalibrationRow[] {
  return ORIGINS.flatMap((origin) => {
    const group = tested.filter((one) => one.origin === origin);
    const days = group.reduce((sum, one) => sum + one.days, 0);
    const { coverage } = summariseScores(group.map(({ score }) => score));
    if (Number.isNaN(coverage)) return [];
    const below = LEVELS.map((_, at) => group.reduce((sum, one) => sum + (one.below[at] ?? 0), 0) / days);
    return [{ origin, below, coverage, days }];
  });
}
