import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Database } from './db/client.ts';
import type { WorkPool } from './work/pool.ts';

/** What the middle layers work with; built once, in app.ts, and passed in. */
export type Services = {
  config: Config;
  log: Logger;
  db: Database;
  /** Threads for CPU work: decoding, FFT, ONNX, Vega, PNG. */
  work: WorkPool;
};
