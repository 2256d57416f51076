/** The offset behind the bracket that closes the one before `from`; undefined: not in this line. */
export function balancedEnd(line: string, from: number, open: '[' | '{', close: ']' | '}'): number | undefined {
  let braces = 0;
  let depth = 1;
  for (let i = from; i < line.length; i++) {
    const character = line[i];
    if (character === '\\') i++;
    else if (character === close && (close === '}' || braces === 0)) {
      if (--depth === 0) return i + 1;
    } else if (character === open) depth += braces === 0 || open === '{' ? 1 : 0;
    else if (character === '{') braces++;
    else if (character === '}') braces--;
    if (braces < 0) return undefined; // the group ends before the bracket does
  }
  return undefined;
}

const lookedAtChars = 200;
const twoWords = /(?<![\p{L}'’-])\p{L}[\p{L}'’-]{1,40}[,;:]?[ \t]+[\p{L}\d'’-]{1,40}[\s,.;:!?]/u;

/** Two words and a beginning of more, no `key = value`. */
export function looksLikeProse(line: string, start: number): boolean {
  const text = line.slice(start, start + lookedAtChars);
  const end = text.search(/[={}\\]/u);
  return text[end] !== '=' && twoWords.test(end < 0 ? text : text.slice(0, end));
}
