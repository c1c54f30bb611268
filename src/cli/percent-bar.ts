import { SingleBar } from 'cli-progress';

/** A bar on a terminal for work that tells the share done; nothing where stderr is a file or a pipe. Whoever made it stops it. */
export function percentBar(): { update(done: number, words: string): void; stop(): void } {
  const bar = new SingleBar({ format: '{words} |{bar}| {percentage}%', stream: process.stderr, hideCursor: true, noTTYOutput: false, clearOnComplete: true });
  let started = '';
  return {
    update: (done, words) => {
      if (started !== words) bar.start(1, done, { words });
      started = words;
      bar.update(done, { words });
    },
    stop: () => bar.stop(),
  };
}
