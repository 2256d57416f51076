import { InklingError } from '../../../protocol/errors.ts';
import type { PipelineUse, PipelineWish, RewriteTextsRequest } from '../../../protocol/pipelines.ts';
import { holdsSentences, type TextReading } from '../../../text/block.ts';
import { languageOfText } from '../../../text/language.ts';
import { allSentences, unwrapped } from '../../../text/sentences.ts';
import { joinedLines } from '../../../text/unspaced.ts';
import { type ActionRun, type Drafter, goOn, type NoDraft, noDraft } from '../actionRun.ts';
import { note } from '../notes.ts';
import { maskParts } from '../protection/mask.ts';
import type { ActionId, ActionPipelines, ActionRequest } from '../selectionAction.ts';
import { proseSentences } from '../text/reading.ts';
import { wordCount } from '../text/words.ts';
import { inCaseOf, isCandidate } from './betterWord.ts';
import { languageNamed } from './languageNamed.ts';
import { pieceProblem, sameWording } from './modelRewrite.ts';
import { type Passage, relaid } from './passages.ts';
import { draftPieces, mostFrequent, type PieceResult } from './pieces.ts';

const uses: Readonly<Partial<Record<ActionId, PipelineUse>>> = {
  summarize: 'summarize',
  fix: 'correct',
  rewrite: 'rephrase',
  translate: 'translate',
};

/** The model that could do what is asked for; undefined when none could: such models are told nothing in words. */
export function wishOf(request: ActionRequest): PipelineWish | undefined {
  const { action, form = 'paragraph', instruction } = request;
  if (action === 'betterWord') return { kind: 'fillMask' };
  const use = Object.hasOwn(uses, action) ? uses[action] : undefined;
  if (!use || (action === 'summarize' && form !== 'paragraph') || (action === 'rewrite' && instruction))
    return undefined;
  if (use !== 'translate') return { kind: 'text2text', use };
  const to = languageNamed(instruction ?? '');
  return to === undefined ? undefined : { kind: 'text2text', use, from: languageRead(request), to };
}

const languageRead = ({ text, textLanguage, before = '', after = '' }: ActionRequest): string =>
  languageOfText(text) ?? textLanguage ?? languageOfText(before + text + after) ?? 'en';

interface Installed {
  readonly pipelines: ActionPipelines;
  readonly name: string;
  readonly folder: string;
  readonly wish: PipelineWish;
}

async function installed({ request, engine, spec }: ActionRun): Promise<Installed | NoDraft> {
  const wish = wishOf(request);
  const found = wish && (await engine.pipelines?.find(wish));
  if (!wish || !found) return noDraft('unsupportedWay', note('pipelineMissing', spec.title));
  return { pipelines: engine.pipelines!, ...found, wish };
}

/** Sentence by sentence, with what must not change kept as by every other model, and examined in the same way. */
export const rewriteByPipeline: Drafter = async (run) => {
  const model = await installed(run);
  if ('kind' in model) return model;
  const { wish, name } = model;
  const pieces =
    wish.use === 'translate' ? allSentences(run.reading, worded(run.reading)) : proseSentences(run.reading);
  const sentences = pieces.filter(({ start, end }) => /\p{L}/u.test(run.request.text.slice(start, end)));
  if (sentences.length === 0) return noDraft('noProse', note('noProse'));
  const draft = await draftPieces(run, sentences, (piece) => rewritePiece(run, model, piece));
  const { refused } = draft;
  const stay =
    refused.length === 0 ? [] : [note('sentencesStay', refused.length, sentences.length, mostFrequent(refused))];
  return { ...draft, notes: draft.edits.length === 0 ? stay : [note('doneByPipeline', name), ...stay] };
};

const worded = ({ blocks }: TextReading) => blocks.filter((block) => block.kind === 'heading' || holdsSentences(block));

/** With marks for what is protected; where the model loses one, as it stands: many models copy what they do not know. */
async function rewritePiece(run: ActionRun, model: Installed, piece: Passage): Promise<PieceResult> {
  const source = unwrapped(run.reading, piece.block, piece);
  const mask = maskParts(run.reading, piece);
  const plain = { text: source, restore: (text: string) => text };
  let refused: PieceResult | undefined;
  for (const { text, restore } of mask.text === source ? [plain] : [mask, plain]) {
    const answer = await written(run, model, [text]);
    if (answer === undefined) return { kind: 'cancelled' };
    const result = typeof answer === 'string' ? '' : restore(answer[0]!);
    const why = typeof answer === 'string' ? note('tooLongForModel') : pieceProblem(run, source, result);
    if (why === undefined) {
      if (sameWording(result, source)) return { kind: 'unchanged' };
      return { kind: 'changed', text: relaid(run.reading, piece, result) };
    }
    refused ??= { kind: 'refused', why };
  }
  return refused!;
}

