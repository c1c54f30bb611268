/** Slack's limits, in characters or items. Source: Block Kit reference and chat.postMessage. */
export const LIMITS = { blocks: 50, header: 150, section: 3000, field: 2000, button: 75, alt: 2000, context: 10, actions: 25, value: 2000, message: 13_000 } as const;

/** Cuts at a whole character, with an ellipsis (the limit counts UTF-16 units, as Slack does), so that a long title never makes Slack refuse the message. */
export const fit = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** Makes words of a user or a file harmless inside mrkdwn: no mention, no link, no formatting. */
export const escapeMrkdwn = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign).replace(/[*_~`]/g, (sign) => `\u200b${sign}\u200b`);

/** The values that fill a message, those that are text made harmless. */
export const escapeValues = (values: Record<string, string | number>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? escapeMrkdwn(value) : value]));

/** What a user typed, as Slack delivers it, back into what they typed. @example unescapeText('A &amp; B') // 'A & B' */
export const unescapeText = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
