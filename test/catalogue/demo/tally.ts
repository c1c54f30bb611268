import type { DemoCatalogue } from '../../../src/catalogue/demo/catalogue.ts';

const FOREIGN = ['k-pop', 'western pop', 'j-pop'];

/** What an analyst would count from the rows alone. */
export function tally(catalogue: DemoCatalogue) {
  const songs = new Map(catalogue.songs.map((song) => [song.id, song]));
  const region = new Map([...catalogue.listeners()].map((listener) => [listener.id, listener.region]));
  const onlyChart = new Map<string, boolean>();
  const byArtist = new Map<string, Map<string, { plays: number; beyondChart: number }>>();
  const bySong = new Map<string, { plays: number; chart: number; listeners: Map<string, number>; byAge: Map<number, { plays: number; chart: number }>; firstWeek: Set<string> }>();
  const regional = new Map<string, number>();
  const bump = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  const entry = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value) => {
    const value = map.get(key) ?? make();
    map.set(key, value);
    return value;
  };
  catalogue.days.forEach((day, index) => {
    for (const { listener, song: id, source } of catalogue.playsOn(index)) {
      const song = songs.get(id);
      if (!song) throw new Error(`unknown song ${id}`);
      const chart = source === 'chart' ? 1 : 0;
      onlyChart.set(listener, (onlyChart.get(listener) ?? true) && chart === 1);
      const age = (Date.parse(day) - Date.parse(song.releaseDate ?? day)) / 86_400_000;
      const counts = entry(bySong, id, () => ({ plays: 0, chart: 0, listeners: new Map(), byAge: new Map(), firstWeek: new Set() }));
      const ofDay = entry(counts.byAge, age, () => ({ plays: 0, chart: 0 }));
      ofDay.plays += 1;
      ofDay.chart += chart;
      if (age < 7) counts.firstWeek.add(listener);
      if (age < 60) {
        counts.plays += 1;
        counts.chart += chart;
        bump(counts.listeners, listener);
      }
      if (index < 275) continue;
      const fan = entry(entry(byArtist, song.artistId ?? '', () => new Map()), listener, () => ({ plays: 0, beyondChart: 0 }));
      fan.plays += 1;
      fan.beyondChart += 1 - chart;
      const kinds = ['all', `genre ${song.genre}`, `language ${song.language}`, ...(FOREIGN.includes(song.genre ?? '') ? ['foreign foreign'] : [])];
      for (const kind of kinds) for (const where of ['everywhere', region.get(listener)]) bump(regional, `${kind} ${where}`);
    }
  });
  const core = (artist: string) => new Set([...(byArtist.get(artist) ?? [])].filter(([, { plays, beyondChart }]) => plays >= 3 && beyondChart > 0).map(([listener]) => listener));
  const share = (kind: string, where: string) => (regional.get(`${kind} ${where}`) ?? 0) / (regional.get(`all ${where}`) ?? 1);
  return {
    chartOnlyShare: [...onlyChart.values()].filter(Boolean).length / onlyChart.size,
    activeListeners: onlyChart.size,
    bySong,
    core,
    lift: (a: string, b: string) => {
      const [one, two] = [core(a), core(b)];
      const both = [...one].filter((listener) => two.has(listener)).length;
      return { lift: (both * catalogue.listenerCount) / (one.size * two.size), both };
    },
    regionalIndex: (kind: string, where: string) => share(kind, where) / share(kind, 'everywhere'),
  };
}
