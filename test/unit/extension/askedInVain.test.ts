import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { InstalledPipelines } from '../../../src/client/pipelinesClient.ts';
import { Actions, type ActionsOptions } from '../../../src/extension/actions/actions.ts';
import { Tone } from '../../../src/extension/models/tone.ts';
import { InklingError, toInklingError } from '../../../src/protocol/errors.ts';
import type { ActionEngine } from '../../../src/writing/selection/selectionAction.ts';

/** Whoever answers a question and is refused then has been asked in vain: what can be said before is said before. */
const editor = vi.hoisted(() => ({
  asked: [] as string[],
  told: [] as string[],
  /** of the context menu */
  keys: new Map<string, boolean>(),
  front: undefined as unknown,
  lightBulb: undefined as unknown,
  select: (_: unknown): void => undefined,
  /** told when another editor comes to the front */
  followers: [] as ((front: unknown) => void)[],
  promptFile: '',
  repositories: [] as unknown[],
}));

vi.mock('vscode', async () => {
  const fake = await import('../../support/fakeVscode.ts');
  /** Whatever else is asked of the editor is there, and does nothing. */
  const nothing: object = new Proxy(class {}, {
    get: (_, name) => (name === Symbol.toPrimitive ? () => 'nothing' : name === 'then' ? undefined : nothing),
    set: () => true,
    apply: () => nothing,
    construct: () => nothing,
  });
  const asks = (what: string) => async (given: unknown, options?: { title?: string }) => {
    editor.asked.push(`${what}: ${options?.title ?? (given as { title?: string })?.title ?? ''}`);
  };
  const tells = async (message: string) => void editor.told.push(message);
  const withRest = (known: object): unknown =>
    new Proxy(known, {
      has: () => true,
      get: (target, name) =>
        name === 'then' ? undefined : name in target ? (target as Record<string | symbol, unknown>)[name] : nothing,
    });
  const l10n = {
    t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/gu, (_, at) => String(parts[Number(at)])),
  };
  return withRest({
    ...fake,
    l10n,
    QuickPickItemKind: { Separator: -1 },
    FilePermission: { Readonly: 1 },
    FileType: { File: 1 },
    Uri: { joinPath: (base: { path: string }, ...names: string[]) => ({ path: [base.path, ...names].join('/') }) },
    commands: withRest({
      executeCommand: async (_: string, key: string, value: boolean) => void editor.keys.set(key, value),
    }),
    extensions: {
      getExtension: () => ({ activate: async () => ({ getAPI: () => ({ repositories: editor.repositories }) }) }),
    },
    languages: withRest({
      registerCodeActionsProvider: (_: unknown, provider: unknown) => {
        editor.lightBulb = provider;
        return { dispose: () => undefined };
      },
    }),
    CodeAction: class {
      constructor(readonly title: string) {}
    },
    window: withRest({
      onDidChangeTextEditorSelection: (listen: (event: unknown) => void) => {
        editor.select = listen;
        return { dispose: () => undefined };
      },
      get activeTextEditor() {
        return editor.front;
      },
      onDidChangeActiveTextEditor: (follow: (front: unknown) => void) => {
        editor.followers.push(follow);
        return { dispose: () => undefined };
      },
      showQuickPick: asks('list'),
      showOpenDialog: asks('files'),
      showInputBox: asks('text'),
      createQuickPick: () => {
        editor.asked.push('text');
        const hidden: (() => void)[] = [];
        return withRest({
          onDidHide: (hide: () => void) => hidden.push(hide),
          show: () => {
            for (const hide of hidden) hide();
          },
        });
      },
      showInformationMessage: tells,
      showWarningMessage: tells,
      showErrorMessage: tells,
    }),
    workspace: withRest({
      isTrusted: true,
      workspaceFolders: undefined,
      fs: {
        isWritableFileSystem: (scheme: string) => (scheme === 'output' ? undefined : scheme !== 'git'),
        stat: async () => ({ permissions: 0 }),
        readDirectory: async () => [['own.md', 1]],
        readFile: async () => new TextEncoder().encode(editor.promptFile),
      },
    }),
  });
});

beforeEach(() => {
  editor.asked.length = 0;
  editor.told.length = 0;
  editor.keys.clear();
  Object.assign(editor, { front: undefined, repositories: [], followers: [] });
});

const prose = 'The harbour was quiet when the first boat came home, and nobody said a word all night.';
const panelPrompt = '---\ntitle: Own\noutput: panel\n---\nSay what {{wish}} means here.\n';
const replacePrompt = panelPrompt.replace('panel', 'replace');

