import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { UserError } from '../errors.ts';
import type { Outcome, Tasks } from './tasks.ts';

/**
 * Runs one of the tasks of tasks.ts in a worker thread, so that the event loop stays free to acknowledge Slack.
 * Arguments and results are structured-cloned; a UserError arrives as one. A task is not cut off from outside: ending its thread would
 * leave the ffmpeg it started without a parent to reap it, so every task bounds its own time.
 */
export type WorkPool = {
  run<Name extends keyof Tasks>(name: Name, input: Parameters<Tasks[Name]>[0]): Promise<Awaited<ReturnType<Tasks[Name]>>>;
  close(): Promise<void>;
};

/** Left alone, V8 lets each thread's heap grow to some 200 MB, most of it garbage; scoring is no slower with less (bench load-score). */
const YOUNG_GENERATION_MB = 48;

/** @param threads at most this many worker threads; they start on demand and stop after 30 s of idleness. */
export function createWorkPool(threads: number): WorkPool {
  const pool = new Piscina({
    filename: new URL('./tasks.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.min(threads, availableParallelism()),
    idleTimeout: 30_000,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  return {
    run: async (name, input) => {
      const outcome: Outcome<never> = await pool.run(input, { name });
      if ('failed' in outcome) throw new UserError(outcome.failed.code, outcome.failed.context);
      return outcome.done;
    },
    close: async () => await pool.close({ force: true }),
  };
}
