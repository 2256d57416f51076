import type { CodeStyleName } from './sourceCode/codeStyle.ts';

export type GrammarName =
  | 'markdown'
  | 'mdx'
  | 'html'
  | 'latex'
  | 'restructuredText'
  | 'asciidoc'
  | 'typst'
  | 'org'
  | 'commitMessage'
  | 'plainText';

/** Of program text only the comments are read; the styles themselves are loaded when the first text is read. */
interface ProgramText {
  readonly style: CodeStyleName;
}

/** What is known of a language: the one place that says it. */
export interface Language {
  /** the editor's language id */
  readonly id: string;
  /** other ids under which editors and their extensions know it */
  readonly aliases: readonly string[];
  /** of its files, in small letters and without the first dot; the first is the usual one */
  readonly extensions: readonly string[];
  /** of files that are in this language whatever their extension */
  readonly fileNames: readonly string[];
  /** how its text is read: by its markup, or by what marks its comments */
  readonly grammar: GrammarName | ProgramText;
  /** people write prose in it: help is on unless the settings say otherwise, and voices are learned from it */
  readonly prose: boolean;
}

const markup = (ids: string, grammar: GrammarName, extensions: string, fileNames = ''): Language => ({
  ...named(ids),
  extensions: words(extensions),
  fileNames: words(fileNames),
  grammar,
  prose: true,
});

const code = (ids: string, style: CodeStyleName, extensions: string, fileNames = ''): Language => ({
  ...named(ids),
  extensions: words(extensions),
  fileNames: words(fileNames),
  grammar: { style },
  prose: false,
});

/** The first of two rows with the same extension has it. */
export const languages: readonly Language[] = [
  markup('markdown', 'markdown', 'md markdown mdown mkd mkdn mdwn markdn mdtxt mdtext'),
  markup('mdx', 'mdx', 'mdx'),
  markup('quarto', 'markdown', 'qmd'),
  markup('rmd', 'markdown', 'rmd'),
  markup('latex', 'latex', 'tex ltx ctx'),
  markup('tex', 'latex', ''),
  markup('rsweave rnw sweave', 'latex', 'rnw rtex snw'),
  markup('jlweave', 'latex', 'jnw jtexw'),
  markup('pweave', 'latex', 'pnw ptexw'),
  markup('restructuredtext', 'restructuredText', 'rst rest'),
  markup('asciidoc', 'asciidoc', 'adoc asciidoc asc ad adoc.txt'),
  markup('typst', 'typst', 'typ'),
  markup('org', 'org', 'org'),
  markup('html', 'html', 'html htm xhtml xht shtml'),
  markup('plaintext', 'plainText', 'txt text'),
  markup('git-commit', 'commitMessage', '', 'COMMIT_EDITMSG MERGE_MSG TAG_EDITMSG SQUASH_MSG'),
  markup('scminput', 'commitMessage', ''),
  code('c', 'cFamily', 'c h'),
  code('cpp', 'cFamily', 'cpp cc cxx hpp hh hxx'),
  code('csharp', 'csharp', 'cs'),
  code('java', 'threeQuotes', 'java'),
  code('javascript', 'scripts', 'js mjs cjs'),
  code('javascriptreact', 'scripts', 'jsx'),
  code('typescript', 'scripts', 'ts mts cts'),
  code('typescriptreact', 'scripts', 'tsx'),
  code('go', 'go', 'go'),
  code('rust', 'rust', 'rs'),
  code('swift', 'nestedSlashes', 'swift'),
  code('kotlin', 'nestedSlashes', 'kt kts'),
  code('scala', 'nestedSlashes', 'scala'),
  code('dart', 'dart', 'dart'),
  code('php', 'php', 'php'),
  code('objective-c', 'cFamily', 'm'),
  code('zig', 'zig', 'zig'),
  code('less', 'nestedStyles', 'less'),
  code('scss', 'nestedStyles', 'scss'),
  code('css', 'styles', 'css'),
  code('jsonc', 'slashes', 'jsonc'),
  code('groovy', 'dart', 'groovy gradle'),
  code('shellscript', 'shell', 'sh bash zsh'),
  code('ruby', 'ruby', 'rb', 'Rakefile Gemfile'),
  code('perl', 'perl', 'pl pm'),
  code('r', 'r', 'r'),
  code('julia', 'julia', 'jl'),
  code('yaml', 'yaml', 'yaml yml'),
  code('toml', 'toml', 'toml'),
  code('makefile', 'makefile', 'mk', 'Makefile GNUmakefile'),
  code('dockerfile', 'shell', 'dockerfile', 'Dockerfile'),
  code('powershell', 'powershell', 'ps1 psm1'),
  code('elixir', 'elixir', 'ex exs'),
  code('erlang', 'percent', 'erl'),
  code('ini', 'ini', 'ini'),
  code('properties', 'properties', 'properties'),
  code('dotenv', 'shell', 'env'),
  code('python', 'python', 'py pyi'),
  code('lua', 'lua', 'lua'),
  code('haskell', 'haskell', 'hs'),
  code('ocaml', 'ocaml', 'ml mli'),
  code('fsharp', 'fsharp', 'fs fsx'),
  code('sql', 'dashes', 'sql'),
  code('ada', 'ada', 'adb ads'),
  code('vhdl', 'ada', 'vhd vhdl'),
  code('clojure', 'semicolon', 'clj cljs'),
  code('lisp', 'semicolon', 'lisp el'),
  code('scheme', 'semicolon', 'scm'),
  code('terraform', 'php', 'tf'),
];

function named(ids: string): Pick<Language, 'id' | 'aliases'> {
  const [id, ...aliases] = words(ids);
  return { id: id!, aliases };
}

function words(list: string): string[] {
  return list === '' ? [] : list.split(' ');
}

const idsOf = ({ id, aliases }: Language): string[] => [id, ...aliases];

const byId = indexed(idsOf);
const byExtension = indexed(({ extensions }) => extensions);
const byFileName = indexed(({ fileNames }) => fileNames);

function indexed(keysOf: (language: Language) => readonly string[]): ReadonlyMap<string, Language> {
  const index = new Map<string, Language>();
  for (const language of languages) {
    for (const key of keysOf(language)) if (!index.has(key)) index.set(key, language);
  }
  return index;
}

/** Every id under which an editor knows a language of prose. */
export const proseLanguageIds: readonly string[] = languages.filter(({ prose }) => prose).flatMap(idsOf);

export const languageById = (id: string): Language | undefined => byId.get(id);

/** What a table says of the grammar of a language; nothing for program text and for a language that nobody described. */
export function ofGrammar<Value>(
  table: Readonly<Partial<Record<GrammarName, Value>>>,
  languageId: string,
): Value | undefined {
  const grammar = languageById(languageId)?.grammar;
  return typeof grammar === 'string' ? table[grammar] : undefined;
}

/** Whether only its comments are words, which stand behind marks of their own. */
export const isProgramText = (id: string): boolean => typeof languageById(id)?.grammar === 'object';

/** The language of a file by its name; undefined for a name that says nothing, and for hidden files. */
export function languageOfFile(path: string): Language | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const known = byFileName.get(name);
  if (known !== undefined) return known;
  // the longest extension that is known: `notes.adoc.txt` is AsciiDoc
  for (let dot = name.indexOf('.', 1); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const language = byExtension.get(name.slice(dot + 1).toLowerCase());
    if (language !== undefined) return language;
  }
  return undefined;
}
