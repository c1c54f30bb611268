import type { Came, DemoOutcome } from '../score/outcome.ts';
import type { Text } from '../text/catalogue.ts';
import { estimate, span } from './figures.ts';

/** A demo's score against what its song did, in sentences; `title` is the song's name as it may be shown. */
export function outcomeLines({ releaseDate, days, listeners, playsPerListener }: DemoOutcome, title: string, text: Text): string[] {
  const repeat = (value: number) => text.number(value, 2);
  const known = listeners.actual !== null;
  return [
    text.t('outcome.song', { title, released: releaseDate === null ? text.t('outcome.no-date') : text.date(releaseDate), days, known: days === 0 ? 'none' : known ? 'some' : 'hidden' }),
    line('outcome.listeners', listeners, (value) => estimate(text, value), listeners.range && span(text, listeners.range.low, listeners.range.high), text),
    line('outcome.repeat', playsPerListener, repeat, playsPerListener.range && `${repeat(playsPerListener.range.low)}–${repeat(playsPerListener.range.high)}`, text),
  ];
}

function line(key: 'outcome.listeners' | 'outcome.repeat', { predicted, actual, verdict }: Came, figure: (value: number) => string, range: string | null, text: Text): string {
  return text.t(key, { predicted: figure(predicted), ranged: range === null ? 'no' : 'yes', range: range ?? '', actual: actual === null ? '' : figure(actual), verdict: actual === null ? 'none' : verdict });
}
