// What a reader may rely on in every file of src/.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** The places in the code where a pattern is found. */
const places = (pattern: RegExp): string[] =>
  sources.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  );

test('what is private begins with #; only constructors have no other way', () => {
  expect(places(/^\s*(?:private|protected) (?!constructor\()|[(,]\s*private /u)).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  const long = sources.filter(({ text }) => text.split('\n').length - 1 > 300);
  expect(long.map(({ file }) => file)).toEqual([]);
});

/** Private words of an earlier house, each with the word that took its place. */
const replaced = {
  giveWay: 'lower priority',
  oneByOne: 'serial queue',
  filledIn: 'format message',
  compiledLater: 'lazy',
  lateParts: 'features',
  Patience: 'rejection back-off',
  adapterShelf: 'adapter store',
  heldOutProof: 'evaluation',
  toldDrafts: 'instruction drafts',
  meantAction: 'intent',
  untouchable: 'protected',
  knownText: 'context',
  Sighting: 'suggestion event',
};

test.each(Object.entries(replaced))('%s is called %s', (word) => {
  expect(places(new RegExp(`\\b${word}\\b`, 'u'))).toEqual([]);
});
