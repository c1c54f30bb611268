/** A JSON object as it travels to and from Slack. */
export type Json = { [key: string]: unknown };

export type Block = Json & { type: string; block_id?: string };

/** A message as Slack returns it, and what only its author's client knows: who alone may see it. */
export type ConsoleMessage = {
  type: 'message';
  subtype?: 'file_share' | 'slash_command';
  ts: string;
  channel: string;
  user: string;
  bot_id?: string;
  app_id?: string;
  text: string;
  blocks?: Block[];
  files?: Json[];
  metadata?: Json;
  thread_ts?: string;
  edited?: { user: string; ts: string };
  /** Shown to one person, not kept by Slack: the Web API can neither update nor delete it. */
  is_ephemeral?: true;
};

export type ConsoleFile = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  filetype: string;
  /** Bytes; as announced until they have arrived. */
  size: number;
  path: string;
  user: string;
  altText?: string;
  /** Unix seconds. */
  created: number;
  state: 'announced' | 'stored' | 'complete';
  /** The unguessable part of the address that the bytes are sent to. */
  uploadKey: string;
  shares: { channel: string; ts: string; thread_ts?: string }[];
};

/** A modal or the Home tab, as Slack returns it. */
export type ConsoleView = Json & { id: string; type: 'modal' | 'home'; blocks: Block[]; hash: string; callback_id: string };

export type Channel = { id: string; name: string; is_im: boolean };

/** What the app suggests to ask in the direct message. */
export type Prompts = { title: string; prompts: { title: string; message: string }[] };

/** What the page has to show after something happened. */
export type Change =
  | { type: 'message'; message: ConsoleMessage }
  | { type: 'message_deleted'; channel: string; ts: string }
  | { type: 'views'; modals: ConsoleView[]; home: ConsoleView | null }
  | { type: 'locale'; locale: string }
  | { type: 'prompts'; prompts: Prompts }
  | { type: 'status'; channel: string; thread_ts: string; status: string }
  | { type: 'problem'; problem: Problem };

/** Something Slack would tell the person, or the developer, when the app misbehaves. */
export type Problem = { code: 'unacknowledged' | 'listener-failed' | 'not-started' | 'unknown-method'; what: string };
