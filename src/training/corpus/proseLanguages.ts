/** Extensions of files that people write prose in → the editor's language id. */
const languages: Readonly<Record<string, string>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  mdx: 'mdx',
  qmd: 'quarto',
  rmd: 'rmd',
  txt: 'plaintext',
  text: 'plaintext',
  tex: 'latex',
  ltx: 'latex',
  adoc: 'asciidoc',
  asciidoc: 'asciidoc',
  asc: 'asciidoc',
  rst: 'restructuredtext',
  rest: 'restructuredtext',
  typ: 'typst',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  org: 'org',
};

/** The language id of a file by its name; undefined when the name does not promise prose. */
export function proseLanguageOf(path: string): string | undefined {
  const extension = /[^/]\.([^./]+)$/u.exec(path)?.[1]?.toLowerCase();
  return extension === undefined || !Object.hasOwn(languages, extension) ? undefined : languages[extension];
}
