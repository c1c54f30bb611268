import type { KnownBlock } from '@slack/types';
import { fit, LIMITS } from '../limits.ts';
import type { Picture } from '../files.ts';

/** A whole message: `text` is what notifications and screen readers get. */
export type Message = { text: string; blocks: KnownBlock[] };

export const section = (mrkdwn: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text: fit(mrkdwn, LIMITS.section) } });

export const header = (text: string): KnownBlock => ({ type: 'header', text: { type: 'plain_text', text: fit(text, LIMITS.header), emoji: false } });

export const context = (...lines: string[]): KnownBlock => ({
  type: 'context',
  elements: lines.slice(0, LIMITS.context).map((line) => ({ type: 'mrkdwn', text: fit(line, LIMITS.section) })),
});

/** The picture, or nothing when there is none. */
export const image = (picture: Picture | undefined): KnownBlock[] =>
  picture ? [{ type: 'image', slack_file: { id: picture.fileId }, alt_text: fit(picture.alt, LIMITS.alt) }] : [];

export type Button = { id: string; label: string; value: unknown; primary?: boolean };

/** A row of buttons, or nothing when there are none. Values travel as JSON and are checked again when they come back. */
export const buttons = (row: Button[]): KnownBlock[] =>
  row.length === 0
    ? []
    : [
        {
          type: 'actions',
          elements: row.slice(0, LIMITS.actions).map(({ id, label, value, primary }) => ({
            type: 'button',
            action_id: id,
            text: { type: 'plain_text', text: fit(label, LIMITS.button), emoji: false },
            value: JSON.stringify(value),
            ...(primary ? { style: 'primary' as const } : {}),
          })),
        },
      ];

/** The uploaded file that the message shows. */
export function pictureIn(message: Message): string | undefined {
  for (const block of message.blocks) if (block.type === 'image' && 'slack_file' in block && block.slack_file && 'id' in block.slack_file) return block.slack_file.id;
  return undefined;
}

/** The message without what Slack may refuse to draw. */
export const withoutPictures = (message: Message): Message => ({ ...message, blocks: message.blocks.filter((block) => block.type !== 'image') });
