import { confirmed } from './dialogs.js';
import { h } from './dom.js';
import { createListbox } from './listbox.js';
import { t } from './state.js';
import { plain } from './text.js';

/*
 * Interactive elements. Each gets `act(chosen)`, which tells the app, and `keep(read)`, which lets a form read what was put in.
 * A surface is { press, suggest, inputs }: a message, a modal or the Home tab.
 */

let made = 0;
const SEARCH_PAUSE_MS = 200;

const optionsOf = (element) => element.options ?? (element.option_groups ?? []).flatMap(({ options }) => options);

function button(element, { act }) {
  const look = { primary: 'primary', danger: 'danger' }[element.style];
  const press = async ({ currentTarget }) => {
    if (element.url) window.open(element.url, '_blank', 'noreferrer');
    currentTarget.disabled = true;
    await act(null);
    currentTarget.disabled = false;
  };
  return h('button', { type: 'button', class: look, 'data-action': element.action_id, 'aria-label': element.accessibility_label, onclick: press }, plain(element.text));
}

function select(element, { act, keep, id, required }) {
  const option = (one) => h('option', { value: one.value, selected: element.initial_option?.value === one.value }, plain(one.text));
  const groups = element.option_groups?.map(({ label, options }) => h('optgroup', { label: plain(label) }, ...options.map(option)));
  const field = h('select', { id, required, 'data-action': element.action_id, onchange: () => act(field.value || null) }, h('option', { value: '' }, plain(element.placeholder) || t('console.choose')), ...(groups ?? optionsOf(element).map(option)));
  keep(() => field.value || null);
  return field;
}

function overflow(element, { act }) {
  const field = h('select', { class: 'overflow', 'data-action': element.action_id, 'aria-label': t('console.more'), onchange: () => act(field.value) }, h('option', { value: '' }, '⋯'), ...element.options.map((one) => h('option', { value: one.value }, plain(one.text))));
  return field;
}

function externalSelect(element, { act, keep, suggest, id, required }) {
  let chosen = element.initial_option ?? null;
  let waiting;
  made += 1;
  const list = h('ul', { class: 'hints', role: 'listbox', id: `suggestions-${made}`, hidden: true });
  const field = h('input', { id, type: 'text', role: 'combobox', autocomplete: 'off', required, 'aria-controls': list.id, 'aria-expanded': 'false', 'aria-autocomplete': 'list', 'data-action': element.action_id, placeholder: plain(element.placeholder) || t('console.search'), value: chosen ? plain(chosen.text) : '' });
  const choose = (option) => {
    chosen = option;
    field.value = plain(option.text);
    act(option);
  };
  const box = createListbox(field, list, { choose, render: (option) => [plain(option.text)] });
  const search = async () => {
    if (field.value.length < (element.min_query_length ?? 3)) return box.hide();
    const answer = await suggest(field.value);
    const options = answer.options ?? (answer.option_groups ?? []).flatMap((group) => group.options);
    box.show(options);
    if (options.length > 0) return;
    list.replaceChildren(h('li', { class: 'nothing' }, t('console.no-options')));
    list.hidden = false;
  };
  field.addEventListener('input', () => {
    chosen = null;
    clearTimeout(waiting);
    waiting = setTimeout(search, SEARCH_PAUSE_MS);
  });
  field.addEventListener('keydown', (event) => box.key(event));
  field.addEventListener('blur', box.hide);
  keep(() => chosen);
  return h('span', { class: 'combobox' }, field, list);
}

const typed = (type, initial) => (element, { act, keep, id, required, dispatches }) => {
  const field = element.multiline ? h('textarea', { id, rows: 4 }) : h('input', { id, type });
  Object.assign(field, { required, value: element[initial] ?? '', placeholder: plain(element.placeholder) });
  if (element.max_length) field.maxLength = element.max_length;
  if (element.min_length) field.minLength = element.min_length;
  if (type === 'number' && element.is_decimal_allowed) field.step = 'any';
  field.dataset.action = element.action_id;
  if (dispatches) field.addEventListener('change', () => act(field.value || null));
  keep(() => field.value || null);
  return field;
};

const ticks = (type, initially) => (element, { act, keep }) => {
  made += 1;
  const name = `choice-${made}`;
  const before = new Set(initially(element).map(({ value }) => value));
  const read = () => [...group.querySelectorAll('input:checked')].map(({ value }) => value);
  const chosen = () => (type === 'radio' ? (read()[0] ?? null) : read());
  const tick = (option) => h('label', {}, h('input', { type, name, value: option.value, checked: before.has(option.value), onchange: () => act(chosen()) }), h('span', {}, plain(option.text), option.description ? h('small', {}, plain(option.description)) : null));
  const group = h('div', { class: 'ticks', role: type === 'radio' ? 'radiogroup' : 'group', 'data-action': element.action_id }, ...element.options.map(tick));
  keep(chosen);
  return group;
};

function multiSelect(element, { act, keep, id }) {
  const before = new Set((element.initial_options ?? []).map(({ value }) => value));
  const read = () => [...field.selectedOptions].map(({ value }) => value);
  const field = h('select', { id, multiple: true, 'data-action': element.action_id, onchange: () => act(read()) }, ...optionsOf(element).map((one) => h('option', { value: one.value, selected: before.has(one.value) }, plain(one.text))));
  keep(read);
  return field;
}

const KINDS = {
  button,
  overflow,
  static_select: select,
  external_select: externalSelect,
  multi_static_select: multiSelect,
  datepicker: typed('date', 'initial_date'),
  timepicker: typed('time', 'initial_time'),
  plain_text_input: typed('text', 'initial_value'),
  email_text_input: typed('email', 'initial_value'),
  url_text_input: typed('url', 'initial_value'),
  number_input: typed('number', 'initial_value'),
  radio_buttons: ticks('radio', ({ initial_option: one }) => (one ? [one] : [])),
  checkboxes: ticks('checkbox', ({ initial_options: several }) => several ?? []),
};

/** @param form { id, required, silent } for an element of an input block: its label's target, and whether the app hears of changes */
export function interactive(element, block, surface, form = {}) {
  const make = KINDS[element.type];
  if (!make) return h('span', { class: 'unsupported' }, element.type);
  const where = { actionId: element.action_id, blockId: block.block_id };
  const act = async (chosen) => {
    if (form.silent) return;
    if (element.confirm && !(await confirmed(element.confirm))) return;
    await surface.press({ ...where, chosen });
  };
  const keep = (read) => surface.inputs.set(JSON.stringify([block.block_id, element.action_id]), read);
  return make(element, { act, keep, suggest: async (value) => await surface.suggest({ ...where, value }), dispatches: !form.silent, ...form });
}

/** Everything put into a surface, by block_id and action_id. */
export function valuesOf({ inputs }) {
  const values = {};
  for (const [place, read] of inputs) {
    const [blockId, actionId] = JSON.parse(place);
    values[blockId] = { ...values[blockId], [actionId]: read() };
  }
  return values;
}
