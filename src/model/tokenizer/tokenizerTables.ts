import { InklingError, sentence } from '../../protocol/errors.ts';
import { isObject } from '../files/textFile.ts';
import { beginningOf } from './beginning.ts';
import { type Merges, mergesOf } from './bytePairs.ts';
import { preTokenizerOf } from './preTokenizer.ts';
import { type TokenBytes, type TokenSpelling, tokenBytes } from './tokenBytes.ts';
import {
  type AddedWord,
  type BpeModel,
  checkTokenizerJson,
  type Json,
  tokenizerFault,
  type UnigramModel,
} from './tokenizerJson.ts';

/** Byte-pair encoding as numbers. */
export interface BpeTables {
  readonly kind: 'bpe';
  readonly merges: Merges;
  /** ids of the tokens that are one character */
  readonly singles: ReadonlyMap<string, number>;
  readonly unknownId: number | undefined;
  readonly fuseUnknown: boolean;
  /** ids of the tokens that stand for the bytes 0 to 255, −1 where there is none; undefined without fallback to bytes */
  readonly byteIds: readonly number[] | undefined;
  readonly ignoreMerges: boolean;
}

/** Everything that a tokenizer works with, checked and ready for use. */
export interface TokenizerTables {
  readonly normalizer: Json | undefined;
  readonly preTokenizer: Json | undefined;
  readonly added: readonly AddedWord[];
  /** ids that the model wants before everything it reads */
  readonly beginning: readonly number[];
  readonly spelling: TokenSpelling;
  readonly bytes: TokenBytes;
  /** no token has a blank inside: text may be cut before every blank */
  readonly cutsAtSpaceMark: boolean;
  readonly model: BpeTables | UnigramModel;
}

/**
 * @param tokenizerJson `tokenizer.json` as parsed
 * @throws InklingError `modelUnsupported` for kinds that are not known, `modelConfig` for a file that contradicts itself or the model
 */
export function tablesFromJson(
  tokenizerJson: object,
  tokenizerConfig: object,
  vocabularySize: number,
): TokenizerTables {
  const json = checkTokenizerJson(tokenizerJson as Json, vocabularySize);
  const { model, added, normalizer, preTokenizer } = json;
  const { byteLevel } = preTokenizerOf(preTokenizer, true);
  const spelling = spellingOf(json.decoder, byteLevel);
  if (model.kind === 'bpe' && model.ignoreMerges && spelling !== 'byteLevel') {
    throw new InklingError(
      'modelUnsupported',
      sentence`Taking words whole is supported for byte-level tokenizers only.`,
    );
  }
  const unknownId = model.kind === 'bpe' ? model.vocabulary.get(model.unknown ?? '') : model.unknownId;
  const tokens = new Array<string>(vocabularySize).fill('');
  for (const [token, id] of model.vocabulary) tokens[id] = token;
  for (const { id, content, special } of added) tokens[id] = special ? '' : content;
  if (unknownId !== undefined) tokens[unknownId] = '';
  const bytes = tokenBytes(tokens, {
    spelling,
    byteFallback: model.byteFallback,
    literal: new Set(added.map(({ id }) => id)),
  });
  if (bytes.bytes.length === 0) throw tokenizerFault(sentence`none of its tokens stands for text`);
  const idOf = (content: string) => added.find((word) => word.content === content)?.id ?? model.vocabulary.get(content);
  return {
    normalizer,
    preTokenizer,
    added,
    beginning: beginningOf(json, tokenizerConfig as Json, idOf),
    spelling,
    bytes,
    cutsAtSpaceMark: !byteLevel && model.vocabulary.has('▁') && !tokens.some(hasBlankInside),
    model: model.kind === 'bpe' ? bpeTables(model, unknownId) : model,
  };
}

const hasBlankInside = (token: string) => token.lastIndexOf('▁') > 0 && /[^▁]▁/u.test(token);

function bpeTables(model: BpeModel, unknownId: number | undefined): BpeTables {
  const { vocabulary, fuseUnknown, byteFallback, ignoreMerges } = model;
  return {
    kind: 'bpe',
    merges: mergesOf(model.merges, vocabulary),
    singles: new Map([...vocabulary].filter(([token]) => isOneCharacter(token))),
    unknownId,
    fuseUnknown,
    byteIds: byteFallback ? byteIdsOf(vocabulary) : undefined,
    ignoreMerges,
  };
}

const isOneCharacter = (token: string) => token.length === 1 || (token.length === 2 && token.codePointAt(0)! > 0xffff);

/** Ids of the tokens `<0x00>` to `<0xFF>`, −1 where there is none. */
export function byteIdsOf(vocabulary: ReadonlyMap<string, number>): number[] {
  const nameOf = (byte: number) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
  return Array.from({ length: 256 }, (_, byte) => vocabulary.get(nameOf(byte)) ?? -1);
}

/** How the vocabulary writes bytes and blanks, by the decoder that undoes it. */
function spellingOf(decoder: Json | undefined, byteLevel: boolean): TokenSpelling {
  const steps = decoderSteps(decoder);
  const types = new Set(steps.map(({ type }) => type));
  if (byteLevel && types.has('ByteLevel')) return 'byteLevel';
  if (!byteLevel && (types.has('Metaspace') || types.has('ByteFallback') || steps.some(replacesSpaceMark))) {
    return 'spaceMarks';
  }
  if (!byteLevel && types.size === 0) return 'plain';
  throw new InklingError(
    'modelUnsupported',
    sentence`Tokenizers with the decoder ${[...types].join(', ') || '(none)'} are not supported; byte-level and SentencePiece ones are.`,
  );
}

function decoderSteps(decoder: Json | undefined): Json[] {
  if (!decoder) return [];
  const { decoders } = decoder;
  return Array.isArray(decoders) ? decoders.filter(isObject) : [decoder];
}

const replacesSpaceMark = (step: Json) =>
  step['type'] === 'Replace' && isObject(step['pattern']) && step['pattern']['String'] === '▁';
