import type { FileStore } from '../file-store.ts';
import type { Json } from '../types.ts';
import type { Workspace } from '../workspace.ts';

/** What a Web API method works with. `origin` is the console's own address, such as http://127.0.0.1:4180. */
export type Servers = { workspace: Workspace; files: FileStore; origin: string };

/** Answers with what follows `ok: true`. @throws SlackError for what Slack would refuse. */
export type Method = (servers: Servers, given: Json) => Json | Promise<Json>;
