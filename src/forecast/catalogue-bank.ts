import type { Sql } from 'postgres';
import { forecastWatermark } from '../db/queries/forecast-watermark.ts';
import type { Services } from '../services.ts';
import { kindOf, type DataKind } from './engine.ts';
import { loadFinishedSongs } from './load-finished-songs.ts';
import { createBank, type Bank } from './neighbours.ts';
import { remembered } from './remembered.ts';
import { usualSeason } from './season.ts';

export type CatalogueBank = Record<DataKind, Bank>;

/** Read anew after every import; a database's bank goes with its connection. */
const banks = new WeakMap<Sql, { mark: string; value: Promise<CatalogueBank> }>();

/** The catalogue's finished songs by kind of data, for nearest trajectories. */
export async function catalogueBank(services: Pick<Services, 'db'>): Promise<CatalogueBank> {
  const { sql } = services.db;
  return await remembered(banks, sql, await forecastWatermark(sql), async () => {
    const songs = await loadFinishedSongs(services);
    const of = (kind: DataKind) => {
      const own = songs.filter((song) => kindOf(song.series) === kind);
      return createBank(own, usualSeason(own.map((song) => song.series)));
    };
    return { chart: of('chart'), complete: of('complete') };
  });
}
