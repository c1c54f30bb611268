import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Tasks } from './tasks.ts';

/**
 * Runs one of the tasks of tasks.ts in a worker thread, so that the event loop stays free to acknowledge Slack.
 * Arguments and results are structured-cloned; errors come back with their code and context.
 */
export type WorkPool = {
  run<Name extends keyof Tasks>(name: Name, input: Parameters<Tasks[Name]>[0], signal?: AbortSignal): Promise<Awaited<ReturnType<Tasks[Name]>>>;
  close(): Promise<void>;
};

/** @param threads at most this many worker threads; they start on demand and stop when idle for 30 s. */
export function createWorkPool(threads: number): WorkPool {
  const pool = new Piscina({
    filename: new URL('./tasks.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.min(threads, Math.max(1, availableParallelism())),
    idleTimeout: 30_000,
  });
  return {
    run: async (name, input, signal) => await pool.run(input, signal ? { name, signal } : { name }),
    close: async () => await pool.close({ force: true }),
  };
}
