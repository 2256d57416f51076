// node bench/calibration/repeatedCode.mjs [AUTHOR,…]
// What blocks of code would save if what their own lines repeat were offered there, without a model: the lines of code above, and
// those of the author's other files, counted as tokens behind up to four others. Lines of code are typed one letter after the other;
// behind a wrong show nothing is offered until the word has ended. Not in the product (docs/lab/simulator.md).
// Not by the table of words (wordTable.mjs): blanks and marks are what code is made of, and tokens here.
import { markdownTable, percent } from '../table.mjs';
import { fetchAuthor } from './authors.mjs';
import { loadReplay } from './loadWriting.mjs';
import { requestAt, textsIn } from './stretches.mjs';

const longestContext = 4;
/** Of a text, from its beginning. */
const readChars = 20_000;
const leastRest = 3;
/** Tokens behind the first one. */
const mostTokens = 12;
/** A line of the same document counts as so many of other files. */
const documentWeight = 2;
const token = /[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]|\s+/gu;
const lineEnd = '\n';

/** Which tokens followed which in lines of code. */
class Followers {
  #counts = new Map();

  add(line) {
    const tokens = [lineEnd, ...(line.match(token) ?? []), lineEnd];
    for (let at = 1; at < tokens.length; at++) {
      for (let length = 0; length <= Math.min(longestContext, at); length++) {
        const key = keyOf(tokens.slice(at - length, at));
        const followers = this.#counts.get(key) ?? new Map();
        this.#counts.set(key, followers);
        followers.set(tokens[at], (followers.get(tokens[at]) ?? 0) + 1);
      }
    }
  }

  after(context) {
    return this.#counts.get(keyOf(context)) ?? [];
  }
}

const names = (process.argv[2] ?? 'git,postgres,sqlite,exim,handbook').split(',');
const writing = await loadReplay();
const ways = [
  { name: 'the rest of a word', minTyped: 2, first: 0.8, all: 1 },
  { name: 'the rest of a word, surer', minTyped: 1, first: 0.9, all: 1 },
  { name: 'a word and what follows', minTyped: 0, first: 0.9, all: 0.8 },
];
const authors = [];
for (const name of names) authors.push(await codeOf(name));
const rows = [['', 'lines read', 'shown, of the carets', 'right', 'net, of the keys in code']];
for (const withOthers of [false, true]) for (const way of ways) rows.push(row(way, withOthers));
process.stdout.write(`${markdownTable(rows)}\n`);

function row(way, withOthers) {
  const sum = { carets: 0, keys: 0, shown: 0, right: 0 };
  for (const { typed, others } of authors) {
    const elsewhere = { followers: withOthers ? others : new Followers(), weight: 1 };
    for (const lines of typed) {
      const document = new Followers();
      for (const line of lines) {
        typeLine(line, [{ followers: document, weight: documentWeight }, elsewhere], way, sum);
        document.add(line);
      }
    }
  }
  const read = withOthers ? 'the document’s and other files’' : 'the document’s';
  return [way.name, read, ...[sum.shown / sum.carets, sum.right / sum.shown, 1 - sum.keys / sum.carets].map(percent)];
}

/** An author's lines of code: those that are typed, text by text, and what followed what in the others. */
async function codeOf(name) {
  const { typed, workspace } = await fetchAuthor(name);
  const others = new Followers();
  for (const line of codeIn(workspace).flat()) others.add(line);
  return { typed: codeIn(typed), others };
}

/** The lines of each text whose end stands in code. */
function codeIn(folder) {
  return textsIn(folder).map(({ name, text }) => {
    const zones = new writing.CaretReader();
    const lines = [];
    let end = -1;
    for (const line of text.slice(0, readChars).split('\n')) {
      end += line.length + 1;
      const request = requestAt({ name, text }, end, writing);
      if (line !== '' && zones.zoneAt(request, request.prefix, writing.caretOf(request)) === 'code') lines.push(line);
    }
    return lines;
  });
}

function typeLine(line, sources, way, sum) {
  let at = line.match(/^\s*/)[0].length;
  let silentUntil = 0;
  sum.carets += line.length;
  sum.keys += at; // a line of code is not begun
  while (at < line.length) {
    const said = at >= silentUntil ? saidAt(line.slice(0, at), sources, way) : '';
    sum.keys++; // the key that takes it, that looks in vain, or that types on
    if (said.length < leastRest) {
      at++;
      continue;
    }
    sum.shown++;
    if (goesOn(line, at, said)) {
      sum.right++;
      at += said.length;
      continue;
    }
    silentUntil = at + line.slice(at).match(/^[\p{L}\p{N}_]*/u)[0].length + 1;
    sum.keys++;
    at++;
  }
}

/** All of it, and not into a longer word. */
function goesOn(line, at, said) {
  const next = line.slice(at + said.length - 1, at + said.length + 1);
  return line.startsWith(said, at) && !/^[\p{L}\p{N}_]{2}$/u.test(next);
}

function saidAt(before, sources, { minTyped, first, all }) {
  const [typed] = before.match(/[\p{L}\p{N}_]*$/u);
  if (typed.length < minTyped) return '';
  const context = [lineEnd, ...(before.slice(0, before.length - typed.length).match(token) ?? [])];
  const word = likeliest(sources, context, typed);
  if (word === undefined || word.probability < first || word.token === lineEnd) return '';
  let said = word.token.slice(typed.length);
  let { probability } = word;
  context.push(word.token);
  for (let count = 0; all < 1 && count < mostTokens; count++) {
    const next = likeliest(sources, context, '');
    probability *= next?.probability ?? 0;
    if (probability < all || next.token === lineEnd) break;
    said += next.token;
    context.push(next.token);
  }
  return said.trimEnd();
}

/** Witten & Bell: from the longest context to none, each with as much doubt as it has different followers. */
function likeliest(sources, context, prefix) {
  const shares = new Map();
  let rest = 1;
  for (let length = Math.min(longestContext, context.length); length >= 0; length--) {
    const counts = new Map();
    let total = 0;
    for (const { followers, weight } of sources) {
      for (const [one, times] of followers.after(context.slice(context.length - length))) {
        if (!one.startsWith(prefix)) continue;
        counts.set(one, (counts.get(one) ?? 0) + weight * times);
        total += weight * times;
      }
    }
    if (total === 0) continue;
    const belief = total / (total + counts.size);
    for (const [one, times] of counts) shares.set(one, (shares.get(one) ?? 0) + (rest * belief * times) / total);
    rest *= 1 - belief;
  }
  const [best] = [...shares].sort(([, a], [, b]) => b - a);
  return best && { token: best[0], probability: best[1] };
}

function keyOf(tokens) {
  return tokens.join('\0');
}
