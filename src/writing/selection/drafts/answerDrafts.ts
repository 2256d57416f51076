import { smallModelParameters } from '../actionCatalogue.ts';
import { type ActionRun, type Drafter, noDraft } from '../actionRun.ts';
import { passageMessages } from '../prompting/modelPrompts.ts';
import { bareAnswer, modelTexts, tokenCount } from '../prompting/modelText.ts';
import { passagesAbout } from '../summary/passages.ts';
import { wordCount } from '../text/words.ts';

const answerTokens = 320;
/** Of the context: what the text itself may take. */
const textShare = 0.55;

/** One answer about the whole text: to a question, to an instruction, or a message about a diff. */
export const answerByModel: Drafter = async (run) => {
  if (!run.model.hasChatTemplate)
    return noDraft('noChatTemplate', 'This model has no chat template: it cannot follow instructions.');
  const { source, note } = await whatFits(run);
  if (source === undefined)
    return noDraft('tooLarge', `The text does not fit into the model's context of ${run.model.contextTokens} tokens.`);
  const notes = run.model.parameters < smallModelParameters ? [note, smallNote(run)] : [note];
  for (let attempt = 0; ; attempt++) {
    const written = await modelTexts(run, {
      prompt: { kind: 'chat', messages: passageMessages(run.request, source) },
      maxNewTokens: answerTokens,
      attempt,
      onPartial: (text) => run.listener.onPartial?.(text),
    });
    if (!written) return { kind: 'draft', notes: [], stopped: true };
    const text = bareAnswer(written[0]!.text, source);
    const good = text !== '' && text !== source.trim() && written[0]!.finishReason !== 'length';
    if (!good && attempt === 0) continue;
    if (text === '') return noDraft('nothingGood', 'The model wrote nothing.');
    if (text === source.trim()) return noDraft('nothingToChange', 'The model gave the text back as it was.');
    if (written[0]!.finishReason === 'length')
      notes.push('The answer was longer than the model may write, and ends early.');
    return { kind: 'draft', ...placed(run, text), notes: notes.filter((line) => line !== '') };
  }
};

const smallNote = ({ model }: ActionRun) =>
  `The model (${Math.round(model.parameters / 1e6)} million parameters) is too small to follow instructions reliably: read the result with care.`;

/** Actions that replace the text change all of it at once. */
function placed({ request, spec }: ActionRun, text: string) {
  if (spec.output !== 'replace') return { text };
  const body = request.text.trimEnd();
  const start = body.length - body.trimStart().length;
  return { edits: [{ start, end: body.length, replacement: text }] };
}

/** The text, or for a question the sentences of a long text that have to do with it. */
async function whatFits(run: ActionRun): Promise<{ source?: string; note: string }> {
  const { text, action, instruction = '' } = run.request;
  const limit = run.model.contextTokens * textShare;
  const isLong = text.length > limit * 8 || (await tokenCount(run, text)) > limit;
  if (!isLong) return { source: text, note: '' };
  if (action === 'ask') {
    const found = passagesAbout(text, instruction);
    const source = found.map((sentence) => sentence.text).join('\n');
    const note = `The text has ${wordCount(text)} words: the model read the ${found.length} sentences that have most to do with the question.`;
    return found.length > 0 ? { source, note } : { note };
  }
  if (action === 'commitMessage')
    return { source: text.slice(0, limit * 2), note: 'The diff is long: the model read its beginning.' };
  return { note: '' };
}
