import { expect, it, test } from 'vitest';

type Node = { type: string; text?: string; url?: string; children?: Node[]; rows?: Node[][]; ordered?: boolean; level?: number; user?: string; seconds?: number };
type Parse = (text: string) => Node[];
const { parseMrkdwn, parseMarkdown } = (await import(new URL('../../src/console/page/mrkdwn.js', import.meta.url).href)) as { parseMrkdwn: Parse; parseMarkdown: Parse };

/** The tree in short: b(...) bold, i(...) italic, s(...) strike, `code`, [text](url). */
function short(node: Node): string {
  const inside = (node.children ?? []).map(short).join('');
  const forms: Record<string, () => string> = {
    text: () => node.text ?? '',
    bold: () => `b(${inside})`,
    italic: () => `i(${inside})`,
    strike: () => `s(${inside})`,
    code: () => `\`${node.text}\``,
    link: () => `[${inside}](${node.url})`,
    mention: () => `@(${node.user ?? '!'})`,
    date: () => `date(${node.seconds})`,
    heading: () => `h${node.level}(${inside})`,
    'code-block': () => `pre(${node.text})`,
    rule: () => 'rule',
  };
  return (forms[node.type] ?? (() => `${node.ordered ? 'ordered' : node.type}(${(node.rows ?? []).map((row) => row.map(short).join('')).join('|')})`))();
}

const read = (parse: Parse, text: string) => parse(text).map(short).join(' ');

test.each([
  ['*bold* and _italic_ and ~gone~', 'paragraph(b(bold) and i(italic) and s(gone))'],
  ['*41,200 plays by day 60*, 80%', 'paragraph(b(41,200 plays by day 60), 80%)'],
  ['*第 7 天為止*:9,120', 'paragraph(b(第 7 天為止):9,120)'],
  ['2*3*4 and snake_case_name', 'paragraph(2*3*4 and snake_case_name)'],
  ['a * b * c', 'paragraph(a * b * c)'],
  ['\u200b*\u200bnot bold\u200b*\u200b', 'paragraph(\u200b*\u200bnot bold\u200b*\u200b)'],
  ['*bold `*code*`* end', 'paragraph(b(bold `*code*`) end)'],
  ['`<b>` &lt;i&gt; &amp;amp;', 'paragraph(`<b>` <i> &amp;)'],
  ['<https://a.b/?x=1&amp;y=2|there> <https://c.d>', 'paragraph([there](https://a.b/?x=1&y=2) [https://c.d](https://c.d))'],
  ['<javascript:alert(1)|press>', 'paragraph([press](undefined))'],
  ['<@U1> <!here> <!date^1700000000^{date}|then>', 'paragraph(@(U1) @(!) date(1700000000))'],
  ['&gt; said\n&gt; twice\nafter', 'quote(said|twice) paragraph(after)'],
  ['• one\n• two\n1. first\n2. second', 'list(one|two) ordered(first|second)'],
  ['before\n```a\n*b*```\nafter', 'paragraph(before) pre(a\n*b*) paragraph(after)'],
])('mrkdwn %j reads %j', (text, tree) => {
  expect(read(parseMrkdwn, text)).toBe(tree);
});

test.each([
  ['## Heading\ntext with **bold**, *italic* and [a link](https://a.b)', 'h2(Heading) paragraph(text with b(bold), i(italic) and [a link](https://a.b))'],
  ['- one\n- two\n\n---', 'list(one|two) paragraph() rule'],
  ['[x](javascript:alert)', 'paragraph([x](undefined))'],
])('Markdown %j reads %j', (text, tree) => {
  expect(read(parseMarkdown, text)).toBe(tree);
});

it('reads a long text of nothing but signs at once', () => {
  const began = performance.now();
  parseMrkdwn('*_~`<'.repeat(600));
  expect(performance.now() - began).toBeLessThan(1000);
});
