import { extname } from 'node:path';
import type { ConsoleFile, Json } from './types.ts';
import type { Workspace } from './workspace.ts';

const TYPES: Record<string, string> = {
  mp3: 'audio/mpeg', wav: 'audio/wav', m4a: 'audio/mp4', flac: 'audio/flac', ogg: 'audio/ogg', opus: 'audio/opus', aac: 'audio/aac', aif: 'audio/aiff', aiff: 'audio/aiff', wma: 'audio/x-ms-wma',
  mp4: 'video/mp4', mov: 'video/quicktime', webm: 'video/webm', mkv: 'video/x-matroska',
  png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', svg: 'image/svg+xml',
  pdf: 'application/pdf', zip: 'application/zip', txt: 'text/plain', csv: 'text/csv', json: 'application/json', html: 'text/html',
};

/** What Slack would call the file, from the end of its name. @example typeOf('a.MP3') // { filetype: 'mp3', mimetype: 'audio/mpeg' } */
export function typeOf(name: string): { filetype: string; mimetype: string } {
  const ending = extname(name).slice(1).toLowerCase();
  return ending in TYPES ? { filetype: ending, mimetype: TYPES[ending] } : { filetype: 'binary', mimetype: 'application/octet-stream' };
}

/** The file object of files.info and of messages. Its addresses need the bot token. */
export function formatFile({ team, channels }: Workspace, origin: string, file: ConsoleFile): Json {
  const address = (kind: string) => `${origin}/files-pri/${team.id}-${file.id}/${kind}${encodeURIComponent(file.name)}`;
  const direct = new Set(channels.filter(({ is_im }) => is_im).map(({ id }) => id));
  const where = [...new Set(file.shares.map(({ channel }) => channel))];
  const shares = (private_: boolean) => Object.fromEntries(where.filter((id) => direct.has(id) === private_).map((id) => [id, file.shares.filter(({ channel }) => channel === id).map(({ ts, thread_ts }) => ({ ts, ...(thread_ts ? { thread_ts } : {}), team_id: team.id, reply_users: [], reply_users_count: 0, reply_count: 0 }))]));
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.filetype,
    pretty_type: file.filetype.toUpperCase(),
    user: file.user,
    user_team: team.id,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: where.some((id) => !direct.has(id)),
    public_url_shared: false,
    display_as_bot: false,
    file_access: 'visible',
    url_private: address(''),
    url_private_download: address('download/'),
    permalink: `https://${team.domain}.slack.com/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    channels: where.filter((id) => !direct.has(id)),
    groups: [],
    ims: where.filter((id) => direct.has(id)),
    shares: { public: shares(false), private: shares(true) },
    ...(file.altText ? { alt_txt: file.altText } : {}),
  };
}
