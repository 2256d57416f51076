/** What a document tells programs above its text. */
export interface FrontMatter {
  /** offset behind its last line break, where the text begins; the text's length when it is open */
  readonly end: number;
  /** no closing line stands before the end of the text */
  readonly open: boolean;
}

/** `---` of YAML, `+++` of TOML: what the line below must look like, and what closes. */
const fences: Readonly<Record<string, { readonly key: RegExp; readonly close: RegExp }>> = {
  '---': { key: /^(?:[\w"'][^:]{0,200}:(?:\s|$)|#|%|---\s*$)/u, close: /^(?:---|\.\.\.)\s*$/u },
  '+++': { key: /^(?:[\w"'][^=]{0,200}=|\[|#|\+\+\+\s*$)/u, close: /^\+\+\+\s*$/u },
};

/** The front matter at the top of a text: YAML, TOML, JSON or Pandoc's title block. Undefined where there is none. */
export function frontMatterOf(text: string): FrontMatter | undefined {
  if (!/^\uFEFF?(?:---|\+\+\+|[{%])/u.test(text)) return undefined;
  const first = lineAt(text, 0);
  const line = first.line.replace(/^\uFEFF/u, '').trimEnd();
  const fence = Object.hasOwn(fences, line) ? fences[line] : undefined;
  if (fence) return opensWithKey(text, first.next, fence.key) ? closedBy(text, first.next, fence.close) : undefined;
  if (/^\{\s*(?:"|$)/u.test(line)) return jsonObject(text, text.indexOf('{'));
  if (/^%[ \t]+\S/u.test(line)) return titleBlock(text);
  return undefined;
}

/** Comments may stand before the first key; where nothing stands below them yet, a key is still to come. */
function opensWithKey(text: string, from: number, key: RegExp): boolean {
  let { line, next } = lineAt(text, from);
  if (!line.startsWith('#')) return key.test(line);
  while (next < text.length && /^(?:#|\s*$)/u.test(line)) ({ line, next } = lineAt(text, next));
  return /^\s*$/u.test(line) || key.test(line);
}

function closedBy(text: string, from: number, close: RegExp): FrontMatter {
  for (let start = from; start < text.length; ) {
    const { line, next } = lineAt(text, start);
    if (close.test(line)) return { end: next, open: false };
    start = next;
  }
  return { end: text.length, open: true };
}

/** A JSON object whose first key stands on its first or second line. */
function jsonObject(text: string, start: number): FrontMatter | undefined {
  if (!/^\{\s{0,200}["}]/u.test(text.slice(start, start + 210))) return undefined;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[{}]/gu)) {
    if (token === '{') depth++;
    if (token === '}') depth--;
    if (depth === 0 && token === '}') {
      const { line, next } = lineAt(text, index + 1);
      return line.trim() === '' ? { end: next, open: false } : undefined;
    }
  }
  return { end: text.length, open: true };
}

/** `% Title`, `% Authors`, `% Date`; their further lines are indented. */
function titleBlock(text: string): FrontMatter {
  let end = 0;
  while (end < text.length && /^(?:%|[ \t]+\S)/u.test(text.slice(end, end + 200))) end = lineAt(text, end).next;
  return { end, open: false };
}

function lineAt(text: string, start: number): { readonly line: string; readonly next: number } {
  lineBreak.lastIndex = start;
  const match = lineBreak.exec(text);
  return match
    ? { line: text.slice(start, match.index), next: match.index + match[0].length }
    : { line: text.slice(start), next: text.length };
}

const lineBreak = /\r\n?|\n/gu;
