import { z } from 'zod';
import { UserError } from '../../../errors.ts';
import { ENTRANTS } from '../../../score/shoot-out.ts';

export const demosAsk = z.object({ demos: z.array(z.uuid()).min(1).max(ENTRANTS.most) });
export const demoAsk = z.object({ demo: z.uuid() });
/** A modal stands in no channel: it carries the one that it was opened in, which Slack keeps for the app. */
export const linkAsk = demoAsk.extend({ channel: z.string() });
export const pageAsk = z.object({ page: z.int().nonnegative().max(100_000) });

/** What a button's value or a modal's metadata carries comes back from outside: anything but our own shape is refused. @throws UserError button-unknown */
export function readValue<Shape>(shape: z.ZodType<Shape>, value = ''): Shape {
  try {
    return shape.parse(JSON.parse(value));
  } catch (error) {
    throw new UserError('button-unknown', {}, { cause: error });
  }
}
