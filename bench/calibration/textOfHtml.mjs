const entities = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', mdash: '—', ndash: '–', hellip: '…' };

/**
 * The text of a manual's HTML page as Markdown: headings, paragraphs, list items and preformatted blocks. A page that is
 * one preformatted block (Vim's) is given as it is.
 * @param {string} html
 */
export function textOfHtml(html) {
  const body = (/<body[^>]*>([\s\S]*)<\/body>/i.exec(html)?.[1] ?? html).replace(
    /<div class="para"[^>]*>([\s\S]*?)<\/div>/g,
    '<p>$1</p>',
  ); // DocBook by publican
  const blocks = [
    ...body.matchAll(/<(h[1-6]|p|pre|dt|li)\b[^>]*>([\s\S]*?)(?=<\/(?:h[1-6]|p|pre|dt|li)>|<p\b|<li\b|<ul\b|<ol\b)/gi),
  ];
  const pre = blocks.filter(([, tag]) => tag.toLowerCase() === 'pre');
  const paragraphs = blocks.filter(([, tag]) => tag.toLowerCase() === 'p');
  if (paragraphs.length < 3) return plain(pre.length > 0 ? pre.map(([, , text]) => text).join('\n\n') : body);
  return `${blocks
    .map(([, tag, text]) => block(tag.toLowerCase(), text))
    .filter(Boolean)
    .join('\n\n')}\n`;
}

function block(tag, html) {
  if (tag === 'pre') return `\`\`\`\n${plain(html).trim()}\n\`\`\``;
  const text = plain(html).replace(/\s+/g, ' ').trim();
  if (text === '') return '';
  if (tag === 'li') return `- ${text}`;
  return tag.startsWith('h') ? `${'#'.repeat(Number(tag[1]))} ${text}` : text;
}

const plain = (html) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, digits) => String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)))
    .replace(/&(\w+);/g, (whole, name) => (name === 'amp' ? '&' : (entities[name] ?? whole)));
