import { extname } from 'node:path';

/** The editor's language ids of the files that people write prose in. */
const languages: Readonly<Record<string, string>> = {
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.txt': 'plaintext',
  '.tex': 'latex',
  '.adoc': 'asciidoc',
  '.asciidoc': 'asciidoc',
  '.rst': 'restructuredtext',
  '.typ': 'typst',
  '.html': 'html',
  '.htm': 'html',
};

/** The language id of a file by its name: Markdown without a name; an extension of no prose stands for itself. */
export function languageOf(path: string): string {
  if (path === '') return 'markdown';
  if (/(^|[\\/])COMMIT_EDITMSG$/.test(path)) return 'git-commit';
  const extension = extname(path).toLowerCase();
  return languages[extension] ?? (extension === '' ? 'plaintext' : extension.slice(1));
}
