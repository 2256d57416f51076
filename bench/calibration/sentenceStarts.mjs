// node bench/calibration/sentenceStarts.mjs
// What a document's own structure says of how its list items and headings begin, on all texts of all authors; no model.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { markdownTable } from '../table.mjs';
import { authors, fetchAuthor } from './authors.mjs';

const parts = {
  learnt: ['sqlite', 'handbook', 'git', 'exim'],
  judged: ['vim', 'postgres', 'reference', 'history', 'melville'],
};
const marker = /^(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)/;
const counts = new Map();

for (const [part, names] of Object.entries(parts)) {
  for (const name of names.filter((author) => Object.hasOwn(authors, author))) {
    const folders = await fetchAuthor(name);
    const texts = Object.values(folders).flatMap((folder) =>
      readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8')),
    );
    for (const text of texts) lookAtItems(part, text);
    lookAtHeadings(part, texts);
  }
}
const rows = [...counts].map(([offered, shares]) => [
  offered,
  ...Object.keys(parts).map((part) => shown(shares[part])),
]);
process.stdout.write(`${markdownTable([['offered', ...Object.keys(parts)], ...rows])}\n`);

function shown({ right, all } = { right: 0, all: 0 }) {
  return all === 0 ? '–' : `${Math.round((100 * right) / all)} % of ${all}`;
}

function count(part, offered, isRight) {
  const shares = counts.get(offered) ?? {};
  const { right, all } = shares[part] ?? { right: 0, all: 0 };
  counts.set(offered, { ...shares, [part]: { right: right + Number(isRight), all: all + 1 } });
}

function lookAtItems(part, text) {
  let above = [];
  let isInFence = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('```')) isInFence = !isInFence;
    if (isInFence) continue;
    const found = marker.exec(line);
    if (!found) {
      if (/^\S/.test(line)) above = [];
      continue;
    }
    if (above[0]?.indent !== found[1].length) above = [];
    const words = line.slice(found[0].length).split(/\s+/);
    lookAtItem(part, above, words);
    above.push({ indent: found[1].length, words });
  }
}

function lookAtItem(part, above, [first, second]) {
  const [last, before, earlier] = above.toReversed().map(({ words }) => words);
  if (before === undefined || last[0] !== before[0]) return;
  const isRight = first === last[0];
  count(part, 'an item begins as the two before it do', isRight);
  const share = above.filter(({ words }) => words[0] === last[0]).length / above.length;
  if (/^\p{L}.{2,}/u.test(last[0]) && share >= 0.7) {
    count(part, '… with a word of three letters or more that 70 % of the items above begin with', isRight);
  }
  if (earlier?.[0] !== last[0]) return;
  count(part, 'an item begins as the three before it do', isRight);
  const isPair = last[1] !== undefined && last[1] === before[1] && last[1] === earlier[1];
  if (isPair && /^\p{L}.{2,}/u.test(last[0])) count(part, '… with the same two words', isRight && second === last[1]);
}

function lookAtHeadings(part, texts) {
  const headings = texts.map((text) =>
    text
      .split('\n')
      .filter((line) => /^#{1,6} /.test(line))
      .map((line) => line.replace(/^#+\s+(?:[\d.]+\s+)?/, '')),
  );
  const followers = new Map();
  const eachPair = (visit) => {
    for (const list of headings) for (const [i, heading] of list.entries()) visit(list[i - 1] ?? '', heading);
  };
  eachPair((before, heading) => {
    const after = followers.get(before) ?? new Map();
    followers.set(before, after.set(heading, (after.get(heading) ?? 0) + 1));
  });
  eachPair((before, heading) => {
    const after = new Map(followers.get(before));
    after.set(heading, after.get(heading) - 1); // without this place itself
    const all = [...after.values()].reduce((sum, times) => sum + times, 0);
    const [likeliest, times] = [...after].reduce((best, other) => (other[1] > best[1] ? other : best));
    if (times >= 2 && times >= 0.6 * all) {
      count(
        part,
        'the heading that followed this one twice or more elsewhere, 60 % of the time',
        likeliest === heading,
      );
    }
  });
}
