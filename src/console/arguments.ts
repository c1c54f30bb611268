import { z } from 'zod';
import { SlackError } from './slack-error.ts';
import type { Json } from './types.ts';

/** Form bodies carry objects as JSON text, JSON bodies carry them as they are. */
function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

export const json = <T extends z.ZodType>(schema: T) => z.preprocess(fromText, schema);
export const flag = json(z.boolean());
export const block = z.looseObject({ type: z.string(), block_id: z.string().optional() });
export const blocks = json(z.array(block));

/**
 * The arguments of a method, checked.
 * @throws SlackError `invalid_arguments` with one line per mistake; `invalid_blocks_format` when `blocks` is no list of blocks.
 */
export function readArguments<T extends z.ZodType>(schema: T, given: Json): z.infer<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => `${issue.message} [json-pointer:/${issue.path.join('/')}]`);
  throw new SlackError(parsed.error.issues.some(({ path }) => path[0] === 'blocks') ? 'invalid_blocks_format' : 'invalid_arguments', details);
}
