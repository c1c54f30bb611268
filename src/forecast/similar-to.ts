import type { Services } from '../services.ts';
import { findSimilar } from './find-similar.ts';
import { checkKnownDays, chooseOrigin, engineFor } from './forecast-song.ts';
import { addListenerFacts } from './listener-facts.ts';
import { loadTrajectory } from './load-trajectory.ts';
import { seriesOf } from './series.ts';
import type { ForecastAnswer } from './types.ts';

/**
 * The catalogue's finished songs that began most like this one, compared by as many first days as are known. Nothing is stored.
 * @throws UserError `song-too-young`, `song-without-plays`, `song-days-missing`, and those of loadTrajectory
 */
export async function similarTo(services: Services, songId: number): Promise<Pick<ForecastAnswer, 'song' | 'origin' | 'dataDate' | 'similar'>> {
  const { song, dataDate, charted, days } = await loadTrajectory(services, songId);
  const origin = chooseOrigin({ song, days }, undefined);
  const counted = seriesOf(days, charted);
  checkKnownDays({ song }, counted, origin);
  const { bank } = await engineFor(services, counted, songId);
  const series = await addListenerFacts(services, counted, song, origin, bank.songs, 'sources');
  return { song, origin, dataDate, similar: await findSimilar(services, bank, series, origin) };
}
