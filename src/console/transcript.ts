import type { Block, ConsoleMessage, Json } from './types.ts';

const textOf = (value: unknown): string => (typeof value === 'object' && value !== null && 'text' in value ? String((value as Json).text) : '');
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** Slack's mrkdwn as plain text. */
const plain = (mrkdwn: string): string =>
  mrkdwn
    .replace(/\u200b/g, '')
    .replace(/(^|\s)[*_~]([^*_~\n]+)[*_~](?=\W|$)/g, '$1$2')
    .replace(/:(hourglass_flowing_sand|warning):/g, (_, name: string) => (name === 'warning' ? '⚠' : '…'))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** A block as lines of a terminal: pictures by their alt text, buttons in brackets. */
function linesOf(block: Block): string[] {
  switch (block.type) {
    case 'header':
      return [textOf(block.text).toUpperCase()];
    case 'image':
      return [`[picture] ${String(block.alt_text)}`];
    case 'actions':
      return [listOf(block.elements).map((element) => `[ ${textOf(element.text)} ]`).join(' ')];
    case 'context':
      return listOf(block.elements).map((element) => `(${plain(textOf(element))})`);
    case 'section':
      return [plain(textOf(block.text)), ...listOf(block.fields).map((field) => `  ${plain(textOf(field))}`)].filter((line) => line !== '');
    default:
      return [];
  }
}

/** A message as it reads in a terminal. */
export function transcriptOf(message: ConsoleMessage): string {
  const lines = message.blocks?.length ? message.blocks.flatMap(linesOf) : [plain(message.text)];
  return lines.flatMap((line) => line.split('\n')).map((line) => `  ${line}\n`).join('');
}

/** Ids of the pictures a message shows. */
export const picturesOf = (message: ConsoleMessage): string[] =>
  (message.blocks ?? []).flatMap(({ type, slack_file: file }) => (type === 'image' && typeof file === 'object' && file !== null && 'id' in file ? [String(file.id)] : []));
