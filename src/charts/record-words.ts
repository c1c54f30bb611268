import type { RecordPeriod } from '../forecast/record-periods.ts';
import type { Text } from '../text/catalogue.ts';
import { altText } from './alt.ts';
import type { DrawnRecord } from './record.ts';

const percent = (share: number | null): number => Math.round((share ?? 0) * 100);

/** Everything the record's chart says in sentences, and all of it for a reader who can't see. */
export function recordTexts(record: DrawnRecord, text: Text): { title: string; subtitle: string; source: string; reference: string; alt: string } {
  const { summary, by, origin } = record;
  const values = { n: summary.n, origin: origin ?? 'any', by, inside: percent(summary.inside), error: percent(summary.totalError), known: summary.totalError === null ? 'no' : 'yes' };
  return {
    title: text.t('chart.record.title', values),
    subtitle: text.t('chart.record.subtitle', values),
    source: text.t('chart.record.source', values),
    reference: '',
    alt: spoken(record, values, text),
  };
}

function spoken({ summary, by, periods }: DrawnRecord, values: Record<string, string | number>, text: Text): string {
  const told = periods.filter(({ days }) => days > 0);
  const sorted = told.toSorted((a, b) => a.inside - b.inside);
  const period = (one: RecordPeriod | undefined, which: 'low' | 'high') => (one ? text.t('chart.record.alt-period', { by, which, from: text.date(one.from), inside: percent(one.inside), n: one.n }) : '');
  return altText(
    [
      text.t('chart.record.alt-finding', { ...values, days: summary.days, from: text.date(periods[0]?.from ?? ''), to: text.date(periods.at(-1)?.from ?? '') }),
      period(sorted[0], 'low'),
      period(sorted.at(-1), 'high'),
      summary.finished === 0 ? '' : text.t('chart.record.alt-error', { ...values, finished: summary.finished, known: summary.szaboHubermanError === null ? 'no' : 'yes', baseline: percent(summary.szaboHubermanError) }),
    ],
    text,
  );
}
