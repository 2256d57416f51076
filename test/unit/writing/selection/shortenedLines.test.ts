import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });

async function shortened(text: string, languageId: string): Promise<string> {
  const request = { action: 'shorten', way: 'rules', text, languageId } as const;
  const outcome = await runAction(request, engine, CancellationToken.None);
  return outcome.kind === 'proposal' ? outcome.text : text;
}

/** Where a sentence that says nothing stands in the lines of a comment, and what is left of them. */
const lines: readonly (readonly [where: string, lines: readonly string[], left: readonly string[]])[] = [
  [
    'fills a line',
    ['The old mill stands by the river.', 'Enough said.', 'Grain came by boat.', 'Bread was baked nearby.'],
    ['The old mill stands by the river.', 'Grain came by boat.', 'Bread was baked nearby.'],
  ],
  [
    'fills two lines',
    ['The old mill stands by the river.', 'More on', 'that later.', 'Grain came by boat.', 'Bread was baked nearby.'],
    ['The old mill stands by the river.', 'Grain came by boat.', 'Bread was baked nearby.'],
  ],
  [
    'begins a line',
    ['The old mill stands by the river.', 'Enough said. Grain came by boat.', 'Bread was baked nearby.'],
    ['The old mill stands by the river.', 'Grain came by boat.', 'Bread was baked nearby.'],
  ],
  [
    'begins a line and goes on in the next',
    ['The old mill stands by the river.', 'More on', 'that later. Grain came by boat.', 'Bread was baked nearby.'],
    ['The old mill stands by the river.', 'Grain came by boat.', 'Bread was baked nearby.'],
  ],
  [
    'ends a line',
    ['The old mill stands by the river. Enough said.', 'Grain came by boat.', 'Bread was baked nearby.'],
    ['The old mill stands by the river.', 'Grain came by boat.', 'Bread was baked nearby.'],
  ],
  [
    'is broken by a line',
    ['The old mill stands by the river. More on', 'that later.', 'Grain came by boat.', 'Bread was baked nearby.'],
    ['The old mill stands by the river.', 'Grain came by boat.', 'Bread was baked nearby.'],
  ],
  [
    'goes on before another',
    ['The old mill stands by the river. More on', 'that later. Grain came by boat.', 'Bread was baked nearby.'],
    ['The old mill stands by the river. Grain came by boat.', 'Bread was baked nearby.'],
  ],
  [
    'stands within a line',
    ['The old mill stands by the river. Enough said. Grain came by boat.', 'Bread was baked nearby.'],
    ['The old mill stands by the river. Grain came by boat.', 'Bread was baked nearby.'],
  ],
  [
    'follows another one',
    ['The old mill stands by the river.', 'Enough said.', 'More on that later.', 'Grain came by boat.', 'We ate.'],
    ['The old mill stands by the river.', 'Grain came by boat.', 'We ate.'],
  ],
  [
    'follows another one in its line',
    ['The old mill stands by the river.', 'Enough said. More on that later.', 'Grain came by boat.', 'We ate.'],
    ['The old mill stands by the river.', 'Grain came by boat.', 'We ate.'],
  ],
  [
    'is the last one',
    ['The old mill stands by the river.', 'Grain came by boat.', 'Bread was baked nearby.', 'Enough said.'],
    ['The old mill stands by the river.', 'Grain came by boat.', 'Bread was baked nearby.'],
  ],
];

describe.each([
  ['typescript', '// ', '', '\nlet x = 1;\n'],
  ['rust', '/// ', '', '\nfn f() {}\n'],
  ['python', '# ', '', '\nx = 1\n'],
  ['shellscript', '    # ', '', '\nls\n'],
  ['sql', '-- ', '', '\nselect 1;\n'],
  ['java', ' * ', '/**\n', '\n */\nint x;\n'],
  ['markdown', '', '', '\n'],
])('%s: a sentence that goes takes its lines with it', (languageId, prefix, above, below) => {
  test.each(lines)('it %s', async (_, before, left) => {
    const commented = (words: readonly string[]) => above + words.map((line) => prefix + line).join('\n') + below;
    const now = await shortened(commented(before), languageId);
    // Without marks there is no reason to keep where lines end.
    if (prefix === '') expect(now.split(/\s+/u).join(' ')).toBe(`${left.join(' ')} `);
    else expect(now).toBe(commented(left));
  });
});

test('a sentence that goes from a quote leaves no line of its mark alone', async () => {
  const text =
    '> The old mill stands by the river.\n> Enough said.\n> Grain came by boat.\n> Bread was baked nearby.\n';
  expect(await shortened(text, 'markdown')).not.toMatch(/^>\s*$/mu);
});

const plain =
  'The mill stands by the river. Grain came by boat. Bread was baked nearby. We ate it warm. The miller sang. ' +
  'Two cats slept on the flour. A storm broke the wheel in May. My aunt drew the yard with a pencil. Ice lay on the pond. ';
test.each([
  ['It is very late.', true],
  ['In order to see it, we wait.', true],
  [`${plain}It is very late.`, false],
  [`${plain}All of the doors were shut.`, false],
  [`${plain}We go very early.`, false],
  [`${plain}Due to the fact that it rained, we went by bus in order to see it.`, true],
  [plain, false],
])('what would be hardly shorter is no proposal: %#', async (text, isShorter) => {
  expect((await shortened(text, 'markdown')) !== text).toBe(isShorter);
});