/** A document in front whose text is selected as a whole, or which has the caret at its beginning. */
function front(text: string, { scheme = 'file', isSelected = true, languageId = 'markdown' } = {}): void {
  const at = (offset: number) => ({ line: 0, character: Math.min(text.length, Math.max(0, offset)) });
  const document = {
    uri: { scheme, path: '/a.md', toString: () => `${scheme}:///a.md` },
    languageId,
    isUntitled: false,
    getText: (range?: { start: { character: number }; end: { character: number } }) =>
      range ? text.slice(range.start.character, range.end.character) : text,
    offsetAt: ({ character }: { character: number }) => character,
    positionAt: at,
  };
  const selection = { start: at(0), end: at(isSelected ? text.length : 0), active: at(0), isEmpty: !isSelected };
  editor.front = { document, selection, selections: [selection] };
}

interface Situation {
  readonly engine?: () => ActionEngine | undefined;
  readonly parameters?: number;
  readonly follows?: boolean;
  readonly pipelines?: Partial<InstalledPipelines>;
  readonly languageSet?: string;
  readonly languageFound?: string;
}

const noPipelines = { find: async () => undefined, mayHave: () => false };

function actionsIn({ parameters = 7e9, follows, ...given }: Situation = {}): Actions {
  const engine = {
    knownParameters: () => parameters,
    knownToFollowInstructions: () => follows,
    load: async () => ({ parameters }),
  } as unknown as ActionEngine;
  const memento = { get: (_: string, none: unknown) => none, update: async () => undefined };
  return new Actions({
    engine: given.engine ?? (() => engine),
    pipelines: given.pipelines ?? noPipelines,
    languageSet: () => given.languageSet ?? '',
    languageFound: () => given.languageFound,
    memento,
    userPrompts: { path: '/prompts' },
    longActions: { run: async () => ({ kind: 'cancelled' }) },
    isLanguageOn: () => true,
  } as unknown as ActionsOptions);
}

type Run = (actions: Actions) => unknown;
const commands: Readonly<Record<string, Run>> = {
  translate: (actions) => actions.act('translate', undefined),
  ask: (actions) => actions.act('ask', undefined),
  custom: (actions) => actions.act('custom', undefined),
  summarize: (actions) => actions.act('summarize', undefined),
  'summarize the section': (actions) => actions.act('summarize', { scope: 'section' }),
  'summarize files': (actions) => actions.summarizeFiles(),
  'list of actions': (actions) => actions.choose(),
  'own prompt, answered beside': (actions) => {
    editor.promptFile = panelPrompt;
    return actions.runPrompt({ title: 'Own' });
  },
  'own prompt, in place': (actions) => {
    editor.promptFile = replacePrompt;
    return actions.runPrompt({ title: 'Own' });
  },
  'commit message': (actions) => actions.commitMessage(),
};

const missing = () => {
  throw new InklingError('modelMissing', 'The model “lost” is not there.');
};
const code = '```js\nconst a = 1;\nconst b = 2;\n```';

/** Why nothing can come of it, how that is brought about, and what is said. */
const reasons: Readonly<Record<string, [Situation, () => void, RegExp]>> = {
  'turned off': [{ engine: () => undefined }, () => front(prose), /turned off/],
  'no model': [{ engine: missing }, () => front(prose), /“lost” is not there/],
  'no document': [{}, () => undefined, /Open a document first/],
  'read-only': [{}, () => front(prose, { scheme: 'git' }), /read-only/],
  'an output channel': [{}, () => front(prose, { scheme: 'output' }), /not here/],
  'blank text': [{}, () => front(' \n \n'), /no text here|Nothing is selected/],
  'no text at all': [{}, () => front('a\u0000b'), /does not look like text|no text/],
  'a small model': [{ parameters: 135e6 }, () => front(prose), /too small|larger model/],
  'a model without chat template': [{ follows: false }, () => front(prose), /no chat template/],
  'code alone': [{}, () => front(code), /prose|code/],
};

