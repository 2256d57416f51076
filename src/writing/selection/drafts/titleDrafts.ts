import { type ActionRun, type Drafter, type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { runChecks } from '../checks/resultChecks.ts';
import { type Note, note } from '../notes.ts';
import { passageMessages } from '../prompting/modelPrompts.ts';
import { bareAnswer, modelTexts } from '../prompting/modelText.ts';
import type { Candidate } from '../selectionAction.ts';
import { extractiveSummary } from '../summary/extractiveSummary.ts';
import { keyPhrases, phraseTitle } from '../summary/keyPhrases.ts';
import { sectionsOf } from '../summary/sections.ts';
import { contentStems } from '../text/contentWords.ts';
import { wordCount } from '../text/words.ts';
import { addHeadings } from './summaryDrafts.ts';

const drawn = 5;
const titleTokens = 20;
/** Of a long text the model sees its most important sentences. */
const sourceWords = 220;
const maxWords = 10;
/** Of a title's content words: the others are the model's own. */
const minOwnShare = 0.6;
const phraseCandidates = 3;

/** Titles drawn from the model, those that speak of the text, the likeliest first; then its strongest phrases. */
export const titlesByModel: ModelDrafter = async (run) => {
  const titles = await modelTitles(run, run.request.text);
  if (!titles) return { kind: 'draft', notes: [], stopped: true };
  if (titles.length === 0) return noDraft('nothingGood', note('noGoodTitle'));
  const phrases = keyPhrases(run.request.text).slice(0, phraseCandidates);
  const others = phrases.map(({ text }) => ({
    text: text.slice(0, 1).toUpperCase() + text.slice(1),
    score: Number.NEGATIVE_INFINITY,
  }));
  return titled(run, [...titles, ...others], note('modelTitles'));
};

export const titlesByPhrases: Drafter = async (run) => {
  const title = phraseTitle(run.request.text);
  if (title === undefined) return noDraft('nothingGood', note('tooShortForTitle'));
  const others = keyPhrases(run.request.text)
    .slice(0, phraseCandidates)
    .map(({ text, score }) => ({ text, score }));
  return titled(run, [{ text: title, score: 0 }, ...others], note('phraseTitle'));
};

export const headingsByModel: ModelDrafter = (run) =>
  addHeadings(run, async (passage) => (await modelTitles(run, passage))?.[0]?.text);

async function modelTitles(run: ModelRun, text: string): Promise<Candidate[] | undefined> {
  const source =
    wordCount(text) <= sourceWords ? text : ((await extractiveSummary(text, 'bullets'))?.text ?? text.slice(0, 1500));
  const written = await modelTexts(run, {
    prompt: {
      kind: 'chat',
      messages: passageMessages(
        { ...run.request, action: run.request.action === 'headings' ? 'headings' : 'title' },
        source,
      ),
    },
    maxNewTokens: titleTokens,
    stop: ['\n'],
    attempt: 0,
    sequences: drawn,
  });
  if (!written) return undefined;
  const own = new Set(contentStems(text));
  const headings = new Set(sectionsOf(text).map((section) => section.title.toLowerCase()));
  const candidates = written
    .filter(({ finishReason }) => finishReason !== 'length')
    .map(({ text: line, logprob, tokens }) => ({ text: bareTitle(line), score: logprob / Math.max(1, tokens.length) }))
    .filter(({ text: title }) => isTitle(run, title, own) && !headings.has(title.toLowerCase()));
  return uniqueByText(candidates).sort((a, b) => b.score - a.score);
}

function isTitle({ request }: ActionRun, title: string, own: ReadonlySet<string>): boolean {
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

function uniqueByText(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ text }) => !seen.has(text.toLowerCase()) && seen.add(text.toLowerCase()));
}

function titled({ request: { languageId } }: ActionRun, given: readonly Candidate[], what: Note) {
  const candidates = uniqueByText(given);
  const title = candidates[0]!.text;
  const latex = languageId === 'latex' || languageId === 'tex';
  const text = latex ? `\\title{${title}}` : languageId === 'markdown' ? `# ${title}` : title;
  return { kind: 'draft' as const, text, candidates, notes: [what] };
}
