/** Special tokens of the tiny tokenizer; the index is the token id. */
const tinySpecialTokens = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'] as const;

/** Merges in rank order, so that words have more than one way to be cut into tokens. */
const merges = ['Ġ t', 'h e', 'Ġt he', 'i n', 'Ġ a', 'n d', 'Ġa nd', 'r e', 'Ġ w', 'Ġw o', 'Ġwo r', 'Ġwor d'];

const chatTemplate =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

/** A byte-level BPE in Hugging Face's `tokenizer.json` layout: 3 special tokens, 256 bytes, a few merges. */
export function tinyTokenizer(): { tokenizer: object; tokenizerConfig: object; vocabularySize: number } {
  const tokens = [...tinySpecialTokens, ...byteAlphabet(), ...merges.map((merge) => merge.replace(' ', ''))];
  const special = tinySpecialTokens.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special,
    normalizer: null,
    pre_tokenizer: byteLevel,
    post_processor: null,
    decoder: byteLevel,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab,
      merges,
    },
  };
  const tokenizerConfig = {
    tokenizer_class: 'GPT2Tokenizer',
    add_prefix_space: false,
    clean_up_tokenization_spaces: false,
    added_tokens_decoder: Object.fromEntries(special.map(({ id, ...token }) => [String(id), token])),
    bos_token: '<|im_start|>',
    eos_token: '<|im_end|>',
    pad_token: '<|im_end|>',
    unk_token: '<|endoftext|>',
    chat_template: chatTemplate,
    model_max_length: 512,
  };
  return { tokenizer, tokenizerConfig, vocabularySize: tokens.length };
}

/** The same with a token a letter and no merges, for models of few tokens: 3 special ones and these. */
export function letterTokenizer(letters: string): { tokenizer: object; tokenizerConfig: object } {
  const { tokenizer, tokenizerConfig } = tinyTokenizer();
  const { model } = tokenizer as { model: object };
  const vocab = Object.fromEntries([...tinySpecialTokens, ...letters].map((token, id) => [token, id]));
  return { tokenizer: { ...tokenizer, model: { ...model, vocab, merges: [] } }, tokenizerConfig };
}

/** GPT-2's visible character for each byte 0 … 255: printable bytes stand for themselves, others from U+0100 on. */
function byteAlphabet(): string[] {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}
