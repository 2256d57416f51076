// What Org's own parser, org-element, takes each character of a file for: Emacs is fetched and run for it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { debianPackage } from '../../debianPackage.mjs';
import { outFolder } from '../../product.mjs';

/** The program, what it reads, and libraries that a machine without Emacs may lack. */
const packages =
  'emacs-nox emacs-common emacs-bin-common emacs-el libgccjit0 libjansson4 liblcms2-2 libgpm2 libasound2';

/**
 * @param {readonly string[]} texts with \n for line ends
 * @returns {Promise<string[]>} for each text one letter for each UTF-16 unit: W words, H title, C code, M formula,
 * T table, K comment, X other markup; objects that are no words are w among words and h in a title
 */
export async function orgLetters(texts) {
  const emacs = await unpackedEmacs();
  const folder = path.join(outFolder, 'emacs', 'texts');
  mkdirSync(folder, { recursive: true });
  const files = texts.map((text, index) => {
    const file = path.join(folder, `${index}.org`);
    writeFileSync(file, text);
    return file;
  });
  const script = fileURLToPath(new URL('org_kinds.el', import.meta.url));
  const run = spawnSync(emacs.program, [`--dump-file=${emacs.dump}`, '--quick', '--batch', '-l', script], {
    input: files.join('\n'),
    env: { ...process.env, ...emacs.env },
    maxBuffer: 2 ** 30,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`Emacs ended with ${run.status}: ${run.stderr}`);
  return run.stdout.trimEnd().split('\n');
}

/** All packages in one folder: Emacs finds its parts beside its program. */
async function unpackedEmacs() {
  const folder = path.join(outFolder, 'emacs');
  const root = path.join(folder, 'root');
  for (const name of packages.split(' ')) {
    if (existsSync(path.join(folder, name))) continue;
    cpSync(await debianPackage(name, folder), root, { recursive: true, verbatimSymlinks: true });
  }
  const [version] = readdirSync(path.join(root, 'usr/share/emacs')).filter((name) => /^\d/.test(name));
  const share = path.join(root, 'usr/share/emacs', version);
  const machine = path.join(root, 'usr/libexec/emacs', version);
  return {
    program: path.join(root, 'usr/bin/emacs-nox'),
    dump: path.join(machine, readdirSync(machine)[0], 'emacs.pdmp'),
    env: {
      LD_LIBRARY_PATH: path.join(root, 'usr/lib/x86_64-linux-gnu'),
      EMACSLOADPATH: foldersIn(path.join(share, 'lisp')).join(':'),
      EMACSDATA: path.join(share, 'etc'),
      EMACSDOC: path.join(share, 'etc'),
      EMACSPATH: path.join(root, 'usr/bin'),
    },
  };
}

/** Itself and those in it. */
function foldersIn(folder) {
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.map(({ name }) => path.join(folder, name))];
}
