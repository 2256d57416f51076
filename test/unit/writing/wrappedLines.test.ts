import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import type { GenerateOutcome, GenerateRequest } from '../../../src/protocol/inference.ts';
import { Completer } from '../../../src/writing/completion/completer.ts';
import { defaultCompletionSettings } from '../../../src/writing/completion/completionSettings.ts';
import { withoutWraps } from '../../../src/writing/completion/wrappedLines.ts';

const column = 62;
const first = 'The miller had three sons, and when he died he left them his';
const second = 'mill, his donkey and his cat; the sons began to grind, and the';
const third = 'donkey to fetch corn and to carry the flour away.';

/** What the model reads of a text that ends at the caret; 62 columns are filled. */
const joined: readonly (readonly [name: string, text: string, read: string])[] = [
  ['a paragraph', `${first}\n${second}\n${third}`, `${first} ${second} ${third}`],
  ['a line that nobody has begun yet', `${first}\n`, `${first} `],
  ['the first letters of a line', `${first}\nmi`, `${first} mi`],
  ['a line that has a blank at its end', `${first} \nmill, his`, `${first} mill, his`],
  ['a ragged line', `${first.slice(0, -4)}\nhis mill`, `${first.slice(0, -4)} his mill`],
  ['a line that ends with a sentence', `${first.slice(0, -4)}.\nThen the`, `${first.slice(0, -4)}. Then the`],
  ['a quotation', `> ${first}\n> ${second}`, `> ${first} ${second}`],
  ['a quotation in a quotation', `> > ${first}\n> > mill, his`, `> > ${first} mill, his`],
  ['a comment of LaTeX', `% ${first}\n% mill, his`, `% ${first} mill, his`],
  ['a comment of a program', `// ${first}\n// mill, his`, `// ${first} mill, his`],
  ['an indented paragraph', `   ${first}\n   mill, his`, `   ${first} mill, his`],
  ['a list item', `- ${first}\n  mill, his`, `- ${first} mill, his`],
  ['a numbered item', `1. ${first}\n   mill, his`, `1. ${first} mill, his`],
  ['a word with an accent', `${first}\nélan`, `${first} élan`],
  [
    'Chinese, without a blank',
    `${'从前有一个磨坊主他有三个儿子一座磨坊一头驴子和一只公猫磨面驮'}\n儿子们磨面`,
    '从前有一个磨坊主他有三个儿子一座磨坊一头驴子和一只公猫磨面驮儿子们磨面',
  ],
  ['two paragraphs', `${first}\nmill.\n\n${first}\nmill`, `${first} mill.\n\n${first} mill`],
];

const kept: readonly (readonly [name: string, text: string])[] = [
  ['a blank line', `${first}\n\n`],
  ['a paragraph after a blank line', `${first}\n\nmill, his`],
  ['a short line', 'donkey to fetch corn and to carry flour.\nThe cat was to'],
  ['verse', 'Tyger Tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or'],
  ['a heading', `# ${first}\nThe`],
  ['a line below a heading of reStructuredText', `${first}\n${'='.repeat(60)}\nThe`],
  ['a list below a paragraph', `${first}\n- mill, his`],
  ['the marker of a list that has just been typed', `${first}\n-`],
  ['a numbered list', `${first}\n2. mill, his`],
  ['the rows of a table', `| ${first} |\n| mill, his`],
  ['a directive', `${first}\n.. note::`],
  ['a field', `${first}\n:Author: Anna`],
  ['a fence', `${first}\n\`\`\`\nmill`],
  ['a command of LaTeX', `${first}\n\\begin{quote}`],
  ['a line break of Markdown', `${first}  \nmill, his`],
  ['a line break of LaTeX', `${first}\\\\\nmill, his`],
  ['a line that is far too long', `${first} ${second} ${third} ${first}\nmill, his`],
  ['a rule', `${first}\n---`],
  ['a line of code', `    let miller = sons[0];\n    let mill = miller.mill;`],
];

describe('lines that were only wrapped', () => {
  test.each(joined)('are joined: %s', (_, text, read) => {
    expect(withoutWraps(text, column)).toBe(read);
  });

  test.each(kept)('nothing else is: %s', (_, text) => {
    expect(withoutWraps(text, column)).toBe(text);
  });

  test('every keystroke reads on where the last one did, but for the word in which a line begins', () => {
    const text = `${first}\n${second}\n${third}`;
    for (let end = 1; end < text.length; end++) {
      const [before, after] = [withoutWraps(text.slice(0, end), column), withoutWraps(text.slice(0, end + 1), column)];
      expect(after.startsWith(before.trimEnd())).toBe(true);
    }
  });
});

/** @returns what the model is asked to go on from */
async function asked(prefix: string): Promise<string | undefined> {
  let text: string | undefined;
  const generate = async ({ prompt }: Omit<GenerateRequest, 'id' | 'stream'>): Promise<GenerateOutcome> => {
    if (prompt.kind === 'continue') text = prompt.text;
    return { kind: 'failed', error: { name: 'InklingError', code: 'internal', message: 'nothing is said' } as never };
  };
  const caret = {
    documentId: 'a',
    fileName: 'a.md',
    languageId: 'markdown',
    suffix: '',
    trigger: 'automatic',
  } as const;
  await new Completer({ generate }, { now: () => 0 }).complete(
    { ...caret, prefix },
    defaultCompletionSettings,
    CancellationToken.None,
  );
  return text;
}

test('a model reads what an author has broken by hand as if it were on one line', async () => {
  const page = `${first}\n${second}\n${first}\n${second}\n${third}\n\n${first}\n`;
  expect(await asked(page)).toBe(`${first} ${second} ${first} ${second} ${third}\n\n${first} `);
  expect(await asked(page.replaceAll('\n', '\r\n'))).toBe(await asked(page));
});

test('a model reads lines as they are where an author does not fill them', async () => {
  const verse = 'Tyger Tyger, burning bright,\nIn the forests of the night;\nWhat immortal hand or eye,\nCould frame';
  expect(await asked(verse)).toBe(verse);
  const sentences = `${first}.\nHe had a mill.\n${third}\nAnd a`;
  expect(await asked(sentences)).toBe(sentences);
});
