import { glob, readFile } from 'node:fs/promises';
import { dirname, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** Folders from the edge inwards: a folder may import its own layer's files and any layer after it. */
const LAYERS = [
  ['main.ts', 'cli.ts', 'demo.ts', 'cli'],
  ['app.ts', 'console', 'doctor', 'jobs', 'slack'],
  ['catalogue', 'fans', 'digest', 'forecast', 'score', 'audio', 'boosting', 'work', 'services.ts'],
  ['db', 'charts'],
  ['text', 'config.ts', 'errors.ts', 'lifetime.ts', 'log.ts'],
];
const EDGE_PACKAGES = ['@slack/', 'pg-boss'];

type Import = { from: string; to: string; typeOnly: boolean };

const layerOf = (file: string): number => LAYERS.findIndex((layer) => layer.includes(file.split('/')[0]));

async function imports(): Promise<Import[]> {
  const found: Import[] = [];
  for await (const path of glob('src/**/*.ts')) {
    const from = path.slice('src/'.length);
    for (const [, kind, to] of (await readFile(path, 'utf8')).matchAll(/^(?:import|export)( type)?\b[^;]*?from '([^']+)'/gms)) found.push({ from, to: to.startsWith('.') ? normalize(`${dirname(from)}/${to}`) : to, typeOnly: kind !== undefined });
  }
  return found;
}

test('every source file belongs to a layer', async () => {
  const files = new Set((await imports()).map(({ from }) => from));
  expect([...files].filter((file) => layerOf(file) < 0)).toEqual([]);
});

test('imports run from the edge inwards only; types and the constants beside them may be shared', async () => {
  const inward = (await imports()).filter(({ to, typeOnly }) => !typeOnly && !to.endsWith('/types.ts') && layerOf(to) >= 0);
  expect(inward.length).toBeGreaterThan(100);
  const outward = inward.filter(({ from, to }) => layerOf(to) < layerOf(from));
  expect(outward.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('the middle knows neither Slack nor the job queue', async () => {
  const edge = (await imports()).filter(({ from, to }) => layerOf(from) >= 2 && EDGE_PACKAGES.some((name) => to.startsWith(name)));
  expect(edge).toEqual([]);
});

test('the environment is read in config.ts only', async () => {
  const readers: string[] = [];
  for await (const path of glob('src/**/*.ts')) if (/process\.env/.test(await readFile(path, 'utf8'))) readers.push(path);
  expect(readers).toEqual(['src/config.ts']);
});
