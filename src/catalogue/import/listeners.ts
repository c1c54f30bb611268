import type { Database } from '../../db/client.ts';
import { BadRow, readId, readOptionalText, readWhole } from './cells.ts';
import { NO_DAYS, type Kind } from './kind.ts';
import { load, type Rows } from './load.ts';
import type { ImportSummary, LoadOptions, ListenerRow } from './rows.ts';

type Column = 'id' | 'region' | 'birthYear' | 'gender';

const GENDERS = new Map<string, ListenerRow['gender']>([
  ...['f', 'female', 'woman', '女', '女性'].map((word) => [word, 'f'] as const),
  ...['m', 'male', 'man', '男', '男性'].map((word) => [word, 'm'] as const),
  ...['x', 'other', 'nonbinary', 'non-binary', '其他'].map((word) => [word, 'x'] as const),
  ...['', 'unknown', 'u', 'null', 'nan', 'na', '未知'].map((word) => [word, undefined] as const),
]);

function readGender(text: string): ListenerRow['gender'] {
  const word = text.toLowerCase();
  if (!GENDERS.has(word)) throw new BadRow('bad-gender', text);
  return GENDERS.get(word);
}

/** Listeners. A later import changes what differs; a cell left empty keeps what was known. */
export const listeners: Kind<ListenerRow, Column> = {
  name: 'listeners',
  columns: {
    id: { also: ['listener_id', 'listener', 'user_id', 'user', 'member_id', 'msno'], required: true },
    region: { also: ['city', 'county', 'area', 'location', '地區', '縣市', '城市'] },
    birthYear: { also: ['birth_year', 'year_of_birth', 'yob', '出生年'] },
    gender: { also: ['sex', '性別'] },
  },
  read: (cells) => ({
    id: readId(cells('id')),
    region: readOptionalText(cells('region')),
    birthYear: readWhole(cells('birthYear'), 1900, new Date().getUTCFullYear()),
    gender: readGender(cells('gender')),
  }),
  stage: 'id text, region text, birth_year smallint, gender char(1)',
  values: (row) => [row.id, row.region ?? null, row.birthYear ?? null, row.gender ?? null],

  async check({ sql }) {
    await sql`
      create temp table judged as
      select *, row_number() over same as nth,
        row(region, birth_year, gender) is distinct from
        row(first_value(region) over same, first_value(birth_year) over same, first_value(gender) over same) as differs
      from stage where reason is null
      window same as (partition by id order by file, line)`;
    await sql`insert into rejected select file, line, 'conflict', id from judged where differs`;
    const [repeats] = await sql<{ n: number }[]>`select count(*) as n from judged where nth > 1 and not differs`;
    await sql`create temp table checked as select file, line, id, region, birth_year, gender from judged where nth = 1`;
    await sql`analyze checked`;
    return { repeated: repeats?.n ?? 0, short: 0 };
  },

  /** Update, then insert: `external_id` can't be unique on Citus, so there is no `on conflict`; imports of a kind never run together. */
  async apply({ sql }) {
    return await sql.begin(async (sql) => {
      const changed = await sql`
        update listener l set region = coalesce(c.region, l.region), birth_year = coalesce(c.birth_year, l.birth_year), gender = coalesce(c.gender, l.gender)
        from checked c
        where l.external_id = c.id and (l.region, l.birth_year, l.gender) is distinct from
          (coalesce(c.region, l.region), coalesce(c.birth_year, l.birth_year), coalesce(c.gender, l.gender))`;
      const inserted = await sql`
        insert into listener (external_id, region, birth_year, gender)
        select c.id, c.region, c.birth_year, c.gender from checked c
        where not exists (select from listener l where l.external_id = c.id)
        order by c.file, c.line`;
      const [counts] = await sql<{ total: number }[]>`select count(*) as total from checked`;
      const total = counts?.total ?? 0;
      return { added: inserted.count, replaced: changed.count, unchanged: total - inserted.count - changed.count, days: NO_DAYS, shrunk: [] };
    });
  },
};

/** Loads listeners; ids that are known already are updated. */
export async function loadListeners(db: Database, rows: Rows<ListenerRow>, options: Partial<LoadOptions> = {}): Promise<ImportSummary> {
  return await load(db, listeners, rows, options);
}
