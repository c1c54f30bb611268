import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Config } from '../config.ts';
import { UserError } from '../errors.ts';

const TRAIN = fileURLToPath(new URL('../../models/train/train.py', import.meta.url));
/** A model that takes longer than a night is too large for the machine. */
const LONGEST_HOURS = 12;
const LAST_LINES = 5;

export type TrainingInput = {
  /** Folder that writeFeatures wrote. */
  features: string;
  /** Path of the model without its ending. */
  out: string;
  epochs?: number;
  threads: number;
  signal?: AbortSignal;
  onProgress?: (done: number) => void;
};

/**
 * A Python that has torch and numpy: PYTHON, else python3 on PATH, else the system's own, which a version manager may hide.
 * @throws UserError `python-missing`, `torch-missing`
 */
export async function findPython({ pythonPath }: Pick<Config, 'pythonPath'>): Promise<string> {
  const candidates = pythonPath === undefined ? ['python3', '/usr/bin/python3'] : [pythonPath];
  const problems: UserError[] = [];
  for (const python of candidates) {
    const problem = await problemOf(python);
    if (!problem) return python;
    problems.push(problem);
  }
  throw problems.find(({ code }) => code === 'torch-missing') ?? problems[0] ?? new UserError('python-missing', { python: 'python3' });
}

async function problemOf(python: string): Promise<UserError | undefined> {
  try {
    await promisify(execFile)(python, ['-c', 'import numpy, torch'], { timeout: 120_000, killSignal: 'SIGKILL', windowsHide: true });
    return undefined;
  } catch (error) {
    const { code, stderr = '' } = error as Error & { stderr?: string; code?: unknown };
    if (code === 'ENOENT' || code === 'EACCES') return new UserError('python-missing', { python }, { cause: error });
    return new UserError('torch-missing', { python, reason: stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? '' }, { cause: error });
  }
}

/**
 * Runs models/train and waits for it. The training ends when it has taken 12 hours, when the signal is aborted, and, because its standard input closes then,
 * when this process ends in whatever way.
 * @throws UserError `score-training-failed`, `score-training-timeout`; the signal's reason when aborted
 */
export async function runTraining(python: string, { features, out, epochs, threads, signal, onProgress }: TrainingInput): Promise<void> {
  signal?.throwIfAborted();
  const options = ['--threads', String(threads), '--until-stdin-ends', ...(epochs === undefined ? [] : ['--epochs', String(epochs)])];
  const child = spawn(python, [TRAIN, features, '--out', out, ...options], { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  const ended = new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done));
  const last: string[] = [];
  let failure: unknown;
  const stop = (reason: unknown) => {
    failure ??= reason;
    child.kill('SIGKILL');
  };
  const abort = () => stop(signal?.reason);
  const timer = setTimeout(() => stop(new UserError('score-training-timeout', { hours: LONGEST_HOURS })), LONGEST_HOURS * 3_600_000);
  signal?.addEventListener('abort', abort, { once: true });
  createInterface(child.stdout).on('line', (line) => {
    const share = /^progress (\d\.\d+)$/.exec(line)?.[1];
    if (share) onProgress?.(Number(share));
  });
  createInterface(child.stderr).on('line', (line) => last.splice(0, last.push(line.slice(0, 500)) - LAST_LINES));
  try {
    const code = await ended.catch((error: unknown) => stop(error));
    if (failure !== undefined) throw failure;
    if (code !== 0) throw new UserError('score-training-failed', { reason: last.at(-1) ?? `exit status ${code}` });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
