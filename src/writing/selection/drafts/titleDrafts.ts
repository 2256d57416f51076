import type { ChatMessage } from '../../../protocol/inference.ts';
import { isSmall } from '../actionCatalogue.ts';
import { type ActionRun, type Drafter, type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { garbledNamesOf } from '../checks/garbledNames.ts';
import { runChecks } from '../checks/resultChecks.ts';
import { type Note, note } from '../notes.ts';
import { passageMessages, smallTitleMessages } from '../prompting/modelPrompts.ts';
import { bareAnswer, modelTexts, tokenCount } from '../prompting/modelText.ts';
import { staysProse } from '../protection/blocksStay.ts';
import type { Candidate } from '../selectionAction.ts';
import { extractiveSummary } from '../summary/extractiveSummary.ts';
import { titlePhrases } from '../summary/keyPhrases.ts';
import { sectionsOf } from '../summary/sections.ts';
import { contentStems } from '../text/contentWords.ts';
import { dialectOf } from '../text/dialect.ts';
import { beginsWithTitle, levelAbove } from '../text/headingLevel.ts';
import { readWhole } from '../text/reading.ts';
import { wordCount } from '../text/words.ts';
import { addHeadings } from './summaryDrafts.ts';

/** Tries, the first of which takes the likeliest title. */
const tries = 5;
/** Titles that are enough to choose from. */
const enough = 3;
const titleTokens = 20;
/** Of a longer text the model sees its most important sentences. */
const sourceWords = 220;
/** What a small model on one processor core reads in well under a second, the question included. */
const smallSourceTokens = 110;
const maxWords = 10;
const askedWords = 8;
const headingWords = 6;
/** Of a title's content words: the others are the model's own. */
const minOwnShare = 0.6;
const phraseCandidates = 4;

/**
 * Titles of the model that speak of the text, the likeliest first; then the text's strongest phrases, which are there to
 * choose from at once.
 */
export const titlesByModel: ModelDrafter = async (run) => {
  if (beginsWithTitle(run.request)) return hasTitle;
  const phrases = titlePhrases(run.request.text).slice(0, phraseCandidates);
  const show = (titles: readonly string[]) => run.listener.onCandidates?.([...titles, ...phrases]);
  show([]);
  const { titles, stopped } = await modelTitles(run, run.request.text, { wanted: enough, onTitles: show });
  const all = [...titles, ...phrases.map((text) => ({ text, score: Number.NEGATIVE_INFINITY }))];
  if (stopped && all.length === 0) return { kind: 'draft', notes: [], stopped };
  if (!stopped && titles.length === 0) return noDraft('nothingGood', note('noGoodTitle'));
  return { ...titled(run, all, note(titles.length > 0 ? 'modelTitles' : 'phraseTitle')), stopped };
};

export const titlesByPhrases: Drafter = async (run) => {
  if (beginsWithTitle(run.request)) return hasTitle;
  const phrases = titlePhrases(run.request.text).slice(0, phraseCandidates);
  if (phrases.length === 0) return noDraft('nothingToChange', note('noTitlePhrase'));
  return titled(
    run,
    phrases.map((text, index) => ({ text, score: -index })),
    note('phraseTitle'),
  );
};

export const headingsByModel: ModelDrafter = (run) =>
  addHeadings(run, async (passage) => (await modelTitles(run, passage, { wanted: 1 })).titles[0]?.text);

const hasTitle = noDraft('nothingToChange', note('hasTitle'));

interface TitleWish {
  readonly wanted: number;
  readonly onTitles?: (titles: readonly string[]) => void;
}

async function modelTitles(
  run: ModelRun,
  text: string,
  { wanted, onTitles }: TitleWish,
): Promise<{ readonly titles: readonly Candidate[]; readonly stopped: boolean }> {
  const messages = await titleMessages(run, text);
  const own = new Set(contentStems(text));
  const reading = readWhole(text, run.request.languageId);
  const garbledName = garbledNamesOf(reading);
  const headings = new Set(sectionsOf(reading).map((section) => section.title.toLowerCase()));
  const titles: Candidate[] = [];
  for (let n = 0; n < tries && titles.length < wanted; n++) {
    const attempt = n + (tries - 1) * (run.request.seed ?? 0); // another seed draws others, each of them
    const options = { maxNewTokens: titleTokens, stop: ['\n'], attempt };
    const written = await modelTexts(run, { prompt: { kind: 'chat', messages }, ...options });
    if (!written) return { titles, stopped: true };
    const { text: line, logprob, tokens, finishReason } = written[0]!;
    const title = bareTitle(line);
    const isNew = !headings.has(title.toLowerCase()) && !titles.some((each) => sameText(each.text, title));
    if (finishReason === 'length' || !isNew || !isTitle(run, title, own) || garbledName(title)) continue;
    titles.push({ text: title, score: logprob / Math.max(1, tokens.length) });
    titles.sort((a, b) => b.score - a.score);
    onTitles?.(titles.map(({ text: each }) => each));
  }
  return { titles, stopped: false };
}

async function titleMessages(run: ModelRun, text: string): Promise<ChatMessage[]> {
  const { request, model } = run;
  const isHeading = request.action === 'headings';
  if (isSmall(model.parameters))
    return smallTitleMessages(await briefly(run, text), isHeading ? headingWords : askedWords);
  const source =
    wordCount(text) <= sourceWords
      ? text
      : ((await extractiveSummary(readWhole(text, request.languageId), 'bullets'))?.text ?? text.slice(0, 1500));
  return passageMessages({ ...request, action: isHeading ? 'headings' : 'title' }, source);
}

/** The text, or its most important sentences as far as they fit. */
async function briefly(run: ModelRun, text: string): Promise<string> {
  const fits = async (part: string) =>
    part.length < smallSourceTokens * 10 && (await tokenCount(run, part)) <= smallSourceTokens;
  if (await fits(text)) return text;
  let words = ((await extractiveSummary(readWhole(text, run.request.languageId), 'paragraph'))?.text ?? text)
    .slice(0, smallSourceTokens * 8)
    .split(' ');
  while (words.length > 1 && !(await fits(words.join(' ')))) words = words.slice(0, Math.floor(words.length * 0.9));
  return words.join(' ');
}

/** The first line of a letter is none of its titles. */
const opensLetter = /^(?:dear|hi|hey|hello)\b|[,;，；]$/iu;
/** What a title counts, the text counts. */
const figures = /\d+(?:[.,:]\d+)*/gu;

function isTitle({ request }: ActionRun, title: string, own: ReadonlySet<string>): boolean {
  if (!staysProse(title, request.languageId) || opensLetter.test(title)) return false;
  if ((title.match(figures) ?? []).some((figure) => !request.text.includes(figure))) return false;
  const stems = contentStems(title);
  const known = stems.filter((stem) => own.has(stem)).length;
  if (stems.length === 0 || wordCount(title) > maxWords || known < minOwnShare * stems.length) return false;
  const examined = {
    source: request.text,
    result: title,
    request,
    length: { minimum: 0, maximum: 1 },
    faithful: { recall: 0, precision: 0 },
    form: undefined,
  };
  return runChecks(['chatter', 'language', 'repetition'], examined).every(({ passed }) => passed);
}

const bareTitle = (line: string) =>
  bareAnswer(line, '')
    .replace(/^#+\s*/u, '')
    .replace(/^\*\*(.*)\*\*$/u, '$1')
    .replace(/[.:]$/u, '')
    .trim();

const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

const uniqueByText = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter(({ text }, i) => candidates.findIndex((each) => sameText(each.text, text)) === i);

function titled({ request }: ActionRun, given: readonly Candidate[], what: Note) {
  const candidates = uniqueByText(given);
  const title = candidates[0]!.text;
  const text = dialectOf(request.languageId).heading(title, levelAbove(request));
  return { kind: 'draft' as const, text, candidates, notes: [what] };
}
