import type { Source } from '../../db/schema/sources.ts';

export type ImportKind = 'songs' | 'listeners' | 'plays' | 'daily';

/** All ids are the owner's own ("external"); days are 'YYYY-MM-DD'. */
export type SongRow = {
  id: string;
  /** '': what is known is kept, and a new song is refused. Absent, as where a file has no titles at all: a new song is called by its id. */
  title?: string | undefined;
  /** '': what is known is kept; a new artist is called by their id. */
  artist: string;
  /** Absent: the artist is known by name. */
  artistId?: string | undefined;
  releaseDate?: string | undefined;
  genre?: string | undefined;
  language?: string | undefined;
  isrc?: string | undefined;
};

export type ListenerRow = { id: string; region?: string | undefined; birthYear?: number | undefined; gender?: 'f' | 'm' | 'x' | undefined };

/** `playedAt` is ISO 8601; without an offset it is wall time in the catalogue's zone. `seconds` is how long it was listened to. */
export type PlayRow = { listener: string; song: string; playedAt: string; source?: Source | undefined; seconds?: number | undefined };

/** `plays` null: left-censored, at most `floor` plays. */
export type DailyRow = { song: string; day: string; source?: Source | undefined; plays: number | null; floor?: number | null | undefined };

/** Why a row was not taken: a code with words under `import.reason.<code>`, and the value that was wrong. */
export type Bad = { reason: string; value: string };

/** The first row that was refused for a reason, and how many were. `file` is null for rows that came from memory; `line` counts from 1, the header included. */
export type Rejection = Bad & { file: string | null; line: number; count: number };

/** One record on its way in: a row, or what is wrong with it. */
export type Staged<Row> = { file: number; line: number } & ({ row: Row } | { bad: Bad });

export type ImportProgress = {
  phase: 'waiting' | 'reading' | 'checking' | 'applying';
  /** Bytes read of the files, or days applied. */
  done: number;
  /** 0 when it isn't known. */
  total: number;
  /** Rows read so far. */
  rows: number;
};

export type LoadOptions = {
  /** Which delivery the rows belong to; a corrected day replaces only its own feed's. `main` by default. */
  feed?: string;
  /** The catalogue's zone: which day a play belongs to. */
  timeZone: string;
  /** Shorter listens are no plays; 30 by default. */
  minSeconds?: number;
  /** Plays only: the rows are all of each of their days, so they replace a known day however much of it they lack. */
  wholeDays?: boolean;
  onProgress?: (progress: ImportProgress) => void;
};

export type DayCounts = { new: number; unchanged: number; replaced: number };

export type Gaps = { days: number; first: string; from: string; to: string };

export type Shrunk = { day: string; before: number; missing: number };

export type ImportSummary = {
  kind: ImportKind;
  /** Rows read. `added + unchanged + replaced + repeated + short + rejected` is the same number for songs, listeners and daily counts. */
  rows: number;
  added: number;
  unchanged: number;
  replaced: number;
  /** Identical to an earlier row of the same import. */
  repeated: number;
  /** Plays shorter than `minSeconds`. */
  short: number;
  rejected: number;
  /** One for each reason, in the order of the files. */
  rejections: Rejection[];
  rejectsFile: string | null;
  /** For plays and daily counts. */
  days: DayCounts;
  /** Days that the feed has not delivered between its first and its last; null if there are none. */
  gaps: Gaps | null;
  /** Days of plays that were replaced and lack more than a tenth of the plays they had. */
  shrunk: Shrunk[];
  seconds: number;
};
