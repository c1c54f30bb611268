import { drawBlocks } from './blocks.js';
import { byId, h } from './dom.js';
import { valuesOf } from './elements.js';
import { ask } from './follow.js';
import { attempt } from './notices.js';
import { post } from './server.js';
import { state, t } from './state.js';
import { plain } from './text.js';

let shown = '';

function surfaceOf(view) {
  const surface = {
    inputs: new Map(),
    press: async (pressed) => await attempt(async () => await post('press', { viewId: view.id, ...pressed, values: valuesOf(surface) })),
    suggest: async (asked) => (await attempt(async () => await post('suggest', { viewId: view.id, ...asked }))) ?? {},
  };
  return surface;
}

function tellMistakes(dialog, errors) {
  for (const block of dialog.querySelectorAll('[data-block]')) {
    const mistake = errors[block.dataset.block];
    const line = block.querySelector('.mistake');
    line.textContent = mistake ?? '';
    line.hidden = !mistake;
  }
  dialog.querySelector('.mistake:not([hidden])')?.closest('[data-block]').querySelector('input, select, textarea')?.focus();
}

/** Shows the topmost modal, or none. What was typed stays as long as the app leaves the view as it is. */
export function showModal() {
  const dialog = byId('modal');
  const view = state.modals.at(-1);
  if (view && `${view.id} ${view.hash}` === shown && dialog.open) return;
  shown = view ? `${view.id} ${view.hash}` : '';
  if (!view) return dialog.close();
  const surface = surfaceOf(view);
  const close = async () => await attempt(async () => await post('close', { viewId: view.id }));
  const submit = async (event) => {
    event.preventDefault();
    ask();
    const answer = await attempt(async () => await post('submit', { viewId: view.id, values: valuesOf(surface) }));
    if (answer) tellMistakes(dialog, answer.errors ?? {});
  };
  const end = h('div', { class: 'dialog-end' }, h('button', { type: 'button', onclick: close }, view.close ? plain(view.close) : t('console.cancel')), view.submit ? h('button', { type: 'submit', class: 'primary' }, plain(view.submit)) : null);
  dialog.oncancel = (event) => {
    event.preventDefault();
    void close();
  };
  dialog.setAttribute('aria-labelledby', 'modal-title');
  dialog.replaceChildren(h('form', { onsubmit: submit }, h('h2', { id: 'modal-title' }, plain(view.title)), h('div', { class: 'content' }, ...drawBlocks(view.blocks, surface)), end));
  if (!dialog.open) dialog.showModal();
}

export const showHome = () => byId('home').replaceChildren(...(state.home ? drawBlocks(state.home.blocks, surfaceOf(state.home)) : []));
