import type { Container } from '../block.ts';
import { descriptionAt, patterns } from './patterns.ts';
import { type AdocState, blanksAt, type List, lineIs, maxDepth, wordsAre } from './state.ts';

/** The state after a line that begins a list item; undefined: it begins none. */
export function itemAt(state: AdocState, line: string, start: number): AdocState | undefined {
  const unordered = patterns.unordered.exec(line);
  if (unordered)
    return item(state, line, {
      start,
      marks: unordered[0],
      name: unordered[1]!,
      ordered: false,
      task: unordered[2] !== undefined,
    });
  const ordered = patterns.ordered.exec(line);
  if (ordered)
    return item(state, line, { start, marks: ordered[0], name: sequenceOf(ordered[1]!), ordered: true, task: false });
  const callout = patterns.callout.exec(line);
  if (callout) return item(state, line, { start, marks: callout[0], name: '<1>', ordered: true, task: false });
  return described(state, line, start);
}

/** Items of one list are numbered alike. */
function sequenceOf(marker: string): string {
  if (marker.startsWith('.')) return marker;
  if (/^\d/u.test(marker)) return '1.';
  if (marker.endsWith(')')) return /^[ivx]/u.test(marker) ? 'i)' : 'I)';
  return /^[a-z]/u.test(marker) ? 'a.' : 'A.';
}

interface Item {
  readonly start: number;
  readonly marks: string;
  /** what its list is told apart by */
  readonly name: string;
  readonly ordered: boolean;
  readonly task: boolean;
}

function item(state: AdocState, line: string, { start, marks, name, ordered, task }: Item): AdocState {
  const before = blanksAt(marks);
  const container: Container = { kind: 'listItem', start: start + before, marker: marks.slice(before), ordered, task };
  const lists = listsWith(state, name, container);
  return wordsAre(state, line, { lists, contentStart: marks.length, opensItem: true });
}

/** An item goes on with the list of its marker, however deep it stands, or begins one in the innermost item. */
function listsWith({ lists, open }: AdocState, name: string, container: Container): readonly List[] {
  const known = lists.findIndex(({ marker }) => marker === name);
  const outer = known < 0 ? lists : lists.slice(0, known);
  const around = outer.at(-1)?.containers ?? open?.containers ?? [];
  const containers = around.length < maxDepth ? [...around, container] : around;
  return outer.length < maxDepth ? [...outer, { marker: name, awaitsWords: false, containers }] : outer;
}

/** `term:: description`; the description may follow below. */
function described(state: AdocState, line: string, start: number): AdocState | undefined {
  const found = descriptionAt(line.trimEnd());
  if (found === undefined) return undefined;
  const { mark, words } = found;
  const before = blanksAt(line);
  const container: Container = {
    kind: 'note',
    start: start + before,
    marker: line.slice(before, words),
    ordered: false,
    task: false,
  };
  const lists = listsWith(state, mark.startsWith(':') ? `::${mark.slice(2)}` : '::;', container);
  if (words < line.trimEnd().length) return wordsAre(state, line, { lists, contentStart: words });
  const last = lists.at(-1)!;
  const waiting = [...lists.slice(0, -1), { ...last, awaitsWords: true }];
  return lineIs(state, line, 'markup', { lists: waiting });
}
