import { expect, test } from 'vitest';
import { checkBlocks } from '../../src/console/block-check.ts';
import type { Block } from '../../src/console/types.ts';

const words = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const button = (action_id: string, length = 5) => ({ type: 'button', action_id, text: words(length) });
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const image = { type: 'image', slack_file: { id: 'F1' }, alt_text: 'x' };

test.each<[string, Block, boolean]>([
  ['a header of 150 characters', { type: 'header', text: words(150) }, true],
  ['a header of 151', { type: 'header', text: words(151) }, false],
  ['a header in mrkdwn', { type: 'header', text: { type: 'mrkdwn', text: 'x' } }, false],
  ['characters beyond the basic plane, counted once', { type: 'header', text: { type: 'plain_text', text: '𠮷'.repeat(150) } }, true],
  ['a section of 3000', { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3000) } }, true],
  ['a section of 3001', { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }, false],
  ['an empty section', { type: 'section' }, false],
  ['a section with an empty text', { type: 'section', text: { type: 'mrkdwn', text: '' } }, false],
  ['10 fields', { type: 'section', fields: many(10, () => words(2000)) }, true],
  ['11 fields', { type: 'section', fields: many(11, () => words(5)) }, false],
  ['a field of 2001', { type: 'section', fields: [words(2001)] }, false],
  ['a button of 75', { type: 'actions', elements: [button('a', 75)] }, true],
  ['a button of 76', { type: 'actions', elements: [button('a', 76)] }, false],
  ['two buttons of one action_id', { type: 'actions', elements: [button('a'), button('a')] }, false],
  ['25 buttons', { type: 'actions', elements: many(25, (index) => button(`a${index}`)) }, true],
  ['26 buttons', { type: 'actions', elements: many(26, (index) => button(`a${index}`)) }, false],
  ['no buttons', { type: 'actions', elements: [] }, false],
  ['11 context elements', { type: 'context', elements: many(11, () => words(5)) }, false],
  ['an uploaded picture', image, true],
  ['a picture by its address', { ...image, slack_file: { url: 'http://127.0.0.1:1/files-pri/T1-F1/a.png' } }, true],
  ['a picture of an unknown file', { ...image, slack_file: { id: 'F2' } }, false],
  ['a picture with two sources', { ...image, image_url: 'https://a.b/c.png' }, false],
  ['an accessory without alt text', { type: 'section', text: words(5), accessory: { type: 'image', image_url: 'https://a.b/c.png' } }, false],
  ['101 options', { type: 'actions', elements: [{ type: 'static_select', action_id: 'a', options: many(101, () => ({ text: words(5), value: 'x' })) }] }, false],
  ['an option of 76', { type: 'actions', elements: [{ type: 'static_select', action_id: 'a', options: [{ text: words(76), value: 'x' }] }] }, false],
  ['a kind that Slack does not know', { type: 'marquee' }, false],
])('%s', (_what, block, fine) => {
  expect(checkBlocks([block], 50, (id) => id === 'F1').length === 0).toBe(fine);
});

test('two blocks of one block_id are refused', () => {
  expect(checkBlocks([{ type: 'divider', block_id: 'a' }, { type: 'divider', block_id: 'a' }], 50, () => true)).toEqual(['block_id "a" already exists [json-pointer:/blocks/1/block_id]']);
});
