import { describe, expect, test } from 'vitest';
import { CancellationToken } from 'vscode-jsonrpc';
import { holdsSentences } from '../../../src/text/block.ts';
import { CaretReader } from '../../../src/text/caretReader.ts';
import { readText } from '../../../src/text/readText.ts';
import { allSentences } from '../../../src/text/sentences.ts';
import { type ZoneKind, zoneRules } from '../../../src/text/zone.ts';
import { caretOf } from '../../../src/writing/completion/caret.ts';
import { documentHabits } from '../../../src/writing/completion/documentHabits.ts';
import { gateThresholds } from '../../../src/writing/completion/gate.ts';
import { postprocess, surroundings } from '../../../src/writing/completion/postprocess/postprocess.ts';
import { fileChanges } from '../../../src/writing/selection/rules/gitDiff.ts';
import { runAction } from '../../../src/writing/selection/runAction.ts';
import type { ActionId } from '../../../src/writing/selection/selectionAction.ts';
import { applyEdits } from '../../../src/writing/selection/wordChanges.ts';
import { ScriptedEngine } from '../writing/selection/scriptedEngine.ts';
import { atCaret } from '../writing/support/atCaret.ts';
import { writtenPages } from './support/asWritten/blocks.ts';
import { commentPlaces } from './support/asWritten/comments.ts';
import { writtenDiffs } from './support/asWritten/diffs.ts';
import { kindPlaces } from './support/asWritten/kinds.ts';
import { longTailPlaces } from './support/asWritten/longTail.ts';
import { longTailMarkup } from './support/asWritten/longTailMarkup.ts';
import { longTailPages } from './support/asWritten/longTailPages.ts';
import { markdownPlaces } from './support/asWritten/markdownCarets.ts';
import { markupPlaces } from './support/asWritten/markupCarets.ts';
import { writtenSentences } from './support/asWritten/sentences.ts';
import { rightOfCaret } from './support/asWritten/suffixes.ts';
import { invitesProse } from './support/zoneAt.ts';

/** What the zone at a text's end is in the words of the table. */
function placeAtEnd(text: string, { languageId, place }: { languageId: string; place: string }): string {
  const request = atCaret(`${text}‖`, { languageId });
  const zone: ZoneKind = new CaretReader().zoneAt(request, request.prefix, caretOf(request), request.suffix);
  if (Object.hasOwn(zoneRules, place)) return zone;
  return invitesProse(zone) === (place === 'shown') ? place : `${place}: not ${zone}`;
}

const carets = [markdownPlaces, markupPlaces, kindPlaces, commentPlaces, longTailPlaces, longTailMarkup].flatMap(
  (languages) =>
    Object.entries(languages).flatMap(([languageId, places]) =>
      Object.entries(places as Readonly<Record<string, readonly string[]>>).flatMap(([place, texts]) =>
        texts.map((text) => [languageId, place, text] as const),
      ),
    ),
);

describe('the caret', () => {
  test.each(carets)('%s, %s: %j', (languageId, place, text) => {
    expect(placeAtEnd(text, { languageId, place })).toBe(place);
    expect(placeAtEnd(text.replaceAll('\n', '\r\n'), { languageId, place })).toBe(place);
  });
});

/** Which characters an action may take for a person's words. */
function freeCharacters(text: string, languageId: string): boolean[] {
  const free = Array.from(text, () => false);
  const reading = readText(text, languageId);
  for (const block of reading.blocks) {
    if (!holdsSentences(block)) continue;
    for (let i = block.contentStart; i < block.contentEnd; i++) free[i] = true;
    for (const { start, end } of reading.spansOf(block)) for (let i = start; i < end; i++) free[i] = false;
  }
  return free;
}

const byRules: readonly ActionId[] = ['fix', 'shorten', 'simplify', 'formal', 'friendly', 'bullets', 'prose', 'table'];

describe('blocks that are no words', () => {
  test.each([...writtenPages, ...longTailPages].map((page) => [page.languageId, page.text, page] as const))(
    '%s: %j',
    async (languageId, text, { stays, words }) => {
      const free = freeCharacters(text, languageId);
      const lettersOf = (part: string) =>
        [...part].flatMap((letter, i) => (/\S/u.test(letter) ? [free[text.indexOf(part) + i]] : []));
      expect(stays.filter((part) => lettersOf(part).includes(true))).toEqual([]);
      expect(words.filter((part) => lettersOf(part).includes(false))).toEqual([]);
      for (const action of byRules) {
        const request = { action, languageId, way: 'rules' as const, text };
        const engine = Object.assign(new ScriptedEngine(), { knownParameters: () => 135e6 });
        const outcome = await runAction(request, engine, CancellationToken.None);
        const after = outcome.kind === 'proposal' ? applyEdits(text, outcome.changes) : text;
        expect(
          stays.filter((part) => !after.includes(part)),
          action,
        ).toEqual([]);
      }
    },
  );
});

test.each(writtenSentences)('sentences in %s: %j', (languageId, text, sentences) => {
  const found = allSentences(readText(text, languageId)).map(({ start, end }) => text.slice(start, end));
  expect(found).toEqual(sentences);
});

test.each(rightOfCaret)('right of the caret in %s: %j, when the model says %j', (languageId, drawn, said, may) => {
  const request = atCaret(drawn, { languageId });
  const caret = caretOf(request);
  const sequence = {
    text: said,
    tokens: [{ id: 0, text: said, logprob: Math.log(0.99) }],
    logprob: 0,
    firstWordProbability: 0.99,
    healedLogprob: 0,
    finishReason: 'length' as const,
  };
  const result = postprocess(sequence, {
    caret,
    length: 'sentence',
    zone: new CaretReader().zoneAt(request, request.prefix, caret, request.suffix),
    languageId,
    habits: documentHabits(request.prefix, request.suffix),
    thresholds: gateThresholds({ showing: 'normal', minFirstWordProbability: 0.5 }, { trigger: 'automatic' }),
    ...surroundings(request.prefix, request.suffix),
  });
  expect(['', ...may]).toContain('drop' in result ? '' : result.text);
});

test.each(writtenDiffs)('the files of a diff: %s', (_, diff, files) => {
  const found = fileChanges(diff)?.map(
    ({ verb, path, oldPath, added, removed, what }) =>
      `${verb} ${path}${oldPath === undefined ? '' : ` < ${oldPath}`} +${added} −${removed}${what ? ` ${what}` : ''}`,
  );
  expect(found).toEqual(files);
});
