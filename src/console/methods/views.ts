import { z } from 'zod';
import { block, json, readArguments } from '../arguments.ts';
import { newId, newSecret } from '../ids.ts';
import { acceptBlocks } from '../messages.ts';
import { SlackError } from '../slack-error.ts';
import type { ConsoleView } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Method } from './method.ts';

const MOST_MODALS = 3;
const words = z.looseObject({ type: z.literal('plain_text'), text: z.string().min(1).max(24) });
const view = z.looseObject({
  type: z.enum(['modal', 'home']),
  title: words.optional(),
  submit: words.optional(),
  close: words.optional(),
  blocks: z.array(block),
  callback_id: z.string().max(255).default(''),
  private_metadata: z.string().max(3000).default(''),
  notify_on_close: z.boolean().default(false),
  clear_on_close: z.boolean().default(false),
  external_id: z.string().default(''),
});
export type GivenView = z.infer<typeof view>;
const viewArgument = json(view);

const open: Method = ({ workspace }, given) => {
  const { trigger_id, view: asked } = readArguments(z.object({ trigger_id: z.string(), view: viewArgument }), given);
  useTrigger(workspace, trigger_id);
  return { view: openModal(workspace, asked, []) };
};

const push: Method = ({ workspace }, given) => {
  const { trigger_id, view: asked } = readArguments(z.object({ trigger_id: z.string(), view: viewArgument }), given);
  useTrigger(workspace, trigger_id);
  return { view: openModal(workspace, asked, workspace.modals) };
};

const update: Method = ({ workspace }, given) => {
  const { view_id, external_id, hash, view: asked } = readArguments(z.object({ view_id: z.string().optional(), external_id: z.string().optional(), hash: z.string().optional(), view: viewArgument }), given);
  const old = [...workspace.modals, workspace.home].find((shown) => shown && (shown.id === view_id || (external_id && shown.external_id === external_id)));
  if (!old) throw new SlackError('not_found');
  if (hash !== undefined && hash !== old.hash) throw new SlackError('hash_conflict');
  return { view: replaceView(workspace, old.id, asked) };
};

const publish: Method = ({ workspace }, given) => {
  const { user_id, view: asked } = readArguments(z.object({ user_id: z.string(), view: viewArgument }), given);
  if (user_id !== workspace.person.id) throw new SlackError('user_not_found');
  workspace.home = { ...accept(workspace, asked, 'home'), ...(workspace.home ? { id: workspace.home.id } : {}) };
  workspace.showViews();
  return { view: workspace.home };
};

/** Opens a modal over `below`. @throws SlackError push_limit_reached, invalid_arguments, invalid_blocks */
export function openModal(workspace: Workspace, asked: GivenView, below: ConsoleView[]): ConsoleView {
  if (below.length >= MOST_MODALS) throw new SlackError('push_limit_reached');
  const opened = accept(workspace, asked, 'modal');
  const root = below[0]?.id ?? opened.id;
  Object.assign(opened, { root_view_id: root, previous_view_id: below.at(-1)?.id ?? null });
  workspace.modals = [...below, opened];
  workspace.showViews();
  return opened;
}

export function replaceView(workspace: Workspace, id: string, asked: GivenView): ConsoleView {
  const replace = (old: ConsoleView) => ({ ...accept(workspace, asked, old.type), id, root_view_id: old.root_view_id, previous_view_id: old.previous_view_id });
  workspace.modals = workspace.modals.map((old) => (old.id === id ? replace(old) : old));
  if (workspace.home?.id === id) workspace.home = replace(workspace.home);
  workspace.showViews();
  const found = [...workspace.modals, workspace.home].find((shown) => shown?.id === id);
  if (!found) throw new SlackError('not_found');
  return found;
}

/** A view given in the answer to a submission. */
export const readView = (given: unknown): GivenView => readArguments(z.object({ view: viewArgument }), { view: given }).view;

function accept(workspace: Workspace, asked: GivenView, type: 'modal' | 'home'): ConsoleView {
  if (asked.type !== type) throw new SlackError('invalid_arguments', [`must be ${type} [json-pointer:/view/type]`]);
  if (type === 'modal' && !asked.title) throw new SlackError('invalid_arguments', ['missing required field: title [json-pointer:/view]']);
  if (type === 'modal' && !asked.submit && asked.blocks.some((shown) => shown.type === 'input')) throw new SlackError('invalid_arguments', ['missing required field: submit [json-pointer:/view]']);
  const { team, appId, bot } = workspace;
  const blocks = acceptBlocks(workspace, asked.blocks, 'view');
  const id = newId('V');
  return { ...asked, blocks, id, team_id: team.id, app_id: appId, app_installed_team_id: team.id, bot_id: bot.botId, hash: `${Math.floor(Date.now() / 1000)}.${newSecret().slice(0, 8)}`, state: { values: {} }, root_view_id: id, previous_view_id: null, submit: asked.submit ?? null, close: asked.close ?? null };
}

function useTrigger({ triggers }: Workspace, id: string): void {
  const trigger = triggers.get(id);
  if (!trigger) throw new SlackError('invalid_trigger_id');
  if (trigger.used) throw new SlackError('exchanged_trigger_id');
  if (trigger.expires < Date.now()) throw new SlackError('expired_trigger_id');
  trigger.used = true;
}

export const viewMethods = { 'views.open': open, 'views.push': push, 'views.update': update, 'views.publish': publish };
