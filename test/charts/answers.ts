import { CHECKPOINTS, TRAJECTORY_DAYS, type ForecastAnswer, type Origin, type TrajectoryDay } from '../../src/forecast/types.ts';
import type { ScoreAnswer } from '../../src/score/types.ts';

const RELEASE = '2026-09-04';
const dateOf = (day: number) => new Date(Date.parse(RELEASE) + day * 86_400_000).toISOString().slice(0, 10);

type Case = {
  origin?: Origin;
  /** Days known by the data date. */
  known?: number;
  /** Plays on an ordinary day. */
  level?: number;
  /** Half width of the band over the median; 0 collapses it. */
  width?: number;
  title?: string;
  artist?: string;
  censored?: number[];
  change?: (plays: number, day: number) => number;
};

/** A song that decays with a weekly wave and drops when it leaves the new-song chart. */
export function forecastAnswer({ origin = 7, known = origin, level = 1000, width = 0.35, title = '海邊的錄音機', artist = '林晴', censored = [], change = (plays) => plays }: Case = {}): ForecastAnswer {
  const plays = (day: number) => change(level * (0.35 + 0.9 * Math.exp(-day / 9)) * (day >= 30 ? 0.72 : 1) * (1 + 0.16 * Math.sin(((day + 2) / 7) * 2 * Math.PI)), day);
  const knownDays: TrajectoryDay[] = Array.from({ length: known }, (_, day) => {
    const off = censored.includes(day);
    return { day, date: dateOf(day), plays: off ? null : Math.round(plays(day)), floor: off ? Math.round(level * 0.4) : null };
  });
  const days = Array.from({ length: TRAJECTORY_DAYS - origin }, (_, i) => ({ day: origin + i, date: dateOf(origin + i), ...around(plays(origin + i), width) }));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const checkpoints = CHECKPOINTS.map((day) => {
    const start = sum(knownDays.slice(0, Math.min(day, origin)).map((each) => each.plays ?? 0));
    const rest = days.filter((each) => each.day < day);
    return { day, q10: start + sum(rest.map((each) => each.q10)), q50: start + sum(rest.map((each) => each.q50)), q90: start + sum(rest.map((each) => each.q90)), counted: day <= origin && !censored.some((off) => off < day) };
  });
  const { q10, q50, q90 } = checkpoints[3];
  const song = { id: 1, externalId: 'S-00421', title, artist, releaseDate: RELEASE };
  return { id: 'f-1', song, origin, dataDate: dateOf(known - 1), known: knownDays, days, checkpoints, total: { q10, q50, q90 }, ...UNEXPLAINED, model: { id: 'szabo-huberman/1', fittedOn: 512, shipped: true } };
}

/** What a forecast says beside its numbers, empty. */
export const UNEXPLAINED: Pick<ForecastAnswer, 'kind' | 'why' | 'similar' | 'record'> = {
  kind: 'chart',
  why: { reasons: [], disputed: false },
  similar: { songs: [], separated: [] },
  record: { n: 0, days: 0, inside: 0, pinballRatio: null, finished: 0, totalError: null, szaboHubermanError: null },
};

const around = (median: number, width: number) => ({ q10: median / (1 + width), q50: median, q90: median * (1 + width) });

/** A third of its plays come from the chart, until it leaves it. */
const leaving = (answer: ForecastAnswer): ForecastAnswer => ({
  ...answer,
  chartExit: { share: 1 / 3, chart: answer.days.map(({ day, q50 }) => (day < 30 ? q50 / 3 : 0)), rest: answer.days.map(({ q50 }) => (q50 * 2) / 3), lostOnExit: (answer.days[0]?.q50 ?? 0) / 3 },
});

const LONG_CHINESE = '在那遙遠的地方有一個很長很長的歌名「關於我們如何在海邊的錄音機旁等待一整個夏天」完整版（電影主題曲）'.repeat(5);
const LONG_ENGLISH = 'The Extremely Long Title of a Song That Nobody Will Ever Remember (feat. Everyone & Their Mother) [Remastered] '.repeat(4);

