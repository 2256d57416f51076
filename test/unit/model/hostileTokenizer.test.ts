import { describe, expect, test } from 'vitest';
import { tablesFromJson } from '../../../src/model/tokenizer/tokenizerTables.ts';
import { Tokenizer } from '../../../src/model/tokenizer.ts';
import { InklingError } from '../../../src/protocol/errors.ts';
import { isInChinese } from '../../support/chineseOf.ts';
import { tinyTokenizer } from '../../support/tinyTokenizer.ts';

type Json = Record<string, unknown>;
type Damage = (json: Json & { model: Json & { vocab: Record<string, unknown>; merges: unknown[] } }) => unknown;

const { tokenizerConfig, vocabularySize } = tinyTokenizer();

const damaged = (damage: Damage) => {
  const json = structuredClone(tinyTokenizer().tokenizer) as Parameters<Damage>[0];
  return damage(json) ?? json;
};

const open = (json: unknown) => new Tokenizer(tablesFromJson(json as object, tokenizerConfig, vocabularySize));
const added =
  (words: unknown): Damage =>
  (json) => ({ ...json, added_tokens: words });
const token =
  (name: string, id: unknown): Damage =>
  (json) => ({ ...json, model: { ...json.model, vocab: { ...json.model.vocab, [name]: id } } });
const step =
  (key: string, value: unknown): Damage =>
  (json) => ({ ...json, [key]: value });
const replace = (pattern: object, content: unknown) => ({ type: 'Replace', pattern, content });
const doubling = replace({ String: 'a' }, 'aa');
const deep = (type: string, key: string) => {
  let json: Json = { type: 'Sequence', [key]: [] };
  for (let i = 0; i < 10_000; i++) json = { type, [key]: [json] };
  return json;
};

const unusable: readonly (readonly [name: string, damage: Damage, message: RegExp])[] = [
  ['an added token with the number 10⁹', added([{ id: 1e9, content: 'x' }]), /number 1000000000/],
  ['an added token with a negative number', added([{ id: -1, content: 'x' }]), /"x" has the number -1/],
  ['an added token with half a number', added([{ id: 1.5, content: 'x' }]), /the number 1\.5/],
  ['an added token without a number', added([{ content: 'x' }]), /the number undefined/],
  ['an added token without content', added([{ id: 1 }]), /has no content/],
  ['an added token that is a number', added([7]), /no object/],
  ['an added token of 257 letters', added([{ id: 1, content: 'x'.repeat(257) }]), /1 has 257 characters; 256 are/],
  [
    '5,000 added tokens',
    added(Array.from({ length: 5000 }, (_, i) => ({ id: 1, content: `${i}` }))),
    /adds 5000 tokens/,
  ],
  ['added tokens that are no list', added({ a: 1 }), /no list/],
  ['no model', (json) => ({ ...json, model: null }), /no model/],
  ['a model that is a list', (json) => ({ ...json, model: [] }), /no model/],
  [
    'tokens that are a list',
    (json) => ({ ...json, model: { ...json.model, vocab: [] } }),
    /no merges|vocab|entry|decoder|cannot/,
  ],
  ['a token with a text for number', token('a', '5'), /"a" has the number 5/],
  ['a token with the number NaN', token('a', Number.NaN), /number NaN/],
  ['two tokens with one number', token('a', 10), /two tokens/],
  ['a token beyond the model', token('zz', 2 ** 31), /do not belong together/],
  ['no merges', (json) => void delete (json.model as Json)['merges'], /no merges/],
  ['a merge of three', (json) => void json.model.merges.push('a b c'), /no merge of two/],
  ['a merge that is a number', (json) => void json.model.merges.push(5), /no merge of two/],
  ['a merge of nothing', (json) => void json.model.merges.push(' '), /not of its tokens/],
  ['a merge of unknown tokens', (json) => void json.model.merges.push('xq zq'), /not of its tokens/],
  ['a merge into an unknown token', (json) => void json.model.merges.push('q q'), /not of its tokens/],
  [
    'a pattern that is not closed',
    step('pre_tokenizer', { type: 'Split', pattern: { Regex: '(a' }, behavior: 'Isolated' }),
    /cannot be read/,
  ],
  [
    'a pattern without end',
    step('pre_tokenizer', { type: 'Split', pattern: { Regex: 'a'.repeat(30_000) }, behavior: 'Isolated' }),
    /pattern/,
  ],
  [
    'a pattern that is a number',
    step('pre_tokenizer', { type: 'Split', pattern: { Regex: 3 }, behavior: 'Isolated' }),
    /pattern/,
  ],
  ['no pattern', step('pre_tokenizer', { type: 'Split', behavior: 'Isolated' }), /pattern/],
  [
    'an unknown way to cut',
    step('pre_tokenizer', { type: 'Split', pattern: { String: 'a' }, behavior: 'Chopped' }),
    /Chopped/,
  ],
  ['a step without a type', step('pre_tokenizer', {}), /no object with a type/],
  ['steps that are a text', step('normalizer', 'NFC'), /no object with a type/],
  ['steps that are no list', step('normalizer', { type: 'Sequence', normalizers: 5 }), /no list of steps/],
  ['steps within steps', step('normalizer', deep('Sequence', 'normalizers')), /nested too deeply/],
  ['cuts within cuts', step('pre_tokenizer', deep('Sequence', 'pretokenizers')), /nested too deeply/],
  [
    'a thousand steps',
    step('normalizer', { type: 'Sequence', normalizers: Array(1000).fill({ type: 'NFC' }) }),
    /1000 steps/,
  ],
  ['a replacement of a megabyte', step('normalizer', replace({ String: 'a' }, 'b'.repeat(1e6))), /no short content/],
  ['a replacement that is no text', step('normalizer', replace({ String: 'a' }, 7)), /no short content/],
  [
    'a table of characters that is none',
    step('normalizer', { type: 'Precompiled', precompiled_charsmap: 'AAAA' }),
    /damaged/,
  ],
  [
    'a table of characters that lies',
    step('normalizer', { type: 'Precompiled', precompiled_charsmap: '////fwAAAAA=' }),
    /damaged/,
  ],
];

