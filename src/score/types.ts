/** Seconds from the start of the recording. */
export type Span = { start: number; end: number };

/** Loudness envelope for the picture: `peaks[i]` in 0..1 over equal slices of the recording. */
export type Waveform = { peaks: Float32Array; seconds: number };

/** What the audio pipeline finds in one file. */
export type AudioAnalysis = {
  /** Seconds decoded (at most the cap). */
  seconds: number;
  /** Seconds the container promised, when it said. */
  probedSeconds: number | null;
  /** True when the recording was longer than the cap and only its beginning was used. */
  capped: boolean;
  /** Integrated loudness of what was decoded (EBU R 128); null for silence, or where it could not be measured. */
  level: { lufs: number | null };
  /** What the file says of itself. */
  tags: { title?: string; artist?: string; /** 12 characters, upper case. */ isrc?: string };
  /** Text-catalogue keys under `warning.` the user should read, with their values. */
  warnings: { code: string; context: Record<string, string | number> }[];
  hook: Span;
  /** `loudest`: nothing comes again. `whole`: no longer than a hook. `user`: the start was given. */
  hookBy: 'learned' | 'loudest' | 'whole' | 'user';
  /** Up to two other parts that could be the hook, best first: no two of the three overlap by more than half. */
  otherHooks: Span[];
  waveform: Waveform;
  /** Log-mel of the hook, dB, row-major [frames][128]. */
  logMel: Float32Array;
  frames: number;
};

/** Two ends, such as those of an 80 % interval. */
export type Range = { low: number; high: number };

/** A predicted value in natural units with its interval, and its percentile (0-100) among the reference songs. */
export type Predicted = Range & { value: number; percentile: number };

/** By percentiles above or below 50: `reach` is many who hear it once, `repeat` few who repeat it forever. */
export type Quadrant = 'both' | 'reach' | 'repeat' | 'neither';

/**
 * What moved the score: change of the predicted natural log of plays when a part of the clip falls silent to the model. Below 0: the
 * part raised the score.
 */
export type Occlusion = {
  /** Of 2 s (the last may be shorter), in seconds from the start of the recording. */
  slices: Span[];
  /** Eighths of the mel scale in Hz, lowest first. */
  bands: Range[];
  /** One for each slice, each band, and each band of each slice. */
  time: number[];
  frequency: number[];
  cells: number[][];
};

/** The hook's log-mel, small enough to draw: row-major bytes, lowest frequency first, 255 the loudest and 0 what lies 80 dB below. */
export type Spectrogram = { bytes: number[]; rows: number; columns: number };

/** A released song that sounds like the demo to the model, with what it reached in its first 30 days. */
export type NearestSong = { /** As the catalogue's owner calls it. */ id: string; title: string; artist: string; releaseDate: string; listeners: number; playsPerListener: number; /** Cosine, at most 1. */ similarity: number };

export type ModelRef = { id: string; /** True: trained on the demo catalogue, not on the user's own. */ demonstration: boolean };

export type ScoreModel = ModelRef & {
  /** Why a demonstration answers: none of the catalogue's own was trained, none beat the baselines, or somebody chose it. Null for the catalogue's own. */
  why: 'not-trained' | 'not-better' | 'chosen' | null;
};

/** Whom the percentiles are among: songs released from `from` to `to` (YYYY-MM-DD), with data to `dataDate`. */
export type ScoreReference = {
  source: string;
  songs: number;
  artists: number;
  from: string;
  to: string;
  dataDate: string;
  /** Listeners and plays per listener at percentile 50, where the quadrants meet. */
  middle: [number, number];
  /** Listeners and plays per listener that at most 150 of the songs reached. */
  points: [number, number][];
};

/** Plain JSON: it may be stored and read back. */
export type ScoreAnswer = {
  /** Id of the stored demo; absent when nothing was stored (terminal). */
  demoId: string | null;
  title: string;
  /** Percentile of the predicted plays (listeners times plays per listener) in the reference catalogue, 0-100. */
  score: number;
  /** Of the score, in percentiles; `level` is its promise, `coverage` the share of the reference songs that it held for. */
  interval: Range & { level: number; coverage: number };
  /** Predicted distinct listeners and plays per listener in the first 30 days. */
  listeners: Predicted;
  playsPerListener: Predicted;
  quadrant: Quadrant;
  /** Natural logs, to compare demos by. */
  predicted: { listeners: number; plays: number };
  /** Where the hook stands among what the model has heard. */
  embedding: number[];
  occlusion: Occlusion;
  spectrogram: Spectrogram;
  /** Most alike first. */
  nearest: NearestSong[];
  hook: Span;
  hookBy: AudioAnalysis['hookBy'];
  otherHooks: Span[];
  seconds: number;
  level: AudioAnalysis['level'];
  tags: AudioAnalysis['tags'];
  waveform: { peaks: number[]; seconds: number };
  warnings: AudioAnalysis['warnings'];
  model: ScoreModel;
  reference: ScoreReference;
};
