// What a reader may rely on in every file of src/.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actionCatalogue } from '../../../src/writing/selection/actionCatalogue.ts';

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

/** Actions that are named together in a file, as a list, a union or a condition. */
function listsOfActions(text: string): string[] {
  const lists = [
    ...text.matchAll(/\[(?:\s*'\w+',?)+\s*\]/gu),
    ...text.matchAll(/'\w+'(?:\s*\|\s*'\w+')+/gu),
    ...text.matchAll(/[!=]== '\w+'(?:\s*(?:\|\||&&)\s*\w+(?:\.\w+)* [!=]== '\w+')+/gu),
  ].map(([list]) => list);
  return lists.filter((list) => {
    const words = [...list.matchAll(/'(\w+)'/gu)].map(([, word]) => word!);
    return words.length > 1 && words.every((word) => word in actionCatalogue);
  });
}

test('what sets an action apart is said in its row of the catalogue, and its place in the menu where the menu is', () => {
  const owners = ['actionCatalogue.ts', 'selectionAction.ts', 'chooseAction.ts'];
  const others = sources.filter(({ file }) => !owners.some((owner) => file.endsWith(`/${owner}`)));
  expect(others.flatMap(({ file, text }) => listsOfActions(text).map((list) => `${file}: ${list}`))).toEqual([]);
  const menu = sources.find(({ file }) => file.endsWith('/chooseAction.ts'))!.text;
  const left = Object.keys(actionCatalogue).filter((action) => !menu.includes(`'${action}'`));
  expect(left).toEqual(['commitMessage']); // its text is a diff
});

test.each([
  "new Set(['fix', 'shorten'])",
  "const these: readonly ActionId[] = [\n  'headings',\n  'title',\n];",
  "type Few = 'bullets' | 'numbered';",
  "action === 'rewrite' || request.action === 'translate'",
])('%j is seen as a list of actions', (text) => expect(listsOfActions(text)).toHaveLength(1));

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
