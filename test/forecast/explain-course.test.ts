import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/forecast/calendar.ts';
import { blend } from '../../src/forecast/calibration.ts';
import { explainCourse } from '../../src/forecast/course-reasons.ts';
import { defaultEngine } from '../../src/forecast/default-engines.ts';
import { snapshotOf } from '../../src/forecast/features.ts';
import { predictMembers } from '../../src/forecast/members.ts';
import { reasonsFor, type ReasonGroup } from '../../src/forecast/reasons.ts';
import { seriesOf } from '../../src/forecast/series.ts';
import { ORIGINS } from '../../src/forecast/types.ts';
import { madeSongs } from './made-songs.ts';

const engine = await defaultEngine('complete');
const { course, usual } = engine.members;
if (!course) throw new Error('The shipped model for complete counts has no course');
const { mean } = course;

/** A song that goes the usual course, weekdays included, times a factor by day, in logs. */
const songWith = (factor: (day: number) => number, days = 60) =>
  seriesOf(Array.from({ length: days }, (_, day) => ({ day, date: addDays('2026-01-05', day), plays: Math.exp((mean[day] ?? 0) + (usual[day % 7] ?? 0) + factor(day)), floor: null })));
const explain = (factor: (day: number) => number, origin: number) => explainCourse(course, songWith(factor), snapshotOf(songWith(factor), origin, usual));
const typical = (origin: number) => madeSongs(12, 8).map(({ series }) => snapshotOf(series, origin, usual).fixed);
const own = (effects: Partial<Record<ReasonGroup, number>>) => (['size', 'trend', 'days'] as const).toSorted((a, b) => Math.abs(effects[b] ?? 0) - Math.abs(effects[a] ?? 0))[0];

describe('the reasons for complete counts', () => {
  it.each(ORIGINS)('add up to the blend of all members, by its weights, at origin %i', (origin) => {
    const series = songWith((day) => 6 + 0.2 * Math.sin(day) - 0.01 * day);
    const { bias, prediction, reasons } = reasonsFor(engine, series, origin, typical(origin));
    expect(Math.abs(reasons.reduce((sum, { effect }) => sum + effect, bias) - prediction)).toBeLessThan(1e-9);
    const middle = blend(predictMembers(engine.members, series, origin).targets, engine.weights)[1] as Float64Array;
    expect(Math.abs(middle.reduce((sum, value) => sum + value, 0) / middle.length - prediction)).toBeLessThan(1e-9);
  });

  it('are nearly all those of the course, which has nearly all the weight', () => {
    const series = songWith((day) => 5 + (day === 6 ? 2 : 0));
    const { reasons } = reasonsFor(engine, series, 7, typical(7));
    const { effects } = explainCourse(course, series, snapshotOf(series, 7, usual));
    for (const [group, effect] of Object.entries(effects)) expect(Math.abs((reasons.find((reason) => reason.group === group)?.effect ?? 0) - 0.95 * effect)).toBeLessThan(0.05);
  });

  it.each([
    ['nothing but zeros', [0, 0, 0]],
    ['gaps', [400, null, 380, null, null, 350, 340]],
    ['one spike', [50_000, 0, 0, 0, 0, 0, 0]],
    ['absurdly many plays', [4e9, 4e9, 4e9]],
  ])('add up for %s, too', (_, counts) => {
    const series = seriesOf(counts.map((plays, day) => ({ day, date: addDays('2026-01-05', day), plays, floor: null })));
    const { bias, prediction, reasons } = reasonsFor(engine, series, counts.length, typical(counts.length));
    expect(Math.abs(reasons.reduce((sum, { effect }) => sum + effect, bias) - prediction)).toBeLessThan(1e-9);
    expect(reasons.every(({ effect, checked }) => Number.isFinite(effect) && Number.isFinite(checked))).toBe(true);
  });
});

describe('the course explains', () => {
  it.each(ORIGINS)('a song on the usual course by its age alone, at origin %i', (origin) => {
    const { effects, checked, prediction } = explain(() => 0, origin);
    expect(effects.age).toBeCloseTo(prediction, 3);
    expect(prediction).toBeLessThan(-0.3);
    for (const part of ['size', 'trend', 'days'] as const) expect(Math.max(Math.abs(effects[part]), Math.abs(checked[part]))).toBeLessThan(0.001);
  });

  it.each(ORIGINS)('a larger song on a parallel course by its size, without a word of trend, at origin %i', (origin) => {
    const { effects, checked } = explain(() => 2, origin);
    expect(effects.size).toBeLessThan(-0.05);
    expect(checked.size).toBeCloseTo(effects.size, 1);
    expect(Math.abs(effects.trend) + Math.abs(effects.days)).toBeLessThan(0.001);
  });

  it.each([
    ['that falls slower than usual by its trend, upward', (day: number) => 0.5 * Math.log(day + 1), 'trend', 1],
    ['that falls faster than usual by its trend, downward', (day: number) => 3 - 0.5 * Math.log(day + 1), 'trend', -1],
    ['whose last day jumped by that day, downward', (day: number) => (day === 29 ? 1.5 : 0), 'days', -1],
  ] as const)('a song %s, and so does the second method', (_, factor, part, sign) => {
    const { effects, checked } = explain(factor, 30);
    expect([own(effects), own(checked)]).toEqual([part, part]);
    expect(Math.sign(effects[part])).toBe(sign);
    expect(checked[part] / effects[part]).toBeGreaterThan(0.7);
    expect(checked[part] / effects[part]).toBeLessThan(1.5);
  });

  it('nothing by what comes after the origin', () => {
    const [one, other] = [songWith(() => 1), songWith((day) => (day < 14 ? 1 : 4))];
    expect(explainCourse(course, other, snapshotOf(other, 14, usual))).toEqual(explainCourse(course, one, snapshotOf(one, 14, usual)));
  });
});
