import { describe, expect, test } from 'vitest';
import { CaretReader } from '../../../src/text/caretReader.ts';
import { type ZoneKind, zoneRules } from '../../../src/text/zone.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';
import { atCaret } from '../writing/support/atCaret.ts';
import { nastyComments } from './support/nastyComments.ts';
import { nastyDialects } from './support/nastyDialects.ts';
import { nastyLatex } from './support/nastyLatex.ts';
import { nastyMarkdown } from './support/nastyMarkdown.ts';
import { nastyMarkup } from './support/nastyMarkup.ts';
import { nastyOthers } from './support/nastyOthers.ts';
import { invitesProse } from './support/zoneAt.ts';

function zoneOf(text: string, languageId: string): ZoneKind {
  const request = atCaret(`${text}‖`, { languageId });
  return new CaretReader().zoneAt(request, request.prefix, caretOf(request), request.suffix);
}

/** What a zone is in the words of the table. */
function inWordsOf(place: string, zone: ZoneKind): string {
  if (Object.hasOwn(zoneRules, place)) return zone;
  return invitesProse(zone) === !place.endsWith('silent') ? place : `${place}: not ${zone}`;
}

for (const tables of [nastyMarkdown, nastyDialects, nastyLatex, nastyMarkup, nastyOthers, nastyComments])
  for (const [languageId, places] of Object.entries(tables))
    for (const [place, texts] of Object.entries(places as Readonly<Record<string, readonly string[]>>))
      describe(`${languageId}, ${place}`, () => {
        test.each([
          ['\n', texts],
          ['\r\n', texts.filter((text) => text.includes('\n'))],
        ] as const)('line ends are %j', (lineEnd, all) => {
          const read = (text: string) => inWordsOf(place, zoneOf(text.replaceAll('\n', lineEnd), languageId));
          expect(all.filter((text) => read(text) !== place).map((text) => [text, read(text)])).toEqual([]);
        });
      });
