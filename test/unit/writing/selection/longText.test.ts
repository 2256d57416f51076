import { expect, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc';
import { readText } from '../../../../src/text/readText.ts';
import { loadTagger } from '../../../../src/writing/selection/checks/tagger.ts';
import { fixText } from '../../../../src/writing/selection/rules/fixText.ts';
import { runAction } from '../../../../src/writing/selection/runAction.ts';
import { sectionsOf } from '../../../../src/writing/selection/summary/sections.ts';
import { applyEdits } from '../../../../src/writing/selection/wordChanges.ts';
import { ScriptedEngine } from './scriptedEngine.ts';

const right = 'We walked along the river for 3 hours, past `the mill`, and Anna said nothing about it. ';
const wrong = 'I recieved 12 letters, but they dont say when Anna comes. ';
const engine = () => Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
const fix = (text: string) => ({ action: 'fix', text, languageId: 'markdown' }) as const;

// each rule that looks at the whole text once per match, or compares it once per part, is found out by this size
test('a paragraph of a million characters with 8,000 slips', async () => {
  const text = (right + wrong).repeat(8_000).trimEnd();
  const fixed = fixText(text, { tag: await loadTagger() });
  expect(fixed).not.toMatch(/recieved|dont/u);
  expect(fixed.length).toBe(text.length + 8_000);
});

test('a million characters in paragraphs, and the changes that make them right', async () => {
  const paragraphs = Array.from({ length: 7_500 }, (_, i) => (i % 5 === 0 ? wrong : right) + i);
  const text = paragraphs.join('\n\n');
  const seen: string[] = [];
  const outcome = await runAction(fix(text), engine(), CancellationToken.None, {
    onPartial: (partial) => seen.push(partial.slice(-1)),
  });
  if (outcome.kind !== 'proposal') throw new Error(outcome.kind);
  expect(outcome.changes).toHaveLength(3_000);
  expect(applyEdits(text, outcome.changes)).toBe(outcome.text);
  expect(outcome.lost).toEqual([]);
  expect(seen).toEqual([]); // nothing that a rule proposes is shown before it is checked
});

test('a paragraph of 8,000 sentences with links is read for summaries and questions', () => {
  const sentence = (_: unknown, i: number) => `The boat ${i} lies at [pier ${i}](https://example.org/${i}) since May.`;
  const reading = readText(Array.from({ length: 8_000 }, sentence).join(' '), 'markdown');
  expect(sectionsOf(reading).flatMap(({ sentences }) => sentences)).toHaveLength(8_000);
});

test('can be stopped while it writes and while it compares', async () => {
  const text = Array.from({ length: 300 }, (_, i) => wrong + i).join('\n\n');
  for (const stage of ['writing', 'comparing']) {
    const source = new CancellationTokenSource();
    const outcome = await runAction(fix(text), engine(), source.token, {
      onProgress: (progress) => {
        if (progress.stage === stage && progress.done >= 100) source.cancel();
      },
    });
    expect(outcome.kind, stage).toBe('cancelled');
    expect('partial' in outcome, stage).toBe(stage === 'writing'); // what was written is kept, compared or not
  }
});

test('shortening names each sentence that it leaves out, on the proposal and on the change that takes it', async () => {
  const sentences = [
    'The council met in the old town hall and talked about the bridge.',
    'Everybody agreed that the bridge was old and that it should be repaired soon.',
    'Somebody opened a window because the air in the room was warm.',
    'The bridge is to be repaired in the spring, when the river is low.',
    'A dog was barking somewhere in the street for quite a while.',
    'The council will pay for the bridge out of the money for roads.',
  ];
  const text = `${sentences.join(' ')}\n\n${sentences.join(' ')}`;
  const request = { action: 'shorten', way: 'rules', text, languageId: 'markdown' } as const;
  const outcome = await runAction(request, engine(), CancellationToken.None);
  if (outcome.kind !== 'proposal') throw new Error(outcome.kind);
  const gone = sentences.filter((sentence) => !outcome.text.includes(sentence.split(' ').slice(0, 4).join(' ')));
  expect(outcome.lost.length).toBeGreaterThan(0);
  expect(new Set(outcome.lost)).toEqual(new Set(sentences.filter((sentence) => outcome.lost.includes(sentence))));
  for (const sentence of gone) expect(outcome.lost).toContain(sentence);
  expect(outcome.changes.flatMap(({ lost }) => lost)).toEqual(outcome.lost);
  for (const { original, lost } of outcome.changes) for (const sentence of lost) expect(original).toContain(sentence);
});

test.each(['fix', 'shorten', 'bullets', 'table', 'formal'] as const)(
  '%s of ten million characters is refused, and says why',
  async (action) => {
    const text = `${right}\n\n`.repeat(Math.ceil(10_000_000 / right.length));
    const outcome = await runAction({ action, text, languageId: 'markdown' }, engine(), CancellationToken.None);
    expect(outcome).toMatchObject({ kind: 'none', reason: 'tooLarge' });
    expect(outcome).toMatchObject({ detail: 'The selection has more than 2 million characters.' });
  },
);
