import { findTrajectorySong } from '../db/queries/trajectory-song.ts';
import { trajectoryCoverage } from '../db/queries/trajectory-coverage.ts';
import { trajectoryDays } from '../db/queries/trajectory-days.ts';
import { UserError } from '../errors.ts';
import type { Services } from '../services.ts';
import { addDays } from './calendar.ts';
import { buildTrajectory, coverageOf } from './trajectory.ts';
import { TRAJECTORY_DAYS, type Trajectory } from './types.ts';

/**
 * A song with its known days.
 * @throws UserError `song-not-found`; `song-without-plays` when nothing was ever counted; `song-release-unknown` when it has no release
 * date and already had plays on the catalogue's first day; `song-older-than-data` when all its 60 days were before that day
 */
export async function loadTrajectory({ db }: Pick<Services, 'db'>, songId: number): Promise<Trajectory> {
  const found = await findTrajectorySong(db.sql, songId);
  if (!found) throw new UserError('song-not-found', { query: String(songId) });
  const { title, releaseDate, assumedRelease, feeds } = found;
  const coverage = coverageOf(await trajectoryCoverage(db.sql), feeds);
  if (!releaseDate || !coverage) throw new UserError('song-without-plays', { title });
  if (assumedRelease && releaseDate <= coverage.from) throw new UserError('song-release-unknown', { title, dataFrom: coverage.from });
  if (addDays(releaseDate, TRAJECTORY_DAYS - 1) < coverage.from) throw new UserError('song-older-than-data', { title, releaseDate, dataFrom: coverage.from });
  const [rows] = await trajectoryDays(db.sql, [{ id: songId, releaseDate }]);
  const song = { id: found.id, externalId: found.externalId, title, artist: found.artist, releaseDate };
  return { song, dataDate: coverage.to, charted: rows?.charted ?? false, days: buildTrajectory(releaseDate, rows, coverage) };
}