/** Everything a forecast may look like, by what is unusual about it. */
export const FORECASTS: Record<string, ForecastAnswer> = {
  'origin 3': forecastAnswer({ origin: 3, width: 0.6 }),
  'origin 7': forecastAnswer(),
  'origin 14, known since': forecastAnswer({ origin: 14, known: 41, level: 4200 }),
  'origin 30': forecastAnswer({ origin: 30, level: 52_000 }),
  'all 60 days known': forecastAnswer({ origin: 30, known: 60, level: 52_000 }),
  'all zeros': forecastAnswer({ change: () => 0 }),
  'one huge spike': forecastAnswer({ level: 100, change: (plays, day) => (day === 2 ? 2_500_000 : plays) }),
  'tiny counts': forecastAnswer({ level: 2, width: 1.2 }),
  'millions a day': forecastAnswer({ known: 20, level: 64_000_000 }),
  'long Chinese names': forecastAnswer({ origin: 3, title: LONG_CHINESE, artist: LONG_CHINESE }),
  'long English names': forecastAnswer({ origin: 14, known: 60, title: LONG_ENGLISH, artist: LONG_ENGLISH }),
  'band collapsed': forecastAnswer({ width: 0 }),
  'censored days': forecastAnswer({ origin: 14, known: 30, level: 900, censored: [3, 9, 10, 11, 18, 19, 25] }),
  'leaving the chart': leaving(forecastAnswer({ origin: 14, known: 41, level: 4200, censored: [3, 9] })),
  'off the chart at its origin': leaving(forecastAnswer({ origin: 30, known: 45, level: 640_000 })),
  'hostile names': forecastAnswer({ title: '</text><script>alert(1)</script><image href="file:///etc/passwd"/>&amp;\u0000\u202E🔥', artist: ']]>"\' {datum.day} ไทย' }),
  'names of nothing drawable': forecastAnswer({ title: '🔥🎵', artist: '\u200B' }),
};

type Demo = Partial<ScoreAnswer> & { peak?: (at: number) => number };

const ARTISTS = ['林晴', 'Harbour Lights', '阿密特與海', 'LUMI', '陳小樹'];

export function scoreAnswer({ peak = (at) => 0.4 + 0.5 * Math.abs(Math.sin(at * 40)), seconds = 222, hook = { start: 65.3, end: 95.3 }, ...rest }: Demo = {}): ScoreAnswer {
  return {
    demoId: null,
    title: '海邊的錄音機 demo 3.wav',
    score: 78.4,
    interval: { low: 44.6, high: 94.2, level: 0.8, coverage: 0.79 },
    listeners: { value: 12_345, percentile: 71.2, low: 6_440, high: 22_500 },
    playsPerListener: { value: 2.313, percentile: 83.6, low: 1.92, high: 2.71 },
    quadrant: 'both',
    predicted: { listeners: Math.log(12_345), plays: Math.log(12_345 * 2.313) },
    embedding: Array.from({ length: 32 }, (_, at) => (at % 5) / 4),
    occlusion: occlusion(hook),
    spectrogram: spectrogram(hook.end - hook.start),
    nearest: ARTISTS.map((artist, at) => ({ id: `S-${at}`, title: `紙飛機的第 ${at + 1} 次飛行`, artist, releaseDate: '2026-03-06', listeners: 9200 - 1400 * at, playsPerListener: 2.8 - 0.3 * at, similarity: 0.97 - 0.03 * at })),
    hook,
    hookBy: 'learned',
    otherHooks: [],
    seconds,
    level: { lufs: -9.3 },
    tags: {},
    waveform: { peaks: Array.from({ length: 600 }, (_, i) => peak(i / 600)), seconds },
    warnings: [],
    model: { id: 'crnn-demo/1', demonstration: true, why: 'not-trained' },
    reference: reference(),
    ...rest,
  };
}

