import { h } from './dom.js';

/**
 * Keyboard and pointer for a list under a text field: arrows move, Enter and Tab take, Escape closes.
 * @param options `choose(item)` takes one; `render(item)` gives its content
 * @returns show(items), hide(), and key(event), which tells whether it used the key
 */
export function createListbox(field, list, { choose, render }) {
  let items = [];
  let at = -1;
  const mark = (index) => {
    at = index;
    [...list.children].forEach((child, place) => child.setAttribute('aria-selected', String(place === at)));
    const marked = list.children[at];
    if (marked) field.setAttribute('aria-activedescendant', marked.id);
    else field.removeAttribute('aria-activedescendant');
    marked?.scrollIntoView({ block: 'nearest' });
  };
  const hide = () => {
    items = [];
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    mark(-1);
  };
  const take = (item) => {
    hide();
    choose(item);
  };
  const option = (item, index) => h('li', { role: 'option', id: `${list.id}-${index}`, onmousedown: (event) => event.preventDefault(), onclick: () => take(item) }, ...render(item));
  return {
    hide,
    show(next, marked = 0) {
      items = next;
      list.replaceChildren(...items.map(option));
      list.hidden = items.length === 0;
      field.setAttribute('aria-expanded', String(!list.hidden));
      mark(items.length > 0 ? marked : -1);
    },
    key(event) {
      if (list.hidden) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) mark((at + step + items.length) % items.length);
      else if ((event.key === 'Enter' || event.key === 'Tab') && at >= 0) take(items[at]);
      else if (event.key === 'Escape') hide();
      else return false;
      event.preventDefault();
      return true;
    },
  };
}
