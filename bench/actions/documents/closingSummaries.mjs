import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { textOfHtml } from '../../calibration/textOfHtml.mjs';
import { debianPackage } from '../../debianPackage.mjs';
import { pythonPackage } from '../pythonPackage.mjs';
import { markdownFiles, plainOfMarkdown } from './markdownFiles.mjs';

/** Chapters of Rust's book and of its edition guide, and of FastAPI's tutorial: each sums itself up in a section of its own. */
export async function closingSummaries(/** @type {string} */ folder) {
  const rust = path.join(await debianPackage('rust-doc', folder), 'usr/share/doc/rust-doc/html');
  const pages = (/** @type {string} */ within) =>
    readdirSync(path.join(rust, within), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.html') && path.basename(file) !== 'print.html')
      .sort()
      .map((file) => ({ file, text: textOfPage(readFileSync(path.join(rust, within, file), 'utf8')) }));
  const chapters = new Map();
  for (const { file, text } of pages('book')) {
    const chapter = file.slice(0, 'ch00'.length);
    chapters.set(chapter, `${chapters.get(chapter) ?? ''}${text}\n`);
  }
  return [
    ...[...chapters].map(([name, text]) => ({ name: `book/${name}`, text })),
    ...pages('edition-guide').map(({ file, text }) => ({ name: `edition-guide/${file}`, text })),
    ...(await tutorial('en')),
  ].flatMap(({ name, text }) => summedUp({ name, text, kind: 'summed up' }));
}

/**
 * Chapters of the same tutorial in Chinese against their closing summary, and of the Debian Administrator's Handbook
 * against the paragraph with which each introduces itself.
 */
export async function chineseDocuments(/** @type {string} */ folder, /** @type {Function} */ chapters) {
  const handbook = await chapters(folder, 'zh-CN');
  return [
    ...handbook.map((/** @type {object} */ chapter) => ({ ...chapter, kind: 'Chinese' })),
    ...(await tutorial('zh')).flatMap(({ name, text }) => summedUp({ name, text, kind: 'Chinese' })),
  ];
}

async function tutorial(/** @type {string} */ language) {
  const docs = path.join(await pythonPackage('fastapi', '0.100.0', { source: true }), 'docs', language, 'docs');
  return markdownFiles(docs).map(({ file, text }) => ({ name: `fastapi/${language}/${file}`, text }));
}

const title = /^#{1,4} (?:[\d.]+ )?(?:Summary|Recap|.*(?:总结|小结|回顾))[ \t]*(?:\{.*\})?$/mu;

/** A text without the section that sums it up, and what that section says. */
function summedUp({ name, text, kind }) {
  const found = title.exec(text);
  if (!found) return [];
  const after = text.slice(found.index + found[0].length);
  const end = /^#{1,4} /mu.exec(after)?.index ?? after.length;
  return [
    {
      name,
      group: name,
      kind,
      text: text.slice(0, found.index) + after.slice(end),
      summary: plainOfMarkdown(after.slice(0, end)),
    },
  ];
}

const textOfPage = (/** @type {string} */ html) => textOfHtml(/<main>([\s\S]*)<\/main>/u.exec(html)?.[1] ?? '');
