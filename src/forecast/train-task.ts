import { progressTo } from '../work/progress.ts';
import type { DataKind } from './engine.ts';
import { retrain, type Retrained } from './retrain.ts';
import { readEngine, type StoredEngine } from './store-engine.ts';
import type { FinishedSong } from './types.ts';

type Input = { songs: FinishedSong[]; kind: DataKind; active: StoredEngine; learnedUntil: number; progress?: string };

/** The worker's part of retrainForecast. */
export const trainForecast = ({ songs, kind, active, learnedUntil, progress }: Input): Retrained =>
  progressTo(progress, (onProgress) => retrain(songs, kind, { engine: readEngine(active), learnedUntil }, { onProgress }));
