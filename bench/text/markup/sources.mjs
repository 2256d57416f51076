// Real documents in four languages, fetched when they are needed and never kept in the repository.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { debianPackage } from '../../debianPackage.mjs';
import { outFolder } from '../../product.mjs';
import { runCommand } from '../../runScript.mjs';

const folder = path.join(outFolder, 'text');

/**
 * Files that are no LaTeX as it is written: code that a script extracts, or characters that the file makes verbatim.
 */
const ownLanguages =
  /^(?:u?lineno|linenoamsmathdemo|lnosuppl|doafter|mdwtools|mathenv|fancybox-doc|thalie|fp|lexref)\.tex$/;

/** Language id → the texts, with where they come from. */
export const sources = {
  restructuredtext: {
    licences: 'Django 5.2 (BSD-3-Clause), docutils 0.23 (public domain, BSD-2-Clause)',
    files: async () => [
      ...filesIn(path.join(await sourceDistribution('Django', '5.2'), 'docs'), /\.txt$/),
      ...filesIn(await sourceDistribution('docutils', '0.23'), /\.rst$/),
    ],
  },
  asciidoc: {
    licences: 'Debian’s git-doc (GPL-2.0)',
    files: async () => filesIn(await debianPackage('git-doc', folder), /\.txt$/),
  },
  latex: {
    licences: 'Debian’s texlive-humanities-doc and texlive-latex-recommended-doc (LPPL-1.3, GPL, GFDL)',
    files: async () =>
      [
        ...filesIn(await debianPackage('texlive-humanities-doc', folder), /\.(?:tex|ltx)(?:\.gz)?$/),
        ...filesIn(await debianPackage('texlive-latex-recommended-doc', folder), /\.(?:tex|ltx)(?:\.gz)?$/),
      ].filter((file) => !ownLanguages.test(path.basename(file).replace(/\.gz$/, ''))),
  },
  org: {
    licences: 'what is new in Org, of Debian’s emacs-common, and the manual of elpa-org-drill (GPL-3.0)',
    files: async () => [
      ...filesIn(await debianPackage('emacs-common', path.join(outFolder, 'emacs')), /^ORG-NEWS$/),
      ...filesIn(await debianPackage('elpa-org-drill', folder), /\.org(?:\.gz)?$/),
    ],
  },
};

/** @returns {string} with \n for line ends */
export function readSource(file) {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text.replace(/\r\n?/g, '\n').replaceAll('\f', ' ');
}

function filesIn(parent, pattern) {
  return readdirSync(parent, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function sourceDistribution(name, version) {
  const unpacked = path.join(folder, `${name}-${version}`);
  if (existsSync(unpacked)) return unpacked;
  mkdirSync(folder, { recursive: true });
  const options = ['--quiet', '--no-deps', '--no-binary', ':all:', '--dest', folder];
  await runCommand('python3', ['-m', 'pip', 'download', ...options, `${name}==${version}`]);
  const archive = readdirSync(folder).find((file) => file.toLowerCase() === `${name}-${version}.tar.gz`.toLowerCase());
  await runCommand('tar', ['-xf', path.join(folder, archive), '-C', folder]);
  return unpacked;
}
