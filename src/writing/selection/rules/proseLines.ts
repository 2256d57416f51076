import type { Hunk } from './gitDiff.ts';

const fence = /^\s*(?:```|~~~)[`~]*([^`~]*)$/u;
const underline = /^(?:={3,}|-{3,}|~{3,}|\^{3,}|_{3,})\s*$/u;
/** Alone below a text it is a rule across the page. */
const needsOverline = /^_/u;
/** Behind it reStructuredText has an indented block that is shown as it is. */
const opensLiteral = /^\s*\.\. (?:code|code-block|sourcecode|parsed-literal)::|^(?!\s*\.\. ).*::\s*$/u;
/** What begins the lines of code: no line of a text begins so. */
export const codeIndent = '\v\v';

/**
 * The lines of a hunk with headings as Markdown has them, whatever the file's markup, and code set off: `#` is a heading
 * outside of code alone.
 */
export const proseLines = ({ lines }: Hunk, path: string): string[] =>
  withLiterals(withCode(withHeadings(lines, /\.org$/iu.test(path))), path);

function withHeadings(lines: readonly string[], isOrg: boolean): string[] {
  return lines.flatMap((line, i) => {
    const text = line.slice(1);
    if (underline.test(text) && underlines(lines, i)) return [];
    const level = isOrg ? /^(\*{1,6})\s+(?=\S)/u.exec(text) : null;
    if (level) return [`${line[0]}${'#'.repeat(level[1]!.length)} ${text.slice(level[0].length)}`];
    return isUnderlined(lines, i) ? [`${line[0]}## ${text.trim()}`] : [line];
  });
}

const underlines = (lines: readonly string[], at: number): boolean => {
  const above = nextAt(lines, at, -1);
  return above !== undefined && isUnderlined(lines, above);
};

function isUnderlined(lines: readonly string[], at: number): boolean {
  const [above, below] = [nextOf(lines, at, -1), nextOf(lines, at, 1)];
  if (below === undefined || !underline.test(below) || !mayBeHeading(lines[at]!.slice(1))) return false;
  return !needsOverline.test(below) || above === below;
}

/** No row, item, key of front matter or second underline. */
const mayBeHeading = (text: string): boolean =>
  /^\p{L}|^\p{N}/u.test(text) && !/^[\w-]+:(?:\s|$)|^\d+[.)]\s|[|]/u.test(text) && text.length < 120;

/** The line before or behind one in the text that it belongs to, before the change or after it; without its sign. */
function nextOf(lines: readonly string[], at: number, step: 1 | -1): string | undefined {
  const next = nextAt(lines, at, step);
  return next === undefined ? undefined : lines[next]!.slice(1);
}

function nextAt(lines: readonly string[], at: number, step: 1 | -1): number | undefined {
  const other = lines[at]![0] === '+' ? '-' : '+';
  for (let i = at + step; i >= 0 && i < lines.length; i += step) if (lines[i]![0] !== other) return i;
  return undefined;
}

function withLiterals(lines: readonly string[], path: string): string[] {
  if (!/\.rst$/iu.test(path)) return [...lines];
  let edge: number | undefined; // columns before the text that a literal block belongs to
  return lines.map((line) => {
    const text = line.slice(1);
    const indent = text.search(/\S/u);
    if (indent < 0) return line;
    const isLiteral = edge !== undefined && indent > edge;
    if (!isLiteral) edge = opensLiteral.test(text) ? indent : undefined;
    return isLiteral ? `${line[0]}${codeIndent}${text}` : line;
  });
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

const listItem = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?/u;

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

const longestItem = 40;

/** What list items and rows are about: the line that leads to them, what is before the colon or dash, or the first cell. Undefined where a line is none, or says too much. */
export function itemsOf(lines: readonly string[]): readonly string[] | undefined {
  const filled = lines.filter((line) => line.trim() !== '' && !/^\s*\|[\s|:-]+$/u.test(line));
  const [lead, ...rest] = filled;
  if (
    rest.length > 0 &&
    /^\S.*:\s*$/u.test(lead!) &&
    !listItem.test(lead!) &&
    rest.every((line) => listItem.test(line))
  )
    return fitting([plain(lead!.trim().slice(0, -1))]);
  const items = filled.map((line) => {
    const cell = /^\s*\|([^|]+)\|/u.exec(line)?.[1]?.trim() || undefined;
    if (cell !== undefined) return plain(cell);
    return listItem.test(line) ? plain(line.replace(listItem, '').split(/:\s|\s[–—-]\s|:\*\*/u)[0]!) : '';
  });
  return fitting(items);
}

const fitting = (items: readonly string[]): readonly string[] | undefined =>
  items.length > 0 && items.every((item) => item !== '' && item.length <= longestItem) ? items : undefined;
