import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkBlocks } from '../../../src/console/block-check.ts';
import { loadScoreCard } from '../../../src/score/card.ts';
import { startApp, type RunningApp } from './app.ts';
import { loadSmallCatalogue } from './catalogue.ts';
import { startWorkspace, type Workspace } from './workspace.ts';

type Block = { type: string; accessory?: Element; elements?: Element[]; text?: { text: string }; slack_file?: { id: string } };
type Element = { action_id: string; value?: string; options?: { text: { text: string }; value: string }[] };

let workspace: Workspace;
let app: RunningApp;
let model: string;

beforeAll(async () => {
  workspace = await startWorkspace();
  app = await startApp(workspace);
  await loadSmallCatalogue(app.db);
  ({ id: model } = await loadScoreCard());
});
afterAll(async () => {
  await app.stop();
  await workspace.close();
});
beforeEach(async () => {
  await app.db.sql`delete from demo`;
  workspace.proxy.responses.length = 0;
  workspace.proxy.calls.length = 0;
  workspace.proxy.fault = () => undefined;
});

/** A scored demo, as old as `age` minutes, shared by the person in the channel unless told. */
async function demo(title: string, { listeners = 900, scoredBy = model, team = workspace.teamId, age = 0, file = null as string | null, sharedBy = workspace.userId, channel = workspace.channel } = {}): Promise<string> {
  const { sql } = app.db;
  const answer = { interval: { low: 20, high: 70 }, listeners: { low: listeners / 2, high: listeners * 2 }, playsPerListener: { low: 1.1, high: 2 } };
  await sql`insert into workspace (id) values (${team}) on conflict do nothing`;
  const [{ id }] = await sql<{ id: string }[]>`
    insert into demo (workspace_id, slack_file_id, shared_by, channels, content_hash, title, seconds, created_at) values (${team}, ${file}, ${sharedBy}, ${[channel]}, ${title}, ${title}, 180, now() - ${`${age} minutes`}::interval) returning id`;
  await sql`
    insert into score (demo_id, model, percentile, listeners, plays_per_listener, hook_start, hook_end, answer)
    values (${id}, ${scoredBy}, 42, ${listeners}, 1.4, 0, 30, ${sql.json(answer)})`;
  return id;
}

async function answer() {
  await expect.poll(() => workspace.proxy.responses.length, { timeout: 15_000 }).toBe(1);
  const [message] = workspace.proxy.responses.splice(0);
  const blocks = message['blocks'] as Block[];
  expect(checkBlocks(blocks as never, 50, () => true)).toEqual([]);
  return { ...message, words: JSON.stringify(message), blocks };
}

async function list(text = '') {
  expect(await workspace.command('/demos', text)).toEqual({ status: 200, body: '' });
  return await answer();
}

const elementsOf = (blocks: Block[]) => blocks.flatMap(({ accessory, elements = [] }) => [...(accessory ? [accessory] : []), ...elements]);
const buttonOf = (blocks: Block[], id: string) => elementsOf(blocks).find(({ action_id }) => action_id === id);
const choosing = (ids: string[]) => ({ values: { demos: { demos_chosen: { type: 'multi_static_select', selected_options: ids.map((value) => ({ value })) } } } });

async function compare(ids: string[]) {
  await workspace.press({ action_id: 'demos_compare', value: '{}' }, choosing(ids));
  return await answer();
}

describe('/demos', () => {
  test('lists this workspace’s demos privately, newest first, and no other workspace’s', async () => {
    await demo('older', { age: 5 });
    await demo('newer');
    await demo('secret', { team: 'T-other' });
    const message = await list();
    expect(message).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(message.words.indexOf('newer')).toBeLessThan(message.words.indexOf('older'));
    expect(message.words).toContain('score 42 (20–70)');
    expect(message.words).not.toContain('secret');
    expect(buttonOf(message.blocks, 'demos_chosen')?.options).toHaveLength(2);
  });

  test('is paged, and offers the page and the newest to choose from', async () => {
    for (let at = 0; at < 41; at += 1) await demo(`demo ${at}`, { age: at });
    const first = await list();
    expect(buttonOf(first.blocks, 'demos_chosen')?.options).toHaveLength(30);
    expect([first.words.includes('1–10 of 41'), buttonOf(first.blocks, 'demos_page:newer')]).toEqual([true, undefined]);
    await workspace.press({ action_id: 'demos_page:older', value: buttonOf(first.blocks, 'demos_page:older')?.value ?? '' });
    const second = await answer();
    expect(second).toMatchObject({ replace_original: true });
    expect(second.words).toContain('11–20 of 41');
    expect(buttonOf(second.blocks, 'demos_page:newer')).toBeDefined();
  });

  test('says what to do where nothing was scored yet, and offers no comparison of a single demo', async () => {
    expect((await list()).words).toContain('No demo was scored');
    await demo('lonely');
    const message = await list();
    expect([message.words.includes('lonely'), buttonOf(message.blocks, 'demos_compare')]).toEqual([true, undefined]);
  });
});

