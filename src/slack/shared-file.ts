import type { WebClient } from '@slack/web-api';
import { RetryableError, UserError } from '../errors.ts';
import { slackErrorOf } from './post.ts';

/** So often the thread is waited for; then the answer goes into the channel. */
const SHARES_TRIES = 2;

/** A shared file as files.info tells it: the message that shared it and the thread of its answer. */
export type SharedFile = { name: string; title: string; bytes: number; url: string; messageTs: string | undefined; threadTs: string | undefined; soundsLikeAudio: boolean };

export const AUDIO_NAME = /\.(mp3|wav|wave|flac|m4a|m4p|aac|ogg|oga|opus|aif|aiff|aifc|wma|alac|caf|mp2|mpga|weba|amr|ape|wv)$/i;

/**
 * Looks a shared file up. Slack Connect files arrive as `check_file_info` and are complete only here.
 * @param tries how often this was tried before: Slack fills in where a file was shared a moment after it says that it was.
 * @throws UserError file-deleted, missing-scope; RetryableError while Slack does not know the file, or its thread, yet.
 */
export async function lookUpFile(client: WebClient, fileId: string, channel: string, tries: number): Promise<SharedFile> {
  const { file } = await client.files.info({ file: fileId }).catch((error: unknown) => {
    throw explainLookUp(error);
  });
  if (!file) throw new RetryableError('files.info without a file', 2);
  if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit') throw new UserError('file-deleted');
  const share = shareOf(file.shares, channel);
  if (!share?.ts && tries < SHARES_TRIES) throw new RetryableError('not shared yet', 1);
  const name = file.name || fileId;
  const url = file.url_private_download ?? file.url_private;
  if (!url) throw new UserError('file-not-slack');
  return {
    name,
    title: (file.title || name).replace(AUDIO_NAME, '') || name,
    bytes: file.size ?? 0,
    url,
    messageTs: share?.ts,
    threadTs: share?.thread_ts ?? share?.ts,
    soundsLikeAudio: /^(audio|video)\//.test(file.mimetype ?? '') || AUDIO_NAME.test(name),
  };
}

type Shares = { public?: Record<string, Share[]>; private?: Record<string, Share[]> } | undefined;
type Share = { ts?: string; thread_ts?: string };

/** Where a file was shared last: in a thread, or in a message that becomes the thread. */
const shareOf = (shares: Shares, channel: string): Share | undefined => (shares?.public?.[channel] ?? shares?.private?.[channel])?.at(-1);

function explainLookUp(error: unknown): unknown {
  const refusal = slackErrorOf(error);
  if (refusal === 'file_deleted' || refusal === 'file_not_found') return new UserError('file-deleted', {}, { cause: error });
  if (refusal === 'missing_scope') return new UserError('missing-scope', { scope: 'files:read' }, { cause: error });
  return error;
}
