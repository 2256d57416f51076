import { expect, test } from 'vitest';
import { InklingError } from '../../../../src/protocol/errors.ts';
import {
  type CompletionSettings,
  resolveCompletionSettings,
} from '../../../../src/writing/completion/completionSettings.ts';
import { type CaretRecord, SimulatedWriter } from '../../../../src/writing/simulator/simulatedWriter.ts';
import { ScriptedGenerator, type ScriptedToken } from '../support/scriptedGenerator.ts';

interface Session {
  /** what follows the text that ends so; nothing for all others */
  readonly says?: Readonly<Record<string, readonly ScriptedToken[]>>;
  readonly start?: number;
  readonly losesPatience?: boolean;
  readonly settings?: Partial<CompletionSettings>;
  /** ends before this and goes on in front of it */
  readonly before?: string;
}

/**
 * Types a text and draws what happened: `[accepted]`, and `{shown in vain}` where it stood.
 */
async function replay(
  text: string,
  { says = {}, start = 0, losesPatience = true, settings = {}, before = '' }: Session = {},
) {
  const generator = new ScriptedGenerator((prompt) => {
    const end = Object.keys(says).find((tail) => prompt.endsWith(tail));
    return end === undefined ? [[' nothing', 0.01]] : says[end]!;
  });
  const carets: CaretRecord[] = [];
  const writer = new SimulatedWriter(
    generator,
    { path: '/notes/note.md', languageId: 'markdown', text },
    {
      settings: resolveCompletionSettings(settings),
      midLine: before !== '',
      losesPatience,
      stopwatch: { now: () => 0 },
      onCaret: (caret) => carets.push(caret),
    },
  );
  const written = await writer.write(start, text.length - before.length);
  let drawn = '';
  let from = start;
  for (const { offset, suggestion, run } of carets.filter((caret) => caret.suggestion !== undefined)) {
    drawn += text.slice(from, offset);
    drawn += run.chars > 0 ? `[${text.slice(offset, offset + run.chars)}]` : `{${suggestion!.text}}`;
    from = offset + run.chars;
  }
  return { drawn: drawn + text.slice(from), carets, ...written };
}

const sentence = 'Once upon a time there was a king.';

test('without suggestions every character is a key and a caret', async () => {
  const { drawn, carets, characters, keys } = await replay(sentence);
  expect(drawn).toBe(sentence);
  expect([carets.length, characters, keys]).toEqual([sentence.length, sentence.length, sentence.length]);
});

test('a suggestion that is right as a whole costs one key, and brings the blank behind it along', async () => {
  const says = { 'a time th': ['ere', ' was', ' a'] };
  const { drawn, keys } = await replay(sentence, { says });
  expect(drawn).toBe('Once upon a time th[ere was a ]king.');
  expect(keys).toBe(sentence.length - 'ere was a '.length + 1);
});

test('without the blanks that come along each is typed', async () => {
  const says = { 'a time th': ['ere', ' was', ' a'] };
  const { drawn, keys } = await replay(sentence, { says, settings: { spaceAfterWord: false } });
  expect([drawn, keys]).toEqual(['Once upon a time th[ere was a] king.', sentence.length - 'ere was a'.length + 1]);
});

test.each([
  ['a mark takes it back', 'It was all th[ere], and more.', 'ere'.length - 1],
  ['so does the end of the paragraph', 'It was all th[ere]\n\nMore.', 'ere'.length - 1],
  ['and the end of the text', 'It was all th[ere]', 'ere'.length - 1],
  ['one that the text does not have is taken out', 'It was all th[ere]+ and more.', 'ere'.length - 2],
  ['it stays before marks that stand apart here', 'So ? And so ? It was all th[ere ]? ', 'ere '.length - 1],
  ['elsewhere it goes, and is put back with the mark', 'It was all th[ere] ; and more.', 'ere'.length - 3],
])('a blank that came along: %s', async (_, drawn, saved) => {
  const text = drawn.replaceAll(/[[\]]/gu, '');
  const written = await replay(text, { says: { 'It was all th': ['ere'] } });
  expect([written.drawn, text.length - written.keys]).toEqual([drawn, saved]);
});

test('the right beginning of a suggestion costs a key for each word, and its rest is not shown anew', async () => {
  const says = { 'a time th': ['ere', ' was', ' the', ' queen'] };
  const { drawn, keys, carets } = await replay(sentence, { says });
  expect(drawn).toBe('Once upon a time th[ere was ]a king.');
  expect(keys).toBe(sentence.length - 'ere was '.length + 2);
  // not asked afresh: within what was accepted, and behind it, where "the queen" still stood
  expect(carets).toHaveLength(sentence.length - 'ere was'.length - 1);
});

