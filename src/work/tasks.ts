import { renderPng as renderPngTask } from '../charts/render.ts';
import { analyseAudio as analyseAudioTask } from '../audio/analyse.ts';
import { scoreClip as scoreClipTask } from '../score/score-clip.ts';
import { backtestForecast as backtestForecastTask } from '../forecast/backtest-task.ts';
import { trainForecast as trainForecastTask } from '../forecast/train-task.ts';
import { UserError, type ErrorContext } from '../errors.ts';

/** A UserError loses its code when it crosses a thread, so it travels as a value. */
export type Outcome<Output> = { done: Output } | { failed: { code: string; context: ErrorContext } };

const task =
  <Input, Output>(work: (input: Input) => Output | Promise<Output>) =>
  async (input: Input): Promise<Outcome<Output>> => {
    try {
      return { done: await work(input) };
    } catch (error) {
      if (error instanceof UserError) return { failed: { code: error.code, context: error.context } };
      throw error;
    }
  };

/** Everything that runs in a worker thread: one line per task. */
export const renderPng = task(renderPngTask);
export const analyseAudio = task(analyseAudioTask);
export const scoreClip = task(scoreClipTask);
export const trainForecast = task(trainForecastTask);
export const backtestForecast = task(backtestForecastTask);

export type Tasks = { renderPng: typeof renderPngTask; analyseAudio: typeof analyseAudioTask; scoreClip: typeof scoreClipTask; trainForecast: typeof trainForecastTask; backtestForecast: typeof backtestForecastTask };
