import { byId, h } from './dom.js';
import { ask } from './follow.js';
import { createListbox } from './listbox.js';
import { attempt, clearNotices, notice } from './notices.js';
import { post } from './server.js';
import { channelName, pairs, state, t } from './state.js';

const KEPT = 50;
const history = [];
let back = 0;

const field = () => byId('text');

function grow() {
  field().style.height = 'auto';
  field().style.height = `${Math.min(field().scrollHeight, 180)}px`;
}

function write(text) {
  field().value = text;
  grow();
  field().focus();
  field().setSelectionRange(text.length, text.length);
}

/** Sends a line as the person's own, as if it had been typed. */
export async function say(text) {
  clearNotices();
  ask();
  history.push(text);
  history.splice(0, history.length - KEPT);
  back = history.length;
  await attempt(async () => await post('say', { text, channel: state.channel, ...(state.thread ? { thread_ts: state.thread } : {}) }));
  if (isUnheard(text)) notice(t('console.unheard', { app: state.bot.real_name }));
}

/** As in Slack, the app hears no plain words in a channel unless they mention it. */
const isUnheard = (text) => !text.startsWith('/') && !state.channels.find(({ id }) => id === state.channel)?.is_im && !text.toLowerCase().includes(`@${state.bot.name}`.toLowerCase());

/** Steps through what was sent before, from an empty line or from one that history brought. */
function recall(step) {
  if (field().value !== '' && field().value !== history[back]) return false;
  const next = back + step;
  if (next < 0 || next > history.length) return false;
  back = next;
  write(history[back] ?? '');
  return true;
}

const hintsFor = (text) => (/^\/\S*$/.test(text) ? pairs('console.commands').filter(([usage]) => usage.split(' ')[0].startsWith(text)) : []);

export function startComposer() {
  const choose = ([usage]) => write(`${usage.split(' ')[0]} `);
  const hints = createListbox(field(), byId('hints'), { choose, render: ([usage, about]) => [h('code', {}, usage), h('span', {}, about)] });
  const send = () => {
    const text = field().value.trim();
    if (text === '') return;
    write('');
    hints.hide();
    void say(text);
  };
  field().addEventListener('input', () => {
    grow();
    hints.show(hintsFor(field().value));
  });
  field().addEventListener('blur', hints.hide);
  field().addEventListener('keydown', (event) => {
    // While Chinese is being composed, Enter takes the candidate and must not send.
    if (event.isComposing || hints.key(event)) return;
    const send_ = event.key === 'Enter' && !event.shiftKey;
    const moved = (event.key === 'ArrowUp' && recall(-1)) || (event.key === 'ArrowDown' && recall(1));
    if (send_) send();
    if (send_ || moved) event.preventDefault();
  });
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
}

/** The words around the field, for the channel and thread that are open. */
export function labelComposer(leaveThread) {
  const label = state.thread ? t('console.write-reply') : t('console.write-to', { where: channelName(state.channel) });
  field().placeholder = label;
  field().setAttribute('aria-label', label);
  byId('send').textContent = t('console.send');
  byId('send-hint').textContent = t('console.send-hint');
  byId('attach').querySelector('span').textContent = t('console.attach');
  const parent = state.messages.get(state.thread);
  const replying = byId('replying');
  replying.hidden = !parent;
  if (!parent) return;
  const what = (parent.files?.[0]?.title ?? parent.text).replaceAll(/[*_<>]/g, '').slice(0, 60);
  replying.replaceChildren(h('span', {}, t('console.replying', { what })), h('button', { type: 'button', class: 'round', 'aria-label': t('console.close'), onclick: leaveThread }, '×'));
}