describe('who sees a demo', () => {
  const there = { userId: 'U-other', channel: 'G-private' };
  const listFor = async (by: { userId?: string; channel?: string }) => {
    await workspace.command('/demos', '', by);
    return (await answer()).words;
  };

  test('in a private channel: everyone there, its sharer anywhere, and nobody else elsewhere', async () => {
    await demo('hush', { sharedBy: 'U-sharer', channel: 'G-private' });
    expect(await listFor(there)).toContain('hush');
    expect(await listFor({ userId: 'U-sharer' })).toContain('hush');
    const elsewhere = await listFor({ userId: 'U-other' });
    expect([elsewhere.includes('hush'), elsewhere.includes('No demo was scored here')]).toEqual([false, true]);
  });

  test('of which nothing is known: nobody, not even where no channel is told of', async () => {
    const id = await demo('old', { sharedBy: null as never });
    await app.db.sql`update demo set channels = '{}' where id = ${id}`;
    expect(await listFor({})).not.toContain('old');
    expect(await listFor({ userId: '', channel: '' })).not.toContain('old');
  });

  test('another page, and the menu, hold no more than the list', async () => {
    for (let at = 0; at < 11; at += 1) await demo(`mine ${at}`, { age: at });
    for (let at = 0; at < 5; at += 1) await demo(`hush ${at}`, { sharedBy: 'U-sharer', channel: 'G-private', age: at });
    await workspace.press({ action_id: 'demos_page:older', value: '{"page":1}' });
    const second = await answer();
    expect(second.words).toContain('11–11 of 11');
    expect(second.words).not.toContain('hush');
  });

  test('is posted to no channel that does not hold it, not even by its sharer', async () => {
    const ids = [await demo('Open'), await demo('Hush', { channel: 'G-private' })];
    const message = await compare(ids);
    expect(message.words).toContain('Hush');
    await workspace.press({ action_id: 'compare_post', value: buttonOf(message.blocks, 'compare_post')?.value ?? '' });
    expect((await answer()).words).toContain('not shared in this channel');
    expect(workspace.proxy.calls.some(({ method }) => method === 'chat.postMessage')).toBe(false);
  });

  test('shared in a second channel it is seen there, too, and where it is unshared no longer', async () => {
    await demo('wander', { file: 'FWANDER', sharedBy: 'U-sharer', channel: 'G-private' });
    const share = { file_id: 'FWANDER', user_id: 'U-second', channel_id: 'G-second', event_ts: '1' };
    const second = { userId: 'U-other', channel: 'G-second' };
    await workspace.event({ type: 'file_shared', ...share });
    expect(await listFor(second)).toContain('wander');
    expect(await listFor(there)).toContain('wander');
    expect(await listFor({ userId: 'U-second' })).not.toContain('wander');
    await workspace.event({ type: 'file_unshared', ...share });
    expect(await listFor(second)).not.toContain('wander');
    expect(await listFor(there)).toContain('wander');
  });

  test.each(['score_why', 'score_part:0'])('%s refuses a file of elsewhere', async (action_id) => {
    await demo('hush', { file: 'FHUSH', sharedBy: 'U-sharer', channel: 'G-private' });
    await workspace.press({ action_id, value: JSON.stringify({ file: 'FHUSH', start: 0 }) });
    expect((await answer()).words).toContain('have been deleted');
  });
});

