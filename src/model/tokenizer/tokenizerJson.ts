/**
 * `tokenizer.json` after checking: foreign data becomes typed data here, and nothing behind this file doubts it again.
 * https://huggingface.co/docs/tokenizers
 */
import { InklingError, type Sentence, sentence } from '../../protocol/errors.ts';
import { isObject } from '../files/textFile.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A word that is no product of the model: recognized in the text before anything else. */
export interface AddedWord {
  readonly id: number;
  readonly content: string;
  /** a control mark such as `<|im_end|>`: only a chat template may write it */
  readonly special: boolean;
  /** takes the blanks before it (lstrip) or after it (rstrip) along */
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  readonly singleWord: boolean;
  /** is looked for after the normalizer, not before it */
  readonly normalized: boolean;
}

/** Byte-pair encoding: pairs of neighbors are merged, lowest rank first. */
export interface BpeModel {
  readonly kind: 'bpe';
  readonly vocabulary: ReadonlyMap<string, number>;
  /** in order of rank */
  readonly merges: readonly (string | readonly string[])[];
  readonly unknown: string | undefined;
  readonly fuseUnknown: boolean;
  readonly byteFallback: boolean;
  /** a piece that is a token is taken whole */
  readonly ignoreMerges: boolean;
}

/** Unigram: of all ways to cut a piece, the one with the greatest sum of scores. */
export interface UnigramModel {
  readonly kind: 'unigram';
  readonly vocabulary: ReadonlyMap<string, number>;
  /** log-probability by id */
  readonly scores: Float64Array;
  readonly unknownId: number | undefined;
  readonly byteFallback: boolean;
}

export interface TokenizerJson {
  readonly normalizer: Json | undefined;
  readonly preTokenizer: Json | undefined;
  readonly decoder: Json | undefined;
  readonly postProcessor: Json | undefined;
  readonly model: BpeModel | UnigramModel;
  readonly added: readonly AddedWord[];
}

/** Files list padding and image words a few numbers beyond the model's last token; nothing ever yields them. */
const tolerance = 4096;

/** Characters; the longest known are lines of some hundred blanks. */
const longestToken = 4096;

/** Characters of a word that is looked for in a text as a whole: what has many lengths takes long to look for. */
export const longestWord = 256;

/** @throws InklingError `modelConfig` naming the fault, `modelUnsupported` for another kind of model */
export function checkTokenizerJson(json: Json, vocabularySize: number): TokenizerJson {
  return {
    normalizer: optionalObject(json, 'normalizer'),
    preTokenizer: optionalObject(json, 'pre_tokenizer'),
    decoder: optionalObject(json, 'decoder'),
    postProcessor: optionalObject(json, 'post_processor'),
    model: checkModel(json, vocabularySize),
    added: checkAdded(json['added_tokens'] ?? [], vocabularySize),
  };
}

export const tokenizerFault = (what: Sentence, cause?: unknown) =>
  new InklingError(
    'modelConfig',
    sentence`tokenizer.json cannot be used: ${what}.`,
    cause === undefined ? {} : { cause },
  );

function optionalObject(json: Json, key: string): Json | undefined {
  const value = json[key];
  if (value === undefined || value === null) return undefined;
  if (isObject(value) && typeof value['type'] === 'string') return value;
  throw tokenizerFault(sentence`${key} is no object with a type`);
}

function checkModel(json: Json, vocabularySize: number): BpeModel | UnigramModel {
  const model = json['model'];
  if (!isObject(model)) throw tokenizerFault(sentence`it has no model`);
  const { type } = model;
  if (type === 'Unigram' || (type === undefined && Array.isArray(model['vocab']))) {
    return checkUnigram(model, vocabularySize);
  }
  if (type !== 'BPE' && type !== undefined) {
    throw new InklingError(
      'modelUnsupported',
      sentence`Tokenizers of the kind ${String(type)} are not supported; BPE and Unigram are.`,
    );
  }
  for (const key of ['continuing_subword_prefix', 'end_of_word_suffix']) {
    if (model[key])
      throw new InklingError('modelUnsupported', sentence`The tokenizer has a ${key}, which is not supported.`);
  }
  const { merges, unk_token: unknown } = model;
  if (!isObject(model['vocab'])) throw tokenizerFault(sentence`its vocab is no list of tokens and numbers`);
  if (!Array.isArray(merges)) throw tokenizerFault(sentence`it has no merges`);
  return {
    kind: 'bpe',
    vocabulary: checkVocabulary(Object.entries(model['vocab']), vocabularySize),
    merges: merges as readonly (string | readonly string[])[],
    unknown: typeof unknown === 'string' ? unknown : undefined,
    fuseUnknown: model['fuse_unk'] === true,
    byteFallback: model['byte_fallback'] === true,
    ignoreMerges: model['ignore_merges'] === true,
  };
}

