import { h } from './dom.js';
import { withEmoji } from './emoji.js';
import { parseMarkdown, parseMrkdwn } from './mrkdwn.js';
import { channelName, state } from './state.js';

const TAGS = { bold: 'strong', italic: 'em', strike: 's' };

export const link = (url, ...children) => (url ? h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, ...children) : h('span', {}, ...children));

function inlineElement(node) {
  if (node.type === 'text') return withEmoji(node.text);
  if (node.type === 'code') return h('code', {}, node.text);
  if (node.type === 'link') return link(node.url, ...node.children.map(inlineElement));
  if (node.type === 'mention') return h('span', { class: 'mention' }, mention(node));
  if (node.type === 'date') return h('time', { title: node.fallback }, slackDate(node));
  return h(TAGS[node.type], {}, ...node.children.map(inlineElement));
}

function mention({ user, channel, label }) {
  if (channel) return label ? `#${label}` : channelName(channel);
  const known = [state.person, state.bot].find(({ id, userId }) => user && user === (id ?? userId));
  return `@${known?.real_name ?? label ?? user}`;
}

const DATE_PARTS = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { dateStyle: 'long' },
  date_short: { dateStyle: 'medium' },
  date_long: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  time_secs: { timeStyle: 'medium' },
};

function slackDate({ seconds, format }) {
  const at = new Date(seconds * 1000);
  return format.replace(/\{(\w+?)(?:_pretty)?\}/g, (whole, part) => (part in DATE_PARTS ? new Intl.DateTimeFormat(state.locale, DATE_PARTS[part]).format(at) : whole));
}

function blockElement(node) {
  if (node.type === 'code-block') return h('pre', {}, node.text);
  if (node.type === 'rule') return h('hr');
  if (node.type === 'heading') return h(`h${Math.min(6, node.level + 2)}`, {}, ...node.children.map(inlineElement));
  const rows = node.rows.map((row) => row.map(inlineElement));
  if (node.type === 'list') return h(node.ordered ? 'ol' : 'ul', {}, ...rows.map((row) => h('li', {}, ...row)));
  return h(node.type === 'quote' ? 'blockquote' : 'p', {}, ...rows.flatMap((row, index) => (index === 0 ? row : [h('br'), ...row])));
}

export const mrkdwn = (text) => h('div', { class: 'prose' }, ...parseMrkdwn(text).map(blockElement));
export const markdown = (text) => h('div', { class: 'prose' }, ...parseMarkdown(text).map(blockElement));

/** A text object: plain_text keeps its signs, mrkdwn is formatted. */
export function textObject(object) {
  if (!object) return null;
  return object.type === 'mrkdwn' ? mrkdwn(object.text) : h('div', { class: 'prose' }, h('p', {}, withEmoji(object.text)));
}

export const plain = (object) => withEmoji(object?.text ?? '');
