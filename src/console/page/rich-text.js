import { h } from './dom.js';
import { withEmoji } from './emoji.js';
import { channelName, state } from './state.js';
import { link } from './text.js';

const STYLES = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' };

function words(element) {
  if (element.type === 'link') return link(/^(https?:|mailto:)/i.test(element.url) ? element.url : undefined, element.text ?? element.url);
  if (element.type === 'emoji') return withEmoji(`:${element.name}:`);
  if (element.type === 'user') return h('span', { class: 'mention' }, `@${element.user_id === state.bot.userId ? state.bot.real_name : state.person.real_name}`);
  if (element.type === 'channel') return h('span', { class: 'mention' }, channelName(element.channel_id));
  if (element.type === 'broadcast') return h('span', { class: 'mention' }, `@${element.range}`);
  if (element.type === 'date') return element.fallback ?? new Intl.DateTimeFormat(state.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(element.timestamp * 1000));
  return element.text ?? '';
}

function styled(element) {
  return Object.entries(STYLES).reduce((inner, [style, tag]) => (element.style?.[style] ? h(tag, {}, inner) : inner), words(element));
}

const section = ({ elements }, tag = 'p') => h(tag, {}, ...elements.map(styled));

function part(element) {
  if (element.type === 'rich_text_list') return h(element.style === 'ordered' ? 'ol' : 'ul', { class: `indent-${element.indent ?? 0}` }, ...element.elements.map((item) => section(item, 'li')));
  if (element.type === 'rich_text_quote') return section(element, 'blockquote');
  if (element.type === 'rich_text_preformatted') return section(element, 'pre');
  return section(element);
}

export const richText = ({ elements }) => h('div', { class: 'prose' }, ...elements.map(part));
