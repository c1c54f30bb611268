import type { DataKind } from './engine.ts';
import { retrain, type Retrained } from './retrain.ts';
import { readEngine, type StoredEngine } from './store-engine.ts';
import type { FinishedSong } from './types.ts';

/** The worker's part of retrainForecast. */
export const trainForecast = ({ songs, kind, active }: { songs: FinishedSong[]; kind: DataKind; active: StoredEngine }): Retrained => retrain(songs, kind, readEngine(active));
