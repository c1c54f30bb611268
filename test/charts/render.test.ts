import { Resvg } from '@resvg/resvg-js';
import type { Spec } from 'vega';
import { afterAll, describe, expect, test } from 'vitest';
import { forecastChart } from '../../src/charts/forecast.ts';
import { renderPng, renderSvg } from '../../src/charts/render.ts';
import { scoreChart } from '../../src/charts/score.ts';
import { scoreWhyChart } from '../../src/charts/score-why.ts';
import { COLOUR, HEIGHT, label, WIDTH } from '../../src/charts/theme.ts';
import { textFor } from '../../src/text/catalogue.ts';
import { createWorkPool } from '../../src/work/pool.ts';
import { forecastAnswer, FORECASTS, scoreAnswer, SCORES } from './answers.ts';

const work = createWorkPool(1);
afterAll(async () => await work.close());

/** The picture's pixels at scale 1: RGBA, row by row. */
async function pixelsOf(spec: Spec): Promise<Uint8Array> {
  const { svg, fontFiles } = await renderSvg(spec);
  return new Uint8Array(new Resvg(svg, { font: { loadSystemFonts: false, fontFiles } }).render().pixels);
}

/** How many pixels of a rectangle are close to a colour. */
function near(pixels: Uint8Array, colour: string, area = { left: 0, top: 0, right: WIDTH, bottom: HEIGHT }): number {
  const channel = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const [red, green, blue] = [channel(1), channel(3), channel(5)];
  const close = (at: number, value: number) => Math.abs((pixels[at] ?? 0) - value) < 12;
  let found = 0;
  for (let y = area.top; y < area.bottom; y++)
    for (let at = 4 * (y * WIDTH + area.left), end = 4 * (y * WIDTH + area.right); at < end; at += 4) if (close(at, red) && close(at + 1, green) && close(at + 2, blue)) found++;
  return found;
}

const everyChart = (['en', 'zh-TW'] as const).flatMap((locale) => [
  ...Object.entries(FORECASTS).map(([name, answer]) => [`${name}, ${locale}`, () => forecastChart(answer, textFor(locale))] as const),
  ...Object.entries(SCORES).map(([name, answer]) => [`${name}, ${locale}`, () => scoreChart(answer, textFor(locale))] as const),
  ...Object.entries(SCORES).map(([name, answer]) => [`why ${name}, ${locale}`, () => scoreWhyChart(answer, textFor(locale))] as const),
]);

test.each(everyChart)('%s: is drawn, and nothing touches the edge', async (_, chart) => {
  const pixels = await pixelsOf(chart().spec);
  expect(pixels.length).toBe(WIDTH * HEIGHT * 4);
  const edges = [
    { left: 0, top: 10, right: 20, bottom: HEIGHT },
    { left: WIDTH - 20, top: 0, right: WIDTH, bottom: HEIGHT },
    { left: 0, top: HEIGHT - 10, right: WIDTH, bottom: HEIGHT },
  ];
  for (const edge of edges) expect(near(pixels, COLOUR.paper, edge)).toBe((edge.right - edge.left) * (edge.bottom - edge.top));
  expect(near(pixels, COLOUR.ink)).toBeGreaterThan(1000);
});

test('the forecast shows its line, its band and what came true; without a band there is none', async () => {
  const plot = { left: 92, top: 140, right: 810, bottom: 385 };
  const drawn = await pixelsOf(forecastChart(forecastAnswer({ origin: 7, known: 20 }), textFor('en')).spec);
  expect(near(drawn, COLOUR.forecast, plot)).toBeGreaterThan(600);
  expect(near(drawn, COLOUR.truth, plot)).toBeGreaterThan(60);
  const band = near(drawn, '#d6e8f4', plot);
  expect(band).toBeGreaterThan(8000);
  const collapsed = await pixelsOf(forecastChart(forecastAnswer({ width: 0 }), textFor('en')).spec);
  expect(near(collapsed, '#d6e8f4', plot)).toBeLessThan(band / 20);
});

