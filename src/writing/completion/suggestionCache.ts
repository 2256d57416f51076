import { ownCopy } from '../../text/ownCopy.ts';
import type { CaretRequest, CompletionOutcome, Suggestion } from './completionRequest.ts';

/** Characters around a caret that must be the same for a suggestion to hold again. */
const tailChars = 256;
const headChars = 64;

/** What is worth remembering: what was shown, or that there was nothing to show and why. */
type Remembered = Extract<CompletionOutcome, { kind: 'text' | 'none' }>;

interface Entry {
  readonly documentId: string;
  /** the text directly left of the caret that was asked about */
  readonly tail: string;
  /** `tail` is all that there was */
  readonly whole: boolean;
  /** the text directly right of it */
  readonly head: string;
  readonly outcome: Remembered;
}

type Place = Pick<CaretRequest, 'documentId' | 'prefix' | 'suffix'>;

/**
 * The last answers, found again by the text around the caret: typing through a suggestion, going back into it and
 * accepting a part of it are lookups, never model calls.
 */
export class SuggestionCache {
  /** in the order of use, the latest first */
  #entries: readonly Entry[] = [];

  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Cancelled and failed outcomes say nothing about the text and are not kept. */
  add({ documentId, prefix, suffix }: Place, outcome: CompletionOutcome): void {
    if (outcome.kind !== 'text' && outcome.kind !== 'none') return;
    const whole = prefix.length <= tailChars;
    const entry = { documentId, tail: ownCopy(prefix.slice(-tailChars)), whole, head: headOf(suffix), outcome };
    const others = this.#entries.filter((other) => !(other.tail === entry.tail && other.head === entry.head));
    this.#entries = [entry, ...others].slice(0, this.#capacity);
  }

  /** The answer at this caret: what is left of a suggestion after typing into it, or a known nothing. */
  find({ documentId, prefix, suffix }: Place): Remembered | undefined {
    const head = headOf(suffix);
    for (const entry of this.#entries) {
      if (entry.documentId !== documentId || entry.head !== head) continue;
      const outcome = outcomeAt(entry, prefix);
      if (outcome === undefined) continue;
      this.#entries = [entry, ...this.#entries.filter((other) => other !== entry)];
      return outcome;
    }
    return undefined;
  }

  clear(): void {
    this.#entries = [];
  }
}

/** The entry's outcome when `prefix` is its text and then a beginning of what was suggested. */
function outcomeAt({ tail, whole, outcome }: Entry, prefix: string): Remembered | undefined {
  const longest = outcome.kind === 'none' ? 1 : Math.max(...outcome.suggestions.map(({ text }) => text.length));
  for (let typedChars = 0; typedChars < longest; typedChars++) {
    const start = prefix.length - typedChars - tail.length;
    if (start < 0) return undefined;
    if ((whole && start > 0) || !prefix.startsWith(tail, start)) continue;
    if (outcome.kind === 'none') return outcome;
    const suggestions = restsOf(outcome.suggestions, prefix.slice(prefix.length - typedChars));
    if (suggestions.length > 0) return { ...outcome, suggestions };
  }
  return undefined;
}

/** The suggestions that begin with what was typed, without it; a rest that cannot be seen is none. */
export function restsOf(suggestions: readonly Suggestion[], typed: string): readonly Suggestion[] {
  return suggestions
    .filter(({ text }) => text.startsWith(typed) && text.slice(typed.length).trim() !== '')
    .map((suggestion) =>
      typed === ''
        ? suggestion
        : {
            ...suggestion,
            text: suggestion.text.slice(typed.length),
            typedChars: (suggestion.typedChars ?? 0) + typed.length,
          },
    );
}

/** Blanks right of the caret come and go with the editor's own habits. */
const headOf = (suffix: string): string => ownCopy(suffix.slice(0, headChars).trimStart());
