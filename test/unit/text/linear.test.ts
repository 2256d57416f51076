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
const timeout = 90_000;

/** One text is this many characters long, and one four times that. */
const chars = 1_000;
const times = 4;
/** Four times the text may take this many times the work; what grows with the square takes sixteen times as much. */
const maxGrowth = 8;
/** Less work than this for each character is no square: a word may just be too long for an address. */
const littleWork = 250;
const short = hostileTexts(chars);
const long = hostileTexts(times * chars);
const named = (pattern: RegExp) => [...short.keys()].filter((name) => pattern.test(name));

async function grown(names: readonly string[], call: (module: Product, text: string) => unknown): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const [before, after] = [
      await product.workOf((module) => call(module, short.get(name)!)),
      await product.workOf((module) => call(module, long.get(name)!)),
    ];
    if (after > maxGrowth * before && after > littleWork * times * chars) found.push(`${name}: ${before} → ${after}`);
  }
  return found;
}

const languageIds = 'markdown latex restructuredtext asciidoc typst org html plaintext git-commit python'.split(' ');

describe.each(languageIds)('%s: the work grows with the text', (languageId) => {
  test(
    'of a reading with all its spans',
    async () => {
      const read = ({ readText }: Product, text: string) => {
        const { blocks, spansOf } = readText(text, languageId);
        for (const block of blocks) spansOf(block);
      };
      expect(await grown(named(/in one line|alone|behind a [hrl]|nested|runs|long/u), read)).toEqual([]);
    },
    timeout,
  );

  test(
    'of a caret at the end',
    async () => {
      const look = ({ CaretReader, caretOf }: Product, text: string) =>
        new CaretReader().zoneAt({ documentId: '', languageId }, text, caretOf({ prefix: text, suffix: '' }));
      expect(await grown(named(/in lines|alone|nested|runs|long/u), look)).toEqual([]);
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
      expect(await grown(named(/alone|letters|long|[[(<$"`.] in (?:one line|lines)$/u), split)).toEqual([]);
    },
    timeout,
  );
});

const actions: readonly ActionId[] = ['fix', 'simplify', 'formal', 'friendly', 'bullets', 'prose', 'table'];

describe.each(['markdown', 'latex', 'html', 'plaintext'])(
  '%s: the work of an action grows with the text',
  (languageId) => {
    test.each(actions)(
      '%s',
      async (action) => {
        const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
        const act = ({ runAction }: Product, text: string) =>
          runAction({ action, way: 'rules', text, languageId }, engine, CancellationToken.None);
        expect(
          await grown(
            named(/in lines$|and letters|long/u).filter((_, i) => i % 5 === 0),
            act,
          ),
        ).toEqual([]);
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
