import type { Mark } from 'vega';
import type { ScoreAnswer } from '../score/types.ts';
import type { Text } from '../text/catalogue.ts';
import { clock } from './figures.ts';
import { textWidth } from './glyphs.ts';
import { box, COLOUR, label, line, MARGIN, WIDTH } from './theme.ts';

const INNER = WIDTH - 2 * MARGIN;
const BAR = { width: 3, pitch: 4 };
const WORDS = 16;
const TICKS = 14;

/** Widths of the time axis's steps, in seconds: the first that gives at most 9 ticks is taken. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800];

/** The loudest value of each bar's stretch, over the loudest of all; a silent recording is a flat line. */
export function waveformBars({ waveform: { peaks }, seconds, hook }: ScoreAnswer) {
  const count = Math.floor(INNER / BAR.pitch);
  const loudestOf = (stretch: readonly number[]) => stretch.reduce((most, peak) => Math.max(most, peak), 0);
  const loudest = Math.max(0.02, loudestOf(peaks));
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * peaks.length) / count);
    const stretch = peaks.slice(from, Math.max(from + 1, Math.floor(((i + 1) * peaks.length) / count)));
    const at = ((i + 0.5) * seconds) / count;
    return { x: MARGIN + i * BAR.pitch, height: Math.max(0.015, loudestOf(stretch) / loudest), hook: at >= hook.start && at <= hook.end };
  });
}

/** The recording's outline, from the data set `bars`, with the scored part marked; its words stand above `top`, the time axis below. */
export function waveformMarks({ hook, hookBy, seconds }: ScoreAnswer, { top, height }: { top: number; height: number }, text: Text): Mark[] {
  const bottom = top + height + 10;
  const xOf = (time: number) => MARGIN + (INNER * Math.min(time, seconds)) / Math.max(seconds, 0.001);
  const [left, right] = [xOf(hook.start), xOf(hook.end)];
  const words = text.t(hookBy === 'whole' || hookBy === 'user' ? `chart.score.hook-${hookBy}` : 'chart.score.hook', { start: clock(hook.start), end: clock(hook.end) });
  const half = textWidth(words, WORDS, 700) / 2;
  const center = Math.min(WIDTH - MARGIN - half, Math.max(MARGIN + half, (left + right) / 2));
  const step = STEPS.find((size) => seconds / size <= 9) ?? 3600;
  return [
    box(left, top - 6, right - left, height + 12, { fill: COLOUR.band, name: 'hook' }),
    {
      type: 'rect',
      name: 'waveform',
      from: { data: 'bars' },
      encode: {
        enter: {
          x: { field: 'x' },
          width: { value: BAR.width },
          yc: { value: top + height / 2 },
          height: { field: 'height', mult: height },
          fill: [{ test: 'datum.hook', value: COLOUR.forecast }, { value: COLOUR.rule }],
        },
      },
    },
    line([left, top - 6], [right, top - 6], { colour: COLOUR.forecast, width: 2.5 }),
    label(center, top - 13, words, { align: 'center', weight: 700, size: WORDS, colour: COLOUR.forecast, name: 'hook-times' }),
    ...Array.from({ length: Math.floor(seconds / step) + 1 }, (_, i) => i * step).flatMap((time) => [
      line([xOf(time), bottom], [xOf(time), bottom + 5], { colour: COLOUR.rule }),
      label(xOf(time), bottom + 19, clock(time), { align: time === 0 ? 'left' : xOf(time) > WIDTH - MARGIN - 15 ? 'right' : 'center', size: TICKS }),
    ]),
    line([MARGIN, bottom], [WIDTH - MARGIN, bottom], { colour: COLOUR.rule }),
  ];
}
