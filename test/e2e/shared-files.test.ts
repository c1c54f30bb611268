import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { stagingDir } from '../../src/config.ts';
import { AUDIO_NAME } from '../../src/slack/shared-file.ts';
import { childrenOf } from '../audio/files.ts';
import { expectationOf, isSilent, rowsOf, SETS, SHARED_AUDIO, type Row } from '../audio/manifest.ts';
import { testDatabase } from '../db/database.ts';
import { startApp } from './slack/app.ts';
import { startWorkspace } from './slack/workspace.ts';

const MINUTES = 60_000;
const MOST_KIB = 700 * 1024;

/** The most memory a living process ever held, in KiB. */
const peakOf = (pid: number): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

function expectOutcome(row: Row, code: string): void {
  const expected = expectationOf(row);
  if (expected === 'scored' && code === 'audio-silent') expect(isSilent(row.path), row.name).toBe(true);
  else if (expected === 'scored') expect(code, row.name).toBe('scored');
  else expect(code, row.name).toMatch(expected);
}

describe.skipIf(!existsSync(SHARED_AUDIO) || !existsSync('/proc/self/status'))('every shared recording (skipped where ../shared or /proc is absent)', () => {
  const rows = SETS.flatMap(rowsOf);

  test('is scored or refused by `encore score`, in one process of modest memory', async () => {
    const db = await testDatabase();
    const child = spawn(process.execPath, ['src/cli.ts', 'score', ...rows.map(({ path }) => path), '--json'], { env: { ...process.env, DATABASE_URL: db.url }, stdio: ['ignore', 'pipe', 'ignore'] });
    let peak = 0;
    const watch = setInterval(() => {
      if (child.pid && existsSync(`/proc/${child.pid}/status`)) peak = Math.max(peak, peakOf(child.pid) || 0);
    }, 100);
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
    clearInterval(watch);
    const { scores: outcomes } = JSON.parse(Buffer.concat(chunks).toString()) as { scores: { file: string; score?: number; error?: { code: string } }[] };
    await db.close();
    expect(outcomes).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) expectOutcome(row, outcomes[index].error?.code ?? (typeof outcomes[index].score === 'number' ? 'scored' : 'nothing'));
    expect(peak).toBeGreaterThan(50 * 1024);
    expect(peak).toBeLessThan(MOST_KIB);
  }, 8 * MINUTES);

  test('is answered once in its thread when it is shared, and leaves nothing behind', async () => {
    const workspace = await startWorkspace();
    const app = await startApp(workspace);
    afterAll(async () => {
      await app.stop();
      await workspace.close();
    });
    const shared: { row: Row; ts: string }[] = [];
    for (const row of rows) {
      const bytes = await readFile(row.path);
      // Slack takes no empty file, and the job looks only at what may be audio by its type or name.
      if (bytes.length === 0) continue;
      const { fileId, ts } = await workspace.share(AUDIO_NAME.test(row.name) ? row.name : `${row.name}.mp3`, bytes);
      await workspace.event({ type: 'file_shared', file_id: fileId, user_id: workspace.userId, channel_id: workspace.channel, event_ts: '1' });
      shared.push({ row, ts });
    }
    expect(shared.length).toBeGreaterThan(200);
    const left = async () => (await app.db.sql`select from job.job where name = 'score-demo' and state in ('created', 'active', 'retry')`).length;
    await expect.poll(left, { timeout: 7 * MINUTES, interval: 1000 }).toBe(0);
    for (const { row, ts } of shared) {
      const replies = await workspace.thread(ts);
      expect(replies, row.name).toHaveLength(1);
      expectOutcome(row, codeOf(replies[0].text));
    }
    expect(readdirSync(stagingDir(app.config))).toEqual([]);
    expect(childrenOf(process.pid)).toEqual([]);
  }, 10 * MINUTES);
});

/** What each refusal says in English, in a few of its words. */
const WORDS: [RegExp, string][] = [
  [/of 100/, 'scored'],
  [/is silent/, 'audio-silent'],
  [/The recording lasts/, 'audio-too-short'],
  [/is cut off: it promises/, 'audio-truncated'],
  [/could not be decoded/, 'audio-unreadable'],
  [/no sound in this file/, 'audio-no-stream'],
  [/copy-protected/, 'audio-encrypted'],
  [/is empty \(0 bytes\)/, 'file-empty'],
  [/a web page arrived/, 'file-is-html'],
  [/not a recording/, 'file-not-audio'],
];

const codeOf = (message: string): string => WORDS.find(([words]) => words.test(message))?.[1] ?? message;
