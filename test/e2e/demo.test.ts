import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';

vi.setConfig({ testTimeout: 300_000 }); // the demo catalogue is loaded at its full size

const folder = await mkdtemp(join(tmpdir(), 'encore-demo-run-'));
afterAll(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** `npm run demo` with an embedded database of its own. */
function startDemo(more: Record<string, string> = {}) {
  const env = { ...process.env, DATABASE_URL: '', ENCORE_DATA_DIR: join(folder, 'data'), ...more };
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../src/demo.ts', import.meta.url))], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return { child, stdout: text(child.stdout), exit: once(child, 'exit').then(([code]) => Number(code)) };
}

const serverRuns = async () => await access(join(folder, 'data/postgres/data/postmaster.pid')).then(() => true, () => false);

it('the demo, told to stop while it loads, stops its database too; run again, it fails and says so if an answer lacks its picture', async () => {
  const first = startDemo();
  await once(first.child.stderr, 'data');
  first.child.kill('SIGINT');
  expect(await first.exit).toBe(130);
  expect(await serverRuns()).toBe(false);

  const second = startDemo({ FFMPEG_PATH: '/bin/false' });
  const stderr = text(second.child.stderr);
  expect(await second.exit).toBe(1);
  expect(await stderr).toMatch(/An answer lacks its picture \(score-1\.png\):\n +⚠ .*FFMPEG_PATH/);
  expect(await second.stdout).toContain('→ out/forecast-chosen.png');
  expect(await readFile(join(folder, 'out/transcript.txt'), 'utf8')).toBe(await second.stdout);
  expect(await serverRuns()).toBe(false);
});
