import { beforeAll, expect, test, vi } from 'vitest';
import { planNoteText as english, type PlanNote, planNote } from '../../../src/protocol/training.ts';
import { l10n } from '../../../src/webview/editorHost.ts';
import { planNoteText } from '../../../src/webview/fineTuning/controlsSection.ts';

beforeAll(() => vi.stubGlobal('document', { documentElement: { lang: 'en' } }));

test.each<[PlanNote]>([
  [planNote('fastTooLarge', 900, 800)],
  [planNote('layersTwice', 800)],
  [planNote('shorterSequences', 256, 800, 128)],
  [planNote('littleMemory', 900, 800, 64)],
  [planNote('damagedCheckpoint', 8)],
  [planNote('startsOver')],
])('%j says the same on the page as on the command line', (note) => {
  expect(planNoteText(note)).toBe(english(note));
  expect(english(note)).not.toMatch(/[{}]/u);
});

test('on the page in the language of the person', () => {
  l10n.use({ 'To stay within {0} MB every layer is computed twice: slower, with the same result.': '{0} Mo' });
  expect(planNoteText(planNote('layersTwice', 800))).toBe('800 Mo');
  l10n.use({});
});
