import { expect, test } from 'vitest';
import { textsFor } from '../../../src/cli/commands/simulate.ts';
import { writersCompleter } from '../../../src/cli/completion.ts';
import type { LoadedModel } from '../../../src/protocol/inference.ts';
import { ScriptedGenerator } from '../writing/support/scriptedGenerator.ts';

const german = 'Der Wärter stieg die Treppe hinauf und zündete das Licht an, denn der Abend kam früh. ';
const english = 'The keeper climbed the stairs and lit the lamp, because the evening came early that day. ';
/** No language. */
const numbers = '1848, 1871, 1914, 1918, 1933, 1945, 1989 und 1990. ';
const knowing = (...languages: string[]) =>
  ({ name: 'm', device: 'cpu', loadMs: 1, languages }) as unknown as LoadedModel;

test.each([
  ['German', german, ['en'], 'none'],
  ['German that the document declares', `---\nlang: de\n---\n\n${english}`, ['en'], 'none'],
  ['German, to a model that knows it', german, ['en', 'de-DE'], 'text'],
  ['German, to a model of which nobody says what it knows', german, [], 'text'],
  ['English', english, ['en'], 'text'],
  ['English, to a model that does not know it', english, ['zh'], 'none'],
  ['too little to tell', numbers, ['en'], 'text'],
])('complete: a word at 0.58 in %s', async (_, text, languages, kind) => {
  const generator = new ScriptedGenerator(() => [['ewig', 0.58], ' und']);
  const complete = writersCompleter(generator, knowing(...languages), {});
  const answer = await complete({ prefix: `${text}Am Tag h`, suffix: '', languageId: 'markdown', path: 'a.md' });
  expect(answer).toMatchObject({ kind, reason: kind === 'text' ? null : 'lowConfidence' });
});

test('what stands behind the caret tells the language, too', async () => {
  const generator = new ScriptedGenerator(() => [['ewig', 0.58], ' und']);
  const complete = writersCompleter(generator, knowing('en'), {});
  const answer = await complete({
    prefix: `${numbers}Am Tag h`,
    suffix: `\n\n${german}`,
    languageId: 'markdown',
    path: 'a.md',
  });
  expect(answer).toMatchObject({ kind: 'none', reason: 'lowConfidence' });
});

test('simulate: each text is told by itself', async () => {
  const texts = [german, english].map((text, i) => ({ path: `${i}.md`, languageId: 'markdown', text }));
  const foreign = async (...languages: string[]) =>
    (await textsFor(knowing(...languages), texts)).map(({ isForeign }) => isForeign);
  expect(await foreign('en')).toEqual([true, false]);
  expect(await foreign('de')).toEqual([false, true]);
  expect(await foreign('de', 'en')).toEqual([false, false]);
  expect(await foreign()).toEqual([false, false]);
});
