import { z } from 'zod';
import { flag, readArguments } from '../arguments.ts';
import { SlackError } from '../slack-error.ts';
import type { Channel, Json } from '../types.ts';
import { findChannel, type Workspace } from '../workspace.ts';
import type { Method } from './method.ts';

const authTest: Method = ({ workspace: { team, bot, appId } }) => ({
  url: `https://${team.domain}.slack.com/`,
  team: team.name,
  user: bot.name,
  team_id: team.id,
  user_id: bot.userId,
  bot_id: bot.botId,
  app_id: appId,
  is_enterprise_install: false,
});

const usersInfo: Method = ({ workspace }, given) => {
  const { user, include_locale } = readArguments(z.object({ user: z.string(), include_locale: flag.default(false) }), given);
  const { person, bot, team } = workspace;
  const found = [{ ...person, is_bot: false }, { id: bot.userId, name: bot.name, real_name: bot.real_name, tz: person.tz, locale: 'en-US', is_bot: true }].find(({ id }) => id === user);
  if (!found) throw new SlackError('user_not_found');
  const { locale, ...facts } = found;
  const profile = { real_name: facts.real_name, display_name: facts.name, team: team.id };
  return { user: { ...facts, team_id: team.id, deleted: false, profile, tz_offset: offsetSeconds(facts.tz), ...(include_locale ? { locale } : {}) } };
};

/** Seconds east of UTC now. */
function offsetSeconds(timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

const conversation = ({ team, person, bot }: Workspace, { id, name, is_im }: Channel): Json => ({
  id,
  context_team_id: team.id,
  is_archived: false,
  is_im,
  ...(is_im ? { user: person.id, is_open: true } : { name, name_normalized: name, is_channel: true, is_private: false, is_member: true, creator: person.id, num_members: [person, bot].length }),
});

const conversationsOpen: Method = ({ workspace }, given) => {
  const { users, channel } = readArguments(z.object({ users: z.string().optional(), channel: z.string().optional() }), given);
  if (users !== undefined && users !== workspace.person.id) throw new SlackError('user_not_found');
  if (users === undefined && channel === undefined) throw new SlackError('users_list_not_supplied');
  return { no_op: true, already_open: true, channel: conversation(workspace, findChannel(workspace, users ?? channel ?? '')) };
};

const conversationsInfo: Method = ({ workspace }, given) => {
  const { channel } = readArguments(z.object({ channel: z.string() }), given);
  return { channel: conversation(workspace, findChannel(workspace, channel)) };
};

export const identityMethods = {
  'api.test': (() => ({})) as Method,
  'auth.test': authTest,
  'users.info': usersInfo,
  'conversations.open': conversationsOpen,
  'conversations.info': conversationsInfo,
};
