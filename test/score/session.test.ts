import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_CARD, loadScoreCard } from '../../src/score/card.ts';
import { predictScore } from '../../src/score/session.ts';

/** The clip of the card's check, as models/train/card.py makes it. */
function checkClip(frames: number, mels: number): Float32Array {
  return Float32Array.from({ length: frames * mels }, (_, at) => {
    const [frame, mel] = [Math.floor(at / mels), at % mels];
    return -45 + 12 * Math.sin(frame / 37) * Math.cos(mel / 9) - mel / 4 + 6 * Math.sin(frame / 5 + mel);
  });
}

test('onnxruntime answers as torch did, to 1e-5', async () => {
  const { input, check } = await loadScoreCard();
  const { listeners, playsPerListener, embedding } = await predictScore({ logMel: checkClip(input.frames, input.mels), frames: input.frames });
  expect(Math.abs(Math.log(listeners) - check.outcome[0])).toBeLessThan(1e-5);
  expect(Math.abs(Math.log(playsPerListener) - check.outcome[1])).toBeLessThan(1e-5);
  expect(embedding).toHaveLength(check.embedding.length);
  for (const [at, value] of embedding.entries()) expect(Math.abs(value - (check.embedding[at] ?? NaN))).toBeLessThan(1e-5);
});

test('the shipped card says that it is a demonstration', async () => {
  expect(await loadScoreCard()).toMatchObject({ demonstration: true, licence: 'MIT' });
});

test('a clip of another length is a bug of the caller', async () => {
  await expect(predictScore({ logMel: new Float32Array(128), frames: 1 })).rejects.toThrow(RangeError);
});

describe('a damaged installation', () => {
  let dir: string;
  const clip = async (card: string) => {
    const { input } = await loadScoreCard();
    return await predictScore({ logMel: checkClip(input.frames, input.mels), frames: input.frames, card });
  };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'encore-model-'));
    for (const name of ['score-demo.json', 'score-demo.onnx']) await copyFile(join(dirname(DEMO_CARD), name), join(dir, name));
  });
  afterEach(async () => await rm(dir, { recursive: true }));
  const card = () => join(dir, 'score-demo.json');

  test('without a card', async () => {
    await rm(card());
    await expect(clip(card())).rejects.toMatchObject({ code: 'model-missing', context: { path: card() } });
  });

  test('without weights', async () => {
    await rm(join(dir, 'score-demo.onnx'));
    await expect(clip(card())).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('with a card that is no card', async () => {
    await writeFile(card(), '{"version":2}');
    await expect(clip(card())).rejects.toMatchObject({ code: 'model-broken' });
  });

  test('with other weights than the card names', async () => {
    await writeFile(join(dir, 'score-demo.onnx'), Buffer.concat([await readFile(join(dir, 'score-demo.onnx')), Buffer.of(0)]));
    await expect(clip(card())).rejects.toMatchObject({ code: 'model-broken' });
  });

  test('works again once it is repaired', async () => {
    const content = await readFile(card());
    await rm(card());
    await expect(clip(card())).rejects.toMatchObject({ code: 'model-missing' });
    await writeFile(card(), content);
    expect((await clip(card())).listeners).toBeGreaterThan(0);
  });
});
