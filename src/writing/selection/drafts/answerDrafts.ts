import type { ChatMessage } from '../../../protocol/inference.ts';
import { hasTrait, isSmall } from '../actionCatalogue.ts';
import { type ActionRun, type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { checkName, runChecks } from '../checks/resultChecks.ts';
import { unmetWish } from '../checks/wishes.ts';
import { modelClass } from '../modelClass.ts';
import { type Note, note, noteText } from '../notes.ts';
import { passageMessages, tellingMessages } from '../prompting/modelPrompts.ts';
import { bareAnswer, fits, modelReads, modelTexts } from '../prompting/modelText.ts';
import { endsWhatItBegins } from '../protection/blocksStay.ts';
import { passagesAbout } from '../summary/passages.ts';
import { wordCount } from '../text/words.ts';

const answerTokens = 320;
/** Of the context: what the person's own words may take. */
const instructionShare = 0.25;
/** Of the context: what the text itself may take. */
const textShare = 0.55;

export const instructionFits = (run: ModelRun): Promise<boolean> =>
  fits(run, run.request.instruction ?? '', run.model.contextTokens * instructionShare);

/** Tokens of a text that is answered as a whole. */
export const answerLimit = ({ model }: ModelRun): number => model.contextTokens * textShare;

/** One answer about the whole text: to a question, to an instruction, or a message about a diff. */
export const answerByModel: ModelDrafter = async (run) => {
  const { source, notes: onReading } = await whatFits(run);
  if (source === undefined) return noDraft('tooLarge', note('doesNotFit', run.model.contextTokens));
  const notes = [...onReading, ...smallNotes(run)];
  let messages = answerMessages(run, source);
  for (let attempt = 0; ; attempt++) {
    const written = await modelTexts(run, {
      prompt: { kind: 'chat', messages },
      maxNewTokens: answerTokens,
      attempt,
      onPartial: (text) => run.listener.onPartial?.(text),
    });
    if (!written) return { kind: 'draft', notes: [], stopped: true };
    const text = bareAnswer(written[0]!.text, source);
    const good = text !== '' && text !== source.trim() && written[0]!.finishReason !== 'length';
    if (!good && attempt === 0) continue;
    if (text === '') return noDraft('nothingGood', note('emptyAnswer'));
    if (text === source.trim()) return noDraft('nothingToChange', note('sameText'));
    if (run.spec.output === 'replace' && !endsWhatItBegins(text, run.request.languageId)) {
      return noDraft('nothingGood', note('failedChecks', note('checkBlocks')));
    }
    if (run.spec.output === 'replace' && written[0]!.finishReason === 'length')
      return noDraft('nothingGood', note('failedChecks', checkName('length'))); // the rest of the text would be gone
    const strange =
      run.request.action === 'custom' && isSmall(run.model.parameters) ? unlike(run, source, text) : undefined;
    if (strange) return noDraft('nothingGood', note('failedChecks', strange));
    const unmet = run.request.action === 'custom' ? unmetWish(run.request.instruction!, source, text) : undefined;
    if (unmet && attempt === maxRetries) return noDraft('nothingGood', note('failedChecks', unmet));
    if (unmet) {
      messages = [...answerMessages(run, source), ...correctionMessages(text, unmet)];
      continue;
    }
    if (written[0]!.finishReason === 'length') notes.push(note('answerCut'));
    return { kind: 'draft', ...placed(run, text), notes };
  }
};

/** Of the content words of an answer, so many are the text's: else it is about something else. */
const akin = { recall: 0, precision: 0.34 };

/** What a small model writes about something else, it makes up. */
function unlike({ request, spec }: ModelRun, source: string, result: string): Note | undefined {
  const examined = { source, result, request, length: spec.length, faithful: akin, form: undefined };
  return runChecks(['faithful'], examined)[0]!.passed ? undefined : checkName('faithful');
}

/** How often a model is told what is wrong and writes anew. */
const maxRetries = 2;

const correctionMessages = (written: string, unmet: Note): ChatMessage[] => [
  { role: 'assistant', content: written },
  { role: 'user', content: `That is not right: ${noteText(unmet)}. Write it again. Answer with the text only.` },
];

const answerMessages = ({ request, spec, model }: ModelRun, source: string): ChatMessage[] =>
  spec.instruction === 'required'
    ? tellingMessages(request, source, isSmall(model.parameters))
    : passageMessages(request, source);

/** Lets the model read what `answerByModel` will give it, and write nothing. */
export async function readForAnswer(run: ModelRun): Promise<void> {
  const { source } = await whatFits(run);
  if (source !== undefined) await modelReads(run, answerMessages(run, source));
}

/** What a person should know of what a model wrote as it was told, unless it is large. */
export const smallNotes = ({ model }: ModelRun): Note[] =>
  modelClass(model.parameters) !== 'large' ? [note('smallModel', Math.round(model.parameters / 1e6))] : [];

/** Actions that replace the text change all of it at once. */
function placed({ request, spec }: ActionRun, text: string) {
  if (spec.output !== 'replace') return { text };
  const body = request.text.trimEnd();
  const start = body.length - body.trimStart().length;
  return { edits: [{ start, end: body.length, replacement: text }] };
}

/** The text, or for a question the sentences of a long text that have to do with it. */
async function whatFits(run: ModelRun): Promise<{ source?: string; notes: readonly Note[] }> {
  const { text, action, instruction = '' } = run.request;
  const limit = answerLimit(run);
  if (await fits(run, text, limit)) return { source: text, notes: [] };
  if (action === 'ask') {
    const found = passagesAbout(run.reading, instruction);
    const source = found.map((sentence) => sentence.text).join('\n');
    const notes = [note('onlyRelevantRead', wordCount(text), found.length)];
    return found.length > 0 ? { source, notes } : { notes };
  }
  if (hasTrait(action, 'ofDiff')) return { source: text.slice(0, limit * 2), notes: [note('onlyBeginningRead')] };
  return { notes: [] };
}
