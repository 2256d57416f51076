import { type PartKind, type ProtectedPart, protectedParts } from './protectedParts.ts';

/** How the protected parts of a text came through a change. */
export interface Protection {
  /** parts that were there, and how many of them are still there */
  readonly masked: number;
  readonly kept: number;
  readonly lost: readonly string[];
  /** parts that the source does not have */
  readonly invented: readonly string[];
}

/** Said once or thrice is the same: these may be mentioned less often, as long as they are mentioned. */
const mentionedOnce: ReadonlySet<PartKind> = new Set(['number', 'name']);

/**
 * Compares the protected parts of two texts.
 * @param context more text that a part may legitimately come from, such as the rest of the document
 */
export function verifyProtection(source: string, result: string, context = ''): Protection {
  const before = protectedParts(source);
  const after = countParts(protectedParts(result));
  const lost: string[] = [];
  for (const { kind, text } of before) {
    const key = text;
    const left = after.get(key) ?? 0;
    if (mentionedOnce.has(kind) ? mentions(result, text) : left > 0) {
      if (!mentionedOnce.has(kind)) after.set(key, left - 1);
    } else lost.push(text);
  }
  const invented = protectedParts(result).filter((part) => !isKnown(part, source) && !isKnown(part, context));
  return {
    masked: before.length,
    kept: before.length - lost.length,
    lost: [...new Set(lost)],
    invented: [...new Set(invented.map(({ text }) => text))],
  };
}

function countParts(parts: readonly ProtectedPart[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of parts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** A name of several words is known when each of its words is: `Ada` and `Lovelace` make `Ada Lovelace`. */
function isKnown({ kind, text }: ProtectedPart, known: string): boolean {
  if (mentions(known, text)) return true;
  if (kind !== 'name') return false;
  const inSmallLetters = known.toLowerCase();
  return text.split(/\s+/u).every((word) => mentions(known, word) || mentions(inSmallLetters, word.toLowerCase()));
}

/** `text` stands there and is not part of a longer word or number. */
function mentions(where: string, text: string): boolean {
  for (let at = where.indexOf(text); at >= 0; at = where.indexOf(text, at + 1)) {
    const around = where.slice(Math.max(0, at - 1), at) + where.slice(at + text.length, at + text.length + 1);
    const edge = /^[\p{L}\p{N}]/u.test(text) || /[\p{L}\p{N}]$/u.test(text);
    if (!edge || !/[\p{L}\p{N}]/u.test(around)) return true;
  }
  return false;
}
