import type { Hunk } from './gitDiff.ts';

const fence = /^\s*(?:```|~~~)[`~]*([^`~]*)$/u;
const underline = /^(?:={3,}|-{3,}|~{3,}|\^{3,})\s*$/u;
/** What begins the lines of code: no heading, item or row is indented so far. */
export const codeIndent = '\t\t';

/**
 * The lines of a hunk with headings as Markdown has them, whatever the file's markup, and code set off: `#` is a heading
 * outside of code alone.
 */
export const proseLines = ({ lines }: Hunk, path: string): string[] =>
  withCode(withHeadings(lines, /\.org$/iu.test(path)));

function withHeadings(lines: readonly string[], isOrg: boolean): string[] {
  return lines.flatMap((line, i) => {
    const text = line.slice(1);
    if (underline.test(text) && underlines(lines, i)) return [];
    const level = isOrg ? /^(\*{1,6})\s+(?=\S)/u.exec(text) : null;
    if (level) return [`${line[0]}${'#'.repeat(level[1]!.length)} ${text.slice(level[0].length)}`];
    const next = nextOf(lines, i, 1);
    return next !== undefined && underline.test(next) && mayBeHeading(text) ? [`${line[0]}## ${text.trim()}`] : [line];
  });
}

const underlines = (lines: readonly string[], at: number): boolean => {
  const above = nextOf(lines, at, -1);
  return above !== undefined && mayBeHeading(above);
};

/** No row, item, key of front matter or second underline. */
const mayBeHeading = (text: string): boolean =>
  /^\p{L}|^\p{N}/u.test(text) && !/^[\w-]+:(?:\s|$)|^\d+[.)]\s|[|]/u.test(text) && text.length < 120;

/** The line before or behind one in the text that it belongs to, before the change or after it; without its sign. */
function nextOf(lines: readonly string[], at: number, step: 1 | -1): string | undefined {
  const other = lines[at]![0] === '+' ? '-' : '+';
  for (let i = at + step; i >= 0 && i < lines.length; i += step) {
    if (lines[i]![0] !== other) return lines[i]!.slice(1);
  }
  return undefined;
}

function withCode(lines: readonly string[]): string[] {
  const within = { '+': beginsWithin(lines, '-'), '-': beginsWithin(lines, '+') };
  return lines.map((line) => {
    const sign = line[0];
    const isFence = fence.test(line.slice(1));
    const isCode = isFence || (sign === '-' ? within['-'] : within['+']);
    if (isFence && sign !== '-') within['+'] = !within['+'];
    if (isFence && sign !== '+') within['-'] = !within['-'];
    return isCode ? `${sign}${codeIndent}${line.slice(1)}` : line;
  });
}

/** The first fence of a side ends code that began above the hunk, where no other follows and it names no language. */
function beginsWithin(lines: readonly string[], other: '+' | '-'): boolean {
  const fences = lines.filter((line) => line[0] !== other).flatMap((line) => fence.exec(line.slice(1))?.[1] ?? []);
  return fences.length % 2 === 1 && fences[0]!.trim() === '';
}

/** Of a line that is a heading, without its markup. */
export function headingIn(line: string): string | undefined {
  const found =
    /^#{1,6}\s+(?=\S)(.+)/u.exec(line.replace(/(?<![\s#])[\s#]+$/u, '')) ??
    /^={1,6}\s+(?=\S)(.+)/u.exec(line.replace(/(?<![\s=])[\s=]+$/u, '')) ??
    /^\\(?:part|chapter|(?:sub)*section)\*?(?:\[[^\]]*\])?\{((?:[^{}]|\{[^{}]*\})+)\}/u.exec(line) ??
    /^\s*<h[1-6][^>]*>([^<]+)<\/h[1-6]>/iu.exec(line);
  return (
    plain(found?.[1] ?? '')
      .replace(/\{[#.][^{}]{0,200}\}$|\\[a-z]{1,20}\{|(?<=\p{L})\}|:$/gu, '')
      .trim() || undefined
  );
}

export const listItem = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?/u;

/** Words without their markup. */
export const plain = (text: string): string =>
  text
    .replace(listItem, '')
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/gu, '$1')
    .replace(/\[([^[\]]*)\]\([^()]*\)|^\[\^[^\]]*\]:\s*|\[\^[^\]]*\]/gu, '$1')
    .replace(/[*_`]{1,3}/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/[.。]$/u, '')
    .trim();
