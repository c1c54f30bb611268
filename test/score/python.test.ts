import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPython, runTraining } from '../../src/score/python.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-python-'));
});
afterAll(async () => await rm(dir, { recursive: true }));

/** A program that stands in for Python: it is asked for its modules first (-c), then run. */
async function standIn(name: string, script: string): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}
const input = (name: string) => ({ features: dir, out: join(dir, name), threads: 1 });
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a Python to train with', () => {
  test('is the one that was set, if it has torch', async () => {
    const python = await standIn('has-torch', 'exit 0');
    expect(await findPython({ pythonPath: python })).toBe(python);
  });
  test('without torch is refused with what it says and how to install it', async () => {
    const python = await standIn('no-torch', 'echo "Traceback:" >&2; echo "ModuleNotFoundError: No module named torch" >&2; exit 1');
    await expect(findPython({ pythonPath: python })).rejects.toMatchObject({ code: 'torch-missing', context: { python, reason: 'ModuleNotFoundError: No module named torch' } });
  });
  test('that can not be started is missing', async () => {
    await expect(findPython({ pythonPath: join(dir, 'absent') })).rejects.toMatchObject({ code: 'python-missing' });
  });
});

describe('a training', () => {
  test('tells how much is done', async () => {
    const told: number[] = [];
    await runTraining(await standIn('tells', 'echo "epoch 1"; echo "progress 0.250"; echo "progress 1.000"'), { ...input('a'), onProgress: (done) => told.push(done) });
    expect(told).toEqual([0.25, 1]);
  });
  test('that fails says why in its last words', async () => {
    const python = await standIn('fails', 'for i in 1 2 3 4 5 6 7; do echo "line $i" >&2; done; echo "12 songs: too few to judge by" >&2; exit 1');
    await expect(runTraining(python, input('b'))).rejects.toMatchObject({ code: 'score-training-failed', context: { reason: '12 songs: too few to judge by' } });
  });
  test('is ended when it is no longer wanted', async () => {
    const stopped = new AbortController();
    const python = await standIn('waits', `echo $$ > ${join(dir, 'pid')}; echo "progress 0.100"; exec sleep 60`);
    await expect(runTraining(python, { ...input('c'), signal: stopped.signal, onProgress: () => stopped.abort(new Error('no longer wanted')) })).rejects.toThrow('no longer wanted');
    expect(isAlive(Number(await readFile(join(dir, 'pid'), 'utf8')))).toBe(false);
    await expect(runTraining(python, { ...input('d'), signal: stopped.signal })).rejects.toThrow('no longer wanted');
  });
});
