import { describe, expect, test } from 'vitest';
import { CaretReader } from '../../../src/text/caretReader.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';
import { atCaret } from '../writing/support/atCaret.ts';
import { others } from './support/placesWithoutProse.ts';
import { prose } from './support/placesWithProse.ts';
import { invitesProse } from './support/zoneAt.ts';

/** Whether a suggestion belongs to the end of a text: of the kinds that people report. */
function isShownAt(languageId: string, text: string): boolean {
  const request = atCaret(`${text}‖`, { languageId });
  return invitesProse(new CaretReader().zoneAt(request, request.prefix, caretOf(request), request.suffix));
}

for (const [languageId, texts] of Object.entries(prose))
  test.each(texts)(`${languageId}, prose: %j`, (text) => expect(isShownAt(languageId, text)).toBe(true));

for (const [languageId, texts] of Object.entries(others))
  test.each(texts)(`${languageId}, no prose: %j`, (text) => expect(isShownAt(languageId, text)).toBe(false));

describe('with other line ends', () => {
  for (const [isShown, table] of [
    [true, prose],
    [false, others],
  ] as const)
    for (const [languageId, texts] of Object.entries(table))
      test(`${languageId}, ${isShown ? 'prose' : 'no prose'}`, () => {
        const wrong = texts.filter((text) => isShownAt(languageId, text.replaceAll('\n', '\r\n')) !== isShown);
        expect(wrong).toEqual([]);
      });
});
