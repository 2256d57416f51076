/** Words in a row that count as one feature; texts that share most of their rows are versions of one text. */
const shingleWords = 3;
/** Shorter paragraphs (headings, list items) may recur: that is style, not copying. */
const minWords = 12;
/** Jaccard similarity of the shingle sets from which on two paragraphs are the same one. */
const minSimilarity = 0.7;
/** Locality-sensitive hashing (Broder 1997): pairs at 0.7 become candidates with probability 1 − (1 − 0.7⁴)¹⁶ = 0.988. */
const bands = 16;
const rowsPerBand = 4;
/** Templates with thousands of look-alikes must not make the search quadratic. */
const maxCandidatesPerBand = 32;

/** Remembers paragraphs and recognizes those that it has seen before, word for word or nearly. */
export class NearDuplicates {
  readonly #shinglesOf: Uint32Array[] = [];
  /** one map per band: hash of its rows → paragraphs, the oldest first */
  readonly #buckets = Array.from({ length: bands }, () => new Map<number, number[]>());

  /** Whether an earlier paragraph is nearly the same; if none is, this one is remembered. */
  isDuplicate(paragraph: string): boolean {
    const shingles = shinglesIn(paragraph);
    if (shingles === undefined) return false;
    const keys = bandKeys(shingles);
    const candidates = new Set(keys.flatMap((key, band) => this.#buckets[band]!.get(key) ?? []));
    for (const candidate of candidates) {
      if (similarity(this.#shinglesOf[candidate]!, shingles) >= minSimilarity) return true;
    }
    const index = this.#shinglesOf.push(shingles) - 1;
    keys.forEach((key, band) => {
      const bucket = this.#buckets[band]!.get(key);
      if (bucket === undefined) this.#buckets[band]!.set(key, [index]);
      else if (bucket.length < maxCandidatesPerBand) bucket.push(index);
    });
    return false;
  }
}

/** Sorted, without repetitions; undefined for a paragraph that is too short to judge. */
function shinglesIn(paragraph: string): Uint32Array | undefined {
  // scripts without blanks between words: a character is a unit
  const words = paragraph.toLowerCase().match(/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[\p{L}\p{M}\p{N}]+/gu);
  if (words === null || words.length < minWords) return undefined;
  const hashes = words.map(wordHash);
  const shingles = new Set<number>();
  for (let i = 0; i + shingleWords <= hashes.length; i++) {
    let shingle = 0;
    for (let j = i; j < i + shingleWords; j++) shingle = mix(shingle ^ hashes[j]!);
    shingles.add(shingle);
  }
  return Uint32Array.from(shingles).sort();
}

/** FNV-1a */
function wordHash(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** MurmurHash3's finaliser: a bijection of 32-bit numbers that looks random. */
function mix(value: number): number {
  let h = Math.imul((value ^ (value >>> 16)) + 0x9e3779b9, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** MinHash: each row is the smallest shingle under its own hash; a band's key is the hash of its rows. */
function bandKeys(shingles: Uint32Array): number[] {
  return Array.from({ length: bands }, (_, band) => {
    let key = 0;
    for (let row = 0; row < rowsPerBand; row++) {
      const salt = mix(band * rowsPerBand + row);
      let smallest = 0xffffffff;
      for (const shingle of shingles) smallest = Math.min(smallest, mix(shingle ^ salt));
      key = mix(key ^ smallest);
    }
    return key;
  });
}

/** |a ∩ b| / |a ∪ b| of two sorted sets */
function similarity(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      common++;
      i++;
      j++;
    } else if (a[i]! < b[j]!) i++;
    else j++;
  }
  return common / (a.length + b.length - common);
}
