import { scoreStoredForecasts } from '../forecast/record.ts';
import type { SlackContext } from '../slack/context.ts';

/** Compares stored forecasts with the days that have arrived since: the public record. */
export async function scoreForecasts({ services }: SlackContext): Promise<void> {
  const scored = await scoreStoredForecasts(services);
  services.log.info({ scored }, 'forecasts scored');
}
