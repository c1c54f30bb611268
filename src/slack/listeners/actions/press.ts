import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { DemoReader } from '../../../db/queries/demo-seen.ts';
import { UserError } from '../../../errors.ts';
import { ORIGINS } from '../../../forecast/types.ts';
import type { Asked } from '../privately.ts';

/** A press on a button of a message. */
export type Press = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

const songAsk = z.object({ song: z.int().positive(), origin: z.literal([...ORIGINS]).optional() });

/** A button's value comes back from outside: anything but our own shape is refused. @throws UserError button-unknown */
export function readAsk(value = ''): z.infer<typeof songAsk> {
  try {
    return songAsk.parse(JSON.parse(value));
  } catch (error) {
    throw new UserError('button-unknown', {}, { cause: error });
  }
}

export const askedBy = ({ body, client, respond }: Press): Asked => ({ client, workspaceId: body.team?.id ?? '', userId: body.user.id, respond });

/** As whom a button's presser sees demos; a button in a modal stands in no channel. */
export const demoReader = ({ body }: Press): DemoReader => ({ workspaceId: body.team?.id ?? '', userId: body.user.id, channel: body.channel?.id ?? '' });
