import { hasForecastModel } from '../db/queries/forecast-model-store.ts';
import type { SlackContext } from '../slack/context.ts';
import { compareShared } from './compare-demos.ts';
import { afterDemo, afterReceiving } from './demos-together.ts';
import { forgetDemo } from './forget-demo.ts';
import { purge } from './purge.ts';
import { receiveFile } from './receive-file.ts';
import { scoreForecasts } from './score-forecasts.ts';
import { scoreDemoFailed } from './score-demo-failed.ts';
import { scoreDemo } from './score-demo.ts';
import { trainForecast } from './train-forecast.ts';

/** Starts taking jobs in this process. Demos leave a thread of the pool free, so that two slow ones don't hold up every chart. */
export async function takeJobs(context: SlackContext): Promise<void> {
  const { queue, services } = context;
  await queue.work('receive-file', 2, async (attempt) => await receiveFile(context, attempt).then(async () => await afterReceiving(context, attempt.payload)));
  await queue.work('score-demo', Math.max(1, services.config.workerThreads - 1), async (attempt) => await scoreDemo(context, attempt).then(async () => await afterDemo(context, attempt.payload)));
  await queue.work('score-demo-failed', 1, async (attempt) => await scoreDemoFailed(context, attempt).then(async () => await afterDemo(context, attempt.payload)));
  await queue.work('compare-demos', 1, async (attempt) => await compareShared(context, attempt));
  await queue.work('forget-demo', 1, async (attempt) => await forgetDemo(context, attempt));
  await queue.work('purge', 1, async () => await purge(context));
  await queue.work('score-forecasts', 1, async () => await scoreForecasts(context));
  await queue.work('train-forecast', 1, async () => await trainForecast(context));
  await queue.schedule('purge', '17 19 * * *');
  await queue.schedule('score-forecasts', '41 * * * *');
  await queue.schedule('train-forecast', '23 18 * * 0');
  if (!(await hasForecastModel(services.db.sql))) await queue.send('train-forecast', {});
}
