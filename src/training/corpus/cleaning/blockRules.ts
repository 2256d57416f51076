/** What a finished line says about the block that is open: it is part of it, its last line, or already beyond it. */
export type LineVerdict = 'inside' | 'last' | 'beyond';

export interface LineContext {
  readonly line: string;
  /** columns before the first character; a tab counts as four */
  readonly indent: number;
  /** counted from 0 */
  readonly number: number;
  /** the line before this one; '' above the first */
  readonly previous: string;
  /** the last line that began a list item or was not indented: an indented line may belong to it */
  readonly anchor: string;
}

export interface BlockRule {
  readonly kind: 'frontMatter' | 'code';
  /** undefined: this line does not open such a block; otherwise how to judge the lines after it */
  opens(context: LineContext): ((context: LineContext) => LineVerdict) | undefined;
  /** the opening line itself is prose (`as follows::`) */
  readonly keepsOpening?: boolean;
  /** without a closing line the block is none (a `---` at the top may be a mere rule) */
  readonly needsClosing?: boolean;
}

const untilLine =
  (isLast: (line: string) => boolean) =>
  ({ line }: LineContext): LineVerdict =>
    isLast(line) ? 'last' : 'inside';

const whileIndented =
  (columns: number) =>
  ({ line, indent }: LineContext): LineVerdict =>
    line.trim() === '' || indent > columns ? 'inside' : 'beyond';

const whileMatching =
  (pattern: RegExp) =>
  ({ line }: LineContext): LineVerdict =>
    pattern.test(line) ? 'inside' : 'beyond';

/** A block of lines that each look like this. */
const lines = (kind: BlockRule['kind'], pattern: RegExp): BlockRule => ({
  kind,
  opens: ({ line }) => (pattern.test(line) ? whileMatching(pattern) : undefined),
});

/** The same, but only from the first line of the document on. */
const topLines = (pattern: RegExp): BlockRule => ({
  kind: 'frontMatter',
  opens: ({ line, number }) => (number === 0 && pattern.test(line) ? whileMatching(pattern) : undefined),
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

/** A list item or a footnote: what is indented below it is its text. */
export const listItem = /^\s{0,3}(?:[-*+]|\d{1,9}[.)]|\[\^[^\]]+\]:)(?:\s|$)/u;

const indentedCode: BlockRule = {
  kind: 'code',
  opens: ({ line, indent, previous, anchor }) => {
    const mayOpen = indent >= 4 && line.trim() !== '' && previous.trim() === '';
    return mayOpen && !listItem.test(anchor) ? whileIndented(3) : undefined;
  },
};

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

/** Directives whose content is prose; all others hold code, figures' options, tables of contents. */
const proseDirective =
  /^(?:note|warning|tip|hint|important|caution|danger|error|attention|admonition|seealso|epigraph|topic|sidebar|pull-quote|highlights|container|deprecated|version(?:added|changed|removed))$/u;

const rstDirective: BlockRule = {
  kind: 'code',
  opens: ({ line, indent }) => {
    const directive = /^\s*\.\.\s+(?:\|[^|]+\|\s+)?(?:([\w:-]+?)::|[^\s[_])/u.exec(line);
    if (directive === null || proseDirective.test(directive[1] ?? '')) return undefined;
    return whileIndented(indent);
  },
};

const rstLiteral: BlockRule = {
  kind: 'code',
  keepsOpening: true,
  opens: ({ line, indent }) => (/::\s*$/u.test(line) && !/^\s*\.\./u.test(line) ? whileIndented(indent) : undefined),
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

const markdown = [delimitedHeader, backtickFence, indentedCode];
const latex = [latexPreamble, latexVerbatim, lines('code', /^\s*%/u)];

/** Language id → its rules in the order in which they are tried. A language that is not here has no such blocks. */
export const blockRules: Readonly<Record<string, readonly BlockRule[]>> = {
  markdown,
  mdx: [...markdown, lines('code', /^(?:import|export)\s.*(?:from\s|=|\{)/u)],
  quarto: markdown,
  rmd: markdown,
  latex,
  tex: latex,
  restructuredtext: [
    topLines(/^:[^:\s][^:]*:(?:\s|$)/u),
    rstDirective,
    rstLiteral,
    lines('code', /^\s*(?:>>>|\.\.\.) /u),
  ],
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
