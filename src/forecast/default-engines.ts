import { readFile } from 'node:fs/promises';
import type { DataKind, Engine } from './engine.ts';
import { readEngine } from './store-engine.ts';

const loaded = new Map<DataKind, Promise<Engine>>();

/** The shipped model for one kind of data (models/forecast-*.json, made by models/forecast-train.ts), read once a process. */
export function defaultEngine(kind: DataKind): Promise<Engine> {
  const reading = loaded.get(kind) ?? readFile(new URL(`../../models/forecast-${kind}.json`, import.meta.url), 'utf8').then((text) => readEngine(JSON.parse(text)));
  loaded.set(kind, reading);
  return reading;
}
