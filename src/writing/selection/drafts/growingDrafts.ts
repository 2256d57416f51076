import { decodedSentenceEnd, sentenceEnd } from '../../../text/sentenceEnd.ts';
import { isSmall } from '../actionCatalogue.ts';
import { type ActionRun, type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { checkName, runChecks } from '../checks/resultChecks.ts';
import { type Note, note, tellsOf } from '../notes.ts';
import { modelTexts } from '../prompting/modelText.ts';
import { quotedLike } from '../prompting/quotedLike.ts';
import { staysProse } from '../protection/blocksStay.ts';
import { proseBlocks } from '../text/reading.ts';
import { wordCount } from '../text/words.ts';
import { wrapLike } from '../text/wrapping.ts';
import { linePrefix } from './passages.ts';
import { draftPieces, mostFrequent } from './pieces.ts';

const tries = 3;
/** Characters of the text that the model reads before it goes on; what it says is compared with as many. */
const promptChars = 2_400;
/** The same for a small model: what one processor core reads within a second. */
const smallPromptChars = 700;
const continuationTokens = 90;
const maxSentences = 3;
/** Shorter paragraphs give the model too little to go on with. */
const minWords = 12;

const invents = note('madeUp');

/** Goes on where the selection ends, with up to three sentences. */
export const continueByModel: ModelDrafter = async (run) => {
  const { text, before = '' } = run.request;
  const body = text.trimEnd();
  const result = await continuation(run, before + body, maxSentences, (partial) =>
    run.listener.onPartial?.(body + partial),
  );
  if (result.kind === 'cancelled') return { kind: 'draft', edits: [], notes: [], stopped: true };
  if (result.kind === 'refused') return noDraft('nothingGood', note('failedChecks', result.why));
  return {
    kind: 'draft',
    edits: [{ start: body.length, end: body.length, replacement: result.text }],
    notes: [invents],
  };
};

/** Adds a sentence to every paragraph. What stands there stays, character by character. */
export const expandByModel: ModelDrafter = async (run) => {
  const { text, before = '' } = run.request;
  const paragraphs = proseBlocks(run.reading).filter(
    ({ kind, contentStart, contentEnd }) =>
      kind === 'prose' &&
      wordCount(text.slice(contentStart, contentEnd)) >= minWords &&
      /[.!?。！？]["”)]*$/u.test(text.slice(contentStart, contentEnd)),
  );
  if (paragraphs.length === 0) return noDraft('noProse', note('tooShortToExpand'));
  const pieces = paragraphs.map((block) => ({ start: block.contentEnd, end: block.contentEnd, block }));
  const draft = await draftPieces(run, pieces, async ({ end, block }, onPartial) => {
    const result = await continuation(run, before + text.slice(0, end), 1, onPartial);
    if (result.kind !== 'changed') return result;
    const paragraph = text.slice(block.start, block.contentEnd);
    const column = paragraph.length - (paragraph.lastIndexOf('\n') + 1);
    const blank = /^\s*/u.exec(result.text)![0];
    const words = result.text.trimStart();
    const prefix = linePrefix(run.reading, block);
    return { kind: 'changed', text: blank + wrapLike(paragraph, words, column + blank.length, prefix) };
  });
  if (draft.edits.length === 0 && !draft.stopped)
    return noDraft('nothingGood', note('failedChecks', mostFrequent(draft.refused)));
  const skipped = draft.refused.length;
  const notes =
    skipped === 0 ? [invents] : [invents, note('paragraphsStay', skipped, pieces.length, mostFrequent(draft.refused))];
  return { ...draft, notes };
};

type Continuation = { kind: 'changed'; text: string } | { kind: 'refused'; why: Note } | { kind: 'cancelled' };

/** The next whole sentences after a text, with the blank before them. */
async function continuation(
  run: ModelRun,
  prefix: string,
  sentences: number,
  onPartial: (text: string) => void,
): Promise<Continuation> {
  let why = note('noWholeSentence');
  for (let attempt = 0; attempt < tries; attempt++) {
    const written = await modelTexts(run, {
      prompt: { kind: 'continue', text: promptOf(run, prefix), heal: true },
      maxNewTokens: continuationTokens,
      stop: ['\n\n', '\n#', '\n- ', '\n* '],
      stopPattern: String.raw`(?:(?:.|\n)*?${decodedSentenceEnd()}){${sentences}}`,
      attempt,
      onPartial,
    });
    if (!written) return { kind: 'cancelled' };
    const line = written[0]!.text.replace(/(?<!\s)\s*\n\s*/gu, ' ');
    const text = quotedLike(wholeSentences(line, sentences, prefix), prefix);
    const found = problem(run, prefix, text);
    if (found === undefined) return { kind: 'changed', text };
    why = found;
  }
  return { kind: 'refused', why };
}

/** The end of the text, from the beginning of a sentence or line where there is one near. */
function promptOf({ model }: ModelRun, prefix: string): string {
  const chars = isSmall(model.parameters) ? smallPromptChars : promptChars;
  if (prefix.length <= chars) return prefix;
  const end = prefix.slice(-chars);
  const cut = /[.!?。！？]["”’)]*\s+|\n+/u.exec(end.slice(0, chars / 3));
  return cut ? end.slice(cut.index + cut[0].length) : end;
}

function wholeSentences(text: string, count: number, before: string): string {
  let end = 0;
  for (let n = 0; n < count; n++) {
    const length = sentenceEnd(text.slice(end), before + text.slice(0, end));
    if (length === undefined) break;
    end += length;
  }
  return text.slice(0, end);
}

function problem({ request, spec }: ActionRun, prefix: string, text: string): Note | undefined {
  if (text.trim() === '') return note('noWholeSentence');
  if (!staysProse(text.trim(), request.languageId)) return note('checkBlocks');
  const examined = {
    source: prefix.slice(-promptChars),
    result: text,
    request,
    length: spec.length,
    faithful: spec.faithful,
    form: undefined,
  };
  const failed = runChecks(['protected', 'language', 'repetition', 'chatter'], examined).find(
    ({ check, passed, note: found }) => (check === 'protected' ? tellsOf(found, 'partsInvented') : !passed),
  );
  if (failed) return checkName(failed.check);
  return prefix.includes(text.trim()) ? checkName('repetition') : undefined;
}
