import { SingleBar } from 'cli-progress';
import type { ImportProgress } from '../catalogue/import/rows.ts';
import type { Text } from '../text/catalogue.ts';

/** A bar on a terminal; nothing where stderr is a file or a pipe. Whoever made it stops it. */
export function progressBar(text: Text): { update(progress: ImportProgress): void; stop(): void } {
  const bar = new SingleBar({ format: '{phase} |{bar}| {percentage}% · {rows}', stream: process.stderr, hideCursor: true, noTTYOutput: false, clearOnComplete: true });
  let phase: ImportProgress['phase'] | undefined;
  return {
    update: (progress) => {
      const fields = { phase: text.t(`import.phase.${progress.phase}`), rows: text.t('import.rows', { rows: progress.rows }) };
      if (progress.phase !== phase) bar.start(Math.max(1, progress.total), 0, fields);
      phase = progress.phase;
      bar.setTotal(Math.max(1, progress.total));
      bar.update(progress.done, fields);
    },
    stop: () => bar.stop(),
  };
}
