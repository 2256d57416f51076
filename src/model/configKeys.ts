import { InklingError, type Sentence, type SentencePart, sentence } from '../protocol/errors.ts';

export type Json = Readonly<Record<string, unknown>>;

/**
 * Keys of a model's configuration, read one by one. Whoever builds a model from them asks at the end for what nobody has
 * read: a key that changes what the model computes must not be passed over.
 */
export class ConfigKeys {
  readonly #json: Json;
  readonly #where: string;
  readonly #read = new Set<string>();

  /** @param where what messages call the place, such as `config.json` */
  constructor(json: Json, where = 'config.json') {
    this.#json = json;
    this.#where = where;
  }

  /** The value, or undefined where the key is missing or null. */
  get(key: string): unknown {
    this.#read.add(key);
    return Object.hasOwn(this.#json, key) ? (this.#json[key] ?? undefined) : undefined;
  }

  /** @throws InklingError `modelConfig` when it is missing or no number above 0 */
  positive(key: string, otherwise?: number): number {
    const value = this.get(key) ?? otherwise;
    if (typeof value === 'number' && value > 0 && Number.isFinite(value)) return value;
    throw this.#wrong(key, value, sentence`a number above 0 is needed`);
  }

  wholeNumber(key: string, otherwise?: number): number {
    const value = this.positive(key, otherwise);
    if (Number.isInteger(value)) return value;
    throw this.#wrong(key, value, sentence`a whole number is needed`);
  }

  /** A number above 0; undefined for null, and where the key is missing unless the class has a default. */
  optionalPositive(key: string, whereMissing?: number): number | undefined {
    if (!this.isPresent(key)) return whereMissing;
    return this.get(key) === undefined ? undefined : this.positive(key);
  }

  flag(key: string, otherwise = false): boolean {
    const value = this.get(key) ?? otherwise;
    if (typeof value === 'boolean') return value;
    throw this.#wrong(key, value, sentence`true or false is needed`);
  }

  text(key: string, otherwise?: string): string {
    const value = this.get(key) ?? otherwise;
    if (typeof value === 'string') return value;
    throw this.#wrong(key, value, sentence`a name is needed`);
  }

  /** @throws InklingError `modelConfig` when it is no list of `length` finite numbers */
  numbers(key: string, length: number): readonly number[] {
    const value = this.get(key);
    if (Array.isArray(value) && value.length === length && value.every(Number.isFinite)) return value as number[];
    throw this.#wrong(key, value, sentence`a list of ${length} numbers is needed`);
  }

  /** A list of names, one per layer; undefined where the key is missing. */
  names(key: string, length: number): readonly string[] | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (Array.isArray(value) && value.length === length && value.every((name) => typeof name === 'string')) {
      return value as string[];
    }
    throw this.#wrong(key, value, sentence`a list of ${length} names is needed`);
  }

  /** An object within; undefined where the key is missing. */
  nested(key: string): ConfigKeys | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (typeof value === 'object' && !Array.isArray(value))
      return new ConfigKeys(value as Json, `${this.#where}: ${key}`);
    throw this.#wrong(key, value, sentence`an object is needed`);
  }

  /** Is the key there as null? */
  isNull(key: string): boolean {
    return Object.hasOwn(this.#json, key) && this.#json[key] === null;
  }

  optionalWholeNumber(key: string): number | undefined {
    return this.get(key) === undefined ? undefined : this.wholeNumber(key);
  }

  /** Is the key there, be it as null? */
  isPresent(key: string): boolean {
    this.#read.add(key);
    return Object.hasOwn(this.#json, key);
  }

  /** Is there a value other than null? Asking is not reading. */
  has(key: string): boolean {
    return Object.hasOwn(this.#json, key) && this.#json[key] != null;
  }

  /** @throws InklingError `modelUnsupported` naming a key that nobody has read, which is not known to be without effect */
  refuseUnread(isHarmless: (key: string) => boolean = () => false): void {
    for (const [key, value] of Object.entries(this.#json)) {
      if (!this.#read.has(key) && !isNeutral(key, value) && !isHarmless(key)) throw this.unsupported(key);
    }
  }

  /** @param value where it stands elsewhere, or under another name */
  unsupported(key: string, value: unknown = this.get(key)): InklingError {
    return new InklingError(
      'modelUnsupported',
      sentence`${this.#where} sets ${key} to ${shown(value)}, which this version does not know how to compute.`,
    );
  }

  contradiction(what: Sentence): InklingError {
    return new InklingError('modelConfig', sentence`${this.#where}: ${what}.`);
  }

  #wrong(key: string, value: unknown, needed: Sentence): InklingError {
    const isMissing = value === undefined;
    return new InklingError(
      'modelConfig',
      isMissing
        ? sentence`${this.#where}: ${key} is missing; ${needed}.`
        : sentence`${this.#where}: ${key} is ${shown(value)}; ${needed}.`,
    );
  }
}

function shown(value: unknown): SentencePart {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return sentence`nothing`;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** A switch that is off, a list without entries, none of something: nothing is asked for. */
function isNeutral(key: string, value: unknown): boolean {
  if (value === null || value === false || value === '') return true;
  if (value === 0) return /^_?(num|n)_/u.test(key);
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Keys of config.json that say how a model was trained, saved or used, not what it computes. */
const harmless = new Set([
  ...['architectures', 'model_type', 'auto_map', 'transformers_version', 'dtype', 'torch_dtype', '_name_or_path'],
  ...['use_cache', 'cache_implementation', 'pad_token_id', 'sep_token_id', 'unk_token_id', 'cls_token_id'],
  ...['mask_token_id', 'decoder_start_token_id', 'forced_bos_token_id', 'forced_eos_token_id', 'tokenizer_class'],
  ...['initializer_range', 'initializer_factor', 'pretraining_tp', 'is_decoder', 'id2label', 'label2id', 'num_labels'],
  ...['task_specific_params', 'problem_type', 'finetuning_task', 'return_dict', 'gradient_checkpointing', 'n_ctx'],
  ...['attn_implementation', '_attn_implementation', 'is_llama_config', 'reorder_and_upcast_attn', 'license'],
  ...['router_aux_loss_coef', 'chunk_size_feed_forward', 'transformers.js_config', 'max_length', 'min_length'],
  ...[
    'do_sample',
    'temperature',
    'top_k',
    'top_p',
    'typical_p',
    'num_beams',
    'num_beam_groups',
    'num_return_sequences',
  ],
  ...['length_penalty', 'repetition_penalty', 'diversity_penalty', 'encoder_no_repeat_ngram_size'],
  ...['no_repeat_ngram_size', 'output_attentions', 'output_hidden_states', 'suppress_tokens', 'begin_suppress_tokens'],
  ...['early_stopping', 'max_new_tokens', 'min_new_tokens', 'min_p', 'bad_words_ids', 'prefix', 'output_scores'],
  ...['return_dict_in_generate', 'name_or_path', '_commit_hash', 'processor_class', 'author', 'created_date'],
  // of GPT-2's first files: what the program answered with, and a head for sorting
  ...['output_past', 'predict_special_tokens', '_num_labels', 'torchscript', 'use_bfloat16'],
  // how long the texts of the training or of a program were; how far positions go is max_position_embeddings
  ...['max_sequence_length', 'max_seq_len', 'seq_length', 'model_max_length'],
]);

const harmlessPattern = /dropout|_pdrop$|^summary_|^unsloth_|^_attn_implementation|^_flash_attn/u;

export const isHarmlessKey = (key: string): boolean => harmless.has(key) || harmlessPattern.test(key);
