import { labelComposer, say, startComposer } from './composer.js';
import { byId, h } from './dom.js';
import { startFollowing } from './follow.js';
import { hide, show, showAll } from './messages.js';
import { attempt, clearNotices, notice, problem } from './notices.js';
import { listen, post } from './server.js';
import { channelName, pairs, state, t } from './state.js';
import { startUploads } from './uploads.js';
import { showHome, showModal } from './views.js';

const NARROW = '(max-width: 720px)';

function reply(ts) {
  state.thread = ts;
  labelComposer(leaveThread);
  byId('text').focus();
}

function leaveThread() {
  reply(null);
}

function places() {
  const entry = (id, label, sign) =>
    h('li', {}, h('button', { type: 'button', 'aria-current': state.channel === id ? 'page' : undefined, onclick: () => open(id) }, h('span', { class: 'sign', 'aria-hidden': 'true' }, sign), label, state.unread.has(id) ? h('span', { class: 'dot' }, h('span', { class: 'hidden-words' }, t('console.new-messages'))) : null));
  const [rooms, direct] = [false, true].map((is_im) => state.channels.filter((channel) => channel.is_im === is_im));
  const home = state.home ? [entry('home', t('console.home'), '⌂')] : [];
  byId('places').setAttribute('aria-label', t('console.conversations'));
  byId('places').replaceChildren(
    h('h2', {}, t('console.channels')),
    h('ul', {}, ...rooms.map(({ id, name }) => entry(id, name, '#'))),
    h('h2', {}, t('console.direct')),
    h('ul', {}, ...direct.map(({ id }) => entry(id, channelName(id), '●')), ...home),
  );
}

/** What can be tried: the app's suggestions where it made some, ours elsewhere. */
function examples() {
  const box = byId('empty');
  box.hidden = state.channel === 'home' || [...state.messages.values()].some(({ channel }) => channel === state.channel);
  if (box.hidden) return;
  const isDirect = state.channels.find(({ id }) => id === state.channel)?.is_im;
  const suggested = isDirect && state.prompts ? state.prompts.prompts.map(({ title, message }) => [message, title]) : pairs('console.examples');
  const button = ([text, about]) => h('button', { type: 'button', onclick: () => say(text) }, h('code', {}, text), h('span', {}, about));
  box.replaceChildren(h('h2', {}, (isDirect && state.prompts?.title) || t('console.empty-title')), h('div', { class: 'examples' }, ...suggested.map(button)), h('p', {}, t('console.empty-drop')));
}

function open(id) {
  state.channel = id;
  state.thread = null;
  state.unread.delete(id);
  clearNotices();
  redraw();
  if (id === 'home') void attempt(async () => await post('visit', { tab: 'home' }));
  else if (state.channels.find((channel) => channel.id === id)?.is_im) void attempt(async () => await post('visit', { tab: 'messages' }));
  if (id !== 'home' && !matchMedia(NARROW).matches) byId('text').focus();
}

/** Everything, in the present language. */
function redraw() {
  const home = state.channel === 'home';
  document.documentElement.lang = state.locale === 'zh-TW' ? 'zh-TW' : 'en';
  document.title = t('console.title');
  byId('local').textContent = t('console.local');
  byId('languages').setAttribute('aria-label', t('console.language'));
  for (const button of byId('languages').children) button.setAttribute('aria-pressed', String(button.dataset.locale === state.locale));
  byId('where').textContent = home ? t('console.home') : channelName(state.channel);
  byId('about').textContent = home ? '' : t(state.channels.find(({ id }) => id === state.channel)?.is_im ? 'console.direct-about' : 'console.channel-about');
  byId('messages').hidden = home;
  byId('home').hidden = !home;
  byId('composer').hidden = home;
  places();
  showHome();
  showAll(reply);
  examples();
  labelComposer(leaveThread);
}

const CHANGES = {
  state({ messages, person, ...rest }) {
    Object.assign(state, rest, { person, locale: person.locale, messages: new Map(messages.map((message) => [message.ts, message])), channel: state.channel || rest.channels[0].id });
    redraw();
    showModal();
  },
  message({ message }) {
    state.messages.set(message.ts, message);
    if (message.channel === state.channel) show(message, reply);
    else if (message.user !== state.person.id && !state.unread.has(message.channel)) {
      state.unread.add(message.channel);
      places();
    }
    examples();
  },
  message_deleted({ ts }) {
    state.messages.delete(ts);
    hide(ts);
    if (state.thread === ts) leaveThread();
    examples();
  },
  views({ modals, home }) {
    const first = !state.home && home;
    Object.assign(state, { modals, home });
    showModal();
    showHome();
    if (first) places();
  },
  locale({ locale }) {
    state.locale = locale;
    redraw();
  },
  prompts({ prompts }) {
    state.prompts = prompts;
    examples();
  },
  problem: ({ problem: { code, what } }) => problem(code, what),
};

byId('languages').addEventListener('click', ({ target }) => {
  if (target.dataset.locale) void attempt(async () => await post('speak', { locale: target.dataset.locale }));
});
startComposer();
startUploads();
startFollowing();
// Chromium keeps the boxes that it drew while a fallback font was on its way, so the fonts come first.
await Promise.all([...document.fonts].map(async (font) => await font.load().catch(() => undefined)));
byId('frame').hidden = false;
let lost = false;
listen(
  (change) => CHANGES[change.type]?.(change),
  (connected) => {
    if (connected && lost) clearNotices();
    if (!connected && !lost) notice(t('console.offline'));
    lost = !connected;
  },
);
