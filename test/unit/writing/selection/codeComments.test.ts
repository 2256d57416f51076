import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const words = 'We recieve the letters in order to read them. Basically they are very nice.';

/** Program text with comments, and what must stay of it; the strings hold what rules would change. */
const files: readonly (readonly [languageId: string, code: string, stays: readonly string[]])[] = [
  [
    'typescript',
    `// ${words}\nconst teh = "recieve in order to"; // ${words}\n`,
    ['const teh = "recieve in order to"; // '],
  ],
  [
    'javascript',
    `/**\n * ${words}\n * @param {string} teh recieve it\n */\nlet recieve = 'teh';\n`,
    ['@param {string} teh ', "let recieve = 'teh';"],
  ],
  [
    'python',
    `def recieve(teh):\n    """${words}"""\n    return "recieve in order to"  # teh\n`,
    ['def recieve(teh):', 'return "recieve in order to"  # '],
  ],
  ['rust', `/// ${words}\nfn recieve<'a>(teh: &'a str) {}\n`, ["fn recieve<'a>(teh: &'a str) {}"]],
  ['go', `// ${words}\nfunc recieve(teh string) {}\n`, ['func recieve(teh string) {}']],
  ['c', `/* ${words}\n * ${words} */\nint recieve(char *teh);\n`, ['int recieve(char *teh);']],
  [
    'shellscript',
    `#!/bin/teh recieve\n# ${words}\ncat <<EOF\nteh recieve in order to\nEOF\n`,
    ['#!/bin/teh recieve', 'cat <<EOF\nteh recieve in order to\nEOF\n'],
  ],
  [
    'sql',
    `-- ${words}\nselect recieve from teh where x = 'in order to'; -- ${words}\n`,
    ["select recieve from teh where x = 'in order to'; -- "],
  ],
  ['lua', `--[[ ${words} ]]\nlocal recieve = [[teh\nrecieve]]\n`, ['local recieve = [[teh\nrecieve]]']],
  [
    'csharp',
    `/// <summary>\n/// ${words}\n/// </summary>\nvoid recieve(string teh) {}\n`,
    ['/// <summary>', '/// </summary>\nvoid recieve(string teh) {}'],
  ],
  ['yaml', `# ${words}\nrecieve: teh # ${words}\n`, ['recieve: teh # ']],
  ['css', `/* ${words} */\n.recieve { content: "teh" }\n`, ['.recieve { content: "teh" }']],
];
const actions: readonly ActionId[] = ['fix', 'shorten', 'simplify', 'formal', 'friendly', 'bullets', 'prose', 'table'];

test.each(files)('%s: rules change comments alone', async (languageId, code, stays) => {
  const changed: string[] = [];
  for (const action of actions) {
    const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
    const outcome = await runAction({ action, languageId, text: code, way: 'rules' }, engine, CancellationToken.None);
    if (outcome.kind !== 'proposal') continue;
    changed.push(action);
    for (const part of stays) expect(outcome.text, action).toContain(part);
  }
  expect(changed).toContain('fix');
});

describe('what a large model writes', () => {
  const long = `// ${'The letters come in the morning and nobody reads them at once.'.split(' ').slice(0, 6).join(' ')}\n// and nobody reads them at once, because of the rain that falls.\nconst a = 1;\n`;

  test('is broken into lines with the marks of the comment', async () => {
    const write = () =>
      'The letters arrive in the morning and nobody reads them at once, because of the rain that falls down.';
    const outcome = await runAction(
      { action: 'rewrite', languageId: 'typescript', text: long },
      new ScriptedEngine({ parameters: 7e9, write }),
      CancellationToken.None,
    );
    if (outcome.kind !== 'proposal') throw new Error(JSON.stringify(outcome));
    const lines = outcome.text.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.slice(0, -1).every((line) => line.startsWith('// '))).toBe(true);
    expect(lines.at(-1)).toBe('const a = 1;');
  });

  test.each([
    ['typescript', `/*\n * ${words}\n * ${words}\n */\nf();\n`, 'Letters come */ f();'],
    ['python', `def f():\n    """${words}\n    ${words}\n    """\n    g()\n`, 'Letters come """ and go.'],
    ['typescript', `// ${words}\nf();\n`, 'Letters come.\n\nThey go.\nf();'],
  ])('in %s: %j ends no comment by %j', async (languageId, text, answer) => {
    for (const action of ['rewrite', 'custom', 'formal', 'bullets'] as const) {
      const engine = new ScriptedEngine({ parameters: 7e9, write: () => answer });
      const request = { action, languageId, text, way: 'model' as const, instruction: 'Make it warm.' };
      const outcome = await runAction(request, engine, CancellationToken.None);
      if (outcome.kind !== 'proposal') continue;
      expect(outcome.text.split('\n').filter((line) => /^\s*[fg]\(\);?$/u.test(line)).length, action).toBe(1);
      expect(outcome.text).not.toMatch(/^Letters|^They/mu);
    }
  });
});

test.each(['title', 'headings'] as const)('%s writes no lines of its own into program text', async (action) => {
  const outcome = await runAction(
    { action, languageId: 'python', text: `# ${words}\nx = 1\n` },
    new ScriptedEngine(),
    CancellationToken.None,
  );
  expect(outcome).toMatchObject({ kind: 'none', reason: 'noProse' });
});
