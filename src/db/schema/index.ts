export * from './catalogue.ts';
export * from './slack.ts';
export * from './results.ts';
export * from './score-model.ts';
