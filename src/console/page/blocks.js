import { enlarge } from './dialogs.js';
import { h } from './dom.js';
import { interactive } from './elements.js';
import { fileAddress } from './server.js';
import { t } from './state.js';
import { richText } from './rich-text.js';
import { markdown, plain, textObject } from './text.js';

let inputs = 0;

/** Where an image block's picture is: an uploaded file by id or address, or an https address. */
function sourceOf({ slack_file: file, image_url: url }) {
  const id = file?.id ?? /-(F[A-Z0-9]+)\//.exec(file?.url ?? '')?.[1];
  return id ? fileAddress(id) : url;
}

export function picture(source, alt, title) {
  const image = h('img', { src: source, alt });
  return h('figure', {}, title ? h('figcaption', {}, title) : null, h('button', { type: 'button', class: 'enlarge', title: t('console.enlarge'), onclick: () => enlarge(source, alt) }, image));
}

function section(block, surface) {
  const accessory = block.accessory && (block.accessory.type === 'image' ? h('img', { class: 'accessory', src: sourceOf(block.accessory), alt: block.accessory.alt_text }) : interactive(block.accessory, block, surface));
  const fields = block.fields && h('div', { class: 'fields' }, ...block.fields.map(textObject));
  return h('div', { class: 'section' }, h('div', { class: 'section-text' }, textObject(block.text), fields), accessory);
}

function context(block) {
  return h('div', { class: 'context' }, ...block.elements.map((element) => (element.type === 'image' ? h('img', { src: sourceOf(element), alt: element.alt_text, width: 18, height: 18 }) : textObject(element))));
}

function input(block, surface) {
  inputs += 1;
  const id = `input-${inputs}`;
  const silent = !block.dispatch_action;
  const required = !block.optional;
  const field = interactive(block.element, block, surface, { id, silent, required });
  const label = h('label', { for: id }, plain(block.label), block.optional ? h('span', { class: 'muted' }, ` ${t('console.optional')}`) : null);
  return h('div', { class: 'input', 'data-block': block.block_id }, label, field, block.hint ? h('p', { class: 'muted' }, plain(block.hint)) : null, h('p', { class: 'mistake', role: 'alert', hidden: true }));
}

function cell(content, tag, props = {}) {
  if (content?.type === 'rich_text') return h(tag, props, richText(content));
  return h(tag, { ...props, class: content?.type === 'raw_number' ? 'number' : undefined }, String(content?.text ?? ''));
}

function table(block) {
  const [head = [], ...rows] = block.rows;
  const header = block.row_header_column_index ?? 0;
  const body = rows.map((row) => h('tr', {}, ...row.map((content, index) => (index === header ? cell(content, 'th', { scope: 'row' }) : cell(content, 'td')))));
  const columns = head.map((content, index) => cell({ ...content, type: rows[0]?.[index]?.type === 'raw_number' ? 'raw_number' : content.type }, 'th', { scope: 'col' }));
  return h('div', { class: 'table', tabindex: 0 }, h('table', {}, block.caption ? h('caption', {}, block.caption) : null, h('thead', {}, h('tr', {}, ...columns)), h('tbody', {}, ...body)));
}

const KINDS = {
  header: (block) => h('h2', {}, plain(block.text)),
  section,
  context,
  divider: () => h('hr'),
  image: (block) => picture(sourceOf(block), block.alt_text, block.title && plain(block.title)),
  actions: (block, surface) => h('div', { class: 'actions' }, ...block.elements.map((element) => interactive(element, block, surface))),
  input,
  markdown: (block) => markdown(block.text),
  rich_text: richText,
  data_table: table,
  table,
  alert: (block) => h('div', { class: 'alert' }, textObject(block.text)),
};

/** Draws blocks; one of a kind that this page lacks says so instead of vanishing. */
export const drawBlocks = (blocks, surface) => blocks.map((block) => (KINDS[block.type] ? KINDS[block.type](block, surface) : h('p', { class: 'unsupported' }, block.type)));
