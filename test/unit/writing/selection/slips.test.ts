import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadTagger } from '../../../../src/writing/selection/checks/tagger.ts';
import { fixText } from '../../../../src/writing/selection/rules/fixText.ts';
import { slips } from '../../../../src/writing/selection/slips/slips.ts';
import { slipEdits, slipRows } from '../../../../src/writing/selection/slips/slipTable.ts';

const tag = await loadTagger();
const fixed = (text: string) => fixText(text, { language: 'en', tag });
const lines = (name: string) =>
  readFileSync(new URL(`../../../fixtures/actions/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');

/** Each has one slip; they were written as people write them, before the rows. */
test.each(lines('slips.jsonl').map((line): { slip: string; right: string } => JSON.parse(line)))(
  '$slip',
  ({ slip, right }) => {
    expect(fixed(slip)).toBe(right);
    expect(fixed(right)).toBe(right);
  },
);

/** They look like slips; some of them are published English that rows have taken for slips. */
test.each(lines('rightSentences.txt'))('%s', (text) => {
  expect(fixed(text)).toBe(text);
});

test('what somebody says, names and words that are spoken of keep their slips', () => {
  for (const text of [
    '“I have went there,” he said.',
    'The word *loose* is not *lose*.',
    'He wrote “alot” on the board.',
    'Of Lets and Then, two bands, the first is better.',
  ])
    expect(fixed(text)).toBe(text);
});

/** A text without marks is one sentence, and each place in it would be looked at up to its end. */
test('no row looks farther than so many words', () => {
  const isUnbounded = /\)[*+]|\]\{\d+,\}|\.[*+]/u;
  expect(slips.filter(({ pattern }) => isUnbounded.test(pattern.source)).map(({ pattern }) => pattern.source)).toEqual(
    [],
  );
  expect(isUnbounded.test('(?: [^ ]{1,9})*')).toBe(true);
});

describe('the notation of rows', () => {
  const mended = (row: string, text: string) => {
    const rows = slipRows(row, { lists: { pets: 'cat|dog' } });
    return slipEdits(text, rows, tag).map(
      ({ start, end, replacement }) => `${text.slice(start, end)} → ${replacement}`,
    );
  };
  test.each([
    ['[teh > the]', 'He saw teh cat. Teh end.', ['teh → the', 'Teh → The']],
    ['my|your [pets|beasts > cats] are', 'Where my beasts are, your pets are.', ['beasts → cats', 'pets → cats']],
    ['the {pets} [sit > sits]', 'The cat sit. The cow sit.', ['sit → sits']],
    ['START the NN [are > is]', 'The house are old. There the house are old.', ['are → is']],
    ['CLAUSE he [go > goes]', 'We stay, he go.', ['go → goes']],
    ['START he [go > goes] TOLD', 'He go home. He go home? (He go home?) He go home?!', ['go → goes']],
    ['very [to > too] END', 'It is very to. It is very to late.', ['to → too']],
    ['!not [is is > is]', 'It not is is. It is is.', ['is is → is']],
    ['has never? [went > gone]', 'She has never went. She has went.', ['went → gone', 'went → gone']],
    ['want [go > to $0]', 'I want go home.', ['go → to go']],
    ['about [about > _] it', 'We talk about about it.', ['about  → ']],
  ])('%s', (row, text, edits) => {
    expect(mended(row, text)).toEqual(edits);
  });

  test('a list that nobody wrote is an error', () => {
    expect(() => slipRows('the {nothing} [are > is]')).toThrow('no list of words is called nothing');
  });
});
