import { segmenter } from '../completion/segment.ts';
import type { ActionOutput, Change } from '../selection/selectionAction.ts';
import { applyEdits, refine } from '../selection/wordChanges.ts';

/** What came of an action, as far as changes are made of it; a `Proposal` is one. */
export interface Result {
  readonly text: string;
  readonly changes: readonly Change[];
  readonly lost: readonly string[];
  readonly invented: readonly string[];
}

export interface ChangeOptions {
  readonly output: ActionOutput;
  /** what the document holds in the place of the proposal */
  readonly passage: string;
  /** the part of it that the action was given */
  readonly request: string;
  /** the document's line end: all of it are of one kind */
  readonly lineEnd: string;
  /** the result makes sense as a whole alone: half a table is none */
  readonly isWhole: boolean;
}

/**
 * The changes of a passage that a finished result proposes. What an action gives as changes of its own is kept, unless
 * the result goes elsewhere than the action by itself would put it.
 */
export function proposedChanges(result: Result, options: ChangeOptions): Change[] {
  const { output, passage, request, lineEnd, isWhole } = options;
  const { lost, invented } = result;
  const text = withLineEnd(result.text, lineEnd);
  switch (output) {
    case 'panel':
      return [];
    case 'insertBelow':
      return [insertion(passage.length, lineEnd + lineEnd + text, { lost: [], invented })];
    case 'insertAbove':
      return [insertion(0, text + lineEnd + lineEnd, { lost: [], invented })];
    case 'replace': {
      const changes = result.changes.length > 0 ? result.changes : wholeChanges(request, text, { lost, invented });
      const wanted = changes
        .map((change) => ({ ...change, replacement: withLineEnd(change.replacement, lineEnd) }))
        .filter(({ original, replacement }) => original !== replacement);
      if (!isWhole || wanted.length === 0) return wanted;
      const [only, ...others] = wanted;
      const change = others.length > 0 ? joined(request, wanted) : only!;
      return [withBlanksBehind(change, passage, request.length)];
    }
  }
}

/** What a new line is put in before does not begin with the blanks that parted it from the sentence before. */
function withBlanksBehind(change: Change, passage: string, end: number): Change {
  if (change.end !== end || !/[\r\n]$/u.test(change.replacement)) return change;
  return { ...change, end: passage.length, original: change.original + passage.slice(end) };
}

/** Changes in order as one, with the text between them. */
function joined(text: string, changes: readonly Change[]): Change {
  const start = changes[0]!.start;
  const end = changes.at(-1)!.end;
  const original = text.slice(start, end);
  const shifted = changes.map((change) => ({ ...change, start: change.start - start, end: change.end - start }));
  return {
    start,
    end,
    original,
    replacement: applyEdits(original, shifted),
    lost: changes.flatMap(({ lost }) => lost),
    invented: changes.flatMap(({ invented }) => invented),
  };
}

/**
 * The changes that a result proposes as far as it is written. Where its end stands in the text is not known yet: what
 * differs there takes the place of as many words.
 */
export function streamedChanges(written: string, options: ChangeOptions): Change[] {
  const text = withLineEnd(written, options.lineEnd);
  if (options.output !== 'replace') {
    return proposedChanges({ text, changes: [], ...unexamined }, options);
  }
  const { request } = options;
  return refine(request, text)
    .map((edit) => (edit.end === request.length ? { ...edit, end: skipWords(request, edit) } : edit))
    .filter(({ start, end, replacement }) => start < end || replacement !== '')
    .map((edit) => ({ ...edit, original: request.slice(edit.start, edit.end), ...unexamined }));
}

/** The offset behind as many words from `start` on as the replacement has. */
function skipWords(text: string, { start, replacement }: { start: number; replacement: string }): number {
  const isWord = ({ isWordLike }: Intl.SegmentData) => isWordLike === true;
  const count = [...segmenter('word').segment(replacement)].filter(isWord).length;
  const word = count === 0 ? undefined : [...segmenter('word').segment(text.slice(start))].filter(isWord)[count - 1];
  if (word) return start + word.index + word.segment.length;
  return count === 0 ? start : text.length;
}

/** Text with the line ends that the editor would give it. */
export const withLineEnd = (text: string, lineEnd: string): string => text.replace(/\r\n|\r|\n/gu, lineEnd);

type Flags = Pick<Change, 'lost' | 'invented'>;
const unexamined: Flags = { lost: [], invented: [] };

const insertion = (at: number, replacement: string, flags: Flags): Change => ({
  start: at,
  end: at,
  original: '',
  replacement,
  ...flags,
});

/** Of a result without changes of its own: its words that differ; what it lost shows on the first of them. */
const wholeChanges = (request: string, text: string, flags: Flags): Change[] =>
  refine(request, text).map((edit, index) => ({
    ...edit,
    original: request.slice(edit.start, edit.end),
    ...(index === 0 ? flags : unexamined),
  }));
