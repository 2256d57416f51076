import { InklingError, sentence } from '../protocol/errors.ts';
import type { TagAnswer } from '../protocol/pipelines.ts';
import type { OpenPipeline } from './openPipeline.ts';
import { plainText, refuseTooLong } from './plainText.ts';

type Tags = TagAnswer['tags'][number];

/** A label for each word that is not `O`: that of its first token, as such models are trained. */
export async function tagWords(pipeline: OpenPipeline<'tagging'>, texts: readonly string[]): Promise<TagAnswer> {
  const tags: Tags[] = [];
  for (const text of texts) tags.push(text.trim() === '' ? [] : await tagsOf(pipeline, text));
  return { tags };
}

async function tagsOf(pipeline: OpenPipeline<'tagging'>, text: string): Promise<Tags> {
  const { run, model } = pipeline;
  const { tokenizer } = run;
  // A blank put into a control token makes two words of one: the words of what is read are counted, as many as were written.
  const words = [...text.matchAll(/\S+/gu)].map(([word], index, all) => ({ word, start: all[index]!.index }));
  const read = words.map(({ word }) => plainText(word, tokenizer).replaceAll(' ', ''));
  const joined = words.some(({ word }, index) => word !== read[index]) ? read.join(' ') : text;
  refuseTooLong(joined, pipeline);
  const found = (await run(joined, { ignore_labels: [] })) as { entity: string; score: number; index: number }[];
  const counts = read.map((word, index) => tokenizer.tokenize(index === 0 ? word : ` ${word}`).length);
  const first = tokenizer.encode(joined).length - tokenizer.tokenize(joined).length > 0 ? 1 : 0;
  if (counts.reduce((sum, count) => sum + count, 0) !== tokenizer.tokenize(joined).length) {
    throw new InklingError(
      'modelUnsupported',
      sentence`The tokenizer of ${model.name} joins words; their labels cannot be told.`,
    );
  }
  const byToken = new Map(found.map((each) => [each.index, each]));
  let token = first;
  return words.flatMap(({ word, start }, index) => {
    const label = byToken.get(token);
    token += counts[index]!;
    if (!label || counts[index] === 0 || label.entity === 'O') return [];
    return [{ label: label.entity, probability: label.score, start, end: start + word.length }];
  });
}
