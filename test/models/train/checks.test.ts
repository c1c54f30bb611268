import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pythonWith } from './python.ts';

const CHECKS = fileURLToPath(new URL('./checks.py', import.meta.url));
const python = pythonWith('numpy');

test.skipIf(!python)('what models/train computes beside the network holds (needs a Python with numpy)', { timeout: 120_000 }, () => {
  const { status, stderr } = spawnSync(python ?? '', ['-B', CHECKS], { encoding: 'utf8', timeout: 100_000 });
  expect(status, stderr).toBe(0);
});
