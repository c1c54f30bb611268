import { spawnSync } from 'node:child_process';

/** CPU milliseconds of a command and all that it started, from the shell's `times`. */
export function childCpu(command: readonly string[]): number {
  const { stdout } = spawnSync('/bin/sh', ['-c', '"$@" >/dev/null 2>&1 3>/dev/null; times', 'sh', ...command], { encoding: 'utf8' });
  const children = stdout.trim().split('\n').at(-1) ?? '';
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
}
