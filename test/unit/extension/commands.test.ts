import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { type CommandRow, commandTable } from '../../../src/extension/commands/commandTable.ts';
import type { Features } from '../../../src/extension/features.ts';
import { settingNames } from '../../../src/extension/settings/settingTable.ts';

vi.mock('vscode', async () => ({
  ...(await import('../../support/fakeVscode.ts')),
  QuickPickItemKind: { Separator: -1 },
}));

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
const ids = Object.keys(commandTable);
const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
const sources = filesBelow('src').map((file) => [file, readFileSync(file, 'utf8')] as const);

/** Records every member that is called on it, and answers with itself. */
function recorder(calls: string[], path: string): unknown {
  const target = () => undefined;
  return new Proxy(target, {
    get: (_, name) => (name === 'then' ? undefined : recorder(calls, `${path}.${String(name)}`)),
    apply: (_, __, given) => {
      calls.push(`${path}(${given.join(', ')})`);
    },
  });
}

describe('the command table', () => {
  test('is the only place that says who handles a command: one search finds it', () => {
    for (const id of ids) {
      const rows = sources.filter(([, text]) => text.includes(`'${id}': `));
      expect(rows.map(([file]) => file)).toEqual(['src/extension/commands/commandTable.ts']);
    }
    const registering = sources.filter(([, text]) => text.includes('registerCommand('));
    expect(registering.map(([file]) => file).sort()).toEqual([
      'src/extension/commands/commandTable.ts',
      'src/extension/completions.ts', // the one that the editor runs after an accept
    ]);
  });

  test('has every command that menus, keys and the code name', () => {
    const named = JSON.stringify([contributes.menus, contributes.keybindings]).matchAll(/"command":"([\w.]+)"/g);
    expect([...named].map((match) => match[1]!).filter((id) => !ids.includes(id))).toEqual([]);
    const known = new Set([
      ...ids,
      ...settingNames.map((name) => `inkling.${name}`),
      'inkling.internal.accepted',
      'inkling.hasProposal', // context keys
      'inkling.isActing',
      'inkling.json', // a file of model folders
      'inkling.training', // sections of the settings editor
      'inkling.completion',
      'inkling.engine',
      'inkling.prompts', // a collection of diagnostics
      'inkling.proposal', // status bar items
      'inkling.writer', // the chat participant
      'inkling.learnsFromKept', // memory of a workspace
      'inkling.interruptedRun',
    ]);
    const unknown = sources.flatMap(([file, text]) =>
      [...text.matchAll(/'(inkling\.[A-Za-z][\w.]*)'/g)]
        .map((match) => match[1]!)
        .filter((id) => !known.has(id))
        .map((id) => `${file}: ${id}`),
    );
    expect(unknown).toEqual([]);
  });

  test.each([
    ['inkling.action.fix', ['actions.act(fix, told)']],
    ['inkling.actions', ['actions.choose()']],
    ['inkling.acceptProposal', ['actions.open.acceptAll()']],
    ['inkling.acceptChange', ['actions.open.acceptChange(told, )']],
    ['inkling.retryAction', ['actions.open.retry()']],
    ['inkling.commitMessage', ['actions.commitMessage(told)']],
    ['inkling.runPrompt', ['actions.runPrompt(told)']],
    ['inkling.fineTune', ['training.fineTune()']],
    ['inkling.adapters', ['training.showAdapters()']],
  ])('%s waits for the features that come later, and is handed on', async (id, expected) => {
    const calls: string[] = [];
    const deferred = {
      actions: recorder(calls, 'actions'),
      training: recorder(calls, 'training'),
    };
    const row: CommandRow = commandTable[id as keyof typeof commandTable];
    await row.run({ deferred: Promise.resolve(deferred) } as unknown as Features, ...(['told'] as never[]));
    expect(calls).toEqual(expected);
  });

  test('names every action of the menu once, unless it needs a larger model or another selection', () => {
    const inMenu: { command: string; when?: string }[] = contributes.menus['inkling.actions'];
    for (const { command, when } of inMenu) {
      const [, action] = /^inkling\.action\.(\w+)$/.exec(command) ?? [];
      expect(when).toBe(
        action && `!inkling.withheld.${action} && !(editorHasSelection && inkling.misplaced.${action})`,
      );
    }
    const actions = ids.filter((id) => id.startsWith('inkling.action.'));
    expect(
      inMenu
        .map(({ command }) => command)
        .filter((id) => actions.includes(id))
        .sort(),
    ).toEqual(actions.sort());
  });
});

describe('what people read', () => {
  const texts = [
    'README.md',
    'package.nls.json',
    'package.nls.zh-cn.json',
    ...pagesBelow('docs'),
    ...pagesBelow('media'),
  ];
  const found = (pattern: RegExp) =>
    texts.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => ({ file, name: name! })),
    );
  const others = ['inkling.json', 'inkling.inkling']; // a file's name, and what the editor calls the status bar item
  const isKnown = (name: string) => ids.includes(name) || settingNames.some((known) => `inkling.${known}` === name);

  test('names commands by their titles', () => {
    const titlesIn = (file: string) =>
      Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>).flatMap(([key, title]) =>
        key.startsWith('command.') ? [title] : [],
      );
    const titles = new Set(['package.nls.json', 'package.nls.zh-cn.json'].flatMap(titlesIn));
    const named = found(/\*\*Inkling: ([^*]+)\*\*/gu);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ name }) => !titles.has(name))).toEqual([]);
  });

  test('links to commands that there are', () => {
    const linked = found(/\(command:([\w.]+)/gu);
    expect(linked.length).toBeGreaterThan(10);
    expect(linked.filter(({ name }) => !ids.includes(name))).toEqual([]);
  });

  test('names settings and commands that there are', () => {
    const named = found(/`#?(inkling\.[a-z]\w*(?:\.\w+)*)#?`/gu).filter(({ name }) => !others.includes(name));
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(({ name }) => !isKnown(name))).toEqual([]);
  });
});

function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file));
}
