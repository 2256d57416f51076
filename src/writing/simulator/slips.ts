import { derivedSeed, seededRandom } from '../../protocol/seededRandom.ts';

/** Where fingers go wrong: the letters around each one on a keyboard with QWERTY. */
const neighbors: Readonly<Record<string, string>> = {
  q: 'wa',
  w: 'qeas',
  e: 'wrsd',
  r: 'etdf',
  t: 'ryfg',
  y: 'tugh',
  u: 'yihj',
  i: 'uojk',
  o: 'ipkl',
  p: 'ol',
  a: 'qwsz',
  s: 'awedxz',
  d: 'serfcx',
  f: 'drtgvc',
  g: 'ftyhbv',
  h: 'gyujnb',
  j: 'huiknm',
  k: 'jiolm',
  l: 'kop',
  z: 'asx',
  x: 'zsdc',
  c: 'xdfv',
  v: 'cfgb',
  b: 'vghn',
  n: 'bhjm',
  m: 'njk',
};

/** Letters that are typed before a slip is noticed: half of the slips at once. */
const noticedAfter = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2];

interface SlipOptions {
  /** share of the letters that are typed wrongly, 0 … 1 */
  readonly rate: number;
  readonly seed: number;
}

/**
 * The slips of a writer: a neighboring key, a letter twice, a letter left out. They stand at places of the text, whatever is
 * suggested there; so it is known what they would have cost a writer who types all of it.
 */
export class Slips {
  readonly #options: SlipOptions;

  constructor(options: SlipOptions) {
    this.#options = options;
  }

  /**
   * What is typed instead of the letter at `offset`, until it is noticed and taken back key by key.
   * @param start of what is typed; what stands before it is no writer's last letter
   * @returns '' where there is no slip
   */
  at({ path, text }: { readonly path: string; readonly text: string }, offset: number, start: number): string {
    const { rate, seed } = this.#options;
    const letter = text[offset] ?? '';
    if (rate === 0 || !isLetter(letter)) return '';
    const random = seededRandom(derivedSeed(seed, path, offset));
    if (random() >= rate) return '';
    const draw = <T>(of: ArrayLike<T>): T => of[Math.floor(random() * of.length)]!;
    const kind = draw(['neighbor', 'neighbor', 'twice', 'leftOut'] as const);
    const later = draw(noticedAfter);
    const follow = (from: number) => lettersFrom(text, from, later);
    const before = offset > start ? text[offset - 1]! : '';
    const next = text[offset + 1] ?? '';
    if (kind === 'twice' && isLetter(before) && before !== letter) return before + follow(offset);
    if (kind === 'leftOut' && isLetter(next) && next !== letter) return next + follow(offset + 2);
    const neighbor = draw(neighbors[letter.toLowerCase()]!);
    return (letter === letter.toLowerCase() ? neighbor : neighbor.toUpperCase()) + follow(offset + 1);
  }
}

/** Keys that a slip costs: each is typed, and taken back. */
export const keysOfSlip = (slip: string): number => 2 * slip.length;

const isLetter = (character: string): boolean => Object.hasOwn(neighbors, character.toLowerCase());

/** So many letters; fewer where the word ends. */
function lettersFrom(text: string, from: number, count: number): string {
  let letters = '';
  for (const letter of text.slice(from, from + count)) {
    if (!isLetter(letter)) break;
    letters += letter;
  }
  return letters;
}