describe('"Compare"', () => {
  test('answers with one picture, who beats whom, and one recommendation, beside the list', async () => {
    const message = await compare([await demo('Low', { listeners: 500 }), await demo('High', { listeners: 5000 })]);
    expect(message).toMatchObject({ response_type: 'ephemeral', replace_original: false });
    expect(message.blocks.filter(({ type }) => type === 'image')).toHaveLength(1);
    for (const part of ['Lead single: “High”', 'Video: “High”', 'High beats: Low', 'Demonstration model', model]) expect(message.words).toContain(part);
  });

  test('posts the same answer for everyone, once however often it is pressed, and takes it back when one of the demos is deleted', async () => {
    const message = await compare([await demo('Low', { listeners: 500, file: 'F1' }), await demo('High', { listeners: 5000, file: 'F2' })]);
    const value = buttonOf(message.blocks, 'compare_post')?.value ?? '';
    for (const _ of [1, 2]) {
      await workspace.press({ action_id: 'compare_post', value });
      expect((await answer()).words).toContain('Posted');
    }
    const posts = workspace.proxy.calls.filter(({ method }) => method === 'chat.postMessage');
    expect(posts).toHaveLength(1);
    expect(posts[0]?.sent['channel']).toBe(workspace.channel);
    expect(JSON.stringify(posts[0]?.sent)).not.toContain('compare_post');
    await workspace.event({ type: 'file_deleted', file_id: 'F1', event_ts: '1' });
    await expect.poll(() => workspace.proxy.calls.filter(({ method }) => method === 'chat.delete').map(({ sent }) => sent['ts']), { timeout: 15_000 }).toEqual([posts[0]?.answered['ts']]);
  });

  test.each([0, 1, 11])('of %d demos says how many to choose', async (n) => {
    const ids = await Promise.all(Array.from({ length: n }, async (_, at) => await demo(`d${at}`)));
    expect((await compare(ids)).words).toContain('Choose 2 to 10 demos');
  });

  test('never mixes scores of different models: it says whose differ, and scores them again in every message that told of them', async () => {
    const old = await demo('Old score', { scoredBy: 'crnn/1', file: 'FOLD' });
    workspace.proxy.fault = (method, { channel }) => (method === 'chat.update' && channel === 'G-second' ? { status: 200, body: { ok: true } } : undefined);
    await app.db.sql`insert into reply (workspace_id, request_id, channel, thread_ts, message_ts, answered_at) values (${workspace.teamId}, ${`FOLD:${workspace.channel}`}, ${workspace.channel}, '5.5', '6.6', now()), (${workspace.teamId}, 'FOLD:G-second', 'G-second', '7.7', '8.8', now())`;
    const message = await compare([old, await demo('New score')]);
    expect(message.words).toContain('Old score was scored by another model');
    expect(message.words).not.toContain('Lead single');
    await workspace.press({ action_id: 'compare_again', value: buttonOf(message.blocks, 'compare_again')?.value ?? '' });
    expect((await answer()).words).toContain('being scored again');
    const jobs = await app.db.sql`select data from job.job where name = 'score-demo' and data->>'fileId' = 'FOLD' order by data->>'threadTs'`;
    expect(jobs).toMatchObject([{ data: { channel: workspace.channel, threadTs: '5.5' } }, { data: { channel: 'G-second', threadTs: '7.7' } }]);
    await expect.poll(async () => (await app.db.sql`select from job.job where name = 'score-demo' and state <> 'completed'`).length, { timeout: 15_000 }).toBe(0);
  });
});

