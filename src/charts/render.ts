import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Resvg } from '@resvg/resvg-js';
import { parse, textMetrics, View, type Loader, type Spec } from 'vega';
import { fontFamily, fontFile, type Weight } from './font-file.ts';
import { runsOf, textWidth } from './glyphs.ts';

declare module 'vega' {
  /** Vega's own hook for renderers without a canvas; missing in its typings. */
  export const textMetrics: { width: (item: { fontSize?: number; fontWeight?: number | string }, text: string) => number };
}

textMetrics.width = (item, text) => textWidth(text, item.fontSize ?? 11, weightOf(String(item.fontWeight ?? 400)));

const refuse = () => Promise.reject(new Error('A chart loads nothing'));
const loader: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

/**
 * Draws a spec as PNG. Runs in a worker thread: `work.run('renderPng', { spec })`. The same spec gives the same bytes.
 * @param input.scale pixels per unit of the spec; 2 by default, so that text stays sharp in a slide.
 */
export async function renderPng(input: { spec: Spec; scale?: number }): Promise<Uint8Array> {
  const { svg, fontFiles } = await renderSvg(input.spec);
  const png = rasterise(svg, fontFiles, input.scale ?? 2);
  collectYoung({ type: 'minor' });
  // The collected objects are freed by the event loop, which a waiting worker thread does not turn.
  await setImmediate();
  return png;
}

/** resvg's pixels, 8 MB a picture, lie outside the heap and never cause a collection (resvg-js issue 216): 60 charts kept 560 MB. */
const collectYoung = youngCollector();

function youngCollector(): (options: { type: 'minor' }) => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as (options: { type: 'minor' }) => void;
}

function rasterise(svg: string, fontFiles: string[], scale: number): Uint8Array {
  const picture = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles }, fitTo: { mode: 'zoom', value: scale } });
  return new Uint8Array(picture.render().asPng());
}

/** Draws a spec as SVG whose text names the fonts of this folder, and lists the files it needs. */
export async function renderSvg(spec: Spec): Promise<{ svg: string; fontFiles: string[] }> {
  const view = new View(parse(spec), { renderer: 'none', loader });
  try {
    return withFonts(await view.toSVG());
  } finally {
    view.finalize();
  }
}

const weightOf = (css: string): Weight => (css === 'bold' || Number(css) >= 600 ? 700 : 400);

/** Every text becomes runs of one font each: resvg's own fallback would take any weight. Vega has escaped the text; it stays escaped. */
function withFonts(svg: string): { svg: string; fontFiles: string[] } {
  const files = new Set<string>();
  const drawRuns = (escaped: string, weight: Weight) =>
    runsOf(unescapeXml(escaped))
      .map(({ text, slice }) => {
        files.add(fontFile(slice, weight));
        return `<tspan font-family="${fontFamily(slice, weight)}">${escapeXml(text)}</tspan>`;
      })
      .join('');
  const drawn = svg.replace(/(<text\b[^>]*>)(.*?)<\/text>/gs, (_, open: string, content: string) => {
    const weight = weightOf(/font-weight="([^"]*)"/.exec(open)?.[1] ?? '400');
    return `${open}${content.replace(/[^<>]+(?=<|$)/g, (escaped) => drawRuns(escaped, weight))}</text>`;
  });
  return { svg: drawn, fontFiles: [...files].sort() };
}

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const unescapeXml = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
