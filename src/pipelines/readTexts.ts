/** What the encoders say of a text: words for a gap, a vector, labels. One text at a time, so that none depends on others. */
import type { ClassifyAnswer, EmbedAnswer, FillMaskAnswer, FillMaskRequest } from '../protocol/pipelines.ts';
import type { OpenPipeline } from './openPipeline.ts';
import { plainText, refuseTooLong } from './plainText.ts';

/** UTF-16 code units on either side of a gap that are looked at; fewer where the model holds less. */
const mostAround = 1200;

export async function fillMask(
  pipeline: OpenPipeline<'fillMask'>,
  { before, after, count }: FillMaskRequest,
): Promise<FillMaskAnswer> {
  const { run } = pipeline;
  const text = aroundMask(pipeline, plainText(before, run.tokenizer), plainText(after, run.tokenizer));
  const found = (await run(text, { top_k: 4 * count })) as { score: number; token: number; token_str: string }[];
  const pieces = piecesOf(pipeline);
  const candidates = found
    .filter(({ token }) => isWholeWord(pieces.get(token) ?? ''))
    .map(({ token_str, score }) => ({ text: token_str.trim(), probability: score }))
    .filter(({ text: word }) => word !== '');
  return { candidates: candidates.slice(0, count) };
}

/** The gap with as much around it as the model holds, less of both sides where they are too long. */
function aroundMask({ model, run }: OpenPipeline<'fillMask'>, before: string, after: string): string {
  const mask = (run.tokenizer as { readonly mask_token?: string }).mask_token ?? '[MASK]';
  for (let around = mostAround; ; around = Math.floor(around / 2)) {
    const text = `${before.slice(Math.max(0, before.length - around))}${mask}${after.slice(0, around)}`;
    if (around < 8 || run.tokenizer.encode(text).length <= model.contextTokens) return text;
  }
}

const vocabularies = new WeakMap<OpenPipeline, Map<number, string>>();

/** Tokens as they stand in the vocabulary, where a mark tells whole words from pieces. */
function piecesOf(pipeline: OpenPipeline<'fillMask'>): Map<number, string> {
  const known = vocabularies.get(pipeline);
  if (known) return known;
  const pieces = new Map(
    [...(pipeline.run.tokenizer.get_vocab() as Map<string, number>)].map(([text, id]) => [id, text]),
  );
  vocabularies.set(pipeline, pieces);
  return pieces;
}

/** WordPiece marks what goes on a word; byte-level and SentencePiece mark what begins one. */
function isWholeWord(piece: string): boolean {
  if (piece.startsWith('##')) return false;
  return /^[Ġ▁]?[\p{L}\p{M}\p{Nd}'’-]+$/u.test(piece);
}

export async function embed(pipeline: OpenPipeline<'embedding'>, texts: readonly string[]): Promise<EmbedAnswer> {
  const { model, run } = pipeline;
  const vectors: Float32Array[] = [];
  let tokens = 0;
  for (const text of texts) {
    const plain = plainText(text, run.tokenizer);
    tokens += refuseTooLong(plain, pipeline);
    const tensor = await run(plain, { pooling: model.pooling, normalize: true });
    vectors.push(Float32Array.from(tensor.data as Float32Array));
  }
  return { vectors, tokens };
}

export async function classify(
  pipeline: OpenPipeline<'classification'>,
  texts: readonly string[],
): Promise<ClassifyAnswer> {
  const labels: ClassifyAnswer['labels'][number][] = [];
  for (const text of texts) {
    const plain = plainText(text, pipeline.run.tokenizer);
    refuseTooLong(plain, pipeline);
    const found = (await pipeline.run(plain, { top_k: null })) as { label: string; score: number }[];
    labels.push(found.map(({ label, score }) => ({ label, probability: score })));
  }
  return { labels };
}
