import { beforeAll, describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import type * as caretReader from '../../../src/text/caretReader.ts';
import type * as reader from '../../../src/text/readText.ts';
import type * as sentences from '../../../src/text/sentences.ts';
import type * as cleaner from '../../../src/training/corpus/cleaning/textCleaner.ts';
import type * as caret from '../../../src/writing/completion/caret.ts';
import type * as runAction from '../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../src/writing/selection/selectionAction.ts';
import { ScriptedEngine } from '../writing/selection/scriptedEngine.ts';
import { type CountedWork, countedWork } from './support/countedWork.ts';
import { delimiters } from './support/delimiters.ts';
import { hostileTexts } from './support/hostileTexts.ts';

type Product = typeof reader & typeof caretReader & typeof caret & typeof sentences & typeof runAction & typeof cleaner;

const modules = `
  export { readText } from './src/text/readText.ts';
  export { CaretReader } from './src/text/caretReader.ts';
  export { allSentences } from './src/text/sentences.ts';
  export { caretOf } from './src/writing/completion/caret.ts';
  export { runAction } from './src/writing/selection/runAction.ts';
  export { TextCleaner } from './src/training/corpus/cleaning/textCleaner.ts';
`;

let product: CountedWork<Product>;
beforeAll(async () => {
  product = await countedWork<Product>(modules);
});

/** Of all texts: a busy machine takes its time. */
const timeout = 180_000;

/** A text is this many characters long, and others four, sixteen and sixty-four times that. */
const chars = 1_000;
const times = 4;
/** Four times the text may take this many times the work; what grows with the square takes sixteen times as much. */
const maxGrowth = 7;
/** What grows by more than this between short texts is looked at in longer ones: a small part may grow faster than the rest. */
const clearlyLinear = 4.6;

/** A text of about so many characters. */
type TextOf = (length: number) => string;

const repeated =
  (piece: string): TextOf =>
  (length) =>
    piece.repeat(Math.ceil(length / piece.length));

const hostile = new Map<number, ReadonlyMap<string, string>>();
function hostileOf(length: number): ReadonlyMap<string, string> {
  const texts = hostile.get(length) ?? hostileTexts(length);
  hostile.set(length, texts);
  return texts;
}
const shapes = (names: readonly string[]) =>
  names.map((name): [string, TextOf] => [name, (length) => hostileOf(length).get(name)!]);
const named = (pattern: RegExp) => [...hostileOf(chars).keys()].filter((name) => pattern.test(name));

/** What grows at first only until something is too deep or too long to be followed is given a longer text yet. */
async function grown(
  texts: readonly (readonly [string, TextOf])[],
  call: (module: Product, text: string) => unknown,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, textOf] of texts) {
    const works: number[] = [];
    let grows = true;
    for (let length = chars; grows && length <= chars * times ** 3; length *= times) {
      works.push(await product.workOf((module) => call(module, textOf(length))));
      const isLast = length === chars * times ** 3;
      grows = works.length < 2 || works.at(-1)! > (isLast ? maxGrowth : clearlyLinear) * works.at(-2)!;
    }
    if (grows) found.push(`${name}: ${works.join(' → ')}`);
  }
  return found;
}

const read =
  (languageId: string) =>
  ({ readText }: Product, text: string) => {
    const { blocks, spansOf } = readText(text, languageId);
    for (const block of blocks) spansOf(block);
  };

const look =
  (languageId: string) =>
  ({ CaretReader, caretOf }: Product, text: string) =>
    new CaretReader().zoneAt({ documentId: '', languageId }, text, caretOf({ prefix: text, suffix: '' }));

const languageIds = 'markdown latex restructuredtext asciidoc typst org html plaintext git-commit python'.split(' ');

