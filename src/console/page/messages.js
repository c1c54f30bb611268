import { drawBlocks, picture } from './blocks.js';
import { confirmed } from './dialogs.js';
import { byId, h } from './dom.js';
import { valuesOf } from './elements.js';
import { ask, following, reveal, settle } from './follow.js';
import { attempt } from './notices.js';
import { fileAddress, post } from './server.js';
import { state, t } from './state.js';
import { mrkdwn } from './text.js';

const clock = (ts) => new Intl.DateTimeFormat(state.locale, { timeStyle: 'short' }).format(new Date(Number(ts) * 1000));
const kilobytes = (bytes) => new Intl.NumberFormat(state.locale, { style: 'unit', unit: bytes < 1e6 ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1 }).format(bytes < 1e6 ? bytes / 1e3 : bytes / 1e6);

/** What a message's buttons need. */
function surfaceOf(message) {
  const surface = {
    inputs: new Map(),
    press: async (pressed) => {
      ask();
      await attempt(async () => await post('press', { ts: message.ts, ...pressed, values: valuesOf(surface) }));
    },
    suggest: async (asked) => (await attempt(async () => await post('suggest', { ts: message.ts, ...asked }))) ?? {},
  };
  return surface;
}

function fileCard(file, mine) {
  if (file.mimetype.startsWith('image/') && file.filetype !== 'svg') return picture(fileAddress(file.id), file.alt_txt ?? file.title, file.title);
  const remove = async () => {
    const words = { title: { text: t('console.delete') }, text: { type: 'plain_text', text: t('console.file-remove-sure', { name: file.name }) }, confirm: { text: t('console.delete') }, style: 'danger' };
    if (await confirmed(words)) await attempt(async () => await post('remove-file', { id: file.id }));
  };
  const sound = /^(audio|video)\//.test(file.mimetype);
  return h(
    'div',
    { class: 'file' },
    h('div', { class: 'file-top' }, h('span', { class: 'file-kind', 'aria-hidden': 'true' }, file.filetype === 'binary' ? '?' : file.filetype), h('span', { class: 'file-name' }, file.title), h('span', { class: 'muted' }, kilobytes(file.size)), h('a', { href: fileAddress(file.id), download: file.name }, t('console.file')), mine ? h('button', { type: 'button', class: 'round', 'aria-label': t('console.file-remove', { name: file.name }), onclick: remove }, '×') : null),
    sound ? h('audio', { controls: true, preload: 'none', src: fileAddress(file.id), 'aria-label': file.title }) : null,
  );
}

function content(message, mine) {
  if (message.subtype === 'slash_command') return h('p', { class: 'command' }, h('code', {}, message.text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name])));
  const words = message.blocks?.length ? drawBlocks(message.blocks, surfaceOf(message)) : message.text ? mrkdwn(message.text) : null;
  return [words, (message.files ?? []).map((file) => fileCard(file, mine))];
}

function draw(message, onReply) {
  const mine = message.user === state.person.id;
  const name = mine ? t('console.you') : state.bot.real_name;
  const private_ = message.is_ephemeral && message.subtype !== 'slash_command';
  const head = h('header', {}, h('span', { class: 'name' }, name), mine ? null : h('span', { class: 'badge' }, t('console.app-badge')), h('time', {}, clock(message.ts)), private_ ? h('span', { class: 'only-you' }, t('console.only-you')) : null);
  const face = mine ? h('span', { class: 'face mine', 'aria-hidden': 'true' }, name.slice(0, 1)) : h('img', { class: 'face', src: '/icon.svg', alt: '', width: 36, height: 36 });
  const reply = !message.is_ephemeral && !message.thread_ts ? h('button', { type: 'button', class: 'reply', onclick: () => onReply(message.ts) }, t('console.reply')) : null;
  return h('article', { class: private_ ? 'message private' : 'message', 'data-ts': message.ts, tabindex: -1 }, face, h('div', { class: 'body' }, head, h('div', { class: 'content' }, content(message, mine)), reply));
}

const place = (ts) => byId('messages').querySelector(`[data-place="${ts}"]`);

/** The thread under a message, made when its first reply comes. */
function threadOf(ts) {
  const home = place(ts);
  if (!home) return byId('messages');
  return home.querySelector('.thread') ?? home.appendChild(h('div', { class: 'thread' }));
}

/** Puts a message where it belongs, or in place of its older self. */
function put(message, onReply) {
  const drawn = draw(message, onReply);
  const old = byId('messages').querySelector(`[data-ts="${message.ts}"]`);
  const focused = old?.contains(document.activeElement) ? document.activeElement.dataset.action : undefined;
  if (old) old.replaceWith(drawn);
  else (message.thread_ts ? threadOf(message.thread_ts) : byId('messages')).append(h('div', { class: 'place', 'data-place': message.ts }, drawn));
  if (focused !== undefined) (drawn.querySelector(`[data-action="${CSS.escape(focused)}"]`) ?? drawn).focus({ preventScroll: true });
  for (const image of drawn.querySelectorAll('img')) image.addEventListener('load', settle, { once: true });
}

/** Shows a message that came or changed, and moves the view to it where the person waits for it. */
export function show(message, onReply) {
  const follow = following(message.ts);
  put(message, onReply);
  follow();
}

export const hide = (ts) => place(ts)?.remove();

/** Draws a whole channel anew. */
export function showAll(onReply) {
  byId('messages').replaceChildren();
  const shown = [...state.messages.values()].filter(({ channel }) => channel === state.channel).sort((a, b) => Number(a.ts) - Number(b.ts));
  for (const message of shown) put(message, onReply);
  reveal(shown.at(-1)?.ts ?? null);
}
