import type { ScoreAnswer } from './types.ts';

/** Raised when an answer gets or loses a field: an older one is then computed anew instead of being shown with holes. */
const VERSION = 1;

/** An answer as the database keeps it: without title, which belongs to the file, and without the demo's id. */
export const packAnswer = ({ demoId: _demo, title: _title, ...answer }: ScoreAnswer): Record<string, unknown> => ({ ...answer, version: VERSION });

/** A kept answer under a file's own title. @returns undefined for one that another version of Encore kept */
export function unpackAnswer(kept: Record<string, unknown>, demoId: string, title: string): ScoreAnswer | undefined {
  const { version, ...answer } = kept;
  return version === VERSION ? { ...(answer as Omit<ScoreAnswer, 'demoId' | 'title'>), demoId, title } : undefined;
}