/** 150 songs around 7,000 listeners and 2 plays each. */
const reference = (changes: Partial<ScoreAnswer['reference']> = {}): ScoreAnswer['reference'] => ({
  source: 'demo catalogue, seed 11, size 6',
  songs: 233,
  artists: 58,
  from: '2025-11-01',
  to: '2026-10-31',
  dataDate: '2026-10-31',
  middle: [7000, 1.8],
  points: Array.from({ length: 150 }, (_, at) => [Math.round(7000 * Math.exp(1.1 * Math.sin(at * 12.9))), 1 + 0.9 * Math.exp(0.8 * Math.sin(at * 78.2))]),
  ...changes,
});

/** The middle raised the score, high notes lowered it. */
function occlusion({ start, end }: ScoreAnswer['hook'], size = 0.08): ScoreAnswer['occlusion'] {
  const slices = Array.from({ length: Math.ceil((end - start) / 2) }, (_, at) => ({ start: start + 2 * at, end: Math.min(end, start + 2 * at + 2) }));
  const edges = [0, 416, 832, 1337, 2043, 3120, 4766, 7281, 11_025];
  const bands = edges.slice(1).map((high, at) => ({ low: edges[at], high }));
  const time = slices.map((_, at) => -size * Math.sin(at / 2.2));
  const frequency = bands.map((_, at) => size * (at / 2.5 - 1.4));
  return { slices, bands, time, frequency, cells: time.map((slice) => frequency.map((band) => slice / 4 + band / 8)) };
}

function spectrogram(seconds: number): ScoreAnswer['spectrogram'] {
  const [rows, columns] = [32, Math.max(1, Math.round(seconds * 5))];
  return { rows, columns, bytes: Array.from({ length: rows * columns }, (_, at) => Math.round(230 - 5 * Math.floor(at / columns) - 60 * Math.abs(Math.sin((at % columns) / 3)))) };
}

const NO_PLACE = { low: 1, high: 1 };

/** Everything a score may look like. */
export const SCORES: Record<string, ScoreAnswer> = {
  'demonstration model': scoreAnswer(),
  'a model of the user': scoreAnswer({ model: { id: 'crnn/4', demonstration: false, why: null }, reference: reference({ source: 'the label’s own catalogue of finished releases, all markets', songs: 31_204 }) }),
  'lowest of all': scoreAnswer({ score: 0, interval: { low: 0, high: 12, level: 0.8, coverage: 0.8 }, listeners: { value: 1, percentile: 0, ...NO_PLACE }, playsPerListener: { value: 1, percentile: 0, ...NO_PLACE }, quadrant: 'neither', hook: { start: 0, end: 30 } }),
  'highest of all': scoreAnswer({ score: 100, interval: { low: 97, high: 100, level: 0.8, coverage: 0.8 }, listeners: { value: 4.2e6, percentile: 100, low: 2.1e6, high: 8.8e6 }, playsPerListener: { value: 38.2, percentile: 100, low: 22, high: 61 }, seconds: 1200, hook: { start: 1170, end: 1200 }, hookBy: 'user' }),
  'shorter than a hook': scoreAnswer({ seconds: 5.2, hook: { start: 0, end: 5.2 }, hookBy: 'whole', title: LONG_CHINESE, quadrant: 'reach' }),
  'no sound': scoreAnswer({ peak: () => 0, title: 'x'.repeat(300), level: { lufs: null }, hookBy: 'loudest', quadrant: 'repeat', spectrogram: { rows: 32, columns: 150, bytes: Array.from({ length: 4800 }, () => 0) } }),
  'moved by nothing, like nothing': scoreAnswer({ occlusion: occlusion({ start: 65.3, end: 95.3 }, 0), nearest: [], reference: reference({ songs: 1, points: [] }) }),
  'like songs of long names': scoreAnswer({ nearest: scoreAnswer().nearest.map((song) => ({ ...song, title: LONG_CHINESE, artist: LONG_ENGLISH, listeners: 12_345_678 })), model: { id: 'crnn-demo/1', demonstration: true, why: 'not-better' } }),
  'fewer peaks than bars': scoreAnswer({ waveform: { peaks: [0.1, 0.9, 0.4], seconds: 222 }, model: { id: 'crnn-demo/1', demonstration: true, why: 'chosen' } }),
};
