const usualChars = 4096;
const mostChars = 65_536;

/** End of a slice of a long text: where a new word begins, so that slices yield the tokens of the whole. */
export function sliceEnd(text: string, start: number): number {
  if (text.length - start <= usualChars) return text.length;
  for (let end = start + usualChars; end > start + usualChars / 2; end--) if (isWordBoundary(text, end)) return end;
  const last = Math.min(text.length, start + mostChars);
  for (let end = start + usualChars; end < last; end++) if (isWordBoundary(text, end)) return end;
  const splitsPair = last < text.length && /^[\uDC00-\uDFFF]/.test(text[last]!);
  return splitsPair ? last - 1 : last;
}

/** Before a single blank between two words, or after a single line end between two. */
function isWordBoundary(text: string, at: number): boolean {
  if (text[at] === ' ') return /\S/.test(text[at - 1]!) && /\S/.test(text[at + 1] ?? ' ');
  return text[at - 1] === '\n' && /\S/.test(text[at - 2] ?? ' ') && /\S/.test(text[at] ?? ' ');
}
