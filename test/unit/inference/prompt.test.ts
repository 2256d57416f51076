import { expect, test } from 'vitest';
import { assemblePrompt } from '../../../src/inference/prompt.ts';
import type { Tokenizer } from '../../../src/model/tokenizer.ts';

/** A token for each two characters. */
const tokenizer = {
  beginning: [1],
  textPrefix: '',
  encode: (text: string) =>
    text.match(/../gsu)?.map((pair) => pair.codePointAt(0)! * 1_000 + pair.codePointAt(1)!) ?? [],
  encodeFurther: (text: string) => [...text].map((character) => character.codePointAt(0)!),
  tokenBytes: (id: number) => Buffer.from(String.fromCodePoint(id)),
} as unknown as Tokenizer;

const words = [
  'die ',
  'Verwaltungsvorschriften ',
  'galten ',
  'überall, ',
  'und ',
  'für ',
  '所有的人, ',
  'a-b ',
  '\n\n',
];
const written = Array.from({ length: 120 }, (_, at) => words[(at * 7 + (at >> 3)) % words.length]).join('');

test.each([300, 200, 120])('a text that outgrows %i tokens keeps its cut while words are typed', (maxTokens) => {
  const cuts: number[] = [];
  let last: readonly number[] = [];
  for (let end = 1; end <= written.length; end++) {
    const prompt = { kind: 'continue', text: written.slice(0, end), heal: true } as const;
    const limits = { maxTokens, emptyPromptToken: 0 };
    const { tokenIds, forced } = assemblePrompt(prompt, { tokenizer, chatTemplate: undefined }, limits);
    expect(tokenIds.length + Buffer.byteLength(forced)).toBeLessThanOrEqual(maxTokens);
    const isKept = last.every((id, at) => at >= tokenIds.length || tokenIds[at] === id);
    if (!isKept) cuts.push(tokenizer.encode(prompt.text).length);
    last = tokenIds;
  }
  expect(cuts.length).toBeGreaterThan(1);
  const lasted = cuts.slice(1).map((tokens, at) => tokens - cuts[at]!);
  expect(Math.min(...lasted)).toBeGreaterThan(maxTokens / 12);
});

test.each([
  ['of sixty letters', 'supercalifragilisticexpialidocious-pseudopseudohypoparathyroid', 300],
  ['of letters that take three bytes', 'विश्वविद्यालयअनुदानआयोगकार्यालय', 300],
  ['in a small context', 'Verwaltungsvorschriften', 60],
])('a word %s moves the cut once at most', (_, word, maxTokens) => {
  for (let before = 400; before < 500; before++) {
    const text = `${written.slice(-before).trimEnd()} `;
    const starts = new Set<string>();
    for (let end = 0; end <= word.length; end++) {
      const prompt = { kind: 'continue', text: text + word.slice(0, end), heal: true } as const;
      const limits = { maxTokens, emptyPromptToken: 0 };
      const { tokenIds } = assemblePrompt(prompt, { tokenizer, chatTemplate: undefined }, limits);
      starts.add(tokenIds.slice(0, 4).join());
    }
    expect(starts.size).toBeLessThanOrEqual(2);
  }
});
