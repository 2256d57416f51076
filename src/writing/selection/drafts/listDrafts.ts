import type { TextReading } from '../../../text/block.ts';
import { unwrapped } from '../../../text/sentences.ts';
import {
  type ActionRun,
  type Draft,
  type Drafter,
  type ModelDrafter,
  type ModelRun,
  type NoDraft,
  noDraft,
} from '../actionRun.ts';
import { checkName, runChecks } from '../checks/resultChecks.ts';
import { type Note, note } from '../notes.ts';
import { passageMessages } from '../prompting/modelPrompts.ts';
import { bareAnswer, tokenCount } from '../prompting/modelText.ts';
import { staysProse } from '../protection/blocksStay.ts';
import { bulletEdits, listInPlace, paragraphGroups } from '../rules/bulletRules.ts';
import { listMarkEdits } from '../rules/listMarks.ts';
import { paragraphInPlace, proseEdit } from '../rules/proseRules.ts';
import { tableEdit } from '../rules/tableRules.ts';
import type { ActionRequest } from '../selectionAction.ts';
import type { ListPoint } from '../text/dialect.ts';
import { flatList, isListMarkup } from '../text/listItems.ts';
import { isEmpty } from '../text/reading.ts';
import type { Edit } from '../wordChanges.ts';
import { isTooLong } from './passages.ts';
import { draftPieces, mostFrequent, type PieceResult, writePiece } from './pieces.ts';

/** The model writes points of paragraphs that stand next to each other; the list is written in the document's markup. */
export const bulletsByModel: ModelDrafter = async (run) => {
  const { reading, request } = run;
  const groups = paragraphGroups(reading);
  if (groups.length === 0) return noDraft('noProse', note('nothingForBullets'));
  const draft = await draftPieces(run, groups, (group, onPartial) => {
    const source = group.blocks.map((block) => unwrapped(reading, block)).join('\n\n');
    return written(run, source, onPartial, (text) => {
      const points = pointsIn(text);
      const why = points ? problemOf(run, source, points) : checkName('form');
      return why ?? listInPlace(reading, group, points!, request);
    });
  });
  return judged(draft, groups.length);
};

/** The model joins the items of the one list; what stands around it stays. */
export const proseByModel: ModelDrafter = async (run) => {
  const { reading } = run;
  const list = flatList(reading);
  if ('why' in list) return noDraft('notAList', list.why);
  const items = list.items.map((block) => `- ${unwrapped(reading, block)}`);
  const source = [...(list.lead ? [unwrapped(reading, list.lead), ''] : []), ...items].join('\n');
  const place = paragraphInPlace(reading, list, '');
  const draft = await draftPieces(run, [place], (_, onPartial) =>
    written(run, source, onPartial, (text) => {
      if (/\n/u.test(text)) return checkName('form');
      return problemOf(run, source, [{ text, depth: 0 }]) ?? paragraphInPlace(reading, list, text).replacement;
    }),
  );
  return judged(draft, 1);
};

/** @param place the text in its markup and place, or what speaks against it */
async function written(
  run: ModelRun,
  source: string,
  onPartial: (text: string) => void,
  place: (text: string) => string | Note,
): Promise<PieceResult> {
  const { request, spec } = run;
  const tokens = await tokenCount(run, source);
  if (isTooLong(run, tokens)) return { kind: 'refused', why: note('tooLongForModel') };
  const call = {
    prompt: { kind: 'chat', messages: passageMessages(request, source) },
    maxNewTokens: Math.ceil(tokens * spec.length.maximum * 1.5) + 24,
    onPartial,
  } as const;
  return writePiece(run, call, (answer) => {
    const text = bareAnswer(answer.text, source);
    if (text === '') return { kind: 'refused', why: note('nothingWritten') };
    if (answer.finishReason === 'length') return { kind: 'refused', why: checkName('length') };
    const placed = place(text);
    return typeof placed === 'string' ? { kind: 'changed', text: placed } : { kind: 'refused', why: placed };
  });
}

const point = /^([ \t]*)(?:[-*+•–]|\d{1,3}[.)])[ \t]+(\S.*)$/u;

