import { endsInAddress } from './addresses.ts';
import { blankLine, lineLanguage, plainLine } from './lineLanguage.ts';
import { scanInline } from './markdown/inlineScan.ts';
import { initialPlainState, type PlainState, plainStep } from './plainText.ts';
import type { CaretLine } from './textLanguage.ts';
import type { ZoneKind } from './zone.ts';

interface CommitState extends PlainState {
  readonly hasSubject: boolean;
  /** behind Git's scissors: the diff below is not the message */
  readonly isCut: boolean;
  /** what begins a line that Git leaves out */
  readonly commentMark: string;
}

const noLabels: ReadonlySet<string> = new Set();

/** A commit message, in Git's own file (`git-commit`) or in the editor's box (`scminput`). */
export const commitMessage = lineLanguage<CommitState>({
  initial: { ...initialPlainState, hasSubject: false, isCut: false, commentMark: '#' },
  step,
  zone,
  spans: (words) => scanInline(words, { labels: noLabels }).spans,
});

/** `Signed-off-by: …` and the like: for programs, not for readers. */
const trailer =
  /^(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+)+|Cc|Fixes|Closes|Refs?|Link|Bug|Issue|See|Depends|Resolves|Ticket):(?:\s|$)/u;
const scissors = /^\S -+ >8 -+/u;

function step(state: CommitState, line: string, start: number): CommitState {
  const commentMark = markIn(line) ?? state.commentMark;
  const told = (kind: 'code' | 'comment' | 'markup'): CommitState => ({
    ...state,
    commentMark,
    line: plainLine(kind, line, state.line.kind === kind),
  });
  if (state.isCut) return told('code');
  if (line.startsWith(commentMark)) return { ...told('comment'), isCut: scissors.test(line) };
  if (line.trim() === '') return { ...state, line: blankLine };
  if (!state.hasSubject) return { ...state, hasSubject: true, line: plainLine('prose', line, false) };
  if (trailer.test(line)) return told('markup');
  if (/^(?: {4}|\t)/u.test(line) && state.items.length === 0 && !isWords(state)) return told('code');
  const isBelowSubject = start > 0 && state.line.kind === 'comment';
  return { ...state, ...plainStep(isBelowSubject ? { ...state, line: blankLine } : state, line, start) };
}

const isWords = ({ line: { kind } }: CommitState): boolean => kind === 'prose' || kind === 'listItem';

/** Git says with its own comment mark what the comment is for. */
const markIn = (line: string): string | undefined => /^(\S{1,8}) Please enter the commit message/u.exec(line)?.[1];

function zone({ linePrefix, paragraphPrefix }: CaretLine, state: CommitState): ZoneKind {
  if (state.isCut) return 'code';
  if (linePrefix.startsWith(markIn(linePrefix) ?? state.commentMark)) return 'directive';
  if (state.hasSubject && trailer.test(linePrefix)) return 'directive';
  const { open } = scanInline(paragraphPrefix, { labels: noLabels });
  if (open === 'codeSpan') return open;
  if (endsInAddress(linePrefix)) return 'linkTarget';
  return state.hasSubject ? 'commitBody' : 'commitSubject';
}
