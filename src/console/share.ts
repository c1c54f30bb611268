import { formatFile } from './file-shape.ts';
import { tellOfMessage, type Place } from './messages.ts';
import type { ConsoleFile, ConsoleMessage } from './types.ts';
import type { Workspace } from './workspace.ts';

/**
 * Shows finished files in a conversation: one message for all of them, then one `file_shared` event each, whoever shared them
 * (the app hears of its own files too, as with Slack).
 */
export function shareFiles(workspace: Workspace, origin: string, files: ConsoleFile[], place: Place, post: Pick<ConsoleMessage, 'user' | 'text' | 'blocks'>): ConsoleMessage {
  const { channel, thread_ts } = place;
  const ts = workspace.nextTs();
  for (const file of files) file.shares.push({ channel, ts, ...(thread_ts ? { thread_ts } : {}) });
  const bot = post.user === workspace.bot.userId ? { bot_id: workspace.bot.botId, app_id: workspace.appId } : {};
  const shown = files.map((file) => formatFile(workspace, origin, file));
  const message = workspace.keep({ type: 'message', subtype: 'file_share', ts, channel, ...(thread_ts ? { thread_ts } : {}), ...bot, ...post, files: shown });
  for (const file of files) workspace.tell({ type: 'file_shared', channel_id: channel, file_id: file.id, user_id: file.user, file: { id: file.id }, event_ts: workspace.nextTs() });
  tellOfMessage(workspace, message);
  return message;
}