describe('ids that come from outside', () => {
  const actions = ['demos_compare', 'compare_post', 'compare_again', 'demo_link', 'demo_unlink'];
  const elsewhere = () => ({ 'another workspace’s demo': { team: 'T-other', file: 'FOTHER' }, 'another person’s demo of another channel': { sharedBy: 'U-other', channel: 'G-other', file: 'FOTHER' } });
  test.each(actions.flatMap((id) => (Object.keys(elsewhere()) as (keyof ReturnType<typeof elsewhere>)[]).map((whose) => [id, whose] as const)))('%s refuses %s', async (action_id, whose) => {
    const [own, foreign] = [await demo('mine'), await demo('secret', elsewhere()[whose])];
    const value = action_id.startsWith('demo_') ? { demo: foreign, channel: workspace.channel } : { demos: [own, foreign] };
    const updated: unknown[] = [];
    workspace.proxy.fault = (method, sent) => (method.startsWith('views.') ? (updated.push(sent), { status: 200, body: { ok: true } }) : undefined);
    await workspace.press({ action_id, value: JSON.stringify(value) }, choosing([own, foreign]));
    const words = action_id === 'demo_unlink' ? await expect.poll(() => JSON.stringify(updated), { timeout: 15_000 }).toContain('not here').then(() => JSON.stringify(updated)) : (await answer()).words;
    expect(words).toContain('not here (any more)');
    expect(words).not.toContain('secret');
    expect(workspace.proxy.calls.some(({ method }) => method === 'chat.postMessage')).toBe(false);
  });

  test.each(['{}', '{"demos":["1; drop table demo"]}', 'x'])('the value %s is refused in words', async (value) => {
    await workspace.press({ action_id: 'compare_post', value });
    expect((await answer()).words).toContain('out of date');
  });
});

describe('linking a demo to its song', () => {
  const views: { method: string; words: string }[] = [];
  beforeEach(() => {
    views.length = 0;
    workspace.proxy.fault = (method, sent) => (method.startsWith('views.') ? (views.push({ method, words: JSON.stringify(sent) }), { status: 200, body: { ok: true, view: { id: 'V1' } } }) : undefined);
  });
  const songId = async (externalId: string) => (await app.db.sql<{ id: number }[]>`select id from song where external_id = ${externalId}`)[0]?.id;
  const submit = async (demoId: string, song: number | string | undefined) =>
    await workspace.interact({
      type: 'view_submission',
      view: { id: 'V1', type: 'modal', callback_id: 'demo_link', private_metadata: JSON.stringify({ demo: demoId, channel: workspace.channel }), state: { values: { song: { song_search: { type: 'external_select', selected_option: song === undefined ? null : { value: String(song) } } } } } },
    });

  test('asks in a modal that searches songs, keeps the choice, shows it in the list, and can be changed and removed', async () => {
    const id = await demo('Seaside take 3');
    const before = await list();
    await workspace.press({ action_id: 'demo_link', value: buttonOf(before.blocks, 'demo_link')?.value ?? '' });
    await expect.poll(() => views.map(({ method }) => method)).toEqual(['views.open']);
    expect(views[0]?.words).toContain('Seaside take 3');

    const offered = await workspace.interact({ type: 'block_suggestion', action_id: 'song_search', block_id: 'song', value: '海邊', view: { id: 'V1', type: 'modal' } });
    expect(offered.body).toContain('海邊的錄音機');

    const linked = await submit(id, await songId('new-10'));
    expect(JSON.parse(linked.body)).toMatchObject({ response_action: 'update' });
    expect(linked.body).toContain('海邊的錄音機');
    await expect.poll(() => views.at(-1)?.words).toContain('10 of 30 days known');
    expect((await list()).words).toContain('Released as 海邊的錄音機');

    await submit(id, await songId('new-40'));
    expect((await list()).words).toContain('Released as Harbour Lights');
    await workspace.press({ action_id: 'demo_unlink', value: JSON.stringify({ demo: id, channel: workspace.channel }) });
    await expect.poll(async () => (await app.db.sql`select song_id from demo where id = ${id}`)[0]?.['song_id']).toBeNull();
  });

  test('metadata that names another workspace’s demo or another channel’s, a song that is gone, and an empty choice are refused in the modal', async () => {
    const [own, foreign, hidden] = [await demo('mine'), await demo('secret', { team: 'T-other' }), await demo('hidden', { sharedBy: 'U-other', channel: 'G-other' })];
    for (const [demoId, song, part] of [[foreign, await songId('new-10'), 'not here'], [hidden, await songId('new-10'), 'not here'], [own, 999_999, 'not in the catalogue'], [own, undefined, 'not in the catalogue'], ['x', 1, 'out of date']] as const) {
      const { body } = await submit(demoId, song);
      expect(JSON.parse(body), part).toMatchObject({ response_action: 'errors', errors: { song: expect.stringContaining(part) } });
    }
    expect(await app.db.sql`select from demo where song_id is not null`).toHaveLength(0);
  });
});
