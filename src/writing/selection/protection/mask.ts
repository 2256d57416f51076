import type { Block, InlineSpan, TextReading } from '../../../text/block.ts';
import { onOneLine } from '../../../text/sentences.ts';
import type { Span } from '../../../text/span.ts';
import { spansWithin } from '../text/reading.ts';
import { restoreEmphasis } from './emphasis.ts';

/** A text in which what a model cannot be trusted to copy is replaced by something that it can. */
export interface MaskedText {
  /** on one line */
  readonly text: string;
  /** Puts the parts back; one that the model dropped stays away, for `verifyProtection` to find. */
  restore(result: string): string;
}

/** Longer code is a lump that small models spell wrong; shorter code they copy well. */
const maxLiteralCode = 32;

/**
 * Links keep their words and lose their target: the target goes back to the same words. Other parts become short
 * marks such as `X1`, which read like a noun. Numbers and names stay as they are: masking them would hide the sense.
 */
export function maskParts(reading: TextReading, { start, end, block }: Span & { readonly block: Block }): MaskedText {
  const source = reading.text;
  const marks: { readonly mark: string; readonly text: string }[] = [];
  const links: { readonly label: string; readonly text: string }[] = [];
  const letter = unusedLetter(source.slice(start, end));
  let text = '';
  let at = start;
  let label: { readonly at: number; readonly opener: string } | undefined;
  for (const span of spansWithin(reading, block, { start, end })) {
    text += source.slice(at, span.start);
    at = span.end;
    const part = source.slice(span.start, span.end);
    if (span.kind === 'prefix') continue;
    if (span.kind === 'link' && part === '[') label = { at: text.length, opener: part };
    else if (label && part.startsWith(']')) {
      const words = text.slice(label.at);
      links.push({ label: onOneLine(words), text: `[${onOneLine(words)}${part}` });
      label = undefined;
    } else if (isPlain(span, part)) text += part;
    else {
      const mark = `${letter}${marks.length + 1}`;
      marks.push({ mark, text: part });
      text += mark;
    }
  }
  text += source.slice(at, end);
  const masked = onOneLine(text);
  return {
    text: masked,
    restore: (result) => restoreLinks(restoreMarks(restoreEmphasis(result, masked), marks), links),
  };
}

/** What models copy well: short code, and commands around words. */
const isPlain = ({ kind }: InlineSpan, part: string): boolean =>
  (kind === 'code' && part.length <= maxLiteralCode) || /^(?:\\[a-zA-Z]+\*?\{|[{}[\]])$/u.test(part);

/** A capital letter that the source does not follow with a digit. */
function unusedLetter(source: string): string {
  return [...'XZQYVWKJ'].find((letter) => !new RegExp(`${letter}\\d`, 'u').test(source)) ?? '§';
}

function restoreMarks(result: string, marks: readonly { mark: string; text: string }[]): string {
  if (marks.length === 0) return result;
  const texts = new Map(marks.map(({ mark, text }) => [mark, text]));
  return result.replace(new RegExp(`${marks[0]!.mark[0]}\\d+`, 'gu'), (mark) => texts.get(mark) ?? mark);
}

function restoreLinks(result: string, links: readonly { label: string; text: string }[]): string {
  let restored = result;
  for (const { label, text } of links) {
    const at = restored.toLowerCase().indexOf(label.toLowerCase());
    if (at < 0 || label === '') continue;
    const words = restored.slice(at, at + label.length); // in the case that the new sentence needs
    restored = restored.slice(0, at) + text.replace(label, () => words) + restored.slice(at + label.length);
  }
  return restored;
}
