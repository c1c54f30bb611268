import { SAMPLE_RATE } from '../../src/audio/decode.ts';
import { logMel } from '../../src/audio/mel.ts';
import { middle } from './cpu/middle.ts';
import { pythonWithTorchaudio, runPeer } from './peer/python.ts';

const LENGTHS = { '30s': 30, '4min': 240 };
const TURNS = 3;
const ROUNDS = 7;

type Peer = { version: string; frames: number; ms: number[] };

/**
 * `npm run bench -- mel`: CPU milliseconds of the log-mel of 30 s and of 4 min in a warm process, ours and torchaudio's on one thread. They take
 * turns, so that a busy machine slows both; medians of all rounds. Without a Python that has torchaudio, only ours.
 */
export async function bench(): Promise<unknown> {
  const python = pythonWithTorchaudio();
  if (python === undefined) console.error('No python3 with torch and torchaudio (Debian: apt-get install python3-torchaudio): only Encore is measured.');
  const results: Record<string, unknown> = {};
  for (const [name, seconds] of Object.entries(LENGTHS)) {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      ours.push(...roundsOf(seconds));
      if (python !== undefined) theirs.push(...peerRounds(python, seconds));
    }
    const [ms, peer] = [middle(ours), middle(theirs)];
    results[name] = { ms: rounded(ms), ...(python !== undefined && { torchaudioMs: rounded(peer), ratio: rounded(ms / peer) }) };
    console.error(name, results[name]);
  }
  return { unit: 'CPU ms', ...results };
}

function roundsOf(seconds: number): number[] {
  let state = 1;
  const pcm = Float32Array.from({ length: seconds * SAMPLE_RATE }, () => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 31 - 1) * 0.1);
  for (let round = 0; round < 3; round++) logMel(pcm); // compiles
  return Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    logMel(pcm);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
}

function peerRounds(python: string, seconds: number): number[] {
  const { frames, ms } = runPeer(python, 'mel.py', seconds, ROUNDS) as Peer;
  if (frames !== 1 + Math.floor((seconds * SAMPLE_RATE) / 512)) throw new Error(`torchaudio made ${frames} frames: not the same work`);
  return ms;
}

const rounded = (value: number) => Math.round(value * 100) / 100;
