import { byId, h } from './dom.js';
import { t } from './state.js';
import { plain, textObject } from './text.js';

/** Shows a picture as large as it is, or as the window allows. */
export function enlarge(src, alt) {
  const dialog = byId('picture');
  const close = h('button', { type: 'button', class: 'round', 'aria-label': t('console.close'), onclick: () => dialog.close() }, '×');
  dialog.replaceChildren(close, h('img', { src, alt }), alt ? h('p', {}, alt) : null);
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  dialog.showModal();
}

/** Asks before something that can't be taken back. Slack's confirm object gives the words. */
export function confirmed({ title, text, confirm, deny, style }) {
  const dialog = byId('ask');
  return new Promise((resolve) => {
    const answer = (value) => () => {
      dialog.close();
      resolve(value);
    };
    dialog.oncancel = () => resolve(false);
    dialog.replaceChildren(
      title ? h('h2', {}, plain(title)) : null,
      textObject(text),
      h('div', { class: 'dialog-end' }, h('button', { type: 'button', onclick: answer(false) }, deny ? plain(deny) : t('console.cancel')), h('button', { type: 'button', class: style === 'danger' ? 'danger' : 'primary', onclick: answer(true) }, confirm ? plain(confirm) : t('console.confirm'))),
    );
    dialog.showModal();
  });
}
