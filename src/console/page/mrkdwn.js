/*
 * Slack's mrkdwn, and the Markdown of markdown blocks, as a tree of { type, ... }: no markup is ever built from text.
 * Block nodes: paragraph, quote, list, code-block, heading, rule. Inline nodes: text, bold, italic, strike, code, link, mention, date.
 */

const decode = (text) => text.replace(/&(amp|lt|gt);/g, (whole, name) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? whole);
const INSIDE = '[^\\s\\u200b]';
const BEFORE = '(?<![\\p{L}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{N}])';
/** Between two marks on one line; code in between is passed over whole. */
const wrapped = (mark) => `${BEFORE}${mark}(?=${INSIDE})((?:\`[^\`\\n]*\`|[^\`\\n])*?)(?<=${INSIDE})${mark}${AFTER}`;

const SLACK = [
  ['code', /`([^`\n]+)`/u],
  ['angle', /<([^<>\n]+)>/u],
  ['bold', new RegExp(wrapped('\\*'), 'u')],
  ['italic', new RegExp(wrapped('_'), 'u')],
  ['strike', new RegExp(wrapped('~'), 'u')],
];
const MARKDOWN = [
  ['code', /`([^`\n]+)`/u],
  ['markdown-link', /\[([^\]\n]+)\]\(([^()\s]+)\)/u],
  ['bold', /\*\*(?=\S)([^\n]*?\S)\*\*/u],
  ['bold', /__(?=\S)([^\n]*?\S)__/u],
  ['italic', new RegExp(`${BEFORE}[*_](?=\\S)([^\\n*_]*?\\S)[*_]${AFTER}`, 'u')],
  ['strike', /~~(?=\S)([^\n]*?\S)~~/u],
];

/** Only addresses that lead somewhere harmless become links. */
const safeUrl = (url) => (/^(https?:|mailto:)/i.test(url) ? url : undefined);

function inline(text, rules) {
  let first;
  for (const [type, pattern] of rules) {
    const match = pattern.exec(text);
    if (match && (!first || match.index < first.match.index)) first = { type, match };
  }
  if (!first) return text === '' ? [] : [{ type: 'text', text: decode(text) }];
  const { type, match } = first;
  return [...inline(text.slice(0, match.index), []), inlineNode(type, match, rules), ...inline(text.slice(match.index + match[0].length), rules)];
}

function inlineNode(type, match, rules) {
  if (type === 'code') return { type, text: decode(match[1]) };
  if (type === 'angle') return angle(match[1]);
  if (type === 'markdown-link') return { type: 'link', url: safeUrl(match[2]), children: inline(match[1], rules) };
  return { type, children: inline(match[1], rules) };
}

/** <https://a|b>, <@U1>, <#C1|name>, <!date^1700000000^{date}|fallback>, <!here> */
function angle(content) {
  const [target, label] = content.split(/\|(.*)/s);
  if (target.startsWith('@')) return { type: 'mention', user: target.slice(1), label };
  if (target.startsWith('#')) return { type: 'mention', channel: target.slice(1), label };
  const date = /^!date\^(\d+)\^([^^]*)/.exec(target);
  if (date) return { type: 'date', seconds: Number(date[1]), format: date[2], fallback: decode(label ?? '') };
  if (target.startsWith('!')) return { type: 'mention', label: target.slice(1).split('^')[0] };
  return { type: 'link', url: safeUrl(decode(target)), children: [{ type: 'text', text: decode(label ?? target) }] };
}

const LINES = [
  ['quote', /^(?:&gt;|>) ?(.*)$/],
  ['bullet', /^ {0,8}[•*-] (.*)$/],
  ['number', /^ {0,8}\d+[.)] (.*)$/],
];

function kindOf(line, markdown) {
  if (markdown) {
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (heading) return ['heading', heading[2], heading[1].length];
    if (/^(-{3,}|\*{3,})$/.test(line.trim())) return ['rule', ''];
  }
  for (const [kind, pattern] of LINES) {
    const match = pattern.exec(line);
    if (match) return [kind, match[1]];
  }
  return ['paragraph', line];
}

function lines(text, rules, markdown) {
  const nodes = [];
  for (const line of text.replace(/^\n+|\n+$/g, '').split('\n')) {
    const [kind, rest, level] = kindOf(line, markdown);
    const last = nodes.at(-1);
    if (kind === 'heading' || kind === 'rule') nodes.push({ type: kind, level, children: inline(rest, rules) });
    else if (last?.kind === kind) last.rows.push(inline(rest, rules));
    else nodes.push({ type: { bullet: 'list', number: 'list' }[kind] ?? kind, kind, ordered: kind === 'number', rows: [inline(rest, rules)] });
  }
  return nodes;
}

function parse(text, rules, markdown) {
  return text.split(markdown ? /```(?:[a-z]*\n)?([\s\S]*?)```/ : /```([\s\S]*?)```/).flatMap((part, index) => {
    if (index % 2 === 1) return [{ type: 'code-block', text: decode(part.replace(/^\n|\n$/g, '')) }];
    return part.trim() === '' ? [] : lines(part, rules, markdown);
  });
}

/** @example parseMrkdwn('*Hi* & <https://a.b|there>')[0].rows[0][0] // { type: 'bold', children: [{ type: 'text', text: 'Hi' }] } */
export const parseMrkdwn = (text) => parse(text, SLACK, false);
export const parseMarkdown = (text) => parse(text, MARKDOWN, true);
