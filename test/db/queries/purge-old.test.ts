import { afterAll, expect, it } from 'vitest';
import { purgeOldEvents, purgeOldReplies } from '../../../src/db/queries/purge-old.ts';
import { testDatabase } from '../../db/database.ts';

const db = await testDatabase();
afterAll(() => db.close());

it('events and replies are forgotten after 30 days, younger ones kept', async () => {
  await db.sql`
    insert into slack_event (workspace_id, event_id, received_at)
    select 'T1', age::text, now() - make_interval(days => age) from unnest(array[0, 29, 31, 400]) as age`;
  await db.sql`
    insert into reply (workspace_id, request_id, channel, created_at)
    select 'T1', age::text, 'C1', now() - make_interval(days => age) from unnest(array[0, 29, 31, 400]) as age`;
  expect(await purgeOldEvents(db.sql)).toBe(2);
  expect(await purgeOldReplies(db.sql)).toBe(2);
  expect(await db.sql`select event_id as id from slack_event union all select request_id from reply order by 1`).toEqual(['0', '0', '29', '29'].map((id) => ({ id })));
});

it('a reply that tells of a demo is kept as long as the demo, so that it can be deleted with its file', async () => {
  await db.sql`insert into workspace (id) values ('T1')`;
  await db.sql`insert into demo (workspace_id, slack_file_id, content_hash, title, seconds) values ('T1', 'F1', '', '', 60)`;
  await db.sql`
    insert into reply (workspace_id, request_id, channel, created_at)
    select 'T1', request, 'C1', now() - interval '1 year' from unnest(array['F1:C1', 'F1:C1:why', 'F2:C1']) as request`;
  expect(await purgeOldReplies(db.sql)).toBe(1);
  await db.sql`delete from demo`;
  expect(await purgeOldReplies(db.sql)).toBe(2);
});
