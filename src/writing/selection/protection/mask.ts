import { type ProtectedPart, protectedParts } from './protectedParts.ts';

/** A text in which what a model cannot be trusted to copy is replaced by something that it can. */
export interface MaskedText {
  readonly text: string;
  /** Puts the parts back; one that the model dropped stays away, for `verifyProtection` to find. */
  restore(result: string): string;
}

/** Longer code is a lump that small models spell wrong; shorter code they copy well. */
const maxLiteralCode = 32;
const masked: ReadonlySet<ProtectedPart['kind']> = new Set(['code', 'math', 'citation', 'link', 'address', 'markup']);

/**
 * Links keep their words and lose their target: the target goes back to the same words. Other parts become short
 * marks such as `X1`, which read like a noun. Numbers and names stay as they are: masking them would hide the sense.
 */
export function maskParts(source: string): MaskedText {
  const marks: { readonly mark: string; readonly text: string }[] = [];
  const links: { readonly label: string; readonly text: string }[] = [];
  const letter = unusedLetter(source);
  let text = '';
  let at = 0;
  for (const part of protectedParts(source)) {
    if (!masked.has(part.kind) || (part.kind === 'code' && part.text.length <= maxLiteralCode)) continue;
    const label = part.kind === 'link' ? /\[([^\][\n]{1,200})\]$/u.exec(source.slice(at, part.start))?.[1] : undefined;
    if (label !== undefined) {
      text += source.slice(at, part.start - label.length - 2) + label;
      links.push({ label, text: `[${label}]${part.text}` });
    } else {
      const mark = `${letter}${marks.length + 1}`;
      marks.push({ mark, text: part.text });
      text += source.slice(at, part.start) + mark;
    }
    at = part.end;
  }
  text += source.slice(at);
  return { text, restore: (result) => restoreLinks(restoreMarks(result, marks), links) };
}

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
    if (at < 0) continue;
    const words = restored.slice(at, at + label.length); // in the case that the new sentence needs
    restored = restored.slice(0, at) + text.replace(label, () => words) + restored.slice(at + label.length);
  }
  return restored;
}
