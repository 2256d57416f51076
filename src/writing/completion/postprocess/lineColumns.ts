import { ruleOf } from '../../../text/zone.ts';
import { columns, wordPieces } from '../segment.ts';
import type { Rule } from './rule.ts';

/** Where a line has a bound (a commit's subject: 72 columns) the suggestion ends with the last word that fits. */
export const lineColumns: Rule = (text, { caret, zone }) => {
  const { maxColumns } = ruleOf(zone);
  if (maxColumns === 0) return text;
  let kept = '';
  for (const piece of wordPieces(text)) {
    if (columns(caret.linePrefix + kept + piece + caret.lineSuffix.trimEnd()) > maxColumns) break;
    kept += piece;
  }
  return kept === '' ? { drop: 'tooShort', detail: `the line may have ${maxColumns} columns` } : kept;
};
