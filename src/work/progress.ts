import { randomUUID } from 'node:crypto';

/**
 * Runs a task that tells its progress from a worker thread. A task's input is cloned, so that a function can't travel with it; the name of a channel can.
 * @param work gets the name to hand to the task; undefined when nobody listens
 * @param onProgress called with the share done, 0..1
 */
export async function withProgress<Output>(work: (channel: string | undefined) => Promise<Output>, onProgress: ((done: number) => void) | undefined): Promise<Output> {
  if (!onProgress) return await work(undefined);
  const name = randomUUID();
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: { data: unknown }) => onProgress(Number(data));
  try {
    return await work(name);
  } finally {
    channel.close();
  }
}

/** The worker's side: tells every whole percent once. */
export function progressTo<Output>(name: string | undefined, work: (onProgress: (done: number) => void) => Output): Output {
  if (name === undefined) return work(() => {});
  const channel = new BroadcastChannel(name);
  let told = 0;
  try {
    return work((done) => {
      const percent = Math.floor(done * 100);
      if (percent > told) channel.postMessage(percent / 100);
      told = Math.max(told, percent);
    });
  } finally {
    channel.close();
  }
}
