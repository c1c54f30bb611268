import { WebClient } from '@slack/web-api';
import { maskSecret, type Config } from '../config.ts';
import type { Text } from '../text/catalogue.ts';
import type { Finding } from './examine.ts';

/** The bot scopes of manifest.yml. */
export const SCOPES = ['app_mentions:read', 'chat:write', 'commands', 'files:read', 'files:write', 'im:history', 'users:read'];

/** Asks Slack who the bot is and, where Slack says it, whether its token lacks a permission. */
export async function lookAtSlack({ slack }: Pick<Config, 'slack'>, text: Text): Promise<Finding[]> {
  if (!slack) return [{ part: 'slack', state: 'notice', found: text.t('doctor.slack-none'), todo: text.t('doctor.slack-todo') }];
  const { team, user, response_metadata: metadata } = await new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, timeout: 5000 }).auth.test();
  const secret = slack.mode === 'socket' ? `SLACK_APP_TOKEN ${maskSecret(slack.appToken)}` : 'SLACK_SIGNING_SECRET ••••';
  const found = `${team} as ${user}, ${slack.mode}, SLACK_BOT_TOKEN ${maskSecret(slack.botToken)}, ${secret}`;
  const granted = metadata?.scopes;
  const lacking = granted ? SCOPES.filter((scope) => !granted.includes(scope)) : [];
  if (lacking.length > 0) return [{ part: 'slack', state: 'missing', found, todo: text.t('doctor.slack-scopes', { scopes: lacking.join(', ') }) }];
  return [{ part: 'slack', state: 'ok', found }];
}
