import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { readText } from '../../../../src/text/readText.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const first = 'The river rose last week because of the rain. The old bridge was closed in the evening.';
const second = 'Nobody was hurt in the town. The people went home on foot along the river.';

/** Pages of two paragraphs around blocks that are no prose. */
const pages: Readonly<Record<string, readonly string[]>> = {
  markdown: [
    `# Flood\n\n${first}\n\n\`\`\`sh\nmake all\n\`\`\`\n\n${second}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`,
    `- ${first}\n\n  \`\`\`sh\n  make all\n  \`\`\`\n\n- ${second}\n\n$$\nx\n$$\n`,
    `---\ntitle: Flood\n---\n\n> ${first}\n> \n> | a | b |\n> |---|---|\n> | 1 | 2 |\n\n${second}\n\n<!-- note -->\n`,
  ],
  latex: [
    `\\section{Flood}\n\n${first}\n\n\\begin{verbatim}\nmake all\n\\end{verbatim}\n\n${second}\n\n\\begin{equation}\nx\n\\end{equation}\n`,
  ],
  restructuredtext: [
    `Flood\n=====\n\n${first}\n\n.. code-block:: sh\n\n   make all\n\n${second}\n\n.. image:: a.png\n`,
  ],
  asciidoc: [`== Flood\n\n${first}\n\n----\nmake all\n----\n\n${second}\n\n|===\n|a |b\n|===\n`],
  html: [
    `<h1>Flood</h1>\n<p>${first}</p>\n<pre>\nmake all\n</pre>\n<p>${second}</p>\n<table><tr><td>a</td></tr></table>\n`,
  ],
  typst: [`= Flood\n\n${first}\n\n\`\`\`sh\nmake all\n\`\`\`\n\n${second}\n\n#image("a.png")\n`],
  org: [`* Flood\n\n${first}\n\n#+begin_src sh\nmake all\n#+end_src\n\n${second}\n\n| a | b |\n`],
};

const swallowing = (text: string) =>
  text
    .split('\n')
    .filter((line) => /\w+ \w+ \w+ \w+/u.test(line))
    .join('\n');
const answers: Readonly<Record<string, (text: string) => string>> = {
  'only its first line': (text) => text.split('\n').find((line) => line.trim() !== '') ?? '',
  'the words without blocks': swallowing,
  'points of all of it': (text) =>
    swallowing(text)
      .split(/(?<=\.) |\n/u)
      .map((line) => `- ${line}`)
      .join('\n'),
  'a heading above': (text) => `# The flood\n\n${text}`,
  'an underlined heading': (text) => `${text}\n---`,
  'an underline of equals signs': (text) => `${text}\n=====`,
  'a fence that stays open': (text) => `${text}\n\n\`\`\`\ncode`,
  'a fence of tildes': (text) => `~~~\n${text}`,
  'an open comment': (text) => `${text} <!-- more`,
  'a comment behind': (text) => `${text}\n\n/* more`,
  'an open formula': (text) => `${text}\n\n$$\nx`,
  'an open environment': (text) => `\\begin{verbatim}\n${text}`,
  'the end of the document': (text) => `${text}\n\\end{document}\n`,
  'tags that close': (text) => `${text}</p></div></body></html>`,
  'tags that open': (text) => `<pre>${text}`,
  'a script': (text) => `${text}<script>x`,
  'a listing of AsciiDoc': (text) => `----\n${text}`,
  'a block of Org': (text) => `#+begin_src\n${text}`,
  'a table': (text) => `| a | b |\n|---|---|\n| ${text.replaceAll('\n', ' ')} | x |`,
  'front matter': (text) => `---\ntitle: x\n---\n\n${text}`,
  'a literal block': (text) => `${text}::`,
  'a directive': (text) => `.. note::\n\n   ${text}`,
  definitions: (text) => `#let x = [\n${text}`,
  indented: (text) => `    ${text}`,
  'itself twice': (text) => `${text}\n\n${text}`,
  'its lines in reverse': (text) => text.split('\n').reverse().join('\n'),
  nothing: () => '',
  chatter: () => 'Sure! Here is what you wanted.',
};
const actions: readonly ActionId[] = [
  'rewrite',
  'shorten',
  'fix',
  'simplify',
  'formal',
  'friendly',
  'bullets',
  'prose',
  'translate',
  'custom',
  'expand',
  'continue',
  'headings',
];

