import type postgres from 'postgres';
import type { Cells } from './cells.ts';
import type { DayCounts, ImportKind, ImportProgress, Shrunk } from './rows.ts';

/** The column names people use for one of ours, compared without case, spaces and punctuation; the first found wins. */
export type Columns<Column extends string> = Record<Column, { also: readonly string[]; required?: boolean }>;

/** What an import works with: one connection in the catalogue's time zone, whose temporary tables end with it. */
export type Session = {
  sql: postgres.Sql;
  feed: string;
  minSeconds: number;
  wholeDays: boolean;
  progress(phase: ImportProgress['phase'], done: number, total: number): void;
};

export type Applied = { added: number; unchanged: number; replaced: number; days: DayCounts; shrunk: Shrunk[] };

/** One kind of thing that can be imported. */
export type Kind<Row, Column extends string = string> = {
  name: ImportKind;
  columns: Columns<Column>;
  /** @throws BadRow */
  read(cells: Cells<Column>): Row;
  /** Columns of the temporary table `stage`, after file, line, reason and value. */
  stage: string;
  /** A row's values in that order. */
  values(row: Row): (string | number | null)[];
  /**
   * Makes `checked` (rows to apply, resolved and without repeats, each with its file and line) from the sound rows of `stage`, and adds
   * the others to `rejected`. Nothing outside the temporary tables is touched.
   */
  check(session: Session): Promise<{ repeated: number; short: number }>;
  /** Applies `checked`. */
  apply(session: Session): Promise<Applied>;
};

export const NO_DAYS: DayCounts = { new: 0, unchanged: 0, replaced: 0 };
