import { execFileSync, spawnSync } from 'node:child_process';

/** A Python that has torchaudio; undefined where there is none. Debian's own is tried, too: another one may stand before it on PATH. */
export const pythonWithTorchaudio = (): string | undefined =>
  ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', 'import torch, torchaudio'], { stdio: 'ignore' }).status === 0);

/** Path of a script of this folder. */
export const peerScript = (name: string): string => new URL(name, import.meta.url).pathname;

/** What a script of this folder prints as JSON. */
export const runPeer = (python: string, name: string, ...args: (string | number)[]): unknown =>
  JSON.parse(execFileSync(python, [peerScript(name), ...args.map(String)], { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' } }));
