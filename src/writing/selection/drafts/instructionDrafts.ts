import type { ChatMessage } from '../../../protocol/inference.ts';
import { holdsSentences } from '../../../text/block.ts';
import { isProgramText } from '../../../text/languages.ts';
import { unwrapped } from '../../../text/sentences.ts';
import { isSmall } from '../actionCatalogue.ts';
import { type ActionRun, type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { checkName, runChecks } from '../checks/resultChecks.ts';
import { unmetWish } from '../checks/wishes.ts';
import { type Note, note } from '../notes.ts';
import { tellingMessages } from '../prompting/modelPrompts.ts';
import { bareAnswer, fits, modelReads } from '../prompting/modelText.ts';
import { endsWhatItBegins } from '../protection/blocksStay.ts';
import { holdsProse, isEmpty } from '../text/reading.ts';
import { applyEdits } from '../wordChanges.ts';
import { answerByModel, answerLimit, readForAnswer, smallNotes } from './answerDrafts.ts';
import { type Passage, passageShare, passagesOf, relaid, surroundingsOf } from './passages.ts';
import { draftPieces, mostFrequent, type PieceResult, writePiece } from './pieces.ts';

/** Tokens of a text that a small model gets as a whole: a paragraph. Of a longer one it loses nearly everything. */
const smallWholeTokens = 160;
/** Tokens of a passage of a longer text: it reads so many in less than a second. */
const smallPassageTokens = 100;
/** The first passage of a text lies within it. */
const beginningChars = 8000;

/**
 * What a person tells it is done to the whole text where the model is up to that, and otherwise passage by passage.
 * Passages in which it fails, or loses a number or a link, stay as they are.
 */
export const followInstruction: ModelDrafter = async (run) => {
  const passages = await separatePassages(run);
  if (passages.length === 0 && isProgramText(run.request.languageId)) return noDraft('noProse', note('noProse'));
  if (passages.length === 0) return answerByModel(run);
  const draft = await draftPieces(run, passages, (passage, onPartial) => changePassage(run, passage, onPartial));
  const { refused, stopped } = draft;
  if (stopped) return draft;
  const unmet = unmetWish(run.request.instruction!, run.request.text, applyEdits(run.request.text, draft.edits));
  if (unmet) return noDraft('nothingGood', note('failedChecks', unmet));
  if (draft.edits.length === 0 && refused.length > 0)
    return noDraft('nothingGood', note('failedChecks', mostFrequent(refused)));
  const stay = refused.length > 0 ? [note('passagesStay', refused.length, passages.length, mostFrequent(refused))] : [];
  return { ...draft, notes: [...stay, note('byPassages', passages.length), ...smallNotes(run)] };
};

/** Lets the model read what it gets first when the instruction comes, and nothing else. */
export async function readBeforeInstruction(run: ModelRun): Promise<void> {
  const { request, model } = run;
  if (!model.hasChatTemplate) return;
  const [first] = request.action === 'custom' ? await separatePassages(run, beginningChars) : [];
  if (first) await modelReads(run, passageMessages(run, first));
  else await readForAnswer(run);
}

/** @returns none when the text is treated as a whole */
async function separatePassages(run: ModelRun, upTo?: number): Promise<readonly Passage[]> {
  const { request, model } = run;
  const small = isSmall(model.parameters);
  const isMixed = isProgramText(request.languageId) || (holdsOthers(run) && !mayChangeOthers(run));
  if (request.asWhole || (!isMixed && (await fits(run, request.text, small ? smallWholeTokens : answerLimit(run)))))
    return [];
  const limit = small ? smallPassageTokens : model.contextTokens * passageShare;
  return passagesOf(run, limit, upTo);
}

/** What a person names is theirs to have changed. */
const asksForOthers =
  /\b(?:code|headings?|titles?|tables?|rows?|columns?|formulas?|equations?|comments?|front ?matter|markup|markdown|html|latex)\b|代码|标题|表格|公式|注释/iu;
/** The person names such blocks, or selected nothing else. */
export const mayChangeOthers = ({ request, reading }: ActionRun): boolean =>
  asksForOthers.test(request.instruction ?? '') || !holdsProse(reading);
const holdsOthers = ({ reading }: ActionRun): boolean =>
  reading.blocks.some((block) => !isEmpty(reading, block) && !holdsSentences(block));

const sourceOf = ({ reading }: ActionRun, passage: Passage): string => unwrapped(reading, passage.block, passage);

function passageMessages(run: ModelRun, passage: Passage): ChatMessage[] {
  const { request, model } = run;
  const small = isSmall(model.parameters);
  return tellingMessages(request, sourceOf(run, passage), small, small ? '' : surroundingsOf(request, passage));
}

async function changePassage(run: ModelRun, passage: Passage, onPartial: (text: string) => void): Promise<PieceResult> {
  const { spec } = run;
  const source = sourceOf(run, passage);
  const call = {
    prompt: { kind: 'chat', messages: passageMessages(run, passage) },
    maxNewTokens: spec.decoding.maxNewTokens,
    onPartial,
  } as const;
  return writePiece(run, call, (written) => {
    const text = bareAnswer(written.text, source);
    if (text === source) return { kind: 'unchanged' };
    const why = written.finishReason === 'length' ? checkName('length') : problemOf(run, source, text);
    return why ? { kind: 'refused', why } : { kind: 'changed', text: relaid(run.reading, passage, text) };
  });
}

function problemOf({ request, spec }: ActionRun, source: string, result: string): Note | undefined {
  if (result === '') return note('nothingWritten');
  if (!endsWhatItBegins(result, request.languageId)) return note('checkBlocks');
  const of = { source, result, request, length: spec.length, faithful: spec.faithful, form: undefined };
  const failed = runChecks(spec.checks, of).find(({ passed }) => !passed);
  return failed && checkName(failed.check);
}
