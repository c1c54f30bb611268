/** Everything that runs in a worker thread: one line per task, each a pure function of its input. */
export { renderPng } from '../charts/render.ts';
export { analyseAudio } from '../audio/analyse.ts';

export type Tasks = typeof import('./tasks.ts');
