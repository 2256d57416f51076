import { describe, expect, test } from 'vitest';
import { isEntryName, isPlainName, isSameName, plainName } from '../../../src/protocol/plainName.ts';

/** What is not the name of anything in a folder, or not on every system, or not what a person reads. */
const refused: readonly string[] = [
  '',
  ' ',
  '.',
  '..',
  '...',
  '../x',
  'a/b',
  'a\\b',
  '/etc',
  '\\\\server\\share',
  'C:',
  'C:x',
  'D:\\models',
  'x\0y',
  'line\nbreak',
  'tab\tstop',
  'name.',
  'name ',
  ' name',
  '.hidden',
  'a*',
  'what?',
  '"quoted"',
  '<tag>',
  'pipe|d',
  'CON',
  'con.txt',
  'Aux',
  'nul',
  'NUL .x',
  'COM1',
  'lpt9.gguf',
  'com¹',
  'CONIN$',
  'a\u2215b', // division slash
  'a\u2044b', // fraction slash
  'a\uFF0Fb', // full-width solidus
  'a\uFF3Cb', // full-width reverse solidus
  'a\u202Egpj', // right to left from here
  'a\u200Bb', // a space without width
  '\uFEFFname',
  'soft\u00ADhyphen',
  '\uD800', // half a character
  'a\u2028b',
  'x'.repeat(101),
  '語'.repeat(67), // 201 bytes
  'voice.run',
  'voice.RUN',
];

const taken: readonly string[] = [
  'voice',
  'My novel',
  'smollm2-135m-instruct',
  'Llama 3.2 (1B) Q4_K_M',
  'v1.0',
  'a.b.c',
  'console',
  'auxiliary',
  'com10',
  'nul-island',
  'Тетрадь',
  '小说',
  'کتاب\u200Cها', // written with a non-joiner
  'writer 👩\u200D💻',
  'x'.repeat(100),
  "l'île",
  '#1 & co',
  'a~1',
  '%2e%2e',
  '~',
];

describe('names of models and adapters', () => {
  test.each(refused.map((name) => [JSON.stringify(name), name]))('%s is refused, with the reason', (_, name) => {
    expect(isPlainName(name)).toBe(false);
    expect(() => plainName('adapter', name)).toThrow(/^".*" cannot be the name of an adapter: .+\.$/s);
  });

  test.each(taken)('%s is a name', (name) => {
    expect(plainName('model', name)).toBe(name);
  });

  test('are the same letters however they were typed', () => {
    expect(plainName('model', 'cafe\u0301')).toBe('café');
  });
});

test.each([
  ['Voice', 'voice', true],
  ['cafe\u0301', 'CAFÉ', true],
  ['voice', 'voice 2', false],
])('%s and %s may be one folder: %s', (one, other, same) => {
  expect(isSameName(one, other)).toBe(same);
});

test.each([
  ['voice', true],
  ['a:b', true],
  ['...', true],
  ['', false],
  ['.', false],
  ['..', false],
  ['a/b', false],
  ['a\\b', false],
  ['a\0b', false],
])('%j can stand in a folder: %s', (name, can) => {
  expect(isEntryName(name)).toBe(can);
});