test.each(unusable)('%s', (_, damage, message) => {
  const expected = { code: 'modelConfig', message: expect.stringMatching(message) };
  expect(() => open(damaged(damage))).toThrow(expect.objectContaining(expected));
});

test.each<[string, Damage]>([
  ['WordPiece', (json) => ({ ...json, model: { type: 'WordPiece', vocab: {} } })],
  ['a decoder that is not known', step('decoder', { type: 'WordPiece' })],
  ['a normalizer that is not known', step('normalizer', { type: 'Nonsense' })],
  ['a step named as the prototype is', step('normalizer', { type: 'constructor' })],
  ['a cut that is not known', step('pre_tokenizer', { type: '__proto__' })],
  ['ends of words', (json) => ({ ...json, model: { ...json.model, end_of_word_suffix: '</w>' } })],
])('%s is not supported, and says so', (_, damage) => {
  expect(() => open(damaged(damage))).toThrow(expect.objectContaining({ code: 'modelUnsupported' }));
});

describe('text does not make it spin or grow', () => {
  test.each<[string, Damage, RegExp]>([
    [
      'a pattern that tries everything',
      step('pre_tokenizer', {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Split', pattern: { Regex: '(a|aa)+$' }, behavior: 'Isolated' },
          { type: 'ByteLevel', use_regex: false },
        ],
      }),
      /take longer/,
    ],
    ['a normalizer that tries everything', step('normalizer', replace({ Regex: '(a+)+b' }, '')), /take longer/],
    [
      'a normalizer that doubles',
      step('normalizer', { type: 'Sequence', normalizers: Array(40).fill(doubling) }),
      /grow without bound/,
    ],
    [
      'a normalizer that puts 64 for one',
      step('normalizer', replace({ Regex: '' }, 'b'.repeat(64))),
      /grow without bound/,
    ],
  ])('%s', (_, damage, message) => {
    const tokenizer = () => open(damaged(damage)).encode(`${'a'.repeat(4000)}!`);
    expect(tokenizer).toThrow(
      expect.objectContaining({ code: 'modelConfig', message: expect.stringMatching(message) }),
    );
  });
});

test('a few numbers beyond the model are padding that nothing yields', () => {
  const tokenizer = open(damaged(added([{ id: vocabularySize + 5, content: '<image>', special: true }])));
  expect(tokenizer.decode(tokenizer.encode('<image>'))).toBe('<image>');
});

test('names of the prototype are tokens as any', () => {
  const json = damaged((whole) => ({
    ...whole,
    added_tokens: ['__proto__', 'constructor', 'toString'].map((content, id) => ({
      id,
      content,
      special: false,
      normalized: false,
    })),
  }));
  const tokenizer = open(json);
  expect(tokenizer.encode('a __proto__ constructor toString').filter((id) => id < 3)).toEqual([0, 1, 2]);
  expect(tokenizer.decode(tokenizer.encode('a __proto__ constructor'))).toBe('a __proto__ constructor');
});

/** Any change of one value: an error in plain words, or a tokenizer that encodes. */
test('two thousand seeded damages', () => {
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % below;
  };
  const values = [
    null,
    true,
    -1,
    1e9,
    1.5,
    Number.NaN,
    '',
    'a',
    '\uD800',
    'x'.repeat(1000),
    [],
    {},
    [[]],
    { type: 'NFC' },
    { id: 1 },
  ];
  const places = (value: unknown): [object, string][] =>
    typeof value !== 'object' || value === null
      ? []
      : Object.entries(value).flatMap(([key, inner]): [object, string][] => [[value, key], ...places(inner)]);
  const odd: unknown[] = [];
  for (let round = 0; round < 2000; round++) {
    const json = structuredClone(tinyTokenizer().tokenizer);
    const all = places(json).filter(([holder]) => round % 2 === 0 || Object.keys(holder).length < 50); // not tokens alone
    const [holder, key] = all[random(all.length)]!;
    (holder as Json)[key] = values[random(values.length)];
    try {
      const tokenizer = open(json);
      tokenizer.decode(tokenizer.encodeFromBeginning('The word 你好 <|im_end|> 12'));
    } catch (error) {
      const isPlain = error instanceof InklingError && ['modelConfig', 'modelUnsupported'].includes(error.code);
      if (!isPlain || !isInChinese(error)) odd.push([key, (holder as Json)[key], String(error)]);
    }
  }
  expect(odd).toEqual([]);
});
