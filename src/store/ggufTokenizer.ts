/** Rebuilds `tokenizer.json` from a GGUF file's metadata; the pre-tokenizer is named there, not spelt out. */
import type { GgufValue } from '../model/files/gguf.ts';
import { InklingError } from '../protocol/errors.ts';

const byteLevel = (useRegex: boolean) => ({
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: useRegex,
});
const split = (pattern: string) => ({
  type: 'Split',
  pattern: { Regex: pattern },
  behavior: 'Isolated',
  invert: false,
});
const singleDigits = { type: 'Digits', individual_digits: true };

const llama3Words =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

/** `tokenizer.ggml.pre` → steps; as in llama.cpp's llm_tokenizer_bpe */
const preTokenizers: Readonly<Record<string, readonly object[]>> = {
  'gpt-2': [byteLevel(true)],
  default: [byteLevel(true)],
  smollm: [singleDigits, byteLevel(true)],
  'llama-bpe': [split(llama3Words), byteLevel(false)],
};

/** Token types of GGUF: 3 = control, 4 = user-defined */
const addedTypes = new Set<GgufValue>([3, 4]);

/** @throws InklingError `modelUnsupported` for tokenizers that are not byte-level BPE */
export function tokenizerFromGguf(metadata: ReadonlyMap<string, GgufValue>): { tokenizer: object; config: object } {
  const model = metadata.get('tokenizer.ggml.model');
  const pre = String(metadata.get('tokenizer.ggml.pre') ?? 'default');
  const steps = preTokenizers[pre];
  if (model !== 'gpt2' || !steps) {
    throw new InklingError(
      'modelUnsupported',
      `The GGUF's tokenizer (${String(model)}, ${pre}) cannot be rebuilt yet; byte-level BPE with ${Object.keys(preTokenizers).join(', ')} can.`,
    );
  }
  const tokens = metadata.get('tokenizer.ggml.tokens') as readonly string[];
  const types = (metadata.get('tokenizer.ggml.token_type') ?? []) as readonly number[];
  const added = tokens.flatMap((content, id) =>
    addedTypes.has(types[id]!)
      ? [{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: types[id] === 3 }]
      : [],
  );
  const tokenAt = (key: string) => {
    const id = metadata.get(`tokenizer.ggml.${key}_token_id`);
    return typeof id === 'number' ? tokens[id] : undefined;
  };
  return {
    tokenizer: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: added,
      normalizer: null,
      pre_tokenizer: steps.length === 1 ? steps[0] : { type: 'Sequence', pretokenizers: steps },
      post_processor: null,
      decoder: byteLevel(true),
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: tokenAt('unknown') ?? null,
        continuing_subword_prefix: null,
        end_of_word_suffix: null,
        fuse_unk: false,
        byte_fallback: false,
        ignore_merges: pre === 'llama-bpe',
        vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
        merges: metadata.get('tokenizer.ggml.merges'),
      },
    },
    config: {
      add_prefix_space: false,
      clean_up_tokenization_spaces: false,
      tokenizer_class: 'PreTrainedTokenizerFast',
      bos_token: tokenAt('bos'),
      eos_token: tokenAt('eos'),
      unk_token: tokenAt('unknown'),
      pad_token: tokenAt('padding'),
      model_max_length: metadata.get('llama.context_length'),
      chat_template: metadata.get('tokenizer.chat_template'),
    },
  };
}