test('the same spec gives the same bytes, at the size asked for, in a worker thread too', async () => {
  const { spec } = forecastChart(forecastAnswer(), textFor('zh-TW'));
  const here = await renderPng({ spec });
  const there = await work.run('renderPng', { spec });
  expect(Buffer.from(here).equals(Buffer.from(there))).toBe(true);
  expect([sizeOf(here), sizeOf(await renderPng({ spec, scale: 1 }))]).toEqual([
    [2 * WIDTH, 2 * HEIGHT],
    [WIDTH, HEIGHT],
  ]);
  expect(here.length).toBeLessThan(400_000);
});

test('many pictures in one worker thread do not pile up', async () => {
  const { spec } = scoreChart(scoreAnswer(), textFor('en'));
  for (let i = 0; i < 3; i++) await work.run('renderPng', { spec });
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 20; i++) await work.run('renderPng', { spec });
  expect(process.memoryUsage().rss - before).toBeLessThan(90_000_000);
});

const sizeOf = (png: Uint8Array) => [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)];

describe('glyphs', () => {
  const draw = async (character: string, weight: 400 | 700) => await pixelsOf({ width: WIDTH, height: HEIGHT, padding: 0, background: '#ffffff', marks: [label(100, 200, character, { size: 100, weight, colour: '#000000' })] });
  /** What resvg draws for a character that the font lacks. */
  const notdef = () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#fff"/><text x="100" y="200" font-size="100" font-family="Encore core 400">\uE000</text></svg>`;
    const file = new URL('../../src/charts/fonts/core-400.ttf', import.meta.url).pathname;
    return new Uint8Array(new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [file] } }).render().pixels);
  };

  test('no character is drawn as the box of a missing one, each is drawn differently, and bold is bolder', async () => {
    const box = notdef();
    expect(near(box, '#000000')).toBeGreaterThan(100);
    const seen = new Set([Buffer.from(box).toString('base64')]);
    const characters = [...'晴天錄音機「」、，。！？（）《》…—喆堃发现桜広さカ봄날AgБệ09%'];
    for (const character of characters) {
      const [regular, bold] = [await draw(character, 400), await draw(character, 700)];
      seen.add(Buffer.from(regular).toString('base64'));
      expect(near(bold, '#000000'), character).toBeGreaterThan(near(regular, '#000000'));
    }
    expect(seen.size).toBe(characters.length + 1);
  });
});

test('names cannot put anything into the picture but themselves', async () => {
  const { svg } = await renderSvg(forecastChart(FORECASTS['hostile names'], textFor('en')).spec);
  expect(svg).not.toMatch(/<(script|image|use|a|foreignObject|style)\b/i);
  expect(svg.match(/<text\b/g)?.length).toBe(svg.match(/<\/text>/g)?.length);
  expect(svg).toContain('&lt;script&gt;');
});

test('a chart loads nothing', async () => {
  const spec: Spec = { width: 10, height: 10, data: [{ name: 'remote', url: 'file:///etc/hostname', format: { type: 'dsv', delimiter: ',' } }], marks: [{ type: 'symbol', from: { data: 'remote' } }] };
  const { svg } = await renderSvg(spec);
  expect(svg).not.toContain('<path d');
  const image: Spec = { width: 10, height: 10, marks: [{ type: 'image', encode: { enter: { url: { value: 'file:///etc/hostname' }, width: { value: 9 }, height: { value: 9 } } } }] };
  expect((await renderSvg(image)).svg).not.toContain('hostname');
});

test('the waveform is coloured inside the best 30 seconds and grey outside', async () => {
  const pixels = await pixelsOf(scoreChart(scoreAnswer({ seconds: 220, hook: { start: 55, end: 110 } }), textFor('en')).spec);
  const middle = { top: 181, bottom: 191 };
  expect(near(pixels, COLOUR.forecast, { left: 260, right: 480, ...middle })).toBeGreaterThan(1000);
  expect(near(pixels, COLOUR.forecast, { left: 40, right: 255, ...middle })).toBe(0);
  expect(near(pixels, COLOUR.rule, { left: 485, right: 920, ...middle })).toBeGreaterThan(2000);
});
