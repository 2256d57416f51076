import { beforeEach, describe, expect, test, vi } from 'vitest';
import { overall, sentencesIn, Tone } from '../../../src/extension/models/tone.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import { readText } from '../../../src/text/readText.ts';

const editor = vi.hoisted(() => ({
  active: undefined as unknown,
  told: [] as string[],
  /** what a person answers */
  answer: undefined as string | undefined,
  picks: [] as { items: { label: string; description: string }[]; options: { title: string; placeHolder: string } }[],
  pick: undefined as number | undefined,
}));

vi.mock('vscode', () => ({
  l10n: { t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/g, (_, index) => String(parts[index])) },
  ProgressLocation: { Notification: 15 },
  Range: class {
    constructor(
      readonly start: number,
      readonly end: number,
    ) {}
  },
  Selection: class {
    constructor(
      readonly start: number,
      readonly end: number,
    ) {}
  },
  window: {
    get activeTextEditor() {
      return editor.active;
    },
    showInformationMessage: async (message: string) => {
      editor.told.push(message);
      return editor.answer;
    },
    showQuickPick: async (items: { label: string; description: string }[], options: never) => {
      editor.picks.push({ items, options });
      return editor.pick === undefined ? undefined : items[editor.pick];
    },
    withProgress: (_: unknown, work: (progress: object, token: object) => unknown) =>
      work({ report: () => undefined }, { isCancellationRequested: false }),
  },
}));

const text =
  '# A heading\n\nThe cat sat. The mat was red.\n\n```js\nlet a = 1;\n```\n\n- An item that says more.\n- 17\n\nThe end came.\n';

