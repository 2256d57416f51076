import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { debianPackage } from '../../debianPackage.mjs';

/**
 * The paragraph with which each chapter of the Debian Administrator's Handbook introduces itself, against the rest of it.
 * @returns {Promise<import('../summarizedDocuments.mjs').SummarizedDocument[]>}
 */
export async function chapters(/** @type {string} */ folder, language = 'en-US') {
  const folderOfPages = path.join(
    await debianPackage('debian-handbook', folder),
    'usr/share/doc/debian-handbook/html',
    language,
  );
  const read = (/** @type {string} */ page) => readFileSync(path.join(folderOfPages, page), 'utf8');
  const found = [];
  for (const page of readdirSync(folderOfPages)) {
    if (!page.endsWith('.html') || page.startsWith('sect.') || page === 'index.html') continue;
    const html = read(page);
    const summary = /<div class="highlights">([\s\S]*?)<\/div>/u.exec(html)?.[1];
    if (!summary) continue;
    let text = markdownOf(html.replace(/<div class="highlights">[\s\S]*?<\/div>/u, ''));
    for (let next = nextPage(html); next?.startsWith('sect.'); next = nextPage(read(next)))
      text += markdownOf(read(next));
    found.push({
      name: page.replace('.html', ''),
      group: page,
      kind: /** @type {const} */ ('chapter'),
      text,
      summary: plain(summary),
    });
  }
  return found;
}

const nextPage = (/** @type {string} */ html) => /<li class="next">\s*<a[^>]*href="([^"#]+)/u.exec(html)?.[1];

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
