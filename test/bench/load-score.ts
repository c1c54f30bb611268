import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectDatabase } from '../../src/db/client.ts';
import { startEmbedded } from '../../src/db/embedded.ts';
import { untilStopped } from '../../src/lifetime.ts';
import { loadSmallCatalogue } from '../e2e/slack/catalogue.ts';
import { startProcess } from '../e2e/slack/process.ts';
import { wavSong } from '../e2e/slack/sound.ts';
import { startWorkspace, type Workspace } from '../e2e/slack/workspace.ts';

const BATCHES = [5, 10, 20];
const SECONDS = 180;
const PRESS_EVERY_MS = 400;

type Batch = { files: number; seconds: number; ackMs: { presses: number; p50: number; p95: number; max: number }; peakRssMb: number };

/**
 * `npm run bench -- load-score`: drops 5, then 10, then 20 recordings of three minutes at once on a real app (its own process and
 * database, an emulated Slack) while /forecast is asked again and again. A first recording warms it up.
 * @returns of 20 files: milliseconds until a command was acknowledged, and the seconds until all were answered; peak resident memory of the process for each batch (Linux).
 */
export async function bench(): Promise<unknown> {
  let result: unknown;
  await untilStopped(async (opened) => {
    const dataDir = opened.adopt(await mkdtemp(join(tmpdir(), 'encore-load-')), async (folder) => await rm(folder, { recursive: true, force: true }));
    const server = opened.adopt(await startEmbedded(join(dataDir, 'database')), async (it) => await it.leave());
    const workspace = opened.adopt(await startWorkspace(), async (it) => await it.close());
    const db = opened.adopt(await connectDatabase(server.url), async (it) => await it.close());
    await loadSmallCatalogue(db);
    const { child } = opened.adopt(await startProcess(workspace, { databaseUrl: server.url, dataDir }), async ({ child: app }) => {
      app.kill('SIGTERM');
      await once(app, 'exit');
    });
    result = await measureAll(workspace, child.pid);
  });
  return result;
}

async function measureAll(workspace: Workspace, pid: number | undefined) {
  const first = await share(workspace, 1);
  const single = await peakRss(pid, async () => await drop(workspace, first));
  const batches: Batch[] = [];
  for (const files of BATCHES) {
    const batch = await measure(workspace, pid, files);
    console.error(JSON.stringify(batch));
    batches.push(batch);
  }
  const { files, ackMs, seconds } = batches.at(-1) as Batch;
  const peakRssMb = Object.fromEntries([['1', single.mb], ...batches.map((batch) => [String(batch.files), batch.peakRssMb])]);
  return { node: process.version, load: loadavg()[0], recordingSeconds: SECONDS, files, ackMs, seconds, peakRssMb, batches };
}

async function measure(workspace: Workspace, pid: number | undefined, files: number): Promise<Batch> {
  const shared = await share(workspace, files);
  const acks: number[] = [];
  const peak = await peakRss(pid, async () => {
    let done = false;
    const pressing = (async () => {
      while (!done) {
        acks.push(await timeOf(async () => await workspace.command('/forecast', 'Harbour Lights')));
        await wait(PRESS_EVERY_MS);
      }
    })();
    const seconds = (await timeOf(async () => await drop(workspace, shared))) / 1000;
    done = true;
    await pressing;
    return seconds;
  });
  const sorted = acks.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(10 * (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN)) / 10;
  return { files, seconds: Math.round(10 * peak.result) / 10, ackMs: { presses: acks.length, p50: at(0.5), p95: at(0.95), max: at(1) }, peakRssMb: peak.mb };
}

/** Uploads that many recordings, none like another. */
async function share(workspace: Workspace, files: number): Promise<string[]> {
  const shared: string[] = [];
  for (let index = 0; index < files; index++) shared.push((await workspace.share(`take ${index}.wav`, wavSong(SECONDS + files + index / 10))).fileId);
  return shared;
}

/** Tells the app of all of them at once and waits until every one is answered. */
async function drop(workspace: Workspace, fileIds: string[]): Promise<void> {
  const before = answered(workspace);
  await Promise.all(fileIds.map(async (fileId) => await workspace.event({ type: 'file_shared', file_id: fileId, user_id: workspace.userId, channel_id: workspace.channel, event_ts: '1' })));
  while (answered(workspace) - before < fileIds.length) await wait(50);
}

const answered = ({ proxy }: Workspace): number => proxy.calls.filter(({ method, sent }) => method === 'chat.update' && JSON.stringify(sent).includes('score_why')).length;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Peak resident memory of a process during some work, MiB; the kernel's high-water mark is set back first. */
async function peakRss<Result>(pid: number | undefined, work: () => Promise<Result>): Promise<{ mb: number; result: Result }> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
  const result = await work();
  const [, kb] = /VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { mb: Math.round(Number(kb) / 1024), result };
}