/** @returns undefined when it was cancelled, `tooLong` when the model does not hold one of the texts */
async function written(
  { token }: ActionRun,
  { pipelines, folder, wish: { use, from, to } }: Installed,
  texts: readonly string[],
): Promise<readonly string[] | 'tooLong' | undefined> {
  const request: RewriteTextsRequest = { folder, texts, use: use!, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  try {
    const answer = await pipelines.rewrite(request, token);
    return answer.kind === 'texts' ? answer.texts : undefined;
  } catch (error) {
    if (error instanceof InklingError && error.code === 'inputTooLarge') return 'tooLong';
    throw error;
  }
}

/** Longer groups are halved where the model does not hold them. */
const wordsAtOnce = 300;
/** Summaries are summarized as long as they are longer than this. */
const wordsWanted = 150;

export const summaryByPipeline: Drafter = async (run) => {
  const model = await installed(run);
  if ('kind' in model) return model;
  let texts = proseSentences(run.reading).map((sentence) => unwrapped(run.reading, sentence.block, sentence));
  if (texts.length === 0) return noDraft('noProse', note('noSentences'));
  for (;;) {
    const groups = grouped(texts);
    const summaries: string[] = [];
    for (const [index, group] of groups.entries()) {
      const isOn = await goOn(run, { stage: 'reading', done: index, total: groups.length });
      const parts = isOn ? await summaryOf(run, model, group) : undefined;
      if (!parts) return { kind: 'draft', text: joined(summaries), notes: [note('stoppedEarly')], stopped: true };
      summaries.push(...parts);
    }
    const text = joined(summaries);
    if (groups.length === 1 || wordCount(text) <= wordsWanted || summaries.length >= texts.length) {
      const words = wordCount(run.request.text);
      return { kind: 'draft', text, notes: [note('summarizedByPipeline', model.name, words)] };
    }
    texts = summaries;
  }
};

async function summaryOf(
  run: ActionRun,
  model: Installed,
  sentences: readonly string[],
): Promise<string[] | undefined> {
  const answer = await written(run, model, [joined(sentences)]);
  if (answer === undefined) return undefined;
  if (answer !== 'tooLong') return [...answer].filter((text) => text !== '');
  if (sentences.length === 1) return []; // one sentence beyond what the model holds
  const half = Math.ceil(sentences.length / 2);
  const first = await summaryOf(run, model, sentences.slice(0, half));
  const second = first && (await summaryOf(run, model, sentences.slice(half)));
  return second && [...first, ...second];
}

const joined = (texts: readonly string[]) =>
  texts.reduce((whole, text) => (whole === '' ? text : joinedLines(whole, text)), '');

function grouped(texts: readonly string[]): string[][] {
  const groups: string[][] = [];
  let words = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    const added = wordCount(text);
    words += added;
    if (words <= wordsAtOnce) groups.at(-1)!.push(text);
    else {
      groups.push([text]);
      words = added;
    }
  }
  return groups;
}

const maxWords = 7;

/**
 * Words for the place of the selected one. The sentence stands before itself with the gap, so that what means the same is
 * likelier than what merely fits (Qiang et al., Lexical Simplification with Pretrained Encoders, 2020).
 */
export const wordsByPipeline: Drafter = async (run) => {
  const model = await installed(run);
  if ('kind' in model) return model;
  const { text, before = '', after = '' } = run.request;
  const word = text.trim();
  if (!/^[\p{L}][\p{L}\p{M}'’-]*$/u.test(word)) return noDraft('notAWord', note('selectWord', 1));
  const { left, right } = sentenceAround(before, after);
  if (!/\p{L}/u.test(left + right)) return noDraft('notAWord', note('wordAlone'));
  const request = { folder: model.folder, before: `${left}${word}${right} ${left}`, after: right, count: 30 };
  const found = (await model.pipelines.fillMask(request)).candidates;
  const candidates = found
    .map(({ text: name, probability }) => ({ text: inCaseOf(word, name.toLowerCase()), score: Math.log(probability) }))
    .filter(({ text: name }) => isCandidate(name, word))
    .slice(0, maxWords);
  if (candidates.length === 0) return noDraft('nothingGood', note('noWordFits'));
  const start = text.indexOf(word);
  return {
    kind: 'draft',
    edits: [{ start, end: start + word.length, replacement: candidates[0]!.text }],
    candidates,
    notes: [note('wordsByPipeline', model.name)],
  };
};

const aroundChars = 240;
const sentenceEnd = /[.!?]["')\]]?\s/u;

function sentenceAround(before: string, after: string): { left: string; right: string } {
  const left = before
    .slice(-aroundChars)
    .split(/\n\s*\n/u)
    .at(-1)!;
  const right = after.slice(0, aroundChars).split(/\n\s*\n/u)[0]!;
  const end = sentenceEnd.exec(`${right} `);
  return { left: left.split(sentenceEnd).at(-1)!, right: end ? right.slice(0, end.index + 1) : right };
}
