import { newId } from './ids.ts';
import type { ConsoleMessage, ConsoleView, Json } from './types.ts';
import type { Workspace } from './workspace.ts';

const common = ({ verification, appId, team, person }: Workspace) => ({
  token: verification,
  api_app_id: appId,
  team: { id: team.id, domain: team.domain },
  user: { id: person.id, username: person.name, name: person.name, team_id: team.id },
  enterprise: null,
  is_enterprise_install: false,
});

/** The Events API envelope. */
export function eventPayload({ verification, team, appId, bot }: Workspace, event: Json): Json {
  return {
    token: verification,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: bot.userId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
  };
}

export function commandPayload(workspace: Workspace, command: { command: string; text: string; channel: string; responseUrl: string }): Json {
  const { verification, team, appId, person, channels } = workspace;
  const channel = channels.find(({ id }) => id === command.channel);
  return {
    token: verification,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: command.channel,
    channel_name: channel?.is_im ? 'directmessage' : channel?.name,
    user_id: person.id,
    user_name: person.name,
    command: command.command,
    text: command.text,
    api_app_id: appId,
    is_enterprise_install: 'false',
    response_url: command.responseUrl,
    trigger_id: workspace.newTrigger(),
  };
}

/** A press in a message. Slack leaves out the message when only the presser saw it. */
export function messageActionPayload(workspace: Workspace, message: ConsoleMessage, action: Json, state: Json, responseUrl: string): Json {
  const { channel, is_ephemeral, ...shown } = message;
  const place = { message_ts: message.ts, channel_id: channel, is_ephemeral: is_ephemeral ?? false, ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}) };
  const name = workspace.channels.find(({ id, is_im }) => id === channel && !is_im)?.name ?? 'directmessage';
  return {
    type: 'block_actions',
    ...common(workspace),
    container: { type: 'message', ...place },
    trigger_id: workspace.newTrigger(),
    channel: { id: channel, name },
    ...(is_ephemeral ? {} : { message: shown }),
    state,
    response_url: responseUrl,
    actions: [action],
  };
}

/** A press in a modal or the Home tab. */
export function viewActionPayload(workspace: Workspace, view: ConsoleView, action: Json, state: Json): Json {
  return { type: 'block_actions', ...common(workspace), container: { type: 'view', view_id: view.id }, trigger_id: workspace.newTrigger(view.id), view: { ...view, state }, actions: [action] };
}

export function submissionPayload(workspace: Workspace, view: ConsoleView, state: Json): Json {
  return { type: 'view_submission', ...common(workspace), trigger_id: workspace.newTrigger(view.id), view: { ...view, state }, response_urls: [] };
}

export function closedPayload(workspace: Workspace, view: ConsoleView, cleared: boolean): Json {
  return { type: 'view_closed', ...common(workspace), view, is_cleared: cleared };
}

/** A menu that asks the app for its options; `value` is what was typed so far. */
export function suggestionPayload(workspace: Workspace, asked: { actionId: string; blockId: string; value: string; view?: ConsoleView; message?: ConsoleMessage }): Json {
  const { actionId, blockId, value, view, message } = asked;
  const container = view ? { type: 'view', view_id: view.id } : { type: 'message', message_ts: message?.ts, channel_id: message?.channel, is_ephemeral: message?.is_ephemeral ?? false };
  return {
    type: 'block_suggestion',
    ...common(workspace),
    container,
    action_id: actionId,
    block_id: blockId,
    value,
    ...(view ? { view } : {}),
    ...(message ? { channel: { id: message.channel, name: workspace.channels.find(({ id }) => id === message.channel)?.name } } : {}),
  };
}
