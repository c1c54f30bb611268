import { Argument, Command, InvalidArgumentError } from 'commander';
import { importFiles, ImportRefused } from '../catalogue/import/files.ts';
import type { ImportKind, ImportSummary, Rejection } from '../catalogue/import/rows.ts';
import type { Text } from '../text/catalogue.ts';
import { progressBar } from './progress-bar.ts';
import { rejectsPath } from './rejects-path.ts';
import { printJson } from './report.ts';
import { withServices } from './with-services.ts';

const KINDS = ['songs', 'listeners', 'plays', 'daily'] as const satisfies ImportKind[];

type Options = { columns?: Record<string, string>; feed?: string; strict?: boolean; minSeconds?: number; wholeDays?: boolean; rejects?: string; json?: boolean };

/** `encore import songs|listeners|plays|daily FILE...` */
export const importCommand = (): Command =>
  new Command('import')
    .description('load CSV, CSV.gz or Parquet files into the catalogue; a second import of the same file changes nothing')
    .addArgument(new Argument('<kind>', 'what the files hold').choices(KINDS))
    .argument('<file...>', 'files')
    .option('--columns <name=theirs,...>', "map the files' own headers, such as song=track_id,plays=streams", readColumns)
    .option('--feed <name>', 'which delivery the rows belong to; a corrected day replaces only its own feed', 'main')
    .option('--strict', 'refuse the files if any row is bad; otherwise bad rows go to a rejects file')
    .option('--rejects <file>', 'where bad rows go (default: beside the first file, named like it, .rejects.csv at the end)')
    .option('--min-seconds <n>', 'shorter listens are no plays (default: 30)', readSeconds)
    .option('--whole-days', 'for plays: the files hold whole days, and replace known ones however much of them they lack')
    .option('--json', 'print one JSON document')
    .action(async (kind: ImportKind, files: string[], options: Options) => {
      await withServices(async ({ db, config }, text) => {
        const bar = progressBar(text);
        const { columns, feed, strict, minSeconds, wholeDays, rejects } = options;
        const rejectsFile = rejects ?? (strict ? undefined : await rejectsPath(files[0] ?? ''));
        const summary = await importFiles(db, kind, files, { columns, feed, strict, minSeconds, wholeDays, rejectsFile, timeZone: config.timeZone, onProgress: bar.update })
          .finally(bar.stop)
          .catch((error: unknown) => {
            if (error instanceof ImportRefused) process.stderr.write(linesOf(error.rejections, text));
            throw error;
          });
        if (options.json) printJson(summary);
        else process.stdout.write(wordsOf(summary, text));
        if (summary.rejected > 0 && summary.rejected === summary.rows) process.exitCode = 2;
      });
    });

function readColumns(value: string): Record<string, string> {
  const pairs = value.split(',').map((pair) => pair.split('='));
  if (pairs.some((pair) => pair.length !== 2 || pair.some((side) => side.trim() === ''))) throw new InvalidArgumentError('must look like name=theirs,name=theirs');
  return Object.fromEntries(pairs.map(([ours, theirs]) => [ours.trim(), theirs.trim()]));
}

function readSeconds(value: string): number {
  const seconds = Number(value);
  if (!Number.isInteger(seconds) || seconds < 0) throw new InvalidArgumentError('must be a whole number of seconds');
  return seconds;
}

/** Each reason for which rows were refused: the first of them, and how many more there are. */
const linesOf = (rejections: readonly Rejection[], text: Text): string =>
  rejections
    .map(({ file, line, reason, value, count }) => {
      const words = text.maybe(`import.reason.${reason}`, { value }, 'import.reason.other');
      return `${file ?? ''}:${line}: ${words}${count > 1 ? text.t('import.more', { count: count - 1 }) : ''}\n`;
    })
    .join('');

const OUTCOMES = ['added', 'replaced', 'unchanged', 'repeated', 'short', 'rejected'] as const;
const DAY_OUTCOMES = ['new', 'replaced', 'unchanged'] as const;

/** "3 added, 1 rejected": what is not zero. */
const partsOf = <Outcome extends (typeof OUTCOMES)[number] | 'new'>(outcomes: readonly Outcome[], counts: Record<Outcome, number>, text: Text): string =>
  outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => text.t(`import.part.${outcome}`, { count: counts[outcome] }))
    .join(text.t('import.comma'));

function wordsOf(summary: ImportSummary, text: Text): string {
  const { rows, days, gaps } = summary;
  const read = text.t('import.done', { rows, seconds: text.number(summary.seconds, 1) });
  const done = partsOf(OUTCOMES, summary, text) || text.t('import.nothing');
  const ofDays = partsOf(DAY_OUTCOMES, days, text);
  const lines = [
    text.t('import.line', { what: read, parts: done }),
    ...(ofDays ? [text.t('import.line', { what: text.t('import.days'), parts: ofDays })] : []),
    ...(gaps ? [text.t('import.gaps', { days: gaps.days, first: text.date(gaps.first), from: text.date(gaps.from), to: text.date(gaps.to) })] : []),
    ...summary.shrunk.map((day) => text.t('import.shrunk', { ...day, day: text.date(day.day) })),
  ];
  const refused = linesOf(summary.rejections, text);
  const file = summary.rejectsFile ? `${text.t('import.rejects-file', { file: summary.rejectsFile })}\n` : '';
  return `${lines.join('\n')}\n${refused}${file}`;
}
