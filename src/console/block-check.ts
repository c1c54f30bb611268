import type { Block, Json } from './types.ts';

type Fault = { what: string; at: string };
type Field = { path: string; limit: number; required?: boolean };

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Text fields of blocks and elements with Slack's limits in characters. Source: Block Kit reference. */
const FIELDS: Record<string, Field[]> = {
  header: [{ path: 'text', limit: 150, required: true }],
  section: [{ path: 'text', limit: 3000 }],
  image: [{ path: 'alt_text', limit: 2000, required: true }, { path: 'title', limit: 2000 }],
  button: [{ path: 'text', limit: 75, required: true }, { path: 'value', limit: 2000 }, { path: 'url', limit: 3000 }, { path: 'accessibility_label', limit: 75 }],
  input: [{ path: 'label', limit: 2000, required: true }, { path: 'hint', limit: 2000 }],
  markdown: [{ path: 'text', limit: 12_000, required: true }],
  plain_text_input: [{ path: 'placeholder', limit: 150 }],
  static_select: [{ path: 'placeholder', limit: 150 }],
  external_select: [{ path: 'placeholder', limit: 150 }],
  data_table: [{ path: 'caption', limit: 2000, required: true }],
};
const ITEMS: Record<string, { path: string; most: number; least?: number }> = {
  actions: { path: 'elements', most: 25, least: 1 },
  context: { path: 'elements', most: 10, least: 1 },
  section: { path: 'fields', most: 10 },
  static_select: { path: 'options', most: 100 },
  overflow: { path: 'options', most: 5, least: 1 },
  radio_buttons: { path: 'options', most: 10, least: 1 },
  checkboxes: { path: 'options', most: 10, least: 1 },
};
const BLOCKS = new Set(['actions', 'context', 'context_actions', 'data_table', 'data_visualization', 'divider', 'file', 'header', 'image', 'input', 'markdown', 'rich_text', 'section', 'table', 'video', 'alert', 'card', 'carousel', 'container', 'task_card', 'plan']);

/**
 * What Slack would refuse in these blocks, in the form it says so; empty when it would take them.
 * @param most blocks allowed: 50 in a message, 100 in a modal or the Home tab
 * @param hasFile whether a file id names a finished upload
 * @example checkBlocks([{ type: 'header' }], 50, () => true) // ['missing required field: text [json-pointer:/blocks/0]']
 */
export function checkBlocks(blocks: Block[], most: number, hasFile: (id: string) => boolean): string[] {
  const faults: Fault[] = blocks.length > most ? [{ what: `no more than ${most} items allowed`, at: '/blocks' }] : [];
  const ids = new Set<string>();
  for (const [index, block] of blocks.entries()) {
    const at = `/blocks/${index}`;
    if (!BLOCKS.has(block.type)) faults.push({ what: `unsupported type: ${block.type}`, at: `${at}/type` });
    if (block.block_id !== undefined && ids.has(block.block_id)) faults.push({ what: `block_id "${block.block_id}" already exists`, at: `${at}/block_id` });
    if (block.block_id !== undefined) ids.add(block.block_id);
    faults.push(...checkNode(block, at, hasFile), ...checkBlock(block, at));
  }
  return faults.map(({ what, at }) => `${what} [json-pointer:${at}]`);
}

function checkBlock(block: Block, at: string): Fault[] {
  const faults: Fault[] = [];
  if (block.type === 'section' && block.text === undefined && block.fields === undefined) faults.push({ what: 'missing required field: text', at });
  if (block.type === 'header' && isObject(block.text) && block.text.type !== 'plain_text') faults.push({ what: 'must be a plain_text object', at: `${at}/text` });
  const actions = listOf(block.elements).flatMap((element) => (isObject(element) && typeof element.action_id === 'string' ? [element.action_id] : []));
  const twice = actions.find((id, index) => actions.indexOf(id) !== index);
  if (twice !== undefined) faults.push({ what: `action_id "${twice}" already exists`, at: `${at}/elements` });
  for (const [index, field] of listOf(block.fields).entries()) faults.push(...checkText(field, { path: `fields/${index}`, limit: 2000 }, at));
  return faults;
}

/** A block or an element, and every element inside it. */
function checkNode(node: Json, at: string, hasFile: (id: string) => boolean): Fault[] {
  const type = String(node.type);
  const faults = (FIELDS[type] ?? []).flatMap((field) => checkText(node[field.path], field, at));
  const items = ITEMS[type];
  const count = items && Array.isArray(node[items.path]) ? listOf(node[items.path]).length : undefined;
  if (items && (count ?? items.least ?? 0) > items.most) faults.push({ what: `no more than ${items.most} items allowed`, at: `${at}/${items.path}` });
  if (items?.least && (count ?? 0) < items.least) faults.push({ what: `must have at least ${items.least} item`, at: `${at}/${items.path}` });
  if (type === 'image') faults.push(...checkImage(node, at, hasFile));
  if (typeof node.action_id === 'string' && node.action_id.length > 255) faults.push({ what: 'must be less than 256 characters', at: `${at}/action_id` });
  for (const [index, option] of listOf(node.options).entries())
    if (isObject(option)) faults.push(...checkText(option.text, { path: `options/${index}/text`, limit: 75, required: true }, at));
  const inside: [string, unknown][] = [['accessory', node.accessory], ['element', node.element]];
  if (type === 'actions' || type === 'context') inside.push(...listOf(node.elements).map((element, index): [string, unknown] => [`elements/${index}`, element]));
  for (const [path, element] of inside) if (isObject(element)) faults.push(...checkNode(element, `${at}/${path}`, hasFile));
  return faults;
}

function checkImage(image: Json, at: string, hasFile: (id: string) => boolean): Fault[] {
  const file = isObject(image.slack_file) ? image.slack_file : undefined;
  if (!file === (image.image_url === undefined)) return [{ what: 'must have one of image_url and slack_file', at }];
  const id = file && (typeof file.id === 'string' ? file.id : /-(F[A-Z0-9]+)\//.exec(String(file.url))?.[1]);
  return file && !(id && hasFile(id)) ? [{ what: 'invalid slack file', at: `${at}/slack_file` }] : [];
}

function checkText(value: unknown, { path, limit, required }: Field, at: string): Fault[] {
  const text = isObject(value) ? value.text : value;
  if (text === undefined) return required ? [{ what: `missing required field: ${path}`, at }] : [];
  if (typeof text !== 'string') return [{ what: 'must be a string', at: `${at}/${path}` }];
  if (text.length === 0 && (required || isObject(value))) return [{ what: 'must be more than 0 characters', at: `${at}/${path}` }];
  return [...text].length > limit ? [{ what: `must be less than ${limit + 1} characters`, at: `${at}/${path}` }] : [];
}
