import { survives } from '../../writing/usage/survives.ts';
import { withoutLastWord } from '../../writing/withoutLastWord.ts';
import type { LearntExample } from './learntExamples.ts';

/** In UTF-16 units. */
const beforeCharacters = 300;
const writtenCharacters = 200;

/** A look at a document's text where a suggestion was accepted or passed over. */
export interface LookedAt {
  readonly kind: 'accepted' | 'rejected';
  readonly text: string;
  /** where the suggestion stood */
  readonly start: number;
  /** the end of what was accepted of it */
  readonly end: number;
  readonly suggested: string;
}

type ExampleText = Pick<LearntExample, 'kind' | 'before' | 'suggested' | 'written'>;

/**
 * What there is to learn: what was accepted and stayed, or what the writer has put there instead.
 * @returns undefined when nothing stands there
 */
export function exampleOf({ kind, text, start, end, suggested }: LookedAt): ExampleText | undefined {
  const standing = text.slice(start, end);
  const isKept = kind === 'accepted' && survives(suggested, standing);
  const written = isKept ? standing : restOfLine(text, start);
  if (written.trim() === '') return undefined;
  const before = wholeWords(text.slice(Math.max(0, start - beforeCharacters), start), start > beforeCharacters);
  return { kind: isKept ? 'accepted' : 'rejected', before, suggested, written };
}

/** Without the word at the end when it may be only the beginning of one. */
function restOfLine(text: string, start: number): string {
  const lineEnd = text.slice(start).search(/\r?\n/u);
  const rest = lineEnd < 0 ? text.slice(start) : text.slice(start, start + lineEnd);
  return rest.length <= writtenCharacters ? rest : withoutLastWord(rest.slice(0, writtenCharacters));
}

const wholeWords = (text: string, isCut: boolean): string => (isCut ? text.replace(/^\S*\s+/u, '') : text);
