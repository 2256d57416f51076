/** Rebuilds `tokenizer.json` from a GGUF file's metadata; how text is cut into words is named there, not spelled out. */
import type { GgufValue } from '../model/files/ggufCursor.ts';
import { addedToken, type PieceList, pieceKinds, piecesToJson } from '../model/tokenizer/piecesToJson.ts';
import { type WordRule, wordRules } from '../model/tokenizer/preTokenizers.ts';
import { InklingError, sentence } from '../protocol/errors.ts';

type Metadata = ReadonlyMap<string, GgufValue>;

/**
 * @throws InklingError `modelUnsupported` for other tokenizers than byte-level BPE and SentencePiece, `modelBroken` for
 * metadata that contradict themselves
 */
export function tokenizerFromGguf(metadata: Metadata): { tokenizer: object; config: object } {
  const model = String(metadata.get('tokenizer.ggml.model') ?? 'none is named');
  const tokens = listOf(metadata, 'tokens', (value) => typeof value === 'string') as readonly string[] | undefined;
  if (!tokens) throw brokenList('tokens');
  if (model === 'gpt2') {
    const rule = wordRule(metadata);
    return {
      tokenizer: byteLevelJson(metadata, tokens, rule),
      config: configOf(metadata, tokens, rule.addBos === true),
    };
  }
  if (model === 'llama' || model === 't5') {
    const pieces = piecesOf(metadata, tokens, model === 'llama' ? 'bpe' : 'unigram');
    return { tokenizer: piecesToJson(pieces), config: configOf(metadata, tokens, model === 'llama') };
  }
  throw new InklingError(
    'modelUnsupported',
    sentence`The GGUF's tokenizer (${model}) cannot be rebuilt; byte-level BPE (gpt2) and SentencePiece (llama, t5) can.`,
  );
}

function wordRule(metadata: Metadata): WordRule {
  const named = String(metadata.get('tokenizer.ggml.pre') ?? 'default');
  const name = named === 'default' ? 'gpt-2' : named;
  if (Object.hasOwn(wordRules, name)) return wordRules[name]!;
  throw new InklingError(
    'modelUnsupported',
    sentence`The GGUF's tokenizer cuts text into words as ${name} does, which is not known here. Known: ${Object.keys(wordRules).join(', ')}.`,
  );
}

const brokenList = (key: string) =>
  new InklingError(
    'modelBroken',
    sentence`The GGUF's list tokenizer.ggml.${key} is missing or damaged. Get the file again.`,
  );

/** @throws InklingError `modelBroken` when the value is there and no list of such entries */
function listOf(
  metadata: Metadata,
  key: string,
  fits: (value: GgufValue) => boolean,
): readonly GgufValue[] | undefined {
  const list = metadata.get(`tokenizer.ggml.${key}`);
  if (list === undefined) return undefined;
  if (!Array.isArray(list) || !list.every(fits)) throw brokenList(key);
  return list;
}

/** One number for each token. */
function numbersOf(metadata: Metadata, key: string, tokens: number): readonly number[] | undefined {
  const list = listOf(metadata, key, (value) => typeof value === 'number' && !Number.isNaN(value)) as
    | readonly number[]
    | undefined;
  if (list && list.length !== tokens) throw brokenList(key);
  return list;
}

const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };

function byteLevelJson(metadata: Metadata, tokens: readonly string[], rule: WordRule): object {
  const kinds = numbersOf(metadata, 'token_type', tokens.length) ?? [];
  const merges = listOf(metadata, 'merges', (value) => typeof value === 'string');
  const isMade = (token: string, id: number) => token.length > 1 && (kinds[id] ?? 1) === pieceKinds.normal;
  if (!merges && tokens.some(isMade)) throw brokenList('merges');
  const isAdded = (kind: number | undefined) => kind === pieceKinds.control || kind === pieceKinds.userDefined;
  const splits = rule.patterns.map((pattern) => ({
    type: 'Split',
    pattern: { Regex: pattern },
    behavior: 'Isolated',
    invert: false,
  }));
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: tokens.flatMap((content, id) =>
      isAdded(kinds[id]) ? [addedToken(id, content, kinds[id] === pieceKinds.control)] : [],
    ),
    normalizer: rule.unicodeForm ? { type: rule.unicodeForm } : null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [...splits, byteLevel] },
    post_processor: null,
    decoder: { ...byteLevel, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: tokenAt(metadata, tokens, 'unknown') ?? null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: rule.ignoreMerges === true,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges ?? [],
    },
  };
}

function piecesOf(metadata: Metadata, tokens: readonly string[], model: PieceList['model']): PieceList {
  const scores = numbersOf(metadata, 'scores', tokens.length);
  const kinds = numbersOf(metadata, 'token_type', tokens.length);
  if (!scores) throw brokenList('scores');
  if (!kinds) throw brokenList('token_type');
  const flag = (key: string, otherwise: boolean) => (metadata.get(`tokenizer.ggml.${key}`) ?? otherwise) === true;
  const map = listOf(metadata, 'precompiled_charsmap', (value) => typeof value === 'number') as
    | readonly number[]
    | undefined;
  return {
    model,
    tokens,
    scores,
    kinds,
    byteFallback: kinds.includes(pieceKinds.byte),
    charactersMap: map && map.length > 0 ? Uint8Array.from(map) : undefined,
    addsPrefix: flag('add_space_prefix', true),
    removesBlanks: flag('remove_extra_whitespaces', false),
  };
}

function tokenAt(metadata: Metadata, tokens: readonly string[], key: string): string | undefined {
  const id = metadata.get(`tokenizer.ggml.${key}_token_id`);
  return typeof id === 'number' ? tokens[id] : undefined;
}

function configOf(metadata: Metadata, tokens: readonly string[], addsBosOtherwise: boolean): object {
  const addsBos = metadata.get('tokenizer.ggml.add_bos_token');
  return {
    add_prefix_space: false,
    add_bos_token: typeof addsBos === 'boolean' ? addsBos : addsBosOtherwise,
    clean_up_tokenization_spaces: false,
    tokenizer_class: 'PreTrainedTokenizerFast',
    bos_token: tokenAt(metadata, tokens, 'bos'),
    eos_token: tokenAt(metadata, tokens, 'eos'),
    unk_token: tokenAt(metadata, tokens, 'unknown'),
    pad_token: tokenAt(metadata, tokens, 'padding'),
    model_max_length: metadata.get(`${String(metadata.get('general.architecture'))}.context_length`),
    chat_template: metadata.get('tokenizer.chat_template'),
  };
}
