import { byId, h } from './dom.js';
import { knows, t } from './state.js';

/** Tells of something that went wrong, above the composer, until dismissed. */
export function notice(text) {
  const box = byId('notices');
  if ([...box.children].some((shown) => shown.firstChild.textContent === text)) return;
  const shown = h('div', { class: 'notice' }, h('span', {}, text), h('button', { type: 'button', class: 'round', 'aria-label': t('console.dismiss'), onclick: () => shown.remove() }, '×'));
  box.append(shown);
}

export const clearNotices = () => byId('notices').replaceChildren();

/** In words, by the code of a refusal or a problem. */
export function problem(code, what = code) {
  const name = `console.problem-${code}`;
  notice(knows(name) ? t(name, { what }) : t('console.problem-other', { what: code }));
}

/** Runs something that the console may refuse, and tells why it did. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    problem(error.code ?? 'broken');
    return undefined;
  }
}
