import { isOneSentence } from '../../../text/sentenceEnd.ts';
import { unwrapped } from '../../../text/sentences.ts';
import { isSmall } from '../actionCatalogue.ts';
import { type ActionRun, type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { changedMeaning, meaningNotes } from '../checks/meaning.ts';
import { checkName, runChecks } from '../checks/resultChecks.ts';
import { type Note, note } from '../notes.ts';
import { passageMessages, sentenceMessages } from '../prompting/modelPrompts.ts';
import { bareAnswer, tokenCount } from '../prompting/modelText.ts';
import { staysProse } from '../protection/blocksStay.ts';
import { maskParts } from '../protection/mask.ts';
import type { CheckId } from '../selectionAction.ts';
import { proseSentences } from '../text/reading.ts';
import { wordCount } from '../text/words.ts';
import { isTooLong, type Passage, passageShare, passagesOf, relaid, surroundingsOf } from './passages.ts';
import { draftPieces, mostFrequent, type PieceResult, writePiece } from './pieces.ts';

/** Shorter sentences have nothing to rewrite. */
const minWords = 4;
/** Bounds of one piece are this much wider than those of the whole text. */
const pieceTolerance = 1.3;

/** The model rewrites: sentence by sentence when it is small, paragraph by paragraph otherwise. */
export const modelRewrite: ModelDrafter = async (run) => {
  const pieces = goesBySentences(run)
    ? sentencePieces(run)
    : await passagesOf(run, run.model.contextTokens * passageShare);
  if (pieces.length === 0) return noDraft('noProse', note('noProse'));
  const draft = await draftPieces(run, pieces, (piece, onPartial) => rewritePiece(run, piece, onPartial));
  const { refused } = draft;
  if (refused.length === 0) return draft;
  const stay = goesBySentences(run) ? 'sentencesStay' : 'passagesStay';
  return { ...draft, notes: [note(stay, refused.length, pieces.length, mostFrequent(refused))] };
};

const goesBySentences = ({ model, request }: ModelRun) =>
  isSmall(model.parameters) && !request.instruction && sentenceMessages(request.action, '') !== undefined;

function sentencePieces({ request, reading }: ActionRun): Passage[] {
  return proseSentences(reading).filter(({ start, end }) => wordCount(request.text.slice(start, end)) >= minWords);
}

async function rewritePiece(run: ModelRun, piece: Passage, onPartial: (text: string) => void): Promise<PieceResult> {
  const { request, spec } = run;
  const source = unwrapped(run.reading, piece.block, piece);
  const mask = maskParts(run.reading, piece);
  const tokens = await tokenCount(run, mask.text);
  if (isTooLong(run, tokens)) return { kind: 'refused', why: note('tooLongForModel') };
  const messages = goesBySentences(run)
    ? sentenceMessages(request.action, mask.text)!
    : passageMessages(request, mask.text, surroundingsOf(request, piece));
  const call = {
    prompt: { kind: 'chat', messages },
    maxNewTokens: Math.ceil(tokens * Math.min(4, spec.length.maximum) * pieceTolerance) + 12,
    stop: goesBySentences(run) ? ['\n'] : ['\n\n\n'],
    onPartial: (text: string) => onPartial(mask.restore(text)),
  } as const;
  return writePiece(run, call, (written) => {
    const result = mask.restore(bareAnswer(written.text, source));
    const why = pieceProblem(run, source, result);
    if (why !== undefined) return { kind: 'refused', why };
    if (sameWording(result, source)) return { kind: 'unchanged' };
    return { kind: 'changed', text: relaid(run.reading, piece, result) };
  });
}

/** What was words becomes something else, or takes what stands below along. */
const leavesItsPlace = ({ request: { languageId } }: ActionRun, source: string, result: string): boolean =>
  !staysProse(result, languageId) && staysProse(source, languageId);

/** What speaks against a piece's new text. */
export function pieceProblem(run: ActionRun, source: string, result: string): Note | undefined {
  const { spec, request } = run;
  if (result === '') return note('nothingWritten');
  if (leavesItsPlace(run, source, result)) return note('checkBlocks');
  const ids: readonly CheckId[] = spec.checks.filter((check) => check !== 'form');
  const { minimum, maximum } = spec.length;
  const length = { minimum: minimum / pieceTolerance, maximum: Math.max(1, maximum) * pieceTolerance };
  const failed = runChecks(ids, { source, result, request, length, faithful: spec.faithful, form: undefined }).find(
    ({ passed }) => !passed,
  );
  if (failed) return checkName(failed.check);
  const changed =
    request.action === 'translate'
      ? undefined
      : changedMeaning(source, result, { mayLose: request.action === 'shorten' });
  if (changed) return note('meaningChanged', note(meaningNotes[changed]));
  return isOneSentence(source) && wordCount(source) < 12 && !isOneSentence(result) ? checkName('length') : undefined;
}

export const sameWording = (a: string, b: string) => a.replace(/\s+/gu, ' ').trim() === b.replace(/\s+/gu, ' ').trim();
