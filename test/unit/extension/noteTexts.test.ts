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
  [note('needsList'), '[Select a list of at least two items, with no more than one line before it.]'],
  [note('wayUnknown', 'Shorten', 'rules'), '[“[Shorten]” cannot be done by rules.]'],
  [note('instructionMissing', 'Rewrite'), '[“[Rewrite]” needs an instruction.]'],
  [
    note('largerModelNeeded', 'My prompt', 135),
    '[The model in use is too small for “My prompt” (135 million parameters). Choose a larger one.]',
  ],
  [note('partsLost', 'Shorten'), '[it lost Shorten]'], // the writer's own word
  [
    note('failedChecks', note('saidTwice', 'Rewrite')),
    '[Nothing is proposed, because the model’s text did not pass the checks ([it repeats “Rewrite”]).]',
  ],
])('%j', (given, text) => expect(noteText(given)).toBe(text));
