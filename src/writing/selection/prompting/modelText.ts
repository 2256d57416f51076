import { type GenerationOptions, resolveGenerationOptions } from '../../../protocol/generationOptions.ts';
import type { ChatMessage, GeneratedSequence, Prompt } from '../../../protocol/inference.ts';
import { onOneLine } from '../../../text/sentences.ts';
import type { ActionRun } from '../actionRun.ts';
import { quotedLike } from './quotedLike.ts';

export interface ModelCall {
  readonly prompt: Prompt;
  readonly maxNewTokens: number;
  readonly stop?: readonly string[];
  readonly stopPattern?: string;
  /** 0 is the first try */
  readonly attempt: number;
  /** more than one: that many different texts */
  readonly sequences?: number;
  readonly onPartial?: (text: string) => void;
}

/**
 * Lets the model write. The first try with seed 0 takes the likeliest text; others draw.
 * @returns undefined when cancelled
 * @throws InklingError when the process failed
 */
export async function modelTexts(run: ActionRun, call: ModelCall): Promise<readonly GeneratedSequence[] | undefined> {
  const { engine, token, request, spec } = run;
  const { attempt, sequences = 1 } = call;
  const seed = (request.seed ?? 0) + attempt;
  const draws = seed > 0 || sequences > 1;
  const options: GenerationOptions = resolveGenerationOptions({
    ...spec.decoding,
    maxNewTokens: Math.max(1, Math.min(call.maxNewTokens, spec.decoding.maxNewTokens)),
    temperature: draws ? spec.decoding.temperature : 0,
    seed,
    stop: call.stop ?? [],
    numReturnSequences: sequences,
  });
  const outcome = await engine.generate(
    {
      slot: 'action',
      prompt: call.prompt,
      options,
      ignoreEndOfText: call.prompt.kind === 'continue',
      ...(call.stopPattern === undefined ? {} : { stopPattern: call.stopPattern }),
    },
    token,
    call.onPartial,
  );
  if (outcome.kind === 'failed') throw outcome.error;
  if (outcome.kind !== 'text') return undefined;
  const isEcho = echoOf(call.prompt, request.text);
  return outcome.sequences.map((sequence) => (isEcho(sequence.text) ? { ...sequence, text: '' } : sequence));
}

/** So many words in a row that a person's text has by accident only when it is about the same. */
const echoedWords = 8;

/** Tells whether a model gives back what it was told instead of doing it. What stands in the person's text is no echo. */
function echoOf(prompt: Prompt, own: string): (written: string) => boolean {
  const messages = prompt.kind === 'chat' ? prompt.messages.filter(({ role }) => role !== 'assistant') : [];
  const told = messages.map(({ content }) => onOneLine(content));
  const orders = messages[0]?.role === 'system' ? told[0]! : '';
  return (written) => {
    const bare = onOneLine(written);
    const words = bare.split(' ');
    const runs = words.slice(echoedWords - 1).map((_, i) => words.slice(i, i + echoedWords).join(' '));
    const isWhole = told.includes(bare);
    const echoed = runs.filter((run) => orders.includes(run));
    if (bare === '' || !(isWhole || echoed.length > 0)) return false;
    const text = onOneLine(own); // may be long, and is asked for once a piece: only of what sounds like an echo
    return !text.includes(bare) && (isWhole || echoed.some((run) => !text.includes(run)));
  };
}

/**
 * Takes off what models put around an answer: a sentence that announces it, quotes and fences around the whole. What stays
 * has the quotation marks and apostrophes of the source.
 */
export function bareAnswer(text: string, source: string): string {
  let bare = text.trim();
  bare = bare.replace(
    /^(?:(?:Sure|Certainly|Of course|Okay)[,!.]?\s*)?(?:Here(?:'s|’s| is| are)|This is|Below is)[^\n:]{0,80}:\s*\n*/iu,
    '',
  );
  bare = bare.replace(/^(?:Summary|Title|Rewritten text|Rewrite|Answer|Output|Translation)\s*:\s*/iu, '');
  const fence = /^```\w*\n(.*)\n```$/su.exec(bare);
  if (fence && !source.trim().startsWith('```')) bare = fence[1]!;
  const quoted = /^["“]([^"“”]*)["”]$/su.exec(bare);
  if (quoted && !/^["“]/u.test(source.trim())) bare = quoted[1]!;
  return quotedLike(bare.trim(), source);
}

/** Lets the model read a conversation: the engine keeps what it read until another one comes. */
export async function modelReads(run: ActionRun, messages: readonly ChatMessage[]): Promise<void> {
  await modelTexts(run, { prompt: { kind: 'chat', messages }, maxNewTokens: 1, attempt: 0 });
}

/** No token is longer than this on average, in any text: longer texts need not be counted. */
const maxCharsPerToken = 8;

/** @param limit tokens */
export const fits = async (run: ActionRun, text: string, limit: number): Promise<boolean> =>
  text.length <= limit * maxCharsPerToken && (await tokenCount(run, text)) <= limit;

/** Tokens of a text, by the model's own tokenizer. */
export async function tokenCount({ engine }: ActionRun, text: string): Promise<number> {
  return (await engine.tokenize(text)).tokens.length;
}