/** @param marked `[` and `]` around what is selected, or `|` at the caret */
function opened(marked: string) {
  const start = marked.search(/[[|]/u);
  const plain = marked.replace(/[[\]|]/gu, '');
  const end = marked.includes('|') ? start : marked.indexOf(']') - 1;
  const made = {
    document: {
      version: 1,
      languageId: 'markdown',
      getText: () => plain,
      offsetAt: (offset: number) => offset,
      positionAt: (offset: number) => offset,
    },
    selections: [{ start, end }],
    selection: undefined as undefined | { start: number; end: number },
    revealRange: () => undefined,
  };
  editor.active = made;
  return made;
}

beforeEach(() => Object.assign(editor, { active: undefined, told: [], answer: undefined, picks: [], pick: undefined }));

const labels = [
  { label: 'POSITIVE', probability: 0.75 },
  { label: 'NEGATIVE', probability: 0.25 },
];

function tone({ isInstalled = true, added = false, classify = async () => ({ labels: [labels] }) } = {}) {
  let installed = isInstalled;
  const asked: string[] = [];
  const made = new Tone({
    pipelines: {
      find: async () => (installed ? { name: 'mood', folder: '/models/mood' } : undefined),
      classify: async ({ texts }) => {
        asked.push(...texts);
        return classify();
      },
    },
    addFolder: async () => {
      installed = added;
      return added;
    },
  });
  return { tone: made, asked };
}

describe('the tone of a selection', () => {
  test('is told for all of it and for each sentence; the chosen one is selected, and no text changes', async () => {
    const open = opened(text.replace('The cat', '[The cat').replace('red.', 'red.]'));
    editor.pick = 1;
    const { tone: made, asked } = tone();
    await made.show();
    expect(asked).toEqual(['The cat sat.', 'The mat was red.']);
    const [{ items, options } = expect.fail()] = editor.picks;
    expect(options.placeHolder).toBe('2 sentences: positive 75%, negative 25%');
    expect(options.title).toBe('Tone, as mood sees it');
    expect(items.map(({ label, description }) => `${label} ${description}`)).toEqual([
      'The cat sat. positive 75%, negative 25%',
      'The mat was red. positive 75%, negative 25%',
    ]);
    const { start, end } = open.selection!;
    expect(text.slice(start, end)).toBe('The mat was red.');
  });

  test('without a model offers one step to get one, and goes on when it is there', async () => {
    opened(text.replace('The cat', 'The |cat'));
    editor.answer = 'Add One from a Folder…';
    const { tone: made, asked } = tone({ isInstalled: false, added: true });
    await made.show();
    expect(editor.told).toEqual([expect.stringMatching(/None is installed/)]);
    expect(asked).toEqual(['The cat sat.', 'The mat was red.']);
  });

  test.each([undefined, 'Add One from a Folder…'])(
    'without a model afterwards nothing is asked (%s)',
    async (answer) => {
      opened(text.replace('The cat', 'The |cat'));
      editor.answer = answer;
      const { tone: made, asked } = tone({ isInstalled: false });
      await made.show();
      expect(asked).toEqual([]);
      expect(editor.picks).toEqual([]);
    },
  );

  test('of sentences that are too long for the model, or of none, is said', async () => {
    opened(text.replace('The cat', 'The |cat'));
    const classify = () => Promise.reject(new InklingError('inputTooLarge', 'too long'));
    await tone({ classify }).tone.show();
    opened('```\n[let a]\n```\n');
    await tone().tone.show();
    editor.active = undefined;
    await tone().tone.show();
    expect(editor.told).toEqual([
      'mood reads only shorter sentences.',
      expect.stringMatching(/no (?:text|prose) here/i),
      'Open a document first.',
    ]);
    expect(editor.picks).toEqual([]);
  });

  test('a model that cannot be run is an error', async () => {
    opened(text.replace('The cat', 'The |cat'));
    const classify = () => Promise.reject(new InklingError('modelBroken', 'broken'));
    await expect(tone({ classify }).tone.show()).rejects.toThrow('broken');
  });
});

test.each<[marked: string, sentences: string[]]>([
  ['|The cat sat. The mat was red.', ['The cat sat.', 'The mat was red.']],
  ['The cat sat. The mat was red.|', ['The cat sat.', 'The mat was red.']],
  ['The cat [s]at. The mat was red.', ['The cat sat.']],
  ['The cat sat. [The mat] was red.', ['The mat was red.']],
  ['The cat [sat. The] mat was red.', ['The cat sat.', 'The mat was red.']],
  ['The cat sat.[ ]The mat was red.', []],
  ['One.\n\nTw|o.\n\nThree.', ['Two.']],
  ['O[ne.\n\nTwo.\n\nTh]ree.', ['One.', 'Two.', 'Three.']],
  ['|# Title\n\nText.', []],
  ['[# Title\n\nText.]', ['Text.']],
  ['- O|ne.\n- Two.', ['One.']],
  ['> Qu|oted.', ['Quoted.']],
  ['[- 1\n- 2.5\n- Three.]', ['Three.']],
  ['|', []],
  ['|\n\nText.', []],
  ['```\ncode|\n```', []],
  ['$$\na =| b\n$$', []],
  ['Say `co|de`.', ['Say `code`.']],
  ['猫[坐]着。狗睡了。', ['猫坐着。']],
  ['[Ünïcode 🙂 here. And there.]', ['Ünïcode 🙂 here.', 'And there.']],
  [`${'Word one. '.repeat(400).replace('W', '[W')}]`, Array.from({ length: 300 }, () => 'Word one.')],
])('%j', (marked, expected) => {
  const start = marked.search(/[[|]/u);
  const end = marked.includes('|') ? start : marked.indexOf(']') - 1;
  const reading = readText(marked.replace(/[[\]|]/gu, ''), 'markdown');
  const found = sentencesIn(reading, [{ start, end }]);
  expect(found.map((sentence) => reading.text.slice(sentence.start, sentence.end))).toEqual(expected);
});

test('longer sentences count for more', () => {
  const sure = (label: string) => [{ label, probability: 1 }];
  expect(
    overall([
      { text: 'abc', labels: sure('A') },
      { text: 'a', labels: sure('B') },
    ]),
  ).toEqual([
    { label: 'A', probability: 0.75 },
    { label: 'B', probability: 0.25 },
  ]);
});