describe.each(languageIds)('%s: the work grows with the text', (languageId) => {
  test(
    'of a reading with all its spans',
    async () => {
      expect(
        await grown(shapes(named(/in one line|alone|behind a [hrl]|nested|runs|long/u)), read(languageId)),
      ).toEqual([]);
    },
    timeout,
  );

  test(
    'of a caret at the end',
    async () => {
      expect(await grown(shapes(named(/in lines|alone|nested|runs|long/u)), look(languageId))).toEqual([]);
    },
    timeout,
  );

  test(
    'of sentences and of the cleaning of a corpus',
    async () => {
      const options = { stripFrontMatter: true, stripCode: true, dropDuplicates: true } as never;
      const split = ({ allSentences, readText, TextCleaner }: Product, text: string) => {
        allSentences(readText(text, languageId));
        new TextCleaner(options).clean(text, languageId);
      };
      expect(await grown(shapes(named(/alone|letters|long|[[(<$"`.] in (?:one line|lines)$/u)), split)).toEqual([]);
    },
    timeout,
  );
});

/** Each mark of a language alone, before a word, and beside the marks that follow it in the table. */
function ownTexts(marks: readonly string[]): (readonly [string, TextOf])[] {
  const pieces = marks.flatMap((mark, i) => [
    mark,
    `${mark}word `,
    ...[1, 2].flatMap((distance) => {
      const other = marks[(i + distance) % marks.length]!;
      return [`${mark}${other}`, `${other}w ${mark}`];
    }),
  ]);
  return pieces.map((piece) => [JSON.stringify(piece), repeated(piece)]);
}

test.each(Object.entries(delimiters))(
  '%s: the work on its own marks grows with the text',
  async (languageId, marks) => {
    const texts = ownTexts(marks);
    expect(await grown(texts, read(languageId))).toEqual([]);
    expect(await grown(texts, look(languageId))).toEqual([]);
  },
  timeout,
);

const act =
  (action: ActionId, languageId: string) =>
  ({ runAction }: Product, text: string) => {
    const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
    return runAction({ action, way: 'rules', text, languageId }, engine, CancellationToken.None);
  };

test(
  'what nothing closes, one line without end, many pairs and many sentences: the work grows with the text',
  async () => {
    /** what is slow in long texts alone */
    const long = (name: string, textOf: TextOf): [string, TextOf] => [name, (length) => textOf(16 * length)];
    const otherClosers: TextOf = (length) => repeated('<b>a ')(length / 2) + repeated('</i>a ')(length / 2);
    const sentences = ({ allSentences, readText }: Product, text: string) => allSentences(readText(text, 'markdown'));
    expect(await grown([long('closers of other elements', otherClosers)], sentences)).toEqual([]);
    expect(await grown([long('one line of HTML', repeated('a < '))], look('html'))).toEqual([]);
    expect(await grown([['dashes before a bar', (length) => `${'-'.repeat(length)}|`]], read('haskell'))).toEqual([]);
    const paragraphs = ['Here (at last) we go. ', 'They said: “We go. '].map((piece) => long(piece, repeated(piece)));
    expect(await grown(paragraphs, act('bullets', 'markdown'))).toEqual([]);
  },
  timeout,
);

const actions: readonly ActionId[] = ['fix', 'simplify', 'formal', 'friendly', 'bullets', 'prose', 'table'];

describe.each(['markdown', 'latex', 'html', 'plaintext'])(
  '%s: the work of an action grows with the text',
  (languageId) => {
    test.each(actions)(
      '%s',
      async (action) => {
        const texts = shapes(named(/in lines$|and letters|long/u).filter((_, i) => i % 5 === 0));
        expect(await grown(texts, act(action, languageId))).toEqual([]);
      },
      timeout,
    );
  },
);

test('work that grows with the square is seen', async () => {
  const { workOf } = await countedWork<{ hasPair(text: string): boolean }>(`
    export const hasPair = (text) => [...text].some((letter, i) => text.indexOf(letter + letter, i) >= 0);
  `);
  const [before, after] = [
    await workOf((m) => m.hasPair('ab'.repeat(500))),
    await workOf((m) => m.hasPair('ab'.repeat(2000))),
  ];
  expect(after).toBeGreaterThan(maxGrowth * before);
});
