import type { ShootOutAnswer, Standing } from '../score/compare-demos.ts';
import type { Contest } from '../score/shoot-out.ts';
import type { Text } from '../text/catalogue.ts';
import { altText, spokenName } from './alt.ts';
import { estimate, shownPercentile } from './figures.ts';

/** So that ten of them fit into one alt text. */
const LONGEST_NAME = 60;

/** What the demos are called, in the order of their standings; those of one title are numbered. */
export function demoNames(standings: readonly Pick<Standing, 'title'>[], text: Text): string[] {
  const names = standings.map(({ title }) => {
    const name = [...(spokenName(title) || text.t('score.untitled'))];
    return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1).join('')}…` : name.join('');
  });
  return names.map((name, at) => (names.filter((other) => other === name).length === 1 ? name : `${name} (${names.slice(0, at + 1).filter((other) => other === name).length})`));
}

/** A chance in percent as it may be said: no sample shows that one always beats another. */
export const percentOf = (chance: number | undefined): number => shownPercentile((chance ?? 0) * 100);

/** "“A”, “B” or “C”", as the language lists alternatives. */
const either = (names: readonly string[], text: Text): string => new Intl.ListFormat(text.locale, { type: 'disjunction' }).format(names.map((title) => text.t('shoot-out.quoted', { title })));

/** What is recommended, as one sentence for the lead single and one for the video; both say so when it is too close to call. */
export function recommendation({ shootOut }: ShootOutAnswer, names: readonly string[], text: Text): { lead: string; video: string } {
  const said = (contest: Contest, key: 'lead' | 'video') => {
    const [best = 0, second = 0] = contest.groups.flat();
    const close = contest.groups[0] ?? [];
    return text.t(`shoot-out.${key}`, { result: close.length > 1 ? 'close' : 'clear', title: names[best] ?? '', next: names[second] ?? '', titles: either(close.map((index) => names[index] ?? ''), text), chance: percentOf(contest.beats[best]?.[second]) });
  };
  return { lead: said(shootOut.leadSingle, 'lead'), video: said(shootOut.video, 'video') };
}

/** Every pair once, as lines "A beats B 55 %, C 72 %": by plays, each demo against those that stand below it. */
export function pairLines({ standings, shootOut: { leadSingle } }: ShootOutAnswer, names: readonly string[], text: Text): string[] {
  return standings.slice(0, -1).map((_, at) => {
    const below = names.slice(at + 1).map((name, further) => text.t('shoot-out.pair', { title: name, chance: percentOf(leadSingle.beats[at]?.[at + 1 + further]) }));
    return text.t('shoot-out.pairs', { title: names[at] ?? '', below: below.join(text.t('shoot-out.separator')) });
  });
}

/** "81 (62–93)" */
export const placeWords = ({ percentile, low, high }: Standing['byPlays'], text: Text): string => text.t('shoot-out.place', { value: shownPercentile(percentile), low: shownPercentile(low), high: shownPercentile(high) });

/** Everything that the chart shows, for a reader who can't see. */
export function shootOutAlt(answer: ShootOutAnswer, text: Text): string {
  const names = demoNames(answer.standings, text);
  const { lead, video } = recommendation(answer, names, text);
  const plain = (words: string) => words.replaceAll('*', '');
  return altText(
    [
      text.t('chart.shoot-out.alt', { n: names.length }),
      plain(lead),
      plain(video),
      answer.model.demonstration ? text.t('shoot-out.demonstration') : '',
      ...answer.standings.map((standing, at) =>
        text.t('chart.shoot-out.alt-demo', { rank: at + 1, title: names[at] ?? '', place: placeWords(standing.byPlays, text), listeners: estimate(text, standing.listeners), repeat: text.number(standing.playsPerListener, 2) }),
      ),
    ],
    text,
  );
}
