/** A stretch of program text that is closed by what its language says: a comment or a string. */
export interface Delimited {
  readonly open: string;
  readonly close: string;
  /** ends at the end of its line, closed or not */
  readonly oneLine?: true;
  /** a backslash takes the next character's meaning away */
  readonly escapes?: true;
}

/** How a programming language marks its comments, and what hides such marks. */
export interface CodeStyle {
  /** what begins a comment to the end of the line; one that needs a blank before it begins with one */
  readonly line: readonly string[];
  readonly block: readonly Delimited[];
  /** block comments stand within each other */
  readonly nested?: true;
  readonly strings: readonly Delimited[];
  /** `'` begins a single character or a label, no string */
  readonly characters?: true;
  /** a string that stands alone on its line documents what is above it */
  readonly docstrings?: true;
  /** `<<WORD`: the lines up to WORD are a string */
  readonly hereDocuments?: true;
}

const inLine = (mark: string): Delimited => ({ open: mark, close: mark, oneLine: true, escapes: true });
const overLines = (open: string, close = open): Delimited => ({ open, close, escapes: true });
const raw = (open: string, close = open): Delimited => ({ open, close });
const comment = (open: string, close: string): Delimited => ({ open, close });

const stars = comment('/*', '*/');
const quotes = [inLine('"'), inLine("'")];

/** C and what looks like it. */
const slashes: CodeStyle = { line: ['//'], block: [stars], strings: [raw('R"(', ')"'), inLine('"')], characters: true };
const threeQuotes: CodeStyle = { ...slashes, strings: [overLines('"""'), inLine('"')] };
const scripts: CodeStyle = { line: ['//'], block: [stars], strings: [...quotes, overLines('`')] };
const hash: CodeStyle = { line: ['#'], block: [], strings: quotes };
const shell: CodeStyle = { line: [' #'], block: [], strings: [overLines('"'), raw("'")], hereDocuments: true };
const dashes: CodeStyle = { line: ['--'], block: [stars], strings: [raw("'"), inLine('"')] };
const semicolon: CodeStyle = { line: [';'], block: [comment('#|', '|#')], strings: [overLines('"')], characters: true };

export const codeStyles = {
  slashes,
  threeQuotes,
  nestedSlashes: { ...threeQuotes, nested: true },
  rust: { ...slashes, nested: true, strings: [raw('r#"', '"#'), overLines('"')] },
  csharp: { ...slashes, strings: [overLines('"""'), raw('@"', '"'), inLine('"')] },
  go: { ...slashes, strings: [inLine('"'), raw('`')] },
  scripts,
  dart: { ...scripts, strings: [overLines('"""'), overLines("'''"), ...quotes] },
  styles: { line: [], block: [stars], strings: quotes },
  nestedStyles: { line: ['//'], block: [stars], strings: quotes },
  php: { line: ['//', '#'], block: [stars], strings: [overLines('"'), overLines("'")], hereDocuments: true },
  hash,
  shell,
  ruby: { ...shell, line: ['#'], block: [comment('=begin', '=end')] },
  perl: { ...shell, line: ['#'], block: [comment('=pod', '=cut'), comment('=head', '=cut')] },
  python: { line: ['#'], block: [], strings: [overLines('"""'), overLines("'''"), ...quotes], docstrings: true },
  elixir: { line: ['#'], block: [], strings: [overLines('"""'), overLines('"')], docstrings: true },
  powershell: { line: ['#'], block: [comment('<#', '#>')], strings: [raw('@"', '"@'), raw("@'", "'@"), ...quotes] },
  julia: { line: ['#'], block: [comment('#=', '=#')], nested: true, strings: [overLines('"""'), inLine('"')] },
  dashes,
  haskell: { line: ['--'], block: [comment('{-', '-}')], nested: true, strings: [inLine('"')], characters: true },
  lua: { line: ['--'], block: [comment('--[[', ']]'), comment('--[=[', ']=]')], strings: [raw('[[', ']]'), ...quotes] },
  semicolon,
  ini: { line: [';', '#'], block: [], strings: [] },
  ada: { line: ['--'], block: [], strings: [inLine('"')], characters: true },
  fsharp: {
    line: ['//'],
    block: [comment('(*', '*)')],
    nested: true,
    strings: [overLines('"""'), overLines('"')],
    characters: true,
  },
  percent: { line: ['%'], block: [], strings: [inLine('"')], characters: true },
  ocaml: { line: [], block: [comment('(*', '*)')], nested: true, strings: [overLines('"')], characters: true },
} as const satisfies Record<string, CodeStyle>;

export type CodeStyleName = keyof typeof codeStyles;
