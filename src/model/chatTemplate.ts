import { Template } from '@huggingface/jinja';
import { InklingError, messageOf, type SentencePart, sentence, toInklingError } from '../protocol/errors.ts';
import type { ChatMessage } from '../protocol/inference.ts';
import { boundedWork } from './boundedWork.ts';
import { isObject } from './files/textFile.ts';
import { tokenContent } from './tokenizer/beginning.ts';
import type { Json } from './tokenizer/tokenizerJson.ts';
import type { Tokenizer } from './tokenizer.ts';

const longestRender = 2000; // ms
const longestRange = 10_000;
const longestSource = 1_000_000; // characters
const longestResult = 1_000_000; // characters

/** The library's own `range` makes as many numbers as it is told to. */
const prelude = "{% set range = bounded_range %}{{ '' }}";

/**
 * To the library an attribute that is missing is not "undefined" when lists are filtered, so `selectattr("x", "undefined")`
 * keeps nothing. Without a test it asks whether the attribute is there and says something, which of messages is the same.
 */
const withRightFilters = (source: string): string =>
  source.replace(
    /\b(select|reject)attr\(\s*(["'])(\w+)\2\s*,\s*(["'])undefined\4\s*\)/gu,
    (_, way: string, _quote: string, attribute: string) =>
      `${way === 'select' ? 'reject' : 'select'}attr("${attribute}")`,
  );

/** Each says in another model's words that it is to answer without thinking aloud; templates ignore what they do not know. */
const withoutThinking = { enable_thinking: false, thinking: false };

/**
 * Lays out a conversation for a model. Special tokens come from the template only: what a person wrote is put in
 * after rendering, as plain text, so that it cannot end its own turn or start another.
 */
export class ChatTemplate {
  readonly #template: Template;
  readonly #tokenizer: Tokenizer;
  readonly #variables: Readonly<Record<string, unknown>>;

  /**
   * @param tokenizerConfig `tokenizer_config.json`, which names the special tokens
   * @throws InklingError `modelConfig` when the template cannot be parsed
   */
  constructor(source: string, tokenizer: Tokenizer, tokenizerConfig: Json) {
    this.#tokenizer = tokenizer;
    this.#variables = {
      ...tokensNamedIn(tokenizerConfig),
      ...withoutThinking,
      tools: null,
      documents: null,
      add_generation_prompt: true,
      bounded_range: boundedRange,
    };
    if (source.length > longestSource) throw templateFault(sentence`it has ${source.length} characters`);
    try {
      this.#template = new Template(prelude + withRightFilters(source));
    } catch (error) {
      throw new InklingError('modelConfig', sentence`The model's chat template cannot be read: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  /**
   * Token ids of the conversation, ending where the assistant's answer begins.
   * @throws InklingError `modelConfig` with the template's words when it refuses every way to write the conversation
   */
  encode(messages: readonly ChatMessage[]): number[] {
    const rendered = this.#renderedSomehow(messages.map(({ role }, index) => ({ role, content: placeholder(index) })));
    return this.#tokenizer.encodeTemplate(endOpenThought(rendered), (part) =>
      part.replace(/\uE000(\d+)\uE001/gu, (_, n) => messages[Number(n)]!.content),
    );
  }

  /** As it is; else with the system's message in the person's first; else with turns that alternate as well. */
  #renderedSomehow(messages: readonly ChatMessage[]): string {
    let firstFault: unknown;
    const ways = [
      (all: readonly ChatMessage[]) => all,
      foldSystem,
      (all: readonly ChatMessage[]) => alternating(foldSystem(all)),
    ];
    for (const way of ways) {
      try {
        const rendered = this.#render(way(messages));
        if (messages.every((_, index) => rendered.includes(placeholder(index)))) return rendered;
        firstFault ??= new Error('it leaves out a message');
      } catch (error) {
        if (error instanceof InklingError) throw error;
        firstFault ??= error;
      }
    }
    throw templateFault(messageOf(firstFault), firstFault);
  }

  /** @throws what the template raises, InklingError `modelConfig` when it does not end */
  #render(messages: readonly ChatMessage[]): string {
    const done = boundedWork(longestRender, () => this.#template.render({ ...this.#variables, messages }));
    if (!done) throw templateFault(sentence`it does not come to an end`);
    if (done.result.length > longestResult) throw templateFault(sentence`it makes ${done.result.length} characters`);
    return done.result;
  }
}

/** Private-use characters: no template tests for them. */
const placeholder = (index: number) => `\uE000${index}\uE001`;

const templateFault = (what: SentencePart, cause?: unknown) =>
  new InklingError('modelConfig', sentence`The model's chat template cannot be used: ${what}.`, { cause });

/** Some models are made to think first; an empty thought is how they are told that they have. */
const endOpenThought = (rendered: string) =>
  /<think>\s*$/.test(rendered) ? `${rendered.trimEnd()}\n\n</think>\n\n` : rendered;

/** `bos_token` and its like, as the text that they are. */
function tokensNamedIn(tokenizerConfig: Json): Record<string, string> {
  const tokens: Record<string, string> = {};
  for (const [key, value] of Object.entries(tokenizerConfig)) {
    const content = key.endsWith('_token') ? tokenContent(value) : undefined;
    if (content !== undefined) tokens[key] = content;
  }
  return tokens;
}

/** @throws Error for more numbers than any conversation needs */
function boundedRange(start: number, stop?: number, step = 1): number[] {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!(count <= longestRange)) throw new Error(`it asks for ${count} numbers`);
  return Array.from({ length: count }, (_, i) => from + i * step);
}

/** What a model that knows no system is told stands before what the person says first. */
function foldSystem(messages: readonly ChatMessage[]): ChatMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const others = messages.filter(({ role }) => role !== 'system');
  const first = others.findIndex(({ role }) => role === 'user');
  if (first < 0) return [{ role: 'user', content: system.join('\n\n') }, ...others];
  return others.map((message, i) =>
    i === first ? { ...message, content: [...system, message.content].join('\n\n') } : message,
  );
}

/** Neighbors of one role become one message, and a person speaks first. */
function alternating(messages: readonly ChatMessage[]): ChatMessage[] {
  const turns: ChatMessage[] = messages[0]?.role === 'assistant' ? [{ role: 'user', content: '…' }] : [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (last?.role === message.role)
      turns[turns.length - 1] = { ...last, content: `${last.content}\n\n${message.content}` };
    else turns.push(message);
  }
  return turns;
}

/** As actions begin: something told by the system, and what a person says. Whatever template lays out the second can lay out all. */
const trials: readonly (readonly ChatMessage[])[] = [
  [{ role: 'user', content: '' }],
  [
    { role: 'system', content: '' },
    { role: 'user', content: '' },
  ],
];

/** A template that has been tried; with a `problem` the model is one that continues texts and follows no instructions. */
export type TriedTemplate =
  | { readonly template: ChatTemplate | undefined; readonly problem?: never }
  | { readonly template?: never; readonly problem: string };

/**
 * Lays out short conversations, so that a template that cannot be used is known when the model is added or opened, and
 * does not take the rest of the model with it. An endless one is stopped after two seconds.
 * @param folder an open model folder
 */
export function triedTemplate(
  { chatTemplate, tokenizerConfig }: { readonly chatTemplate: string | undefined; readonly tokenizerConfig: Json },
  tokenizer: Tokenizer,
): TriedTemplate {
  if (chatTemplate === undefined) return { template: undefined };
  try {
    const template = new ChatTemplate(chatTemplate, tokenizer, tokenizerConfig);
    for (const trial of trials) template.encode(trial);
    return { template };
  } catch (error) {
    return { problem: toInklingError(error).message };
  }
}

/**
 * The template in `chat_template`: its source, or that of the one named `default` in a list of several.
 * @returns undefined when there is none
 */
export function templateSource(chatTemplate: unknown): string | undefined {
  if (typeof chatTemplate === 'string') return chatTemplate;
  if (!Array.isArray(chatTemplate)) return undefined;
  const named = (chatTemplate as readonly unknown[]).filter(isObject);
  const chosen = named.find(({ name }) => name === 'default') ?? (named.length === 1 ? named[0] : undefined);
  return typeof chosen?.['template'] === 'string' ? chosen['template'] : undefined;
}
