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

export type ModelRef = { id: string; /** True: trained on the demo catalogue, not on the user's own. */ demonstration: boolean };

export type ScoreAnswer = {
  /** Id of the stored demo; absent when nothing was stored (terminal). */
  demoId: string | null;
  title: string;
  /** Percentile of the two outputs together in the reference catalogue, 0-100. */
  score: number;
  /** Predicted distinct listeners and plays per listener in the first 30 days, with their percentiles (0-100). */
  listeners: { value: number; percentile: number };
  playsPerListener: { value: number; percentile: number };
  hook: Span;
  seconds: number;
  waveform: Waveform;
  warnings: AudioAnalysis['warnings'];
  model: ModelRef;
  /** Whom the percentiles are among, and the last day of their data (YYYY-MM-DD) where the model's card tells it. */
  reference: { source: string; songs: number; dataDate: string | null };
};