function checkUnigram(model: Json, vocabularySize: number): UnigramModel {
  const pieces = model['vocab'];
  if (!Array.isArray(pieces)) throw tokenizerFault(sentence`its vocab is no list of tokens and scores`);
  const scores = new Float64Array(pieces.length);
  const entries = (pieces as readonly unknown[]).map((piece, id): [string, unknown] => {
    const [content, score] = Array.isArray(piece) ? (piece as unknown[]) : [];
    if (typeof content !== 'string' || typeof score !== 'number' || Number.isNaN(score)) {
      throw tokenizerFault(sentence`entry ${id} of its vocab is no token with a score`);
    }
    scores[id] = score;
    return [content, id];
  });
  const unknownId = model['unk_id'];
  if (unknownId !== undefined && unknownId !== null && !isIdBelow(unknownId, pieces.length)) {
    throw tokenizerFault(sentence`its unk_id is ${String(unknownId)}`);
  }
  return {
    kind: 'unigram',
    vocabulary: checkVocabulary(entries, vocabularySize, 'mayRepeat'),
    scores,
    unknownId: typeof unknownId === 'number' ? unknownId : undefined,
    byteFallback: model['byte_fallback'] === true,
  };
}

function checkVocabulary(
  entries: readonly (readonly [string, unknown])[],
  size: number,
  repeats: 'mayRepeat' | 'mustDiffer' = 'mustDiffer',
): Map<string, number> {
  const vocabulary = new Map<string, number>();
  const taken = new Uint8Array(size);
  for (const [token, id] of entries) {
    if (typeof id === 'number' && Number.isInteger(id) && id >= size) throw foreignToken(id, size);
    if (!isIdBelow(id, size))
      throw tokenizerFault(sentence`the token ${JSON.stringify(token)} has the number ${String(id)}`);
    if (token.length > longestToken)
      throw tokenizerFault(sentence`the token ${id} has ${token.length} characters; ${longestToken} are possible`);
    if (taken[id] && repeats === 'mustDiffer') throw tokenizerFault(sentence`two tokens have the number ${id}`);
    taken[id] = 1;
    if (!vocabulary.has(token)) vocabulary.set(token, id);
  }
  return vocabulary;
}

const isIdBelow = (id: unknown, size: number): id is number =>
  typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < size;

const foreignToken = (id: number, size: number) =>
  new InklingError(
    'modelConfig',
    sentence`tokenizer.json has a token number ${id}, but the model knows only ${size} tokens: they do not belong together.`,
  );

function checkAdded(added: unknown, size: number): AddedWord[] {
  if (!Array.isArray(added)) throw tokenizerFault(sentence`its added_tokens are no list`);
  if (added.length > size + tolerance)
    throw tokenizerFault(sentence`it adds ${added.length} tokens; the model knows ${size}`);
  const words: AddedWord[] = [];
  for (const entry of added as readonly unknown[]) {
    if (!isObject(entry)) throw tokenizerFault(sentence`an entry of its added_tokens is no object`);
    const { id, content } = entry;
    if (typeof content !== 'string') throw tokenizerFault(sentence`the added token ${String(id)} has no content`);
    if (typeof id === 'number' && id >= size + tolerance) throw foreignToken(id, size);
    if (!isIdBelow(id, size + tolerance)) {
      throw tokenizerFault(sentence`the added token ${JSON.stringify(content)} has the number ${String(id)}`);
    }
    if (content.length > longestWord) {
      throw tokenizerFault(
        sentence`the added token ${id} has ${content.length} characters; ${longestWord} are possible`,
      );
    }
    if (id >= size || content === '') continue;
    const special = entry['special'] === true;
    words.push({
      id,
      content,
      special: special || looksLikeMark(content),
      lstrip: entry['lstrip'] === true,
      rstrip: entry['rstrip'] === true,
      singleWord: entry['single_word'] === true,
      normalized: entry['normalized'] === undefined ? !special : entry['normalized'] === true,
    });
  }
  return words;
}

/** Some files list `<|fim_middle|>` among ordinary words. A person who writes that means these characters. */
const looksLikeMark = (content: string) => /^<[|｜][^\s]*[|｜]>$/u.test(content);
