import type { Block, TextReading } from '../../../text/block.ts';
import type { Note } from '../notes.ts';
import { note } from '../notes.ts';
import { isEmpty } from './reading.ts';

/** A flat list that may become something else, and the stretch that it takes with its markup. */
export interface FlatList {
  readonly start: number;
  readonly end: number;
  /** the line that leads to the list */
  readonly lead: Block | undefined;
  readonly items: readonly Block[];
}

const opensList = /^\s*(?:\\begin\{(?:itemize|enumerate)\*?\}(?:\[[^\]\n]*\])?|<[uo]l>)\s*$/u;
const closesList = /^\s*(?:\\end\{(?:itemize|enumerate)\*?\}|<\/[uo]l>)\s*$/u;

/** Whether a line begins or ends a list. */
export const isListMarkup = (line: string): boolean => opensList.test(line) || closesList.test(line);

/** The one list of a text, where nothing of it would be lost in another form; otherwise why not. */
export function flatList(reading: TextReading): FlatList | { readonly why: Note } {
  const { text, blocks } = reading;
  const lines = ({ start, end }: Block) => text.slice(start, end);
  const filled = blocks.filter((block) => !isEmpty(reading, block));
  const isMarkup = (block: Block | undefined, pattern: RegExp) =>
    block?.kind === 'markup' && pattern.test(lines(block));
  const items = filled.filter(({ kind }) => kind === 'listItem');
  const opened = items.filter(({ opensItem }) => opensItem);
  if (opened.length < 2) return { why: note('needsList') };
  const [first, ...rest] = filled;
  const lead = first?.kind === 'prose' ? first : undefined;
  const body = lead ? rest : filled;
  const opener = isMarkup(body[0], opensList) ? body[0] : undefined;
  const closer = isMarkup(body.at(-1), closesList) ? body.at(-1) : undefined;
  const others = body.filter((block) => block.kind !== 'listItem' && block !== opener && block !== closer);
  if (others.length > 0) return { why: note(others.some(isInItem) ? 'listWouldLose' : 'tooManyBlocks') };
  if (Boolean(opener) !== Boolean(closer)) return { why: note('tooManyBlocks') };
  const depth = opened[0]!.containers.length;
  const isFlat = items.every(
    ({ opensItem, containers }) => opensItem && containers.length === depth && !containers.at(-1)!.task,
  );
  const begin = opener ?? opened[0]!;
  const stands = text.slice(begin.start, opener ? begin.start : (begin.containers.at(-1)?.start ?? begin.start));
  if (!isFlat || depth !== 1 || stands.trim() !== '') return { why: note('listWouldLose') };
  const end = (closer ?? opened.at(-1)!).end;
  const whole = text.slice(begin.start, end);
  const start = begin.start + (opener ? whole.length - whole.trimStart().length : 0);
  return { start, end: begin.start + whole.trimEnd().length, lead, items: opened };
}

const isInItem = ({ containers }: Block): boolean => containers.some(({ kind }) => kind === 'listItem');
