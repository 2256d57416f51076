/** A stretch of program text that is closed by what its language says: a comment or a string. */
export interface Delimited {
  readonly open: string;
  readonly close: string;
  /** ends at the end of its line, closed or not */
  readonly oneLine?: true;
  /** a backslash takes the next character's meaning away */
  readonly escapes?: true;
}

/** A string whose opener says how it is closed: `R"x(…)x"`, `%q(…)`. */
export interface StringPattern {
  /** sticky */
  readonly open: RegExp;
  close(opener: RegExpExecArray): string;
  readonly escapes?: true;
}

/** How a programming language marks its comments, and what hides such marks. */
export interface CodeStyle {
  /**
   * what begins a comment to the end of the line; one that needs a blank before it begins with one, one that stands first
   * on its line begins with a line feed
   */
  readonly line: readonly string[];
  /** what ends a comment of one line before the line does */
  readonly lineEnd?: string;
  /** a backslash at the end of a comment of one line takes the next line into it: any, or one that none stands before */
  readonly joinedComments?: 'always' | 'odd';
  /** a backslash at the end of a value, which none stands before, takes the next line into it */
  readonly joinedValues?: true;
  readonly block: readonly Delimited[];
  /** block comments stand within each other */
  readonly nested?: true;
  readonly strings: readonly Delimited[];
  readonly patterns?: readonly StringPattern[];
  /** in which no mark counts: characters, regular expressions, operators; sticky */
  readonly literals?: RegExp;
  /** a quote opens a string only where a value begins */
  readonly quotesBegin?: true;
  /** `'` begins a single character or a label, no string */
  readonly characters?: true;
  /** a string that stands alone on its line documents what is above it */
  readonly docstrings?: true;
  /** `<<WORD`: the lines up to WORD are a string */
  readonly hereDocuments?: true;
  /** `key: |`: the lines below that are indented more deeply are a string */
  readonly blockScalars?: true;
}

