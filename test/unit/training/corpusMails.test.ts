import { expect, test } from 'vitest';
import { joinParagraphs, paragraphSpans } from '../../../src/training/corpus/cleaning/paragraphs.ts';
import { corpusOf, folderWith, proseOf } from './corpusFolder.ts';

/** Fills lines up to 72 columns, as mail programs do, with the marks of a quotation before each. */
function filled(text: string, marks: string): string {
  const lines: string[] = [];
  let line = marks;
  for (const word of text.split(/\s+/)) {
    if (line.length + 1 + word.length > 72) {
      lines.push(line);
      line = marks;
    }
    line += line === marks ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
const count = (text: string, part: string) => text.replace(/[>\s]+/g, ' ').split(part).length - 1;

const styles: Record<string, (reply: string, before: string) => string> = {
  'below, marks before each line': (reply, before) => `${before.replace(/^/gm, '> ')}\n\n${reply}`,
  'above, marks before each line': (reply, before) => `${reply}\n\n${before.replace(/^/gm, '> ')}`,
  'above, as it stood': (reply, before) => `${reply}\n\n-----Original Message-----\nFrom: Ann\n\n${before}`,
  'marks without blanks': (reply, before) => `${reply}\n\n${before.replace(/^/gm, '>')}`,
  'an attribution': (reply, before) => `On Monday Ann wrote:\n${before.replace(/^/gm, '> ')}\n\n${reply}`,
  'marks that are indented': (reply, before) => `${reply}\n\n${before.replace(/^/gm, '  > ')}`,
  'marks on the lines with words alone': (reply, before) => `${reply}\n\n${before.replace(/^(?=.)/gm, '> ')}`,
  'answers within': (reply, before) => {
    const quoted = before.replace(/^/gm, '> ').split('\n>\n');
    return [quoted[0], reply, ...quoted.slice(1)].join('\n\n');
  },
  'attribution right above, reply right below': (reply, before) =>
    `On Monday Ann wrote:\n${before.replace(/^/gm, '> ')}\n${reply}`,
};
for (const [style, quote] of Object.entries(styles)) {
  test(`mails that quote all before them: ${style}`, async () => {
    const replies = Array.from({ length: 12 }, (_, i) => proseOf(100 + i, 700));
    const files: Record<string, string> = {};
    let mail = '';
    for (const [i, reply] of replies.entries()) {
      const text = reply
        .split('\n\n')
        .map((p) => filled(p, ''))
        .join('\n\n');
      mail = mail === '' ? text : quote(text, mail);
      files[`mail-${String(i).padStart(2, '0')}.txt`] = mail;
    }
    const { documents } = await corpusOf(await folderWith(files));
    const all = documents.map(({ text }) => text).join('\n\n');
    const counts = replies.map((reply) => count(all, reply.split('. ')[1]!));
    expect(counts).toEqual(replies.map(() => 1));
  });
}

test('a quotation stands as its author wrote it', () => {
  const two = `${filled(proseOf(1, 400), '> ')}\n>\n${filled(proseOf(2, 400), '> ')}`;
  const text = `Ann wrote:\n${two}\n> > ${proseOf(3, 60)}\nWhat I think.\n\n> ${proseOf(4, 60)}`;
  const spans = paragraphSpans(text);
  expect(spans).toHaveLength(6);
  expect(joinParagraphs(text, spans)).toBe(text);
});
