import { ownCopy } from '../../../text/ownCopy.ts';

/** A word or mark of a sentence with its part of speech, as the Penn Treebank names them: `NNS`, `VBZ`, `,`. */
export interface TaggedWord {
  /** in small letters */
  readonly word: string;
  readonly tag: string;
  /** offset in the sentence */
  readonly start: number;
}

export type Tagger = (sentence: string) => readonly TaggedWord[];

let tagger: Promise<Tagger> | undefined;

/** The tagger of English. Its word list is read when the first action asks for it: 1.9 MB that no start needs. */
export function loadTagger(): Promise<Tagger> {
  tagger ??= import('wink-pos-tagger').then(({ default: posTagger }) => {
    const { tagSentence } = posTagger();
    return remembering((sentence) => placed(sentence, tagSentence(plain(sentence))));
  });
  return tagger;
}

/** Several rules ask about one sentence in turn, and what checks a change asks again. */
const remembered = 32;

function remembering(tag: Tagger): Tagger {
  const known = new Map<string, readonly TaggedWord[]>();
  return (sentence) => {
    const own = ownCopy(sentence);
    const words = known.get(own) ?? tag(own);
    known.delete(own); // the one asked for last is forgotten last
    known.set(own, words);
    if (known.size > remembered) known.delete(known.keys().next().value!);
    return words;
  };
}

/** Character by character what the tagger knows: straight apostrophes, and a name for each hidden part. */
const plain = (sentence: string): string => sentence.replace(/’/gu, "'").replace(/[\uE000-\uF8FF]/gu, 'X');

interface Token {
  readonly value: string;
  readonly pos: string;
}

/** What the tagger takes for a name, though it takes `can't` for two words. */
const unsplit = /^(c(?:ould|an))(n['’]t|not)$/iu;

function split(token: Token): Token[] {
  const [, verb, not] = unsplit.exec(token.value) ?? [];
  if (verb === undefined) return [token];
  return [
    { value: verb, pos: 'MD' },
    { value: not!, pos: 'RB' },
  ];
}

function placed(sentence: string, tokens: readonly Token[]): TaggedWord[] {
  const text = plain(sentence);
  let at = 0;
  return tokens.flatMap(split).map(({ value, pos }) => {
    const start = Math.max(at, text.indexOf(value, at));
    at = start + value.length;
    return { word: value.toLowerCase(), tag: pos, start };
  });
}