/** undefined where a line is none */
function pointsIn(text: string): ListPoint[] | undefined {
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const found = lines.flatMap((line) => {
    const [, indent, words] = point.exec(line) ?? [];
    return words === undefined ? [] : [{ text: words.trimEnd(), depth: indent === '' ? 0 : 1 }];
  });
  return found.length === lines.length && found[0]?.depth === 0 ? found : undefined;
}

/** What speaks against points, each of which is to be words alone. */
function problemOf({ request, spec }: ActionRun, source: string, points: readonly ListPoint[]): Note | undefined {
  if (!points.every(({ text }) => staysProse(text, request.languageId))) return note('checkBlocks');
  const result = points.map(({ text }) => text).join('\n');
  const ids = spec.checks.filter((check) => check !== 'form');
  const { length, faithful } = spec;
  const failed = runChecks(ids, { source, result, request, length, faithful, form: undefined }).find(
    ({ passed }) => !passed,
  );
  return failed && checkName(failed.check);
}

function judged(draft: Awaited<ReturnType<typeof draftPieces>>, pieces: number): Draft | NoDraft {
  const { refused, edits, stopped } = draft;
  if (refused.length === 0 || stopped) return draft;
  const why = mostFrequent(refused);
  if (edits.length === 0) return noDraft('nothingGood', note('failedChecks', why));
  return { ...draft, notes: [note('passagesStay', refused.length, pieces, why)] };
}

export const bulletsByRules: Drafter = async (run) => {
  const edits = bulletEdits(run.reading, run.request);
  if (edits.length > 0) return pointsOf(run, edits);
  return remarked(run, isNumberedList(run.reading) ? listMarkEdits(run.reading, false) : []);
};

/** Nothing but numbered items: beside a list of bullets, or text, who knows what is meant. */
const isNumberedList = (reading: TextReading): boolean =>
  reading.blocks.every((block) => {
    const item = block.containers.findLast(({ kind }) => kind === 'listItem');
    return item?.ordered ?? (isEmpty(reading, block) || isListMarkup(reading.text.slice(block.start, block.end)));
  });

/** Who selects a list wants its items numbered, and the line above it as it is. */
export const numberedByRules: Drafter = async (run) => {
  const { reading, request } = run;
  const marks = listMarkEdits(reading, true);
  const edits = marks.length > 0 ? [] : bulletEdits(reading, request, true);
  if (edits.length > 0) return pointsOf(run, edits);
  return isNumberedList(reading) ? asIs : remarked(run, marks);
};

const remarked = ({ request }: ActionRun, edits: readonly Edit[]): Draft | NoDraft =>
  edits.length > 0 ? drafted(request, edits, [note('listMarks')]) : noDraft('noProse', note('nothingForBullets'));

function pointsOf({ request, reading }: ActionRun, edits: readonly Edit[]): Draft | NoDraft {
  const stay = reading.blocks.some(
    (block) => !isEmpty(reading, block) && block.kind !== 'prose' && block.kind !== 'quote',
  );
  return drafted(request, edits, [note('bulletsByRules'), ...(stay ? [note('blocksStay')] : [])]);
}

export const proseByRules: Drafter = async ({ request, reading }) => {
  const prose = proseEdit(reading);
  if ('why' in prose) return noDraft('notAList', prose.why);
  return drafted(request, [prose.edit], [note('proseByRules'), ...prose.notes]);
};

export const tableByRules: Drafter = async ({ request, reading }) => {
  const table = tableEdit(reading, request.instruction);
  if ('why' in table) return noDraft('notAList', table.why);
  return drafted(request, [table.edit], table.notes);
};

const asIs = noDraft('nothingToChange', note('rulesFindNothing'));

/** With the line ends of the text; nothing for what changes nothing. */
function drafted({ text }: ActionRequest, edits: readonly Edit[], notes: readonly Note[]): Draft | NoDraft {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const real = edits
    .map((edit): Edit => ({ ...edit, replacement: edit.replacement.replace(/\r?\n/gu, lineEnd) }))
    .filter(({ start, end, replacement }) => text.slice(start, end) !== replacement);
  return real.length > 0 ? { kind: 'draft', edits: real, notes } : asIs;
}
