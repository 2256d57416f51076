import { expect, test } from 'vitest';
import { openModelFolder } from '../../src/model/modelFolder.ts';
import { openTokenizer } from '../../src/model/openTokenizer.ts';
import { bundledModel, readGolden, type TokenGolden } from './goldenFiles.ts';

const { cases } = readGolden<TokenGolden>('tokens.json');
const folder = openModelFolder(bundledModel());
const tokenizer = openTokenizer(folder);

test.each(cases.map(({ text, ids }) => [JSON.stringify(text).slice(0, 60), text, ids] as const))(
  'token ids of %s',
  (_, text, ids) => {
    expect(tokenizer.encode(text)).toEqual(ids);
    expect(tokenizer.decode(ids)).toBe(text);
  },
);

test('a text longer than a slice gets the ids of one call', () => {
  const [first, next] = cases.find(({ text }) => text.startsWith('word word'))!.ids;
  const text = `word${' word'.repeat(4000)}`; // 20,004 characters
  expect(tokenizer.encode(text)).toEqual([first, ...new Array<number | undefined>(4000).fill(next)]);
});
