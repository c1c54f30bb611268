import type { Block, Json } from './types.ts';

/** What the page sends for an element: a text, an option's value, several of them, or a whole option that a menu suggested. */
export type Chosen = string | string[] | Json | null;

export type Found = { block: Block; element: Json };

/** The first element with this action_id, in block order. */
export function findElement(blocks: Block[], actionId: string, blockId?: string): Found | undefined {
  for (const block of blocks) {
    if (blockId !== undefined && block.block_id !== blockId) continue;
    const element = elementsOf(block).find((candidate) => candidate.action_id === actionId);
    if (element) return { block, element };
  }
  return undefined;
}

export const elementsOf = (block: Block): Json[] => [block.accessory, block.element, ...(Array.isArray(block.elements) ? block.elements : [])].filter((value): value is Json => typeof value === 'object' && value !== null);

/** One entry of `actions` in a block_actions payload. */
export function actionOf({ block, element }: Found, chosen: Chosen, ts: string): Json {
  const { type, action_id, text, value, placeholder, style } = element;
  const told = Object.fromEntries(Object.entries({ text, value, style, placeholder }).filter(([, part]) => part !== undefined));
  return { type, action_id, block_id: block.block_id, ...told, ...valueOf(element, chosen), action_ts: ts };
}

/** The element's part of `state.values`, and of its action. A button has none. */
export function valueOf(element: Json, chosen: Chosen): Json {
  const type = String(element.type);
  if (type.startsWith('multi_') || type === 'checkboxes') return { selected_options: (Array.isArray(chosen) ? chosen : []).flatMap((one) => optionOf(element, one) ?? []) };
  if (/select$|overflow|radio_buttons/.test(type)) return { selected_option: optionOf(element, chosen) ?? null };
  if (type === 'datepicker') return { selected_date: chosen || null };
  if (type === 'timepicker') return { selected_time: chosen || null };
  if (type.endsWith('_input')) return { value: chosen || null };
  if (type === 'feedback_buttons') return { value: chosen };
  return {};
}

function optionOf(element: Json, chosen: Chosen): Json | undefined {
  if (typeof chosen === 'object') return chosen && !Array.isArray(chosen) ? chosen : undefined;
  const groups = Array.isArray(element.option_groups) ? element.option_groups.flatMap((group: Json) => group.options) : [];
  return [...(Array.isArray(element.options) ? element.options : []), ...groups].find((option: Json) => option.value === chosen);
}

/** What stands in an element before anyone touched it. */
function initially(element: Json): Chosen {
  const option = element.initial_option as Json | undefined;
  const options = element.initial_options as Json[] | undefined;
  const text = element.initial_value ?? element.initial_date ?? element.initial_time;
  return option ?? (options ? options.map(({ value }) => String(value)) : typeof text === 'string' ? text : null);
}

export type Values = Record<string, Record<string, Chosen>>;

/** `state` of a message or a view: every input with what was put in. */
export function stateOf(blocks: Block[], given: Values): { values: Json } {
  const values: Record<string, Json> = {};
  for (const block of blocks)
    for (const element of elementsOf(block)) {
      const type = String(element.type);
      if (typeof element.action_id !== 'string' || /button|overflow/.test(type) && type !== 'radio_buttons') continue;
      const blockId = String(block.block_id);
      const chosen = given[blockId]?.[element.action_id];
      values[blockId] = { ...values[blockId], [element.action_id]: { type, ...valueOf(element, chosen === undefined ? initially(element) : chosen) } };
    }
  return { values };
}
