import type { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { createReaderOf } from '../../src/slack/reader.ts';

const FALLBACK = { locale: 'en', timeZone: 'UTC' } as const;

/** A client whose users.info gives the answers one after the other, the last one again and again. */
function clientOf(...answers: (object | Error)[]) {
  let asked = 0;
  const info = async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (answer instanceof Error) throw answer;
    return { user: answer };
  };
  return { client: { users: { info } } as unknown as WebClient, asked: () => asked };
}

test('the language and zone of a reader come from Slack and are asked once while they are kept', async () => {
  const { client, asked } = clientOf({ locale: 'zh-TW', tz: 'Asia/Taipei' });
  const readerOf = createReaderOf(FALLBACK, 60_000);
  await readerOf(client, 'T1', 'U1');
  expect(await readerOf(client, 'T1', 'U1')).toMatchObject({ text: { locale: 'zh-TW' }, timeZone: 'Asia/Taipei' });
  expect(asked()).toBe(1);
});

test('the same user id in another workspace is another person', async () => {
  const { client } = clientOf({ locale: 'zh-TW' }, { locale: 'en-US' });
  const readerOf = createReaderOf(FALLBACK, 60_000);
  await readerOf(client, 'T1', 'U1');
  expect((await readerOf(client, 'T2', 'U1')).text.locale).toBe('en');
});

test('when Slack can not say, the answer is written in the configured language, and Slack is asked again next time', async () => {
  const { client } = clientOf(new Error('away'), { locale: 'zh-TW' });
  const readerOf = createReaderOf(FALLBACK, 60_000);
  expect(await readerOf(client, 'T1', 'U1')).toMatchObject({ text: { locale: 'en' }, timeZone: 'UTC' });
  expect((await readerOf(client, 'T1', 'U1')).text.locale).toBe('zh-TW');
});
