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
import { outline } from './support/outline.ts';
import { others } from './support/placesWithoutProse.ts';
import { prose } from './support/placesWithProse.ts';
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

const allTables = [nastyMarkdown, nastyDialects, nastyLatex, nastyMarkup, nastyOthers, nastyComments];

for (const tables of allTables)
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

/** All texts of a language, and pages of their lines in an order that is the same in every run. */
function textsOf(languageId: string): string[] {
  const nasty = allTables.flatMap((tables) => Object.values(tables[languageId] ?? {}).flatMap((all) => all ?? []));
  const found = [...nasty, ...(prose[languageId] ?? []), ...(others[languageId] ?? [])];
  const texts = found.filter((text) => !text.includes('\r'));
  const lines = texts.flatMap((text) => text.split('\n'));
  let state = 7;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % below;
  };
  const page = () => Array.from({ length: 2 + next(8) }, () => lines[next(lines.length)]!).join('\n');
  return [...texts, ...Array.from({ length: 40 }, page)];
}

const languageIds = new Set([...allTables, prose, others].flatMap((tables) => Object.keys(tables)));

test.each([...languageIds])('a text in %s reads the same with both line ends', (languageId) => {
  const read = (text: string) => outline(text, languageId).map((block) => block.replaceAll('\r\n', '\n'));
  for (const text of textsOf(languageId)) expect(read(text.replaceAll('\n', '\r\n'))).toEqual(read(text));
});
