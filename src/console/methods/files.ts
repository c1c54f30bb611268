import { z } from 'zod';
import { blocks, json, readArguments } from '../arguments.ts';
import { formatFile } from '../file-shape.ts';
import { acceptBlocks } from '../messages.ts';
import { shareFiles } from '../share.ts';
import { SlackError } from '../slack-error.ts';
import type { ConsoleFile } from '../types.ts';
import { findChannel, type Workspace } from '../workspace.ts';
import type { Method } from './method.ts';

const info: Method = ({ workspace, origin }, given) => {
  const { file } = readArguments(z.object({ file: z.string() }), given);
  return { file: formatFile(workspace, origin, finished(workspace, file)), comments: [], response_metadata: { next_cursor: '' } };
};

const getUploadUrl: Method = ({ workspace, files, origin }, given) => {
  const { filename, length, alt_text } = readArguments(z.object({ filename: z.string().min(1), length: z.coerce.number().int().positive(), alt_text: z.string().optional() }), given);
  const file = files.announce({ name: filename, size: length, user: workspace.bot.userId, altText: alt_text });
  return { upload_url: `${origin}/upload/v1/${file.uploadKey}`, file_id: file.id };
};

const completion = z.object({
  files: json(z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1)),
  channel_id: z.string().optional(),
  thread_ts: z.string().optional(),
  initial_comment: z.string().optional(),
  blocks: blocks.optional(),
});

/** Without a channel the files stay private to the app. As Slack does, the answer leaves the types blank: they are known a moment later. */
const completeUpload: Method = ({ workspace, origin }, given) => {
  const { files, channel_id, thread_ts, initial_comment, blocks: given_blocks } = readArguments(completion, given);
  const place = channel_id ? { channel: findChannel(workspace, channel_id).id, thread_ts } : undefined;
  const found = files.map(({ id, title }) => {
    const file = workspace.files.get(id);
    if (file?.state !== 'stored' || file.user !== workspace.bot.userId) throw new SlackError('file_not_found');
    return { file, title: title ?? file.title };
  });
  const shown = given_blocks?.length && !initial_comment ? { blocks: acceptBlocks(workspace, given_blocks, 'message') } : {};
  for (const { file, title } of found) Object.assign(file, { title, state: 'complete' });
  const complete = found.map(({ file }) => file);
  if (place) shareFiles(workspace, origin, complete, place, { user: workspace.bot.userId, text: initial_comment ?? '', ...shown });
  return { files: complete.map((file) => ({ ...formatFile(workspace, origin, file), mimetype: '', filetype: '', pretty_type: '' })) };
};

const remove: Method = async ({ workspace, files }, given) => {
  const { file } = readArguments(z.object({ file: z.string() }), given);
  const found = finished(workspace, file);
  if (found.user !== workspace.bot.userId) throw new SlackError('cant_delete_file');
  await files.remove(found);
  return {};
};

function finished(workspace: Workspace, id: string): ConsoleFile {
  const file = workspace.files.get(id);
  if (file?.state !== 'complete') throw new SlackError('file_not_found');
  return file;
}

export const fileMethods = {
  'files.info': info,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
  'files.delete': remove,
};