/** What is said at once, by command; in other cases there is something to ask. */
const refused: Readonly<Record<string, readonly string[]>> = {
  translate: Object.keys(reasons),
  ask: ['turned off', 'no model', 'no document', 'blank text', 'no text at all'],
  custom: Object.keys(reasons).filter((reason) => reason !== 'code alone'),
  summarize: [
    ...['turned off', 'no model', 'no document', 'read-only', 'an output channel', 'blank text', 'no text at all'],
    'code alone',
  ],
  'summarize the section': [
    ...['turned off', 'no model', 'no document', 'read-only', 'an output channel', 'blank text', 'no text at all'],
    'code alone',
  ],
  'summarize files': ['turned off', 'no model'],
  'list of actions': ['turned off', 'no model', 'no document'],
  'own prompt, answered beside': [
    ...['turned off', 'no model', 'no document', 'blank text', 'no text at all'],
    'a model without chat template',
  ],
  'own prompt, in place': [
    ...['turned off', 'no model', 'no document', 'read-only', 'an output channel', 'blank text', 'no text at all'],
    'a model without chat template',
  ],
  'commit message': ['turned off', 'no model'],
};

const run = async (command: string, situation: Situation) => {
  try {
    await commands[command]!(actionsIn(situation));
  } catch (error) {
    editor.told.push(toInklingError(error).message);
  }
};

describe.each(Object.keys(commands))('%s', (command) => {
  test.each(Object.keys(reasons))('%s', async (reason) => {
    const [situation, bringAbout, said] = reasons[reason]!;
    bringAbout();
    editor.repositories = [1, 2].map((n) => ({
      rootUri: { path: `/${n}`, toString: () => `file:///${n}` },
      state: { indexChanges: [n] },
    }));
    await run(command, situation);
    const isRefused = refused[command]!.includes(reason);
    expect(editor.asked.length > 0).toBe(!isRefused);
    if (isRefused) expect(editor.told.join()).toMatch(said);
  });
});

describe('a model for translations', () => {
  const reads = (language: string): Partial<InstalledPipelines> => ({
    find: async ({ from }) => (from === undefined || from === language ? { name: 'opus', folder: '/opus' } : undefined),
    mayHave: () => true,
  });

  test.each<[what: string, situation: Situation, asks: boolean]>([
    ['that reads the language of the text', { pipelines: reads('en') }, true],
    ['that reads another one', { pipelines: reads('de') }, false],
    ['that reads the one that is set', { pipelines: reads('de'), languageSet: 'de-AT' }, true],
    ['that reads the one that was found', { pipelines: reads('pl'), languageFound: 'pl' }, true],
    ['none', {}, false],
  ])('%s: %#', async (_, situation, asks) => {
    front(prose);
    await run('translate', { parameters: 135e6, ...situation });
    expect(editor.asked.length > 0).toBe(asks);
  });
});

test.each([
  [0, 0],
  [1, 0],
  [2, 1],
])('of several repositories, %d with staged changes, %d questions are asked', async (staged, questions) => {
  front(prose);
  editor.repositories = [1, 2, 3].map((n) => ({
    rootUri: { path: `/${n}`, toString: () => `file:///${n}` },
    state: { indexChanges: n <= staged ? [n] : [] },
    diff: async () => '',
    log: async () => [],
    inputBox: { value: '' },
  }));
  await run('commit message', {});
  expect(editor.asked).toHaveLength(questions);
});

test('no model of tones is offered where there is no sentence', async () => {
  const find = vi.fn(async () => undefined);
  const tone = new Tone({ pipelines: { find, classify: async () => ({ labels: [] }) }, addFolder: async () => false });
  await tone.show();
  front(code);
  await tone.show();
  expect([find.mock.calls.length, editor.told]).toEqual([
    0,
    [expect.stringMatching(/Open a/), expect.stringMatching(/no text/)],
  ]);
  front(prose);
  await tone.show();
  expect(editor.told.at(-1)).toMatch(/None is installed/);
});

