/**
 * How byte-level tokenizers cut text into words, by the name that a GGUF file gives it in `tokenizer.ggml.pre`: the
 * patterns of the models' own `tokenizer.json`, as llama.cpp's `llama-vocab.cpp` assigns them.
 */

export interface WordRule {
  /** patterns whose matches are words, applied one after the other to what the ones before have cut */
  readonly patterns: readonly string[];
  readonly unicodeForm?: 'NFC';
  /** a word that is a token is taken whole */
  readonly ignoreMerges?: true;
  /** does the model want its beginning-of-text token where the file does not say? */
  readonly addBos?: true;
}

export const gpt2Words = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

const contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const lineEnds = '\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';
/** @param numbers such as `\p{N}{1,3}` */
const llamaWords = (numbers: string) =>
  `${contractions}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${numbers}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|${lineEnds}`;
const qwen35Words = `${contractions}|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|${lineEnds}`;
const capitals = '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]';
const smallLetters = '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]';
/** words are also cut where a small letter meets a capital */
const casedWords = (ending: string, numbers: string) =>
  `[^\\r\\n\\p{L}\\p{N}]?${capitals}*${smallLetters}+${ending}|[^\\r\\n\\p{L}\\p{N}]?${capitals}+${smallLetters}*${ending}|${numbers}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|${lineEnds}`;
const bloomWords = ' ?[^(\\s|.,!?…。，、।۔،)]+';
const deepSeekWords =
  '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';

const gpt2: WordRule = { patterns: [gpt2Words] };
const singleDigits: WordRule = { patterns: ['\\p{N}', gpt2Words] };
const llama3: WordRule = { patterns: [llamaWords('\\p{N}{1,3}')], ignoreMerges: true, addBos: true };
const cl100k: WordRule = { patterns: [llamaWords('\\p{N}{1,3}')] };
const qwen2: WordRule = { patterns: [llamaWords('\\p{N}')], unicodeForm: 'NFC' };
const bloom: WordRule = { patterns: [bloomWords] };

export const wordRules: Readonly<Record<string, WordRule>> = {
  'gpt-2': gpt2,
  'phi-2': gpt2,
  mpt: gpt2,
  olmo: gpt2,
  jais: gpt2,
  trillion: gpt2,
  exaone4: gpt2,
  gigachat: gpt2,
  mellum: gpt2,
  'a.x-4.0': gpt2,
  starcoder: singleDigits,
  refact: singleDigits,
  'command-r': { ...singleDigits, unicodeForm: 'NFC' },
  smollm: singleDigits,
  codeshell: singleDigits,
  exaone: singleDigits,
  'minerva-7b': singleDigits,
  'llama-bpe': llama3,
  llama3: llama3,
  'llama-v3': llama3,
  falcon3: llama3,
  'falcon-h1': llama3,
  pixtral: llama3,
  'midm-2.0': llama3,
  lfm2: llama3,
  dbrx: cl100k,
  'smaug-bpe': cl100k,
  glm4: cl100k,
  'chatglm-bpe': cl100k,
  'granite-docling': cl100k,
  qwen2,
  'deepseek-r1-qwen': qwen2,
  megrez: qwen2,
  stablelm2: { patterns: qwen2.patterns },
  hunyuan: { patterns: qwen2.patterns },
  'grok-2': { patterns: qwen2.patterns },
  qwen35: { patterns: [qwen35Words], unicodeForm: 'NFC' },
  minicpm5: { patterns: ['\\p{N}{1,3}', llamaWords('\\p{N}+')], ignoreMerges: true },
  tekken: { patterns: [casedWords('', '\\p{N}')], ignoreMerges: true, addBos: true },
  'gpt-4o': { patterns: [casedWords(`${contractions}?`, '\\p{N}{1,3}')] },
  llama4: { patterns: [casedWords(`${contractions}?`, '\\p{N}{1,3}')] },
  'deepseek-v3': { patterns: ['\\p{N}{1,3}', '[一-龥぀-ゟ゠-ヿ]+', deepSeekWords] },
  'hunyuan-dense': { patterns: ['\\p{N}{1,3}', '[一-龥぀-ゟ゠-ヿ]+', deepSeekWords] },
  falcon: { patterns: ['[\\p{P}\\$\\+<=>\\^~\\|`]+', gpt2Words, '[0-9][0-9][0-9]'] },
  bloom,
  'gpt3-finnish': bloom,
  'poro-chat': bloom,
  viking: { patterns: [bloomWords, '\\p{N}'] },
};

/** Patterns that never take long, whatever the text: all of the table's. Others run with a limit of time. */
export const knownPatterns: ReadonlySet<string> = new Set(
  Object.values(wordRules).flatMap(({ patterns }) => [...patterns]),
);
