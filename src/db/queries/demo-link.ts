import type { Sql } from 'postgres';
import { seenBy, type DemoReader } from './demo-seen.ts';

/**
 * Ties a demo to the song it became, instead of any other, or to none.
 * @returns false when whoever asks sees no such demo
 */
export async function linkDemo(sql: Sql, reader: DemoReader | 'owner', { demoId, songId }: { demoId: string; songId: number | null }): Promise<boolean> {
  const linkedAt = songId === null ? sql`null` : sql`now()`;
  return (await sql`update demo d set song_id = ${songId}, linked_at = ${linkedAt} where d.id = ${demoId} and ${seenBy(sql, reader)}`).count === 1;
}
