import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { debianPackage } from '../../debianPackage.mjs';

/** Packages of R in Debian whose vignettes are papers, most of them of the Journal of Statistical Software. */
const packages = [
  ...['aer', 'clue', 'coin', 'colorspace', 'flexmix', 'kernlab', 'lme4', 'multcomp', 'party', 'partykit'],
  ...['pscl', 'psychotools', 'psychotree', 'sandwich', 'seriation', 'sets', 'sp', 'spacetime', 'strucchange'],
  ...['surveillance', 'vcd', 'vegan', 'zoo'],
];

/**
 * The abstract of each paper against its body. Papers of one package are of the same authors: they stay together.
 * @returns {Promise<import('../summarizedDocuments.mjs').SummarizedDocument[]>}
 */
export async function papers(/** @type {string} */ folder) {
  const found = [];
  for (const name of packages) {
    const libraries = path.join(await debianPackage(`r-cran-${name}`, folder), 'usr/lib/R/site-library');
    const library = readdirSync(libraries).find((entry) => entry.toLowerCase() === name);
    const vignettes = path.join(libraries, library, 'doc');
    for (const file of readdirSync(vignettes).filter((entry) => entry.endsWith('.Rnw')))
      found.push({
        name: `${name}/${file}`,
        group: name,
        kind: /** @type {const} */ ('paper'),
        ...partsOf(readFileSync(path.join(vignettes, file), 'utf8')),
      });
  }
  return found;
}

/** Abstract and body of a LaTeX source with R code in it, its inner commands taken away. */
function partsOf(/** @type {string} */ source) {
  const latex = source
    .replace(/^<<.*>>=[\s\S]*?^@.*$/gmu, '') // code that R runs
    .replace(/(?<!\\)%.*$/gmu, '');
  const environment = /\\begin\{abstract\}([\s\S]*?)\\end\{abstract\}/u.exec(latex);
  const start = latex.indexOf('\\Abstract{');
  const [abstract, whole] = environment
    ? [environment[1], environment[0]]
    : start < 0
      ? ['', '']
      : argumentAt(latex, start + '\\Abstract'.length);
  const body = latex.slice(Math.max(0, latex.indexOf('\\begin{document}'))).replace(whole, '');
  return {
    text: readable(body.replace(/^[\s\S]*?(?=\\section|\\chapter)/u, '')),
    summary: readable(abstract).replace(/\s+/gu, ' ').trim(),
  };
}

/** @returns {[string, string]} what stands between the braces at `from`, without and with them */
function argumentAt(/** @type {string} */ text, /** @type {number} */ from) {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return [text.slice(from + 1, at), text.slice(from, at + 1)];
  }
  return ['', ''];
}

/** Paragraphs and headings as a reader of the printed paper sees them. */
const readable = (/** @type {string} */ latex) =>
  latex
    .replace(/\\(?:footnote|thanks|index|label|vspace|hspace)\*?\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/gu, '')
    .replace(/^[ \t]*\\cite\w*\*?(?:\[[^\]]*\])*\{[^{}]*\}[ \t]*\n/gmu, '') // a line of its own
    .replace(/~?\\(?:cite|citep|citealp|citeauthor|citeyear)\*?(?:\[[^\]]*\])*\{[^{}]*\}/gu, '')
    .replace(/\\(?:citet|ref|eqref|Sexpr)\*?(?:\[[^\]]*\])*\{[^{}]*\}/gu, '[1]')
    .replace(/\\(?:begin|end)\{(?:center|quote|Soutput|Sinput|Schunk|small|footnotesize)\}/gu, '')
    .replace(
      /\\(?:noindent|proglang|pkg|code|fct|class|emph|textit|textbf|texttt|text|dfn|file|mbox|textsf|underline)\b\s*/gu,
      '',
    )
    .replace(/\\(?:R|RR|rr|pp)\b(?:\{\})?/gu, 'R')
    .replace(/(?<!\\section|\\subsection|\\subsubsection|\\paragraph|\\begin|\\end|\\\w{1,30}\*)\{([^{}\n]*)\}/gu, '$1')
    .replace(/``|''/gu, '"')
    .replace(/~/gu, ' ');
