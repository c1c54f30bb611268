import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';
import { escapeMrkdwn } from '../../limits.ts';
import { helpMessage } from '../../messages/words.ts';
import { answerPrivately } from '../privately.ts';

/** Every command but those that have a listener of their own; a test compares them with the manifest. */
export const UNKNOWN_COMMAND = /^(?!\/(?:demos|forecast|similar)$)/;

/** A command that the app does not have: a slip on the local page, or one that an older manifest still lists. */
export const unknownCommand =
  (context: SlackContext) =>
  async ({ ack, command, client, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const asked = { client, workspaceId: command.team_id, userId: command.user_id, respond };
    await answerPrivately(context, asked, false, async ({ text }) => helpMessage(text, text.t('help.no-command', { command: escapeMrkdwn(command.command) })));
  };
