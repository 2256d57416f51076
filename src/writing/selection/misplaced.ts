import { type Block, type BlockKind, holdsSentences, type TextReading } from '../../text/block.ts';
import { isProgramText } from '../../text/languages.ts';
import { hasTrait } from './actionCatalogue.ts';
import { type Note, note } from './notes.ts';
import type { ActionId, Refusal } from './selectionAction.ts';
import { holdsProse } from './text/reading.ts';

interface Misplaced {
  readonly reason: Refusal;
  readonly note: Note;
}

const noProse = (why: Note): Misplaced => ({ reason: 'noProse', note: why });

const unwritten: ReadonlySet<BlockKind> = new Set(['code', 'math', 'frontMatter', 'comment']);

/**
 * Why an action has nothing to do on what is selected, from its blocks alone; undefined where it may have. A
 * selection within code is code, and one within a table must stay in its row.
 */
export function misplaced(action: ActionId, reading: TextReading): Misplaced | undefined {
  if (hasTrait(action, 'headingLines') && isProgramText(reading.languageId)) return noProse(note('withinCode'));
  if (hasTrait(action, 'anyText')) return undefined;
  const blocks = reading.blocks.filter(({ kind }) => kind !== 'blank');
  const isAll = (...kinds: readonly BlockKind[]) => blocks.every(({ kind }) => kinds.includes(kind));
  if (blocks.length === 0) return undefined;
  if (isAll(...unwritten)) return noProse(note('withinCode'));
  if (isAll('table') && hasTrait(action, 'newLines')) return noProse(note('wouldBreakRow'));
  if (hasTrait(action, 'goesOn')) return whyNotGoOn(blocks.at(-1)!);
  if (hasTrait(action, 'ofWord')) return undefined;
  if (isAll('table', ...unwritten)) return noProse(note('withinTable'));
  if (isAll('heading', ...unwritten)) return noProse(note('withinHeading'));
  const isWorded = hasTrait(action, 'newForm') ? blocks.some(holdsSentences) : holdsProse(reading);
  return isWorded ? undefined : noProse(note('noProse'));
}

function whyNotGoOn({ kind }: Block): Misplaced | undefined {
  if (unwritten.has(kind)) return noProse(note('withinCode'));
  return kind === 'table' ? noProse(note('wouldBreakRow')) : undefined;
}
