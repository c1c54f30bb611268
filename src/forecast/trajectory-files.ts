import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { daysBetween, weekdayOf } from './calendar.ts';
import { DAYS_BEFORE } from './series.ts';
import { TRAJECTORY_DAYS, type FinishedSong } from './types.ts';
import type { WeeklySong } from './weekly-shape.ts';

type Row = Record<string, string | undefined>;

const EPOCH = '1970-01-01';
const WEEKS = ['d0', 'd7', 'd14', 'd21', 'd28', 'd35', 'd42', 'd49', 'd56'] as const;

/** Blank and NA are not numbers. */
const numberOf = (text: string | undefined): number => (text === undefined || text.trim() === '' || text === 'NA' ? NaN : Number(text));

/**
 * Songs on daily charts, one row an entry and day: entry_id, region, track_id, entry_date, new_to_top200, days_since_entry, date, streams (blank
 * off the chart), floor_rank100. The same track in several regions is one group.
 * @param path CSV, gzipped when it ends in .gz
 */
export async function readChartEntries(path: string): Promise<FinishedSong[]> {
  const songs = new Map<string, FinishedSong>();
  const floors = new Map<string, number>();
  for (const row of await readRows(path, ['entry_id', 'region', 'track_id', 'entry_date', 'new_to_top200', 'days_since_entry', 'streams', 'floor_rank100'])) {
    const { entry_id: entry = '', region = '', entry_date: date = '' } = row;
    const song = songs.get(entry) ?? emptySong(songs.size, date, row.track_id ?? '', region, true, row.new_to_top200 === '1');
    songs.set(entry, song);
    const day = Number(row.days_since_entry);
    if (!(day >= 0 && day < TRAJECTORY_DAYS)) continue;
    song.series.plays[day] = numberOf(row.streams);
    song.series.floor[day] = numberOf(row.floor_rank100);
    floors.set(`${region} ${song.date + day}`, numberOf(row.floor_rank100));
  }
  for (const { series, market, date } of songs.values())
    for (let before = 0; before < DAYS_BEFORE; before++) series.floorBefore[before] = floors.get(`${market} ${date - DAYS_BEFORE + before}`) ?? NaN;
  return [...songs.values()];
}

/** Complete daily counts, one row a song: song_id, artist_id, day0, d0..d59. Songs of an artist are one group. */
export async function readCompleteCounts(path: string): Promise<FinishedSong[]> {
  const days = Array.from({ length: TRAJECTORY_DAYS }, (_, day) => `d${day}`);
  return (await readRows(path, ['song_id', 'artist_id', 'day0', ...days])).map((row, at) => {
    const song = emptySong(at, row.day0 ?? '', row.artist_id ?? '', '', false, true);
    days.forEach((day, index) => { song.series.plays[index] = numberOf(row[day]); });
    return song;
  });
}

/**
 * Songs seen once a week: region, track_id, entry_date, d0, d7..d56 (blank off the chart, NA without a chart that week). The floor of a week's chart
 * is the lowest count among the file's songs that week.
 */
export async function readWeeklyCharts(path: string): Promise<WeeklySong[]> {
  const rows = await readRows(path, ['region', 'entry_date', ...WEEKS]);
  const floors = new Map<string, number>();
  const weekOf = (row: Row, week: number) => `${row.region} ${daysBetween(EPOCH, row.entry_date ?? EPOCH) + 7 * week}`;
  for (const row of rows)
    WEEKS.forEach((name, week) => {
      const plays = numberOf(row[name]);
      if (!Number.isNaN(plays)) floors.set(weekOf(row, week), Math.min(plays, floors.get(weekOf(row, week)) ?? Infinity));
    });
  return rows.map((row) => ({
    plays: Float64Array.from(WEEKS, (name) => numberOf(row[name])),
    floor: Float64Array.from(WEEKS, (name, week) => (row[name] === 'NA' ? NaN : (floors.get(weekOf(row, week)) ?? NaN))),
  }));
}

async function readRows(path: string, columns: readonly string[]): Promise<Row[]> {
  const bytes = await readFile(path);
  const rows: Row[] = parse(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true, bom: true });
  const missing = columns.filter((column) => rows[0] && !(column in rows[0]));
  if (rows.length === 0 || missing.length > 0) throw new Error(`${path}: ${rows.length === 0 ? 'no rows' : `no column ${missing.join(', ')}`}`);
  return rows;
}

function emptySong(id: number, date: string, group: string, market: string, charted: boolean, fresh: boolean): FinishedSong {
  const unknown = (length: number) => new Float64Array(length).fill(NaN);
  const series = { plays: unknown(TRAJECTORY_DAYS), floor: unknown(TRAJECTORY_DAYS), floorBefore: unknown(DAYS_BEFORE), charted, weekday: weekdayOf(date), fresh };
  return { id, series, group, market, date: daysBetween(EPOCH, date) };
}
