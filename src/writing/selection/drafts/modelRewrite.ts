import { smallModelParameters } from '../actionCatalogue.ts';
import { type ActionRun, type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { checkName, isOneSentence, runChecks } from '../checks/resultChecks.ts';
import { type Note, note } from '../notes.ts';
import { passageMessages, sentenceMessages } from '../prompting/modelPrompts.ts';
import { bareAnswer, modelTexts, tokenCount } from '../prompting/modelText.ts';
import { maskParts } from '../protection/mask.ts';
import type { CheckId } from '../selectionAction.ts';
import { allSentences, type Span, sentencesOf, unwrapped } from '../text/sentences.ts';
import { holdsSentences, type TextBlock, textBlocks } from '../text/textBlocks.ts';
import { wordCount } from '../text/words.ts';
import { wrapLike } from '../text/wrapping.ts';
import { draftPieces, mostFrequent, type PieceResult } from './pieces.ts';

/** What the model gets at once. */
interface Piece extends Span {
  readonly block: TextBlock;
}

const tries = 2;
/** Of the context; the rest holds the instruction, the surroundings and the answer. */
const passageShare = 0.3;
const surroundingChars = 400;
/** Shorter sentences have nothing to rewrite. */
const minWords = 4;
/** Bounds of one piece are this much wider than those of the whole text. */
const pieceTolerance = 1.3;

/** The model rewrites: sentence by sentence when it is small, paragraph by paragraph otherwise. */
export const modelRewrite: ModelDrafter = async (run) => {
  const pieces = isSmall(run) ? sentencePieces(run) : await passages(run);
  if (pieces.length === 0) return noDraft('noProse', note('noProse'));
  const draft = await draftPieces(run, pieces, (piece, onPartial) => rewritePiece(run, piece, onPartial));
  const { refused } = draft;
  if (refused.length === 0) return draft;
  const stay = isSmall(run) ? 'sentencesStay' : 'passagesStay';
  return { ...draft, notes: [note(stay, refused.length, pieces.length, mostFrequent(refused))] };
};

const isSmall = ({ model, request }: ModelRun) =>
  model.parameters < smallModelParameters && !request.instruction && sentenceMessages(request.action, '') !== undefined;

function sentencePieces({ request }: ActionRun): Piece[] {
  return allSentences(request.text).filter(({ start, end }) => wordCount(request.text.slice(start, end)) >= minWords);
}

/** Blocks, and the sentences of those that are too long, put together again as far as they fit. */
async function passages(run: ModelRun): Promise<Piece[]> {
  const { text } = run.request;
  const limit = Math.floor(run.model.contextTokens * passageShare);
  const pieces: Piece[] = [];
  for (const block of textBlocks(text).filter(holdsSentences)) {
    const whole = { start: block.contentStart, end: block.end };
    if ((await tokenCount(run, text.slice(whole.start, whole.end))) <= limit) {
      pieces.push({ ...whole, block });
      continue;
    }
    let tokens = 0;
    for (const span of sentencesOf(text, whole)) {
      const added = await tokenCount(run, text.slice(span.start, span.end));
      const last = pieces.at(-1);
      if (last?.block === block && tokens + added <= limit) pieces[pieces.length - 1] = { ...last, end: span.end };
      else pieces.push({ ...span, block });
      tokens = last?.block === block && tokens + added <= limit ? tokens + added : added;
    }
  }
  return pieces;
}

async function rewritePiece(run: ModelRun, piece: Piece, onPartial: (text: string) => void): Promise<PieceResult> {
  const { request, spec, model } = run;
  const original = request.text.slice(piece.start, piece.end);
  const source = unwrapped(original);
  const mask = maskParts(source);
  const tokens = await tokenCount(run, mask.text);
  if (tokens > model.contextTokens * passageShare * 1.5) return { kind: 'refused', why: note('tooLongForModel') };
  const messages = isSmall(run)
    ? sentenceMessages(request.action, mask.text)!
    : passageMessages(
        request,
        mask.text,
        (request.before ?? '').slice(-surroundingChars) +
          request.text.slice(Math.max(0, piece.start - surroundingChars), piece.start),
      );
  let why = note('emptyAnswer');
  for (let attempt = 0; attempt < tries; attempt++) {
    const sequences = await modelTexts(run, {
      prompt: { kind: 'chat', messages },
      maxNewTokens: Math.ceil(tokens * Math.min(4, spec.length.maximum) * pieceTolerance) + 12,
      stop: isSmall(run) ? ['\n'] : ['\n\n\n'],
      attempt,
      onPartial: (text) => onPartial(mask.restore(text)),
    });
    if (!sequences) return { kind: 'cancelled' };
    const result = mask.restore(bareAnswer(sequences[0]!.text, source));
    const problem = pieceProblem(run, source, result);
    if (problem === undefined) {
      if (sameWording(result, source)) return { kind: 'unchanged' };
      return { kind: 'changed', text: relaid(run, piece, result) };
    }
    why = problem;
  }
  return { kind: 'refused', why };
}

function pieceProblem(run: ActionRun, source: string, result: string): Note | undefined {
  const { spec, request } = run;
  if (result === '') return note('emptyAnswer');
  const ids: readonly CheckId[] = spec.checks.filter((check) => check !== 'form');
  const { minimum, maximum } = spec.length;
  const length = { minimum: minimum / pieceTolerance, maximum: Math.max(1, maximum) * pieceTolerance };
  const failed = runChecks(ids, { source, result, request, length, faithful: spec.faithful, form: undefined }).find(
    ({ passed }) => !passed,
  );
  if (failed) return checkName(failed.check);
  return isOneSentence(source) && wordCount(source) < 12 && !isOneSentence(result) ? checkName('length') : undefined;
}

const sameWording = (a: string, b: string) => a.replace(/\s+/gu, ' ').trim() === b.replace(/\s+/gu, ' ').trim();

/** In the lines and with the line breaks of the paragraph. */
function relaid({ request: { text } }: ActionRun, { start, block }: Piece, result: string): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const paragraph = text.slice(block.start, block.end);
  return result.includes('\n') ? result : wrapLike(paragraph, result, start - lineStart);
}
