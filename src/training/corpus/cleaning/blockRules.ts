/** What a finished line says about the block that is open: it is part of it, its last line, or already beyond it. */
export type LineVerdict = 'inside' | 'last' | 'beyond';

export interface LineContext {
  readonly line: string;
  /** counted from 0 */
  readonly number: number;
}

export interface BlockRule {
  readonly kind: 'frontMatter' | 'code';
  /** undefined: this line does not open such a block; otherwise how to judge the lines after it */
  opens(context: LineContext): ((context: LineContext) => LineVerdict) | undefined;
  /** without a closing line the block is none (a `---` at the top may be a mere rule) */
  readonly needsClosing?: boolean;
}

const untilLine =
  (isLast: (line: string) => boolean) =>
  ({ line }: LineContext): LineVerdict =>
    isLast(line) ? 'last' : 'inside';

const whileMatching =
  (pattern: RegExp) =>
  ({ line }: LineContext): LineVerdict =>
    pattern.test(line) ? 'inside' : 'beyond';

/** A block of lines that each look like this. */
const lines = (kind: BlockRule['kind'], pattern: RegExp): BlockRule => ({
  kind,
  opens: ({ line }) => (pattern.test(line) ? whileMatching(pattern) : undefined),
});

const delimitedHeader: BlockRule = {
  kind: 'frontMatter',
  needsClosing: true,
  opens: ({ line, number }) => {
    const fence = number === 0 ? /^(---|\+\+\+)\s*$/u.exec(line)?.[1] : undefined;
    if (fence === undefined) return undefined;
    return untilLine((other) => other.trimEnd() === fence || (fence === '---' && other.trimEnd() === '...'));
  },
};

/** Quote markers and list markers that a block may stand behind. */
const containers = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*[ \t]*/u;

const backtickFence: BlockRule = {
  kind: 'code',
  opens: ({ line }) => {
    const fence = /^(?:(`{3,})[^`]*|(~{3,}).*)$/u.exec(line.replace(containers, ''));
    const mark = fence?.[1] ?? fence?.[2];
    return mark === undefined ? undefined : untilLine((other) => isClosingFence(other, mark));
  },
};

function isClosingFence(line: string, mark: string): boolean {
  const content = line.replace(/^[ \t>]*/u, '').trimEnd();
  return content.length >= mark.length && content === mark[0]!.repeat(content.length);
}

const latexPreamble: BlockRule = {
  kind: 'frontMatter',
  needsClosing: true,
  opens: ({ line }) =>
    /^\s*\\documentclass\b/u.test(line) ? untilLine((other) => other.includes('\\begin{document}')) : undefined,
};

const latexVerbatim: BlockRule = {
  kind: 'code',
  opens: ({ line }) => {
    const name =
      /\\begin\{((?:verbatim|Verbatim|lstlisting|minted|comment|filecontents|tikzpicture|algorithmic)\*?)\}/u.exec(
        line,
      );
    const closing = `\\end{${name?.[1]}}`;
    if (name === null || line.includes(closing)) return undefined;
    return untilLine((other) => other.includes(closing));
  },
};

const asciidocBlock: BlockRule = {
  kind: 'code',
  opens: ({ line }) => {
    const fence = /^(-{4,}|\.{4,}|\+{4,}|\/{4,}|`{3,})[\w,-]*\s*$/u.exec(line)?.[1];
    return fence === undefined ? undefined : untilLine((other) => other.trimEnd() === fence);
  },
};

const typstDefinition: BlockRule = {
  kind: 'code',
  opens: ({ line }) => {
    if (!/^#(?:set|show|let|import|include)\b/u.test(line)) return undefined;
    const goesOn = /[{([]\s*$/u.test(line);
    return goesOn ? untilLine((other) => /^[})\]]/u.test(other)) : () => 'beyond';
  },
};

const orgBlock: BlockRule = {
  kind: 'code',
  opens: ({ line }) => {
    const name = /^\s*#\+begin_(src|example|export|comment)\b/iu.exec(line)?.[1]?.toLowerCase();
    return name === undefined ? undefined : untilLine((other) => other.trim().toLowerCase() === `#+end_${name}`);
  },
};

const orgDrawer: BlockRule = {
  kind: 'frontMatter',
  needsClosing: true,
  opens: ({ line }) =>
    /^\s*:(?:PROPERTIES|LOGBOOK):\s*$/iu.test(line)
      ? untilLine((other) => other.trim().toUpperCase() === ':END:')
      : undefined,
};

const latex = [latexPreamble, latexVerbatim, lines('code', /^\s*%/u)];

/** Language id → its rules in the order in which they are tried. A language that is not here has no such blocks. */
export const blockRules: Readonly<Record<string, readonly BlockRule[]>> = {
  latex,
  tex: latex,
  asciidoc: [
    delimitedHeader,
    lines('frontMatter', /^:!?[\w-]+!?:(?:\s|$)/u),
    asciidocBlock,
    lines('code', /^(?:\/\/(?!\/)|\[(?:source|listing|plantuml|mermaid)\b.*\]\s*$)/u),
  ],
  typst: [backtickFence, typstDefinition, lines('code', /^\s*\/\//u)],
  org: [
    lines('frontMatter', /^#\+(?!begin_|end_|caption)\w+:/iu),
    orgDrawer,
    orgBlock,
    lines('code', /^\s*(?:: |# )/u),
  ],
  html: [delimitedHeader],
};