test('what is typed through a suggestion is no new show, and no caret asked afresh', async () => {
  const says = { 'a time th': ['ereby', ' a'] };
  const { drawn, carets, keys } = await replay(sentence, { says });
  expect(drawn).toBe('Once upon a time th{ereby a}ere was a king.');
  expect(carets).toHaveLength(sentence.length - 'ere'.length);
  expect(keys).toBe(sentence.length);
});

test('a wrong show costs nothing but itself', async () => {
  const says = { 'a time th': ['at', ' year'] };
  const { drawn, keys, characters } = await replay(sentence, { says });
  expect([drawn, keys]).toEqual(['Once upon a time th{at year}ere was a king.', characters]);
});

test('what stood before the stretch is not typed', async () => {
  const says = { 'time ther': ['e', ' was', ' a'] };
  const { drawn, keys, characters } = await replay(sentence, { says, start: sentence.indexOf('there') });
  expect([drawn, characters, keys]).toEqual(['ther[e was a ]king.', 17, 10]);
});

test('a gap is filled in front of what follows it, and nothing of that is accepted', async () => {
  const says = { 'a time th': ['ere', ' was', ' a', ' king'] };
  const openEnd = await replay(sentence, { says, start: 10 });
  expect(openEnd.drawn).toBe('a time th[ere was a king].');
  const gap = await replay(sentence, { says, start: 10, before: ' a king.' });
  expect(gap.drawn).toBe('a time th[ere was] a king.'); // the rest stands there: it is not shown again
  expect(gap.characters).toBe('a time there was'.length);
});

test('what goes on below a full line is accepted there, and the line is broken by hand', async () => {
  const text = 'The miller had three sons, and when he died he left them\nhis mill, his donkey and his cat.';
  const says = { 'he left t': ['hem', ' his', ' mill', ','] };
  const { drawn, keys, characters, carets } = await replay(text, { says });
  expect(drawn).toBe(text.replace('them\nhis mill,', 't[hem\nhis mill,]').replace('] ', ' ]'));
  expect([characters, keys]).toEqual([text.length, text.length - 'hem\nhis mill, '.length + 2]);
  expect(carets.filter(({ suggestion }) => suggestion)).toHaveLength(1);
});

test('carets tell what kind of place they are by what really comes next', async () => {
  const { carets } = await replay('# A very long title\n\nIt rains. Often.');
  const at = (offset: number) => carets.find((caret) => caret.offset === offset)!;
  expect(at(12)).toMatchObject({ kind: 'midWord', zone: 'heading', wordsOnLine: 2 }); // lo|ng title
  expect(at(13 + 1)).toMatchObject({ kind: 'afterSpace', wordsOnLine: 1 });
  expect(at(13)).toMatchObject({ kind: 'wordEnd' });
  expect(at('# A very long title\n\nIt rains. '.length)).toMatchObject({ kind: 'sentenceStart', zone: 'prose' });
});

test.each([
  ['goes on with the word that has ended', 'Once upon', 'a tale', 'midWord'],
  ['ends a word that goes on', 'Once upon a time th', ' a', 'wordEnd'],
  ['goes on as the writer does', 'Once upon a time th', 'ere', 'midWord'],
])('what is shown and %s is judged by what it says', async (_, typed, said, kindShown) => {
  const { carets } = await replay(sentence, { says: { [typed]: [said, ' time'] } });
  const shown = carets.filter(({ suggestion }) => suggestion);
  expect(shown[0]).toMatchObject({ offset: typed.length, kindShown });
  expect(carets.find(({ suggestion }) => !suggestion)!.kindShown).toBeUndefined();
});

test('one key types one character as a person sees it', async () => {
  expect(await replay('👩‍🚀\r\né')).toMatchObject({ characters: '👩‍🚀\r\né'.length, keys: 3 });
});

test('ten wrong suggestions in a row make the completer fall silent, unless it is not told', async () => {
  const text = `Once upon a time there was ${'x'.repeat(40)}`;
  const says = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`was ${'x'.repeat(i)}`, ['zz', ' top']]));
  const told = await replay(text, { says });
  const untold = await replay(text, { says, losesPatience: false });
  expect(told.drawn.match(/\{zz top\}/gu)).toHaveLength(10);
  expect(untold.drawn.match(/\{zz top\}/gu)!.length).toBeGreaterThan(30);
});

test('a model that fails ends the simulation', async () => {
  const error = new InklingError('processDied', 'gone');
  const generator = { generate: async () => ({ kind: 'failed' as const, error }) };
  const options = {
    settings: resolveCompletionSettings({}),
    midLine: false,
    losesPatience: true,
    stopwatch: { now: () => 0 },
    onCaret: () => undefined,
  };
  const text = { path: 'a.md', languageId: 'markdown', text: sentence };
  await expect(new SimulatedWriter(generator, text, options).write(0, sentence.length)).rejects.toBe(error);
});
