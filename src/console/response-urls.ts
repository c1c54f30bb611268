import { z } from 'zod';
import { block, readArguments } from './arguments.ts';
import { newSecret } from './ids.ts';
import { acceptContent, postEphemeral, postFromApp, type Place } from './messages.ts';
import { SlackError } from './slack-error.ts';
import type { Json } from './types.ts';
import type { Workspace } from './workspace.ts';

/** A response_url lives for 30 minutes and 5 uses. */
const LIFE_MS = 30 * 60_000;
const MOST_USES = 5;

/** A new response_url; `source` is the `ts` of the message whose button was pressed, absent for a command. */
export function newResponseUrl({ responseUrls }: Workspace, origin: string, channel: string, source?: string): string {
  const key = newSecret();
  responseUrls.set(key, { channel, source, expires: Date.now() + LIFE_MS, uses: 0 });
  return `${origin}/response/${key}`;
}

const answer = z.looseObject({
  text: z.string().optional(),
  blocks: z.array(block).optional(),
  attachments: z.array(z.unknown()).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

/**
 * What a POST to a response_url does. A command's has no original: `replace_original` posts anew there, as Slack does.
 * @throws SlackError expired_url, used_url, and what acceptContent throws
 */
export function respond(workspace: Workspace, key: string, given: Json): void {
  const url = workspace.responseUrls.get(key);
  if (!url || url.expires < Date.now()) throw new SlackError('expired_url');
  if (url.uses >= MOST_USES) throw new SlackError('used_url');
  url.uses += 1;
  answerWith(workspace, { channel: url.channel }, given, url.source);
}

/** Shows an answer that came back by a response_url, or in the acknowledgement of a command. */
export function answerWith(workspace: Workspace, place: Place, given: Json, source?: string): void {
  const { response_type, replace_original, delete_original, thread_ts, ...content } = readArguments(answer, given);
  const original = source === undefined ? undefined : workspace.messages.get(source);
  if (delete_original) {
    if (original) workspace.drop(original);
    return;
  }
  const accepted = acceptContent(workspace, content);
  if (replace_original && original) {
    const { blocks: _blocks, ...kept } = original;
    workspace.keep({ ...kept, ...accepted, edited: { user: workspace.bot.userId, ts: workspace.nextTs() } });
    return;
  }
  const target = thread_ts ? { ...place, thread_ts } : place;
  if (response_type === 'in_channel') postFromApp(workspace, target, accepted);
  else postEphemeral(workspace, target, accepted);
}
