import { describe, expect, it } from 'vitest';
import { attribute } from '../../src/boosting/attribute.ts';
import { binColumns } from '../../src/boosting/bin-columns.ts';
import { censoredQuantile } from '../../src/boosting/losses.ts';
import { predictColumns, predictRow } from '../../src/boosting/predict.ts';
import { readEnsemble, storeEnsemble } from '../../src/boosting/serialise.ts';
import { trainBoosting } from '../../src/boosting/train.ts';
import type { BoostingOptions } from '../../src/boosting/types.ts';
import peer from '../fixtures/boosting.json' with { type: 'json' };
import { madeData } from './made-data.ts';

const OPTIONS: BoostingOptions = { loss: { kind: 'quantile', level: 0.5 }, trees: 100, leaves: 31, learningRate: 0.1, minRows: 20, lambda: 0, columnShare: 1, seed: 1 };
const train = madeData(1, 6000);
const unseen = madeData(2, 6000);
const binned = binColumns(train.columns);
const rowOf = (columns: readonly Float32Array[], row: number) => Float32Array.from(columns, (column) => column[row] as number);
const pinball = (truth: Float64Array, predicted: Float64Array, level: number) =>
  truth.reduce((sum, value, at) => sum + Math.max(level * (value - (predicted[at] as number)), (level - 1) * (value - (predicted[at] as number))), 0) / truth.length;

describe('boosted trees', () => {
  it.each([0.1, 0.5, 0.9] as const)('reach the pinball loss of scikit-learn at level %s within two hundredths', (level) => {
    const ensemble = trainBoosting(binned, { target: train.quantity }, { ...OPTIONS, loss: { kind: 'quantile', level } });
    const ratio = pinball(unseen.quantity, predictColumns(ensemble, unseen.columns), level) / peer.pinball[`${level}`];
    expect(ratio).toBeGreaterThan(0.98);
    expect(ratio).toBeLessThan(1.02);
  });

  it('reach the log loss of scikit-learn within 2 %', () => {
    const ensemble = trainBoosting(binned, { target: train.label }, { ...OPTIONS, loss: { kind: 'logistic' } });
    const scores = predictColumns(ensemble, unseen.columns);
    const loss = scores.reduce((sum, score, at) => sum + Math.log1p(Math.exp(unseen.label[at] === 1 ? -score : score)), 0) / scores.length;
    expect(loss / peer.logLoss).toBeGreaterThan(0.98);
    expect(loss / peer.logLoss).toBeLessThan(1.02);
  });

  it('are the same for the same seed, and others for another', () => {
    const options = { ...OPTIONS, trees: 5, columnShare: 0.5 };
    const [first, again, other] = [1, 1, 2].map((seed) => trainBoosting(binned, { target: train.quantity }, { ...options, seed }));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('give a row and its score the same reasons: contributions plus bias are the prediction', () => {
    for (const loss of [{ kind: 'quantile', level: 0.9 }, { kind: 'logistic' }] as const) {
      const target = loss.kind === 'logistic' ? train.label : train.quantity;
      const ensemble = trainBoosting(binned, { target }, { ...OPTIONS, loss, trees: 20 });
      for (let at = 0; at < 50; at++) {
        const row = rowOf(unseen.columns, at);
        const { bias, contributions } = attribute(ensemble, row);
        expect(bias + contributions.reduce((sum, value) => sum + value, 0)).toBeCloseTo(predictRow(ensemble, row), 10);
      }
    }
  });

  it('credit a split to its feature: worked by hand', () => {
    const ensemble = trainBoosting(binColumns([Float32Array.of(1, 2, 3, 4), Float32Array.of(7, 7, 7, 7)]), { target: Float64Array.of(2, 8, 8, 8), start: new Float64Array(4) }, {
      ...OPTIONS, trees: 1, leaves: 2, learningRate: 1, minRows: 1, loss: { kind: 'quantile', level: 0.5 },
    });
    // Every target is above the start, so no split gains anything: one leaf, the median.
    expect(attribute(ensemble, Float32Array.of(9, 7))).toEqual({ bias: 8, contributions: Float64Array.of(0, 0) });
    const split = trainBoosting(binColumns([Float32Array.of(1, 2, 3, 4)]), { target: Float64Array.of(2, 8, 8, 8), start: Float64Array.of(5, 5, 5, 5) }, { ...OPTIONS, trees: 1, leaves: 2, learningRate: 1, minRows: 1 });
    expect(attribute(split, Float32Array.of(9))).toEqual({ bias: (-3 + 3 + 3 + 3) / 4, contributions: Float64Array.of(1.5) });
  });

  it('send missing values to the side that fits them', () => {
    const column = Float32Array.from({ length: 200 }, (_, at) => (at % 4 === 0 ? NaN : at % 4));
    const target = Float64Array.from(column, (value) => (Number.isNaN(value) || value === 3 ? 10 : 0));
    const ensemble = trainBoosting(binColumns([column]), { target }, { ...OPTIONS, learningRate: 1, trees: 2, leaves: 3, loss: { kind: 'quantile', level: 0.4 } });
    expect([NaN, 1, 2, 3].map((value) => Math.round(predictRow(ensemble, Float32Array.of(value))))).toEqual([10, 0, 0, 10]);
  });

  it('survive being stored as JSON', () => {
    const ensemble = trainBoosting(binned, { target: train.quantity }, { ...OPTIONS, trees: 3 });
    expect(readEnsemble(JSON.parse(JSON.stringify(storeEnsemble(ensemble))))).toEqual(ensemble);
    expect(() => readEnsemble({ ...storeEnsemble(ensemble), value: '' })).toThrow(RangeError);
  });

  it('leave rows of weight 0 out', () => {
    const weight = Float64Array.from(train.quantity, (_, at) => (at < 3000 ? 1 : 0));
    const half = binColumns(train.columns);
    const spoiled = train.quantity.map((value, at) => (at < 3000 ? value : 1e6));
    const options = { ...OPTIONS, trees: 5 };
    expect(trainBoosting(half, { target: spoiled, weight }, options)).toEqual(trainBoosting(half, { target: train.quantity, weight }, options));
  });

  it('refuse to learn from nothing', () => {
    expect(() => trainBoosting(binColumns([new Float32Array(0)]), { target: new Float64Array(0) }, OPTIONS)).toThrow(RangeError);
  });
});

describe('the quantile of left-censored values', () => {
  const cost = (values: number[], censored: number[], level: number, at: number) =>
    values.reduce((sum, value, index) => sum + (at > value ? (1 - level) * (at - value) : censored.includes(index) ? 0 : level * (value - at)), 0);

  it.each([0.1, 0.5, 0.9])('has the least censored pinball loss at level %s', (level) => {
    const values = [5, 1, 9, 4, 7, 2, 8, 3];
    for (const censored of [[], [0, 2], [1, 3, 5], [0, 1, 2, 3, 4, 5, 6]]) {
      const found = censoredQuantile(Float64Array.from(values), level, (at) => censored.includes(at)) as number;
      const least = Math.min(...Array.from({ length: 1001 }, (_, step) => cost(values, censored, level, step / 100)));
      expect(cost(values, censored, level, found)).toBeCloseTo(least, 9);
    }
  });

  it('does not move when everything is censored below it', () => {
    expect(censoredQuantile(Float64Array.of(3, 2), 0.5, () => true)).toBe(0);
    expect(censoredQuantile(Float64Array.of(3, -2), 0.5, () => true)).toBe(-2);
    expect(censoredQuantile(new Float64Array(0), 0.5)).toBeUndefined();
  });
});
