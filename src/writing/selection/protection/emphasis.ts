import { placesOf } from '../text/words.ts';
import { applyEdits, type Edit } from '../wordChanges.ts';

/** Words that Markdown and its like make bold or slanted: `**so**`, `_so_`. */
const emphasized = /(?<![\p{L}\p{N}*_])([*_]{1,3})(?![\s*_])([^*_\n]{1,200}?)(?<!\s)\1(?![\p{L}\p{N}*_])/gu;
const mark = /[*_]/u;

/** Models copy the words and drop the marks around them: words that stand as often as before get theirs back. */
export function restoreEmphasis(result: string, source: string): string {
  const marksOf = new Map<string, Map<number, string>>(); // by the words, then by their place in the source
  for (const { index, 1: marks = '', 2: words = '' } of source.matchAll(emphasized)) {
    const places = marksOf.get(words) ?? new Map<number, string>();
    marksOf.set(words, places.set(index + marks.length, marks));
  }
  const edits = [...marksOf].flatMap(([words, marks]) => {
    const [before, after] = [placesOf(words, source), placesOf(words, result)];
    if (before.length !== after.length) return []; // which of them is left nobody knows
    return before.flatMap((place, nth): Edit[] => {
      const [start, marksHere] = [after[nth]!, marks.get(place)];
      const end = start + words.length;
      if (marksHere === undefined || mark.test(result[start - 1] ?? '') || mark.test(result[end] ?? '')) return [];
      return [
        { start, end: start, replacement: marksHere },
        { start: end, end, replacement: marksHere },
      ];
    });
  });
  return applyEdits(
    result,
    edits.sort((a, b) => a.start - b.start),
  );
}
