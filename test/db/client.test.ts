import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/db/client.ts';
import { createLog } from '../../src/log.ts';

const open = (url: string) => openDatabase(readConfig({ DATABASE_URL: url }), createLog('silent'));

it('says where no database answers, without the password', async () => {
  const failure = await open('postgres://someone:secret@127.0.0.1:1/music').catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'database-unavailable', context: { where: '127.0.0.1:1/music', reason: expect.stringContaining('ECONNREFUSED') } });
  expect(JSON.stringify((failure as { context: unknown }).context)).not.toContain('secret');
});
