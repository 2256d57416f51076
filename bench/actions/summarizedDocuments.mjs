// Documents with a summary by their author. Nothing of them is kept in the repository:
// - The Debian Administrator's Handbook (debian-handbook, GPL-2+ or CC-BY-SA-3.0): the paragraph with which each chapter
//   introduces itself against the rest of the chapter;
// - READMEs of installed npm packages (each under its package's licence) against the `description` of package.json.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../runScript.mjs';

const handbook = 'debian-handbook';
const pages = 'usr/share/doc/debian-handbook/html/en-US';
const minSummaryWords = 8;
const minSentences = 12;

/**
 * @typedef {{ name: string, kind: 'chapter' | 'readme', text: string, summary: string }} SummarizedDocument
 * @returns {Promise<SummarizedDocument[]>}
 */
export async function summarizedDocuments(/** @type {string} */ folder, /** @type {string} */ nodeModules) {
  return [...(await chapters(folder)), ...readmes(nodeModules)];
}

/** @returns {Promise<SummarizedDocument[]>} */
async function chapters(/** @type {string} */ folder) {
  const unpacked = path.join(folder, handbook);
  if (!existsSync(unpacked)) {
    await mkdir(folder, { recursive: true });
    await runCommand('apt-get', ['download', handbook], { cwd: folder });
    const archive = (await runCommand('sh', ['-c', `ls ${handbook}_*.deb`], { cwd: folder })).trim().split('\n').at(-1);
    await runCommand('dpkg-deb', ['-x', archive, unpacked], { cwd: folder });
  }
  const read = (/** @type {string} */ page) => readFileSync(path.join(unpacked, pages, page), 'utf8');
  const found = [];
  for (const page of readdirSync(path.join(unpacked, pages))) {
    if (!page.endsWith('.html') || page.startsWith('sect.') || page === 'index.html') continue;
    const html = read(page);
    const summary = /<div class="highlights">([\s\S]*?)<\/div>/u.exec(html)?.[1];
    if (!summary) continue;
    let text = markdownOf(html.replace(/<div class="highlights">[\s\S]*?<\/div>/u, ''));
    for (let next = nextPage(html); next?.startsWith('sect.'); next = nextPage(read(next)))
      text += markdownOf(read(next));
    found.push({
      name: page.replace('.html', ''),
      kind: /** @type {const} */ ('chapter'),
      text,
      summary: plain(summary),
    });
  }
  return found.filter(isUsable);
}

const nextPage = (/** @type {string} */ html) => /<li class="next">\s*<a[^>]*href="([^"#]+)/u.exec(html)?.[1];

/** @returns {SummarizedDocument[]} */
function readmes(/** @type {string} */ nodeModules) {
  const found = [];
  for (const name of packageNames(nodeModules)) {
    const folder = path.join(nodeModules, name);
    const readme =
      existsSync(path.join(folder, 'package.json')) && readdirSync(folder).find((file) => /^readme\.md$/iu.test(file));
    if (!readme) continue;
    const { description = '' } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const text = readFileSync(path.join(folder, readme), 'utf8');
    if (text.length < 200_000) found.push({ name, kind: /** @type {const} */ ('readme'), text, summary: description });
  }
  return found.filter(isUsable);
}

const packageNames = (/** @type {string} */ folder) =>
  readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  );

/** @param {SummarizedDocument} document */
function isUsable({ text, summary }) {
  const sentences = text.replace(/```[\s\S]*?```/gu, '').match(/\p{Ll}[.!?](?=\s)/gu)?.length ?? 0;
  return summary.split(/\s+/u).length >= minSummaryWords && sentences >= minSentences;
}

/** The content of a page of the handbook: headings, paragraphs, items and listings. */
function markdownOf(/** @type {string} */ html) {
  const body = html
    .replace(
      /<(?:head|script|style)[\s\S]*?<\/(?:head|script|style)>|<ul class="docnav[\s\S]*?<\/ul>|<div class="toc">[\s\S]*?<\/div>/gu,
      '',
    )
    .replace(/<div class="(?:sidebar|legalnotice)"[\s\S]*?<\/div><\/div>/gu, '')
    .replace(/<pre[^>]*>([\s\S]*?)<\/pre>/gu, (_, code) => `\n\n\`\`\`\n${plain(code)}\n\`\`\`\n\n`)
    .replace(
      /<h([1-6])[^>]*>([\s\S]*?)<\/h\1>/gu,
      (_, level, title) => `\n\n${'#'.repeat(Number(level))} ${plain(title)}\n\n`,
    )
    .replace(/<li[^>]*>/gu, '\n- ')
    .replace(/<\/?(?:p|div|ul|ol|li|dl|dt|dd|table|tr|td|th)[^>]*>/gu, '\n\n');
  return body
    .split(/(```\n[\s\S]*?\n```)/u)
    .map((part) =>
      part.startsWith('```')
        ? part
        : part
            .split(/\n{2,}/u)
            .map(plain)
            .filter(Boolean)
            .join('\n\n'),
    )
    .join('\n\n');
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

const plain = (/** @type {string} */ html) =>
  html
    .replace(/<[^>]+>/gu, '')
    .replace(/&(amp|lt|gt|quot|nbsp);/gu, (_, name) => entities[name])
    .replace(/&#(\d+);/gu, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\s+/gu, ' ')
    .trim();
