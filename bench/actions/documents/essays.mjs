import path from 'node:path';
import { debianPackage } from '../../debianPackage.mjs';
import { nodePackage } from '../nodePackage.mjs';
import { pythonPackage } from '../pythonPackage.mjs';
import { markdownFiles, plainOfMarkdown } from './markdownFiles.mjs';

/** Packages of R in Debian with articles about how and why. */
const packages = 'dplyr tidyr ggplot2 vctrs purrr dbplyr rvest testthat recipes rsample tidyselect pillar'.split(' ');

/** Posts of a blog and articles of manuals against the line that their author wrote above them. */
export async function essays(/** @type {string} */ folder) {
  const folders = [
    path.join(await pythonPackage('instructor', '1.8.0', { source: true }), 'docs', 'blog', 'posts'),
    path.join(await nodePackage('ai', '6.0.326'), 'docs'),
    ...(await Promise.all(packages.map((name) => articlesOf(name, folder)))),
  ];
  return folders.flatMap(markdownFiles).flatMap(({ file, text, matter }) => {
    const summary = plainOfMarkdown(String(matter.description ?? matter.abstract ?? ''));
    return /reference|troubleshooting|migration/u.test(file) || summary === ''
      ? []
      : [{ name: file, group: file, kind: /** @type {const} */ ('essay'), text, summary }];
  });
}

const articlesOf = async (/** @type {string} */ name, /** @type {string} */ folder) =>
  path.join(await debianPackage(`r-cran-${name}`, folder), 'usr/lib/R/site-library', name, 'doc');
