import type { TextReading } from '../../../text/block.ts';
import { allSentences } from '../../../text/sentences.ts';
import { joinedLines } from '../../../text/unspaced.ts';
import { type ActionRun, type Drafter, goOn, type ModelDrafter, type ModelRun, noDraft } from '../actionRun.ts';
import { answersTo } from '../asking/answers.ts';
import { note } from '../notes.ts';
import { passageMessages } from '../prompting/modelPrompts.ts';
import { bareAnswer, modelTexts, tokenCount } from '../prompting/modelText.ts';
import { extractiveSummary } from '../summary/extractiveSummary.ts';
import { namedTwice } from '../summary/keyPhrases.ts';
import { type Section, sectionsOf } from '../summary/sections.ts';
import { dialectOf } from '../text/dialect.ts';
import { levelWithin } from '../text/headingLevel.ts';
import { holdsProse, proseBlocks, readWhole } from '../text/reading.ts';
import { wordCount } from '../text/words.ts';
import type { Edit } from '../wordChanges.ts';

const noSentences = noDraft('noProse', note('noSentences'));

export const summaryBySentences: Drafter = async (run) => {
  const { text, form = 'paragraph' } = run.request;
  const breathe = (done: number, total: number) => goOn(run, { stage: 'reading', done, total });
  const summary = await extractiveSummary(run.reading, form, breathe);
  if (!summary) return run.token.isCancellationRequested ? { kind: 'draft', notes: [], stopped: true } : noSentences;
  const read = wordCount(text);
  return {
    kind: 'draft',
    text: summary.text,
    notes: [note('extractiveSummary', read)],
  };
};

const answerTokens = 200;
/** Of the context: what one part of the text may take. */
const partShare = 0.5;

/** Section by section, then the summaries as a whole, until they fit. */
export const summaryByModel: ModelDrafter = async (run) => {
  let parts = await partsThatFit(run, sectionsOf(run.reading));
  if (parts.length === 0) return noSentences;
  const total = parts.length;
  for (let level = 0; ; level++) {
    const summaries: string[] = [];
    for (const [index, part] of parts.entries()) {
      if (!(await goOn(run, { stage: 'reading', done: level === 0 ? index : total, total }))) {
        const text = summaries.join('\n\n');
        return {
          kind: 'draft',
          text,
          notes: [note('stoppedEarly')],
          stopped: true,
          readChars: level === 0 ? part.start : run.request.text.length,
        };
      }
      const isLast = parts.length === 1;
      const request = isLast ? run.request : { ...run.request, form: 'paragraph' as const };
      const answer = await modelTexts(run, {
        prompt: { kind: 'chat', messages: passageMessages(request, part.text) },
        maxNewTokens: answerTokens,
        attempt: 0,
        ...(isLast && run.listener.onPartial ? { onPartial: (text: string) => run.listener.onPartial!(text) } : {}),
      });
      if (!answer)
        return {
          kind: 'draft',
          text: summaries.join('\n\n'),
          notes: [note('stoppedEarly')],
          stopped: true,
          readChars: part.start,
        };
      summaries.push(bareAnswer(answer[0]!.text, part.text));
    }
    if (summaries.length === 1)
      return {
        kind: 'draft',
        text: summaries[0]!,
        notes: [note('writtenSummary', wordCount(run.request.text), total)],
      };
    parts = await joined(run, summaries);
  }
};

interface Part {
  readonly text: string;
  readonly start: number;
}

async function partsThatFit(run: ModelRun, sections: readonly Section[]): Promise<Part[]> {
  return joined(
    run,
    sections.flatMap(({ sentences }) => sentences.map(({ text }) => text)),
    sections.flatMap(({ sentences }) => sentences.map(({ start }) => start)),
  );
}

/** Puts texts together as far as they fit into one prompt; at least two each, so that every level has fewer. */
async function joined(run: ModelRun, texts: readonly string[], starts: readonly number[] = []): Promise<Part[]> {
  const limit = run.model.contextTokens * partShare;
  const parts: { text: string; start: number }[] = [];
  let tokens = 0;
  let count = 0;
  for (const [i, text] of texts.entries()) {
    const added = await tokenCount(run, text);
    const last = parts.at(-1);
    if (last && (tokens + added <= limit || count < 2)) {
      last.text = joinedLines(last.text, text);
      tokens += added;
      count++;
    } else {
      parts.push({ text, start: starts[i] ?? 0 });
      tokens = added;
      count = 1;
    }
  }
  return parts;
}

export const answerBySentences: Drafter = async ({ request, reading }) => {
  const found = answersTo(reading, request.instruction!);
  if (found.length === 0) {
    const isUnread = !holdsProse(reading); // of a table or code nobody can say what it does not say
    return isUnread ? noDraft('noProse', note('noProse')) : noDraft('nothingGood', note('textDoesNotSay'));
  }
  const text = found.map((sentence) => `> ${sentence.text}`).join('\n>\n');
  return {
    kind: 'draft',
    text,
    notes: [note('quotedAnswer')],
  };
};

const wordsPerHeading = 90;
/** One heading divides nothing. */
const fewestHeadings = 2;

/** A heading above each stretch of paragraphs that has none yet. */
export const headingsByPhrases: Drafter = async (run) => addHeadings(run, async (passage) => namedTwice(passage));

export async function addHeadings(run: ActionRun, title: (passage: string) => Promise<string | undefined>) {
  const { text, languageId } = run.request;
  const groups = paragraphGroups(run.reading);
  if (groups.length < 2) return noDraft('nothingToChange', note('noHeadingsNeeded', wordsPerHeading));
  const level = levelWithin(run.request);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const edits: Edit[] = [];
  const used = new Set<string>();
  for (const [index, { start, end }] of groups.entries()) {
    if (!(await goOn(run, { stage: 'writing', done: index, total: groups.length })))
      return { kind: 'draft' as const, edits, notes: [], stopped: true, readChars: start };
    const heading = await title(text.slice(start, end));
    if (heading === undefined || used.has(heading)) continue;
    used.add(heading);
    const line = dialectOf(languageId).heading(heading, level).replaceAll('\n', lineBreak);
    edits.push({ start, end: start, replacement: line + lineBreak + lineBreak });
  }
  if (edits.length < fewestHeadings) return noDraft('nothingToChange', note('noGoodHeading', groups.length));
  return { kind: 'draft' as const, edits, notes: [note('headingsFromText')] };
}

/** Runs of paragraphs without a heading above them, of at least `wordsPerHeading` words. */
function paragraphGroups(reading: TextReading): { start: number; end: number }[] {
  const { text, blocks, languageId } = reading;
  const prose = new Set(proseBlocks(reading));
  const groups: { start: number; end: number }[] = [];
  let open: { start: number; end: number; words: number } | undefined;
  let afterHeading = false;
  for (const block of blocks) {
    // Below its title a document may have sections yet.
    if (block.kind === 'heading') [afterHeading, open] = [block.level > 1, undefined];
    if (block.kind !== 'prose' || !prose.has(block) || block.containers.length > 0) continue;
    if (afterHeading) continue;
    const words = wordCount(text.slice(block.start, block.end));
    if (open && open.words < wordsPerHeading) [open.end, open.words] = [block.end, open.words + words];
    else {
      open = { start: block.start, end: block.end, words };
      groups.push(open);
    }
  }
  return groups.filter(
    ({ start, end }) =>
      wordCount(text.slice(start, end)) >= wordsPerHeading / 2 &&
      allSentences(readWhole(text.slice(start, end), languageId)).length > 1,
  );
}
