import { UserError } from '../errors.ts';
import { KINDS, retrainForecast } from '../forecast/active-engine.ts';
import type { SlackContext } from '../slack/context.ts';

/** Learns from the catalogue's finished songs, for each kind of data that has enough of them. */
export async function trainForecast({ services }: SlackContext): Promise<void> {
  for (const kind of KINDS) {
    try {
      const { id, contest } = await retrainForecast(services, kind);
      services.log.info({ id, activated: contest.activate, songs: contest.songs, loss: contest.candidate.pinball, before: contest.active.pinball }, 'forecast model learned');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      services.log.info({ kind, code: error.code }, 'no forecast model learned');
    }
  }
}
