import { expect, test, vi } from 'vitest';
import { noteText } from '../../../src/extension/actions/noteTexts.ts';
import { type Note, note } from '../../../src/writing/selection/notes.ts';

/** Translated is what stands in brackets. */
vi.mock('vscode', () => ({
  l10n: {
    t: (text: string, ...args: string[]) => `[${text.replace(/\{(\d)\}/g, (_, index) => args[Number(index)]!)}]`,
  },
}));

test.each<[Note, string]>([
  [note('noText'), '[This does not look like text.]'],
  [note('needsList'), '[Select a list: at least two items, with nothing but one line before them.]'],
  [note('wayUnknown', 'Shorten', 'rules'), '[“[Shorten]” cannot be done by rules.]'],
  [note('instructionMissing', 'Rewrite'), '[“[Rewrite]” needs to be told what to do.]'],
  [
    note('largerModelNeeded', 'My prompt', 135),
    '[“My prompt” needs a larger model than one of 135 million parameters.]',
  ],
  [note('partsLost', 'Shorten'), '[lost: Shorten]'], // the writer's own word
  [note('failedChecks', note('saidTwice', 'Rewrite')), '[What was written failed its checks ([says twice: Rewrite]).]'],
])('%j', (given, text) => expect(noteText(given)).toBe(text));
