import { findFinishedSongs } from '../db/queries/forecast-finished-songs.ts';
import { trajectoryCoverage } from '../db/queries/trajectory-coverage.ts';
import { trajectoryDays } from '../db/queries/trajectory-days.ts';
import type { Services } from '../services.ts';
import { daysBetween } from './calendar.ts';
import { withSourceFacts } from './listener-facts.ts';
import { seriesOf } from './series.ts';
import { buildTrajectory, coverageOf } from './trajectory.ts';
import { TRAJECTORY_DAYS, type FinishedSong } from './types.ts';

/** Enough for any of the models, and quick to read. */
const MOST = 2000;

/** The latest songs whose 60 days have passed and that were played at all, newest first; with the sources of their plays, where known. */
export async function loadFinishedSongs({ db }: Pick<Services, 'db'>): Promise<FinishedSong[]> {
  const songs = await findFinishedSongs(db.sql, MOST);
  const rows = new Map((await trajectoryDays(db.sql, songs)).map((row) => [row.songId, row]));
  const delivered = await trajectoryCoverage(db.sql);
  const coverages = new Map([...new Set(songs.map((song) => song.feeds.join('\n')))].map((key) => [key, coverageOf(delivered, key === '' ? [''] : key.split('\n'))]));
  const finished = songs.flatMap(({ id, artistId, releaseDate, feeds }) => {
    const coverage = coverages.get(feeds.join('\n'));
    const counted = rows.get(id);
    if (!coverage || !counted) return [];
    const days = buildTrajectory(releaseDate, counted, coverage);
    if (days.length < TRAJECTORY_DAYS) return [];
    return [{ id, series: seriesOf(days, counted.charted), group: String(artistId), market: '', date: daysBetween('1970-01-01', releaseDate) }];
  });
  return await withSourceFacts({ db }, finished);
}
