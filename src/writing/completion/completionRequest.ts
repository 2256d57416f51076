import type { InklingError } from '../../protocol/errors.ts';
import type { Usage } from '../../protocol/inference.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { ZoneKind } from '../../text/zone.ts';

/** The document at one caret, as plain data: what the editor knows and the completer needs. */
export interface CaretRequest {
  /** stable identity of the document (URI as a string) */
  readonly documentId: string;
  /** file name with extension, without folders; '' when untitled */
  readonly fileName: string;
  /** the editor's language id (`markdown`, `latex`, `plaintext`, `git-commit` …) */
  readonly languageId: string;
  /** everything left of the caret, line ends as in the document */
  readonly prefix: string;
  /** everything right of the caret */
  readonly suffix: string;
  readonly trigger: 'automatic' | 'explicit';
  /** what the person did last in this document, when known */
  readonly lastEdit?: 'insert' | 'delete' | 'undo' | 'none';
  /** the text is in a language that the model does not know; left out: it is not, or that has not been found out */
  readonly isForeign?: boolean;
  /** keys follow each other fast: what comes up is read in passing */
  readonly handRuns?: boolean;
}

/** What is shown. `text` is inserted at the caret as it stands; nothing right of it is ever taken away. */
export interface Suggestion {
  readonly text: string;
  readonly firstWordProbability: number;
  /** sum over the shown tokens, natural logarithm */
  readonly logprob: number;
  /** of each word (`wordPieces`), given those before it; left out: that is not known */
  readonly wordProbabilities?: readonly number[];
  /** characters of it that have been typed since it was found, and are not in `text` any more; UTF-16 code units */
  readonly typedChars?: number;
}

export type CompletionOutcome = (
  | {
      readonly kind: 'text';
      readonly suggestions: readonly Suggestion[];
      readonly source: 'model' | 'cache' | 'running';
    }
  | { readonly kind: 'none'; readonly reason: Reason; readonly detail?: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: InklingError }
) & {
  readonly usage?: Usage;
  /** wait this long before showing, so that ghost text does not flicker */
  readonly showDelayMs?: number;
  /** of the caret that was asked about: the completer says it of every text */
  readonly zone?: ZoneKind;
};

export const pickUsage = ({ usage }: CompletionOutcome) => (usage ? { usage } : {});
