import type { Logger } from 'pino';
import { assistantMethods } from './methods/assistant.ts';
import { chatMethods } from './methods/chat.ts';
import { fileMethods } from './methods/files.ts';
import { identityMethods } from './methods/identity.ts';
import type { Method, Servers } from './methods/method.ts';
import { viewMethods } from './methods/views.ts';
import { SlackError } from './slack-error.ts';
import type { Json } from './types.ts';

const METHODS = new Map<string, Method>(Object.entries({ ...identityMethods, ...chatMethods, ...fileMethods, ...viewMethods, ...assistantMethods }));

/** The scopes of manifest.yml, in the header that Slack sends with every answer. */
export const SCOPES = 'commands,chat:write,files:read,files:write,users:read,app_mentions:read,im:history,assistant:write';

/**
 * Answers one Web API call as Slack would, HTTP status 200 included. A method the console lacks is refused and reported.
 * @example await callMethod(servers, log, 'auth.test', 'wrong', {}) // { ok: false, error: 'invalid_auth' }
 */
export async function callMethod(servers: Servers, log: Logger, name: string, token: string | undefined, given: Json): Promise<Json> {
  if (token === undefined) return { ok: false, error: 'not_authed' };
  if (token !== servers.workspace.botToken) return { ok: false, error: 'invalid_auth' };
  const method = METHODS.get(name);
  if (!method) {
    log.warn({ method: name }, 'the app called a Web API method that the console does not have');
    servers.workspace.change({ type: 'problem', problem: { code: 'unknown-method', what: name } });
    return { ok: false, error: 'unknown_method', req_method: name };
  }
  try {
    return { ok: true, ...(await method(servers, given)) };
  } catch (error) {
    if (error instanceof SlackError) return refusal(error);
    log.error({ err: error, method: name }, 'console Web API');
    return { ok: false, error: 'internal_error' };
  }
}

/** How Slack words a refusal. */
export function refusal({ code, details }: SlackError): Json {
  return { ok: false, error: code, ...(details.length > 0 ? { errors: details, response_metadata: { messages: details.map((line) => `[ERROR] ${line}`) } } : {}) };
}
