// Words that an author's other texts offer at a caret, by counts of words: tried beside the blend of tokens in the product,
// and not taken over (docs/lab/own-words.md).

/** Words of context that are told apart; Chinese and Japanese characters count as words. */
const longestContext = 3;

const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー]`;
const letter = String.raw`(?:(?!${unspaced})[\p{L}\p{M}\p{N}])`;
const word = `${letter}+(?:['’_.-]${letter}+)*`;
const units = new RegExp(String.raw`\n\s*\n|${unspaced}\p{M}*|${word}|[^\s\p{L}\p{M}\p{N}]+`, 'gu');
const longestWord = 64; // characters; longer ones are data

/** Stands where a paragraph or a text ends: contexts do not reach across. */
const boundary = 0;
const unknown = -1;

/** A text as words, characters of scripts without spaces, and marks; '' where a paragraph ends. */
function unitsOf(text) {
  return (text.match(units) ?? []).map((unit) => (unit.startsWith('\n') || unit.length > longestWord ? '' : unit));
}

const isWord = (unit) => /^[\p{L}\p{M}\p{N}]/u.test(unit);

/** Numbers of an entry. */
const fields = 5;

/** Entries of a table before the rarest are forgotten: 20 bytes each. */
const mostEntries = 1 << 20;
const mostWords = 1 << 17;

/**
 * Which words followed which in some texts, by contexts of up to three words. Bounded: when the table is full, what was
 * seen once is forgotten.
 */
export class WordCounts {
  #numbers = new Map();
  #words = [''];
  #length = 0;
  /** first entries of chains, by context and by context and word; 0 = none */
  #contexts = new Int32Array(1 << 12);
  #slots = new Int32Array(1 << 12);
  /** of each entry: hash of its context, word, count, next entry of either chain */
  #entries = new Int32Array(fields << 12);
  #used = 1;
  /** words, each with its number, in the order of their characters; undefined after a new one */
  #sorted;
  /** by number of the word */
  #occurrences = [];

  /** Words that were counted, each occurrence. */
  get length() {
    return this.#length;
  }

  add(text) {
    const numbers = Int32Array.from(unitsOf(text), (unit) => this.#numberOf(unit));
    this.#length += numbers.length;
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at];
      if (number === boundary) continue;
      this.#occurrences[number] = (this.#occurrences[number] ?? 0) + 1;
      for (let order = 1; order <= longestContext && at - order >= 0 && numbers[at - order] !== boundary; order++) {
        this.#count(hashOf(numbers, at - order, order), number);
      }
    }
  }

  /** What followed the last words of `context`, from one word to the longest that occurred. */
  *followed(context) {
    const numbers = context.map((unit) => (unit === '' ? boundary : (this.#numbers.get(unit) ?? unknown)));
    for (let order = 1; order <= Math.min(longestContext, numbers.length); order++) {
      const last = numbers.slice(numbers.length - order);
      if (last.includes(unknown) || last.includes(boundary)) return;
      const counts = this.#after(hashOf(last, 0, order));
      if (counts.size === 0) return;
      yield { order, counts };
    }
  }

  /** Words that begin with `stem`, with their counts. */
  beginningWith(stem) {
    this.#sorted ??= this.#words.slice(1).filter(isWord).sort(byCodeUnits);
    const counts = new Map();
    for (let at = firstNotBelow(this.#sorted, stem); at < this.#sorted.length; at++) {
      const found = this.#sorted[at];
      if (!found.startsWith(stem)) break;
      counts.set(found, this.#occurrences[this.#numbers.get(found)]);
    }
    return counts;
  }

  #numberOf(unit) {
    if (unit === '') return boundary;
    const known = this.#numbers.get(unit);
    if (known !== undefined) return known;
    if (this.#words.length >= mostWords) return boundary; // rarer words than these end a context
    this.#numbers.set(unit, this.#words.length);
    this.#words.push(unit);
    this.#sorted = undefined;
    return this.#words.length - 1;
  }

  #count(hash, number) {
    for (let at = this.#slots[this.#slotOf(hash, number)]; at !== 0; at = this.#entries[at + 4]) {
      if (this.#entries[at] !== hash || this.#entries[at + 1] !== number) continue;
      this.#entries[at + 2]++;
      return;
    }
    if (this.#used >= mostEntries) this.#forget();
    if (fields * this.#used >= this.#entries.length) this.#rebuild(2 * this.#entries.length, 0);
    this.#insert(hash, number, 1);
  }

  #slotOf(hash, number) {
    return (Math.imul(hash ^ number, 0x9e3779b1) >>> 0) % this.#slots.length;
  }

  #contextOf(hash) {
    return (hash >>> 0) % this.#contexts.length;
  }

  #insert(hash, number, count) {
    const [context, slot] = [this.#contextOf(hash), this.#slotOf(hash, number)];
    const at = fields * this.#used++;
    this.#entries.set([hash, number, count, this.#contexts[context], this.#slots[slot]], at);
    this.#contexts[context] = at;
    this.#slots[slot] = at;
  }

  /** Rare entries go until a quarter is free. */
  #forget() {
    for (let atMost = 1; this.#used > (3 / 4) * mostEntries; atMost *= 2) {
      this.#rebuild(this.#entries.length, atMost);
    }
  }

  /** @param atMost entries with no higher count are left out */
  #rebuild(length, atMost) {
    const [old, end] = [this.#entries, fields * this.#used];
    this.#entries = new Int32Array(length);
    this.#contexts = new Int32Array(Math.ceil(length / fields));
    this.#slots = new Int32Array(Math.ceil(length / fields));
    this.#used = 1;
    for (let at = fields; at < end; at += fields) {
      if (old[at + 2] > atMost) this.#insert(old[at], old[at + 1], old[at + 2]);
    }
  }

  #after(hash) {
    const counts = new Map();
    for (let at = this.#contexts[this.#contextOf(hash)]; at !== 0; at = this.#entries[at + 3]) {
      if (this.#entries[at] === hash) counts.set(this.#words[this.#entries[at + 1]], this.#entries[at + 2]);
    }
    return counts;
  }
}

/** FNV-1a over the order and the numbers. */
function hashOf(numbers, from, order) {
  let hash = 0x811c9dc5 ^ order;
  for (let at = from; at < from + order; at++) {
    hash = Math.imul(hash ^ (numbers[at] & 0xffff), 0x01000193);
    hash = Math.imul(hash ^ (numbers[at] >>> 16), 0x01000193);
  }
  return hash ^ (hash >>> 15);
}

const byCodeUnits = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function firstNotBelow(sorted, stem) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < stem) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A count of the open document weighs as much as so many of other texts. */
const documentWeight = 4;

const contextChars = 200;

/**
 * Words that may follow, from the writer's own texts, the likeliest first: counts after one to three words, the longer
 * context before the shorter one, each interpolated with the next (Witten & Bell 1991).
 * @param before text left of the caret
 */
export function wordCandidates(before, counts, most) {
  const units = unitsOf(before.slice(-contextChars)).slice(before.length > contextChars ? 1 : 0);
  if (/\n\s*\n\s*$/u.test(before) || units.length === 0) return [];
  const isInWord =
    /[\p{L}\p{M}\p{N}]$/u.test(before) && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(before);
  const stem = isInWord ? units.at(-1) : '';
  const context = isInWord ? units.slice(0, -1) : units;
  const words = distribution(context, stem, counts);
  const candidates = [];
  for (const [word, { probability, ...where }] of words) {
    if (word.length > stem.length) candidates.push({ text: word.slice(stem.length), probability, ...where });
  }
  const ends = isInWord ? words.get(stem) : undefined;
  if (ends) {
    for (const [word, { probability, ...where }] of distribution(units, '', counts)) {
      candidates.push({ text: ` ${word}`, probability: probability * ends.probability, ...where });
    }
  }
  return candidates.sort((a, b) => b.probability - a.probability).slice(0, most);
}

function distribution(context, stem, { document, elsewhere }) {
  const levels = new Map();
  const none = new Map();
  if (stem !== '') levels.set(0, { own: document.beginningWith(stem), other: elsewhere.beginningWith(stem) });
  for (const { order, counts } of document.followed(context)) levels.set(order, { own: counts, other: none });
  for (const { order, counts } of elsewhere.followed(context)) {
    levels.set(order, { own: levels.get(order)?.own ?? none, other: counts });
  }
  let estimates = new Map();
  for (const [order, { own, other }] of [...levels].sort(([a], [b]) => a - b)) {
    estimates = sharpened(estimates, order, { own, other, stem });
  }
  return estimates;
}

/** The estimates of a shorter context, with what is known of a longer one. */
function sharpened(shorter, order, { own, other, stem }) {
  const weights = new Map();
  let total = 0;
  const add = (counts, isOwn) => {
    for (const [word, count] of counts) {
      if (!isWord(word) || !word.startsWith(stem)) continue;
      const known = weights.get(word) ?? { weight: 0, inDocument: 0, elsewhere: 0 };
      const weight = isOwn ? documentWeight * count : count;
      total += weight;
      weights.set(word, {
        weight: known.weight + weight,
        inDocument: known.inDocument + (isOwn ? count : 0),
        elsewhere: known.elsewhere + (isOwn ? 0 : count),
      });
    }
  };
  add(own, true);
  add(other, false);
  if (total === 0) return shorter;
  const all = total + weights.size;
  const sharper = new Map();
  for (const [word, estimate] of shorter) {
    sharper.set(word, { ...estimate, probability: (weights.size * estimate.probability) / all });
  }
  for (const [word, { weight, inDocument, elsewhere }] of weights) {
    const probability = (weight + weights.size * (shorter.get(word)?.probability ?? 0)) / all;
    sharper.set(word, { probability, order, inDocument, elsewhere });
  }
  return sharper;
}
