import type { RecordRow } from '../../src/db/queries/forecast-record.ts';

/** A forecast that was made from data up to this day and checked on 53 days since. */
export const recordRow = (dataDate: string, row: Partial<RecordRow>): RecordRow => ({
  id: dataDate,
  madeAt: new Date(`${dataDate}T12:00:00Z`),
  dataDate,
  origin: 7,
  model: 'm/1',
  until: row.totalError === undefined ? 30 : 60,
  pinball: 1,
  szaboHuberman: 1.3,
  counted: 53,
  inside: 42,
  totalError: null,
  szaboHubermanError: null,
  totalInside: null,
  ...row,
});
