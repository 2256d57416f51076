import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { debianPackage } from '../../debianPackage.mjs';

/**
 * The line with which each manual page of Git says what its command is for, against the page.
 * @returns {Promise<import('../summarizedDocuments.mjs').SummarizedDocument[]>}
 */
export async function manualPages(/** @type {string} */ folder) {
  const pages = path.join(await debianPackage('git-doc', folder), 'usr/share/doc/git-doc');
  return readdirSync(pages)
    .filter((file) => /^git.*\.txt$/u.test(file))
    .map((file) => {
      const page = readFileSync(path.join(pages, file), 'utf8');
      const summary = /^NAME\n-+\n.*? - ([\s\S]*?)\n\n/mu.exec(page)?.[1] ?? '';
      const name = file.replace('.txt', '');
      return { name, group: name, kind: /** @type {const} */ ('manual page'), text: markdownOf(page), summary };
    });
}

/** AsciiDoc's titles, listings and terms as Markdown's; without name and synopsis. */
const markdownOf = (/** @type {string} */ page) =>
  page
    .replace(/^NAME\n-+\n[\s\S]*?(?=^[A-Z][^\n]*\n-{3,}$)/mu, '')
    .replace(/^SYNOPSIS\n-+\n[\s\S]*?(?=^[A-Z][^\n]*\n-{3,}$)/mu, '')
    .replace(/^(-{4,}|\.{4,}|={4,})\n([\s\S]*?)\n\1$/gmu, '```\n$2\n```')
    .replace(/^(?:include|ifdef|ifndef|endif)::.*$|^\[[^\]\n]*\]$|^:[\w-]+:.*$/gmu, '')
    .replace(/^([^\n]{3,80})\n([=~^-])\2{2,}$/gmu, '\n## $1\n')
    .replace(/^\+$/gmu, '')
    .replace(/^(\S.*)::$/gmu, '\n**$1**\n')
    .replace(/^\t/gmu, '')
    .replace(/linkgit:([\w-]+)\[(\d)\]/gu, '$1($2)');
