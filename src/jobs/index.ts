import type { SlackContext } from '../slack/context.ts';
import { forgetDemo } from './forget-demo.ts';
import { scoreDemo } from './score-demo.ts';

/** Starts taking jobs in this process. */
export async function takeJobs(context: SlackContext): Promise<void> {
  const { queue, services } = context;
  await queue.work('score-demo', services.config.workerThreads, async (attempt) => await scoreDemo(context, attempt));
  await queue.work('forget-demo', 1, async (attempt) => await forgetDemo(context, attempt));
}
