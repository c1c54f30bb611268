import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookAtModel } from '../../src/doctor/score-model.ts';
import { DEMO_CARD } from '../../src/score/card.ts';
import { textFor } from '../../src/text/catalogue.ts';

const text = textFor('en');
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'encore-doctor-'));
  await copyFile(DEMO_CARD, join(dir, 'score-demo.json'));
});
afterEach(async () => await rm(dir, { recursive: true }));

test('the shipped model is found, and said to be a demonstration', async () => {
  await copyFile(join(dirname(DEMO_CARD), 'score-demo.onnx'), join(dir, 'score-demo.onnx'));
  expect(await lookAtModel(text, join(dir, 'score-demo.json'))).toMatchObject([{ part: 'model', state: 'notice', todo: text.t('doctor.model-demonstration') }]);
});

test('a card without its weights is a missing model', async () => {
  await expect(lookAtModel(text, join(dir, 'score-demo.json'))).rejects.toMatchObject({ code: 'model-missing', context: { path: join(dir, 'score-demo.onnx') } });
});

test('weights that are not those of the card are a broken model', async () => {
  await writeFile(join(dir, 'score-demo.onnx'), 'half a file');
  await expect(lookAtModel(text, join(dir, 'score-demo.json'))).rejects.toMatchObject({ code: 'model-broken' });
});