/** Blocks that are no prose, each with its kind. */
const others = (text: string, languageId: string): string[] =>
  readText(text, languageId)
    .blocks.filter(({ kind }) => !['prose', 'listItem', 'quote', 'blank'].includes(kind))
    .map(({ kind, start, end }) => `${kind}: ${text.slice(start, end).trim()}`)
    .filter((each) => !each.endsWith(': '));

const isSubsequence = (wanted: readonly string[], all: readonly string[]): boolean => {
  let at = 0;
  for (const each of all) if (each === wanted[at]) at++;
  return at === wanted.length;
};

for (const [languageId, texts] of Object.entries(pages)) {
  describe.each(texts)(`${languageId}: %j`, (text) => {
    test.each(Object.keys(answers))('the model answers with %s', async (answer) => {
      for (const action of actions) {
        const engine = new ScriptedEngine({
          parameters: 7e9,
          write: (messages, given) => {
            const source = messages.find(({ role }) => role === 'user')?.content ?? given;
            return answers[answer]!(source).replace('rose', 'had risen');
          },
        });
        const request = { action, languageId, text, way: 'model' as const, instruction: 'Make it warm.' };
        const outcome = await runAction(request, engine, CancellationToken.None);
        expect(outcome.kind, `${action} ${JSON.stringify(outcome)}`).toMatch(/^(?:proposal|none)$/u);
        if (outcome.kind !== 'proposal') continue;
        expect(others(outcome.text, languageId), action).toSatisfy((all: string[]) =>
          isSubsequence(others(text, languageId), all),
        );
      }
    });
  });
}

test('a person may name what is no prose: then it is theirs to have changed', async () => {
  const text = `${first}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`;
  const engine = new ScriptedEngine({ parameters: 7e9, write: () => `${first}\n\n- a: 1\n- b: 2` });
  const request = {
    action: 'custom',
    languageId: 'markdown',
    text,
    instruction: 'Turn the table into a list.',
  } as const;
  const outcome = await runAction(request, engine, CancellationToken.None);
  expect(outcome).toMatchObject({ kind: 'proposal', text: `${first}\n\n- a: 1\n- b: 2\n` });
});

test('a large model writes the points and the paragraph, and the document their markup', async () => {
  const points = new ScriptedEngine({
    parameters: 7e9,
    write: () => '- The river rose because of the rain.\n* The old bridge was closed in the evening, last week.',
  });
  const bullets = {
    action: 'bullets',
    languageId: 'latex',
    text: `\\section{Flood}\n\n${first}\n`,
    way: 'model',
  } as const;
  expect(await runAction(bullets, points, CancellationToken.None)).toMatchObject({
    text: '\\section{Flood}\n\n\\begin{itemize}\n  \\item The river rose because of the rain.\n  \\item The old bridge was closed in the evening, last week.\n\\end{itemize}\n',
  });
  const joined = new ScriptedEngine({ parameters: 7e9, write: () => 'We need bread, milk and some eggs.' });
  const prose = {
    action: 'prose',
    languageId: 'asciidoc',
    text: '== Food\n\n* bread\n* milk\n* some eggs\n',
    way: 'model',
  } as const;
  expect(
    await runAction({ ...prose, text: 'We need:\n\n* bread\n* milk\n* some eggs\n' }, joined, CancellationToken.None),
  ).toMatchObject({ text: 'We need bread, milk and some eggs.\n' });
  expect(await runAction(prose, joined, CancellationToken.None)).toMatchObject({ kind: 'none', reason: 'notAList' });
});