/** `ask` by a small model was read in English and Chinese only. */
describe('what the menu, the light bulb and the list offer goes by the language of the document', () => {
  const german = 'Der Wärter stieg die Treppe hinauf und zündete das Licht an, denn der Abend war nicht mehr weit.';
  const polish = 'Latarnik wszedł po schodach i zapalił lampę, bo wieczór przyszedł wcześnie.';
  test.each<[what: string, text: string, situation: Situation, languageId: string, isOffered: boolean]>([
    ['English', prose, {}, 'markdown', true],
    ['nothing that tells', 'Ok.', {}, 'markdown', true],
    ['German, as it shows', german, {}, 'markdown', false],
    ['English, set to be German', prose, { languageSet: 'de' }, 'markdown', false],
    ['English, set to be Brazilian Portuguese', prose, { languageSet: 'pt-BR' }, 'markdown', false],
    ['English, set to be what is no language', prose, { languageSet: 'nonsense!' }, 'markdown', true],
    ['German, set to be English', german, { languageSet: 'en' }, 'markdown', true],
    ['German, set to be Chinese', german, { languageSet: 'zh-Hans' }, 'markdown', true],
    ['Polish, as was found', polish, { languageFound: 'pl' }, 'markdown', false],
    ['Polish, found, set to be English', polish, { languageFound: 'pl', languageSet: 'en-GB' }, 'markdown', true],
    ['declared in front matter', `---\nlang: fr\n---\n${prose}`, {}, 'markdown', false],
    [
      'declared in front matter, set otherwise',
      `---\nlang: fr\n---\n${prose}`,
      { languageSet: 'en' },
      'markdown',
      true,
    ],
    ['declared with babel', `\\usepackage[ngerman]{babel}\n${prose}`, {}, 'latex', false],
    ['declared in HTML', `<html lang="it">${prose}</html>`, {}, 'html', false],
    ['declared in Typst', `#set text(lang: "cs")\n${prose}`, {}, 'typst', false],
    ['declared in Typst, in a file of another markup', `#set text(lang: "cs")\n${prose}`, {}, 'plaintext', true],
    ['declared in AsciiDoc', `:lang: es\n\n${prose}`, {}, 'asciidoc', false],
    ['declared in Org', `#+LANGUAGE: sv\n\n${prose}`, {}, 'org', false],
    ['declared for a checker of spelling', `<!-- LTeX: language=nl -->\n${prose}`, {}, 'markdown', false],
    [
      'declared behind a long preamble',
      `${'% comment\n'.repeat(900)}\\usepackage[french]{babel}\n${prose}`,
      {},
      'latex',
      false,
    ],
  ])('%s', async (_, text, situation, languageId, isOffered) => {
    front(text, { languageId });
    const actions = actionsIn({ parameters: 135e6, ...situation });
    await actions.followMenu();
    expect(editor.keys.get('inkling.withheld.ask') ?? false).toBe(!isOffered);
    await actions.act('ask', undefined);
    expect(editor.asked.length > 0).toBe(isOffered);
  });
});

describe('what cannot be done with what is selected is not offered', () => {
  const row = '| a | b |\n| - | - |\n| the roof | leaks |\n';
  test.each<[what: string, text: string, languageId: string, isOffered: boolean]>([
    ['a paragraph', prose, 'markdown', true],
    ['code', code, 'markdown', false],
    ['code and a paragraph', `${code}\n\n${prose}`, 'markdown', true],
    ['a table', row, 'markdown', false],
    ['front matter', '---\ntitle: The roof leaks\n---\n', 'markdown', false],
    ['a formula', '$$\na = b + c\n$$', 'markdown', false],
    ['a heading', '## The roof leaks', 'markdown', false],
    ['a comment of a program', '// The roof leaks, and nobody mends it.\n', 'typescript', true],
    ['a program', 'const a = one(two);\n', 'typescript', false],
    ['more code than is looked at', `\`\`\`\n${'const a = 1;\n'.repeat(6000)}\`\`\``, 'markdown', true],
  ])('%s', async (_, text, languageId, isOffered) => {
    front(text, { languageId });
    const actions = actionsIn({ parameters: 135e6 });
    const { document, selection } = editor.front as { document: unknown; selection: unknown };
    const bulb = editor.lightBulb as { provideCodeActions(...of: unknown[]): readonly { title: string }[] };
    const titles = bulb.provideCodeActions(document, selection).map(({ title }) => title);
    expect(titles.some((title) => title.startsWith('Fix'))).toBe(isOffered);
    editor.select({ textEditor: editor.front });
    await vi.waitFor(() => expect(editor.keys.get('inkling.misplaced.fix')).toBe(!isOffered), 20_000);
    expect(editor.keys.get('inkling.misplaced.ask')).toBe(!isOffered); // which quotes, with a small model
    expect(editor.keys.get('inkling.misplaced.custom')).toBe(false);
    actions.dispose();
  });

  test('an editor that comes to the front has a selection of its own', async () => {
    front(code);
    const actions = actionsIn();
    editor.select({ textEditor: editor.front });
    await vi.waitFor(() => expect(editor.keys.get('inkling.misplaced.fix')).toBe(true), 20_000);
    front(prose);
    for (const follow of editor.followers) follow(editor.front);
    await vi.waitFor(() => expect(editor.keys.get('inkling.misplaced.fix')).toBe(false), 20_000);
    actions.dispose();
  });
});
