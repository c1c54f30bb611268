import { agreeOverRepeats } from './agree.ts';
import type { FrameFeatures } from './features.ts';
import { probabilities, type HookModel } from './model.ts';
import { startFeatures } from './start-features.ts';
import { WINDOW_SECONDS, windowMeans } from './window.ts';

/** What a chorus's start at the window's beginning is worth, in shares of the window. Cross-validated overlap is flat from 0.15 to 0.3. */
const START_WORTH = 0.25;

/**
 * Worth of the 30 s from each frame, about 0..1.25: the expected share of chorus in them (the mean of the frames' probabilities, once they
 * agree with their repeats), plus a bonus where a chorus probably starts.
 */
export function scoreWindows(features: FrameFeatures, secondsPerFrame: number, model: HookModel): Float64Array {
  const chorus = probabilities(model.chorus, features.table);
  const start = probabilities(model.start, startFeatures(features, chorus, secondsPerFrame));
  return windowMeans(agreeOverRepeats(chorus, features.repeats), Math.round(WINDOW_SECONDS / secondsPerFrame)).map((value, frame) => value + START_WORTH * (start[frame] as number));
}