const inLine = (mark: string): Delimited => ({ open: mark, close: mark, oneLine: true, escapes: true });
const overLines = (open: string, close = open): Delimited => ({ open, close, escapes: true });
const raw = (open: string, close = open): Delimited => ({ open, close });
const rawInLine = (open: string, close: string): Delimited => ({ open, close, oneLine: true });
const comment = (open: string, close: string): Delimited => ({ open, close });

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
/** A string whose opener ends in the delimiter that the closer answers to. */
const delimited = (open: RegExp): StringPattern => ({
  open,
  close: ([opener]) => closing[opener.at(-1)!] ?? opener.at(-1)!,
  escapes: true,
});
const hashed = (open: RegExp): StringPattern => ({ open, close: ([, hashes]) => `"${hashes}` });
/** Behind what a value is expected after: anywhere else `/` divides. */
const regularExpression =
  /(?<=(?:^|[(,=:[!&|?{};*%~^<>]|(?<!\+)\+|(?<!-)-|\breturn)\s{0,9})\/(?![/*])(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.){0,200}\]){1,400}\//uy;

const stars = comment('/*', '*/');
const quotes = [inLine('"'), inLine("'")];

/** C and what looks like it. */
const slashes: CodeStyle = {
  line: ['//'],
  block: [stars],
  strings: [inLine('"')],
  patterns: [{ open: /R"([^()\\\s"]{0,16})\(/uy, close: ([, name]) => `)${name}"` }],
  characters: true,
};
const cFamily: CodeStyle = { ...slashes, joinedComments: 'always' };
const threeQuotes: CodeStyle = { ...slashes, strings: [overLines('"""'), inLine('"')], patterns: [] };
const scripts: CodeStyle = {
  line: ['//'],
  block: [stars],
  strings: [...quotes, overLines('`')],
  literals: regularExpression,
};
const hash: CodeStyle = { line: ['#'], block: [], strings: quotes };
const shell: CodeStyle = {
  line: [' #'],
  block: [],
  strings: [overLines("$'", "'"), overLines('"'), raw("'")],
  hereDocuments: true,
};
const dashes: CodeStyle = { line: ['--'], block: [stars], strings: [raw("'"), inLine('"')] };
const semicolon: CodeStyle = {
  line: [';'],
  block: [comment('#|', '|#')],
  nested: true,
  strings: [overLines('"')],
  characters: true,
};

export const codeStyles = {
  slashes,
  cFamily,
  threeQuotes,
  nestedSlashes: { ...threeQuotes, nested: true, patterns: [hashed(/(#{1,9})"/uy)] },
  zig: { ...slashes, strings: [rawInLine('\\\\', '\n'), inLine('"')] },
  rust: { ...slashes, nested: true, strings: [overLines('"')], patterns: [hashed(/(?<![\p{L}\p{N}_])b?r(#{0,9})"/uy)] },
  csharp: { ...slashes, strings: [overLines('"""'), raw('@"', '"'), inLine('"')] },
  go: { ...slashes, strings: [inLine('"'), raw('`')] },
  scripts,
  dart: {
    ...scripts,
    strings: [overLines('"""'), overLines("'''"), rawInLine('r"', '"'), rawInLine("r'", "'"), ...quotes],
  },
  styles: { line: [], block: [stars], strings: quotes },
  nestedStyles: { line: ['//'], block: [stars], strings: [rawInLine('url(', ')'), ...quotes] },
  php: {
    line: ['//', '#'],
    lineEnd: '?>',
    block: [stars],
    strings: [overLines('"'), overLines("'")],
    hereDocuments: true,
  },
  hash,
  shell,
  makefile: { ...shell, joinedComments: 'odd' },
  yaml: { line: [' #'], block: [], strings: [overLines('"'), raw("'")], quotesBegin: true, blockScalars: true },
  toml: { ...hash, strings: [overLines('"""'), raw("'''"), inLine('"'), rawInLine("'", "'")] },
  ruby: {
    ...shell,
    line: ['#'],
    block: [comment('=begin', '=end')],
    patterns: [delimited(/(?<![\p{L}\p{N}_)\]])%[qQwWiIrx]?[([{<|]/uy)],
    literals: regularExpression,
  },
  perl: {
    ...shell,
    line: ['#'],
    block: [comment('=pod', '=cut'), comment('=head', '=cut')],
    patterns: [delimited(/(?<![\p{L}\p{N}_$@%&>-])(?:q[qwrx]?|m)[([{<|!]/uy)],
    literals: /\$#/uy,
  },
  python: { line: ['#'], block: [], strings: [overLines('"""'), overLines("'''"), ...quotes], docstrings: true },
  elixir: {
    line: ['#'],
    block: [],
    strings: [overLines('"""'), overLines('"')],
    patterns: [delimited(/~[a-zA-Z](?!""")[([{<|/"']/uy)],
    literals: /\?(?:\\.|["'#])/uy,
    docstrings: true,
  },
  powershell: {
    line: [' #'],
    block: [comment('<#', '#>')],
    strings: [raw('@"', '"@'), raw("@'", "'@"), ...quotes],
    literals: /`./uy,
  },
  julia: {
    line: ['#'],
    block: [comment('#=', '=#')],
    nested: true,
    strings: [overLines('"""'), inLine('"')],
    characters: true,
  },
  r: { ...hash, strings: [overLines('"'), overLines("'")], patterns: [{ open: /r"\(/uy, close: () => ')"' }] },
  dashes,
  haskell: {
    line: ['--'],
    block: [comment('{-', '-}')],
    nested: true,
    strings: [inLine('"')],
    // an operator that is not dashes alone
    literals: /(?!-{2,}(?![-!#$%&*+./<=>?@\\^|~:]))[-!#$%&*+./<=>?@\\^|~:]+/uy,
    characters: true,
  },
  lua: {
    line: ['--'],
    block: [comment('--[[', ']]'), comment('--[=[', ']=]'), comment('--[==[', ']==]')],
    strings: quotes,
    patterns: [{ open: /\[(={0,9})\[/uy, close: ([, level]) => `]${level}]` }],
  },
  semicolon,
  ini: { line: [' ;', ' #'], block: [], strings: [] },
  properties: { line: ['\n#', '\n!'], block: [], strings: [], joinedValues: true },
  ada: { line: ['--'], block: [], strings: [inLine('"')], characters: true },
  fsharp: {
    line: ['//'],
    block: [comment('(*', '*)')],
    nested: true,
    strings: [overLines('"""'), raw('@"', '"'), overLines('"')],
    characters: true,
  },
  percent: { line: ['%'], block: [], strings: quotes, literals: /\$(?:\\.|.)/uy },
  ocaml: {
    line: [],
    block: [comment('(*', '*)')],
    nested: true,
    strings: [overLines('"')],
    patterns: [{ open: /\{([a-z_]{0,16})\|/uy, close: ([, name]) => `|${name}}` }],
    characters: true,
  },
} as const satisfies Record<string, CodeStyle>;

export type CodeStyleName = keyof typeof codeStyles;
