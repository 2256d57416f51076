import { InterruptableStoppingCriteria } from '@xenova/transformers';
import type { CancellationToken } from 'vscode-jsonrpc';
import { whenCancelled } from '../model/whenCancelled.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import type { RewriteTextsAnswer, RewriteTextsRequest } from '../protocol/pipelines.ts';
import { codeOf, languageCodesOf } from './languageCodes.ts';
import type { OpenPipeline } from './openPipeline.ts';
import { plainText, refuseTooLong } from './plainText.ts';

const defaultNewTokens = 256;

/** Each text through an encoder–decoder, greedily, one after the other: a cancel is heard between two tokens. */
export async function rewriteTexts(
  pipeline: OpenPipeline<'text2text'>,
  request: RewriteTextsRequest,
  token: CancellationToken,
): Promise<RewriteTextsAnswer> {
  const { model, run } = pipeline;
  const prefix = prefixOf(pipeline, request);
  const texts = request.texts.map((text) => prefix + plainText(text, run.tokenizer));
  for (const text of texts) refuseTooLong(text, pipeline);
  const stop = new InterruptableStoppingCriteria();
  whenCancelled(token, () => stop.interrupt());
  const options: Record<string, unknown> = {
    max_new_tokens: Math.min(request.maxNewTokens ?? defaultNewTokens, model.contextTokens - 1),
    do_sample: false,
    num_beams: 1,
    stopping_criteria: stop,
    ...languagesOf(pipeline, request),
  };
  const answers: string[] = [];
  for (const text of texts) {
    if (token.isCancellationRequested) return { kind: 'cancelled' };
    const [answer] = text.trim() === '' ? [{ translation_text: text }] : await run(text, options);
    answers.push(answer!.translation_text.trim());
  }
  return token.isCancellationRequested ? { kind: 'cancelled' } : { kind: 'texts', texts: answers };
}

/** T5 was trained with the name of the task before each text; Marian's models of several languages want the target there. */
function prefixOf({ model, run }: OpenPipeline<'text2text'>, { use, from, to }: RewriteTextsRequest): string {
  const known = model.prefixes[use];
  if (known !== undefined) return known;
  if (use !== 'translate') return '';
  const tasks = (run.model.config as { task_specific_params?: Record<string, { prefix?: string }> })
    .task_specific_params;
  const prefix = tasks?.[`translation_${from}_to_${to}`]?.prefix;
  if (prefix !== undefined) return prefix;
  const targets = (run.tokenizer as { readonly supported_language_codes?: readonly string[] }).supported_language_codes;
  if (!targets || targets.length === 0) return '';
  return `>>${codeOf(
    to ?? '',
    targets.map((target) => target.slice(2, -2)),
  )}<< `;
}

function languagesOf({ model, run }: OpenPipeline<'text2text'>, { use, from, to }: RewriteTextsRequest) {
  const codes = languageCodesOf(run.tokenizer);
  if (!codes) {
    refuseOtherPair(model, { use, ...(from ? { from } : {}), ...(to ? { to } : {}) });
    return {};
  }
  if (!from || !to) {
    const what = from
      ? sentence`${model.name} must be told the language to translate into.`
      : sentence`${model.name} must be told the language of the text.`;
    throw new InklingError('optionOutOfRange', what);
  }
  return { src_lang: codeOf(from, codes), tgt_lang: codeOf(to, codes) };
}

function refuseOtherPair(
  { name, languages }: OpenPipeline['model'],
  { use, from, to }: Pick<RewriteTextsRequest, 'use' | 'from' | 'to'>,
): void {
  if (use !== 'translate' || !languages) return;
  const isOther = (asked: string | undefined, own: string) => asked !== undefined && asked.split('-')[0] !== own;
  if (!isOther(from, languages.from) && !isOther(to, languages.to)) return;
  throw new InklingError(
    'optionOutOfRange',
    sentence`${name} translates from ${languages.from} to ${languages.to} only, not from ${from ?? languages.from} to ${to ?? languages.to}.`,
  );
}
