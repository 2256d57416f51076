import type { CancellationToken } from 'vscode-jsonrpc';
import { InklingError, sentence, toInklingError } from '../../protocol/errors.ts';
import { type ActionSpec, actionCatalogue, hasTrait } from './actionCatalogue.ts';
import { type ActionRun, type Draft, goOn } from './actionRun.ts';
import { formOf } from './checks/forms.ts';
import { isShowable, runChecks } from './checks/resultChecks.ts';
import { asksForNothing, contradictsItself, saysSomething } from './checks/wishes.ts';
import { drafters } from './drafts/drafters.ts';
import { mayChangeOthers } from './drafts/instructionDrafts.ts';
import { wishOf } from './drafts/pipelineDrafts.ts';
import { intentOf } from './intent.ts';
import { misplaced } from './misplaced.ts';
import { modelClass } from './modelClass.ts';
import { type Note, note, noteText } from './notes.ts';
import { waysWith } from './offer.ts';
import { blocksStay } from './protection/blocksStay.ts';
import { inventedParts, type Protection, verifyProtection } from './protection/protection.ts';
import { TextIndex } from './protection/textIndex.ts';
import type {
  ActionEngine,
  ActionListener,
  ActionOutcome,
  ActionRequest,
  Change,
  CheckId,
  Proposal,
  Refusal,
  Way,
} from './selectionAction.ts';
import { isBinary, readRequest, readSelection, readWhole, withLanguage } from './text/reading.ts';
import { wordCount } from './text/words.ts';
import { applyEdits, type Edit, withLeftOut, wordChanges } from './wordChanges.ts';

type Refused = Extract<ActionOutcome, { kind: 'none' }>;

/** UTF-16 code units; a novel has a million. */
const maxChars = 20_000_000;
/** What is changed is compared word by word, in the process in which somebody types: that is seconds for two novels. */
const maxChangedChars = 2_000_000;

/**
 * Does one action on one text: tries the ways that suit the model until one gives a result that can be shown. Never
 * throws; what it proposes has been checked, and what a check found is told.
 */
export async function runAction(
  given: ActionRequest,
  engine: ActionEngine,
  token: CancellationToken,
  listener: ActionListener = {},
): Promise<ActionOutcome> {
  try {
    const unread = refusalUnread(given, actionCatalogue[given.action]);
    if (unread) return unread;
    const request = await withLanguage(given);
    const asked = { request, reading: readRequest(request) };
    const refused = refusedHere(asked);
    if (refused) return refused;
    const others = { engine, token, listener };
    const intended = await intendedAction(request, engine);
    if (!intended) return await tryWays({ ...asked, spec: actionCatalogue[request.action], ...others });
    const spec = actionCatalogue[intended.action];
    const intendedRun = { request: intended, reading: readRequest(intended, asked.reading) };
    const outcome = refusal(intendedRun, spec) ?? (await tryWays({ ...intendedRun, spec, ...others }));
    if (outcome.kind !== 'proposal') return outcome;
    return { ...outcome, notes: [note('doneAs', spec.title), ...outcome.notes] };
  } catch (error) {
    return token.isCancellationRequested ? { kind: 'cancelled' } : { kind: 'failed', error: forPeople(error) };
  }
}

/** What nobody foresaw is told in words for people; its own words stay as its cause. */
function forPeople(error: unknown): InklingError {
  const known = toInklingError(error);
  if (known.code !== 'internal') return known;
  return new InklingError('internal', sentence`The action failed inside Inkling. Your text is unchanged.`, {
    cause: error,
  });
}

/** Told in a person's own words what an action does, a model that is not large does worse than the action. */
async function intendedAction(request: ActionRequest, engine: ActionEngine): Promise<ActionRequest | undefined> {
  if (request.action !== 'custom' || request.way) return undefined;
  const intent = intentOf(request.instruction ?? '');
  return intent && modelClass(await parametersOf(engine)) !== 'large' ? { ...request, ...intent } : undefined;
}

const parametersOf = async (engine: ActionEngine): Promise<number> =>
  engine.knownParameters?.() ?? (await engine.load()).parameters;

async function tryWays(run: ActionRun): Promise<ActionOutcome> {
  const ways = await waysFor(run);
  if ('kind' in ways) return ways;
  let last: Refused | undefined;
  for (const way of ways) {
    const outcome = await tryWay(run, way, last);
    if (outcome.kind !== 'none') return outcome;
    last = last && last.reason !== 'nothingToChange' ? last : outcome;
  }
  return last!;
}

const none = (reason: Refusal, why: Note): Refused => ({ kind: 'none', reason, note: why, detail: noteText(why) });

/** What can be said against an action before anything is done. */
export const refusal = (asked: Pick<ActionRun, 'request' | 'reading'>, spec: ActionSpec): Refused | undefined =>
  refusalUnread(asked.request, spec) ?? refusedHere(asked);

function refusedHere({ request, reading }: Pick<ActionRun, 'request' | 'reading'>): Refused | undefined {
  const found = misplaced(request.action, reading);
  return found && none(found.reason, found.note);
}

/** The same before the person is asked for an instruction: what no instruction could change. */
export function refusalBeforehand(request: ActionRequest): Refused | undefined {
  const spec = actionCatalogue[request.action];
  return unfitText(request, spec) ?? refusedHere({ request, reading: readSelection(request) });
}

function unfitText({ text }: ActionRequest, { output }: ActionSpec): Refused | undefined {
  if (text.trim() === '') return none('emptySelection', note('nothingSelected'));
  const most = output === 'replace' ? maxChangedChars : maxChars;
  if (text.length > most) return none('tooLarge', note('selectionTooLarge', most / 1e6));
  return isBinary(text) ? none('binary', note('noText')) : undefined;
}

function refusalUnread(request: ActionRequest, spec: ActionSpec): Refused | undefined {
  const unfit = unfitText(request, spec);
  if (unfit) return unfit;
  const { instruction = '' } = request;
  if (spec.instruction === 'required' && !saysSomething(instruction)) {
    return none('needsInstruction', note('instructionMissing', spec.title));
  }
  if (request.action === 'custom' && asksForNothing(instruction))
    return none('nothingToChange', note('nothingToChange'));
  if (instruction !== '' && contradictsItself(instruction)) return none('needsInstruction', note('wishContradicts'));
  return undefined;
}

/** A model made for the task is asked first, where one is installed. */
export async function waysFor(run: Pick<ActionRun, 'request' | 'spec' | 'engine'>): Promise<readonly Way[] | Refused> {
  const { request, spec, engine } = run;
  if (request.way) {
    if (drafters[request.action][request.way]) return [request.way];
    return none('unsupportedWay', note('wayUnknown', spec.title, request.way));
  }
  const wish = wishOf(request);
  const isInstalled = wish !== undefined && (await engine.pipelines?.find(wish)) !== undefined;
  if (!isInstalled) return waysOfModel(run);
  const { small, large } = spec.ways;
  const others = small.join() === large.join() || small.length === 0 ? small : await waysOfModel(run);
  return ['pipeline', ...('kind' in others ? [] : others)];
}

/** The model's size is asked for only where the choice depends on it: rules alone need no model. */
async function waysOfModel(run: Pick<ActionRun, 'request' | 'spec' | 'engine'>): Promise<readonly Way[] | Refused> {
  const { request, spec, engine } = run;
  const { small, large } = spec.ways;
  if (small.join() === large.join()) return small;
  const parameters = await parametersOf(engine);
  const ways = waysWith(spec.id, request.textLanguage, parameters);
  return ways.length > 0
    ? ways
    : none('modelTooSmall', note('largerModelNeeded', spec.title, Math.round(parameters / 1e6)));
}

async function tryWay(run: ActionRun, way: Way, earlier: Refused | undefined): Promise<ActionOutcome> {
  const draft = await drafters[run.request.action][way]!(run);
  if (draft.kind === 'none') return none(draft.reason, draft.note);
  const hasResult = draft.edits ? draft.edits.length > 0 : (draft.text ?? '') !== '';
  if (draft.stopped && !hasResult) return { kind: 'cancelled' };
  if (!hasResult)
    return none(draft.notes.length > 0 ? 'nothingGood' : 'nothingToChange', draft.notes[0] ?? note('nothingToChange'));
  if (swallowsBlocks(run, way, draft)) return none('nothingGood', note('failedChecks', note('checkBlocks')));
  const notes = earlier && earlier.reason !== 'nothingToChange' ? [...draft.notes, earlier.note] : draft.notes;
  const made = await proposal(run, way, { ...draft, notes });
  if (draft.stopped || made === undefined) return { kind: 'cancelled', ...(made && { partial: made }) };
  if (isShowable(made.checks)) return made;
  const failed = made.checks.flatMap((result) => result.note ?? []).reduce((a, b) => note('and', a, b));
  return none('nothingGood', note('failedChecks', failed));
}

/** What a model wrote takes the place of a block that is no prose, or makes another one of it. A person's own words may ask for that. */
function swallowsBlocks(run: ActionRun, way: Way, { edits }: Draft): boolean {
  const { request, reading } = run;
  if (way === 'rules' || way === 'extractive' || !edits) return false;
  if (request.action === 'custom' && mayChangeOthers(run)) return false;
  return !blocksStay(reading, edits, readSelection({ ...request, text: applyEdits(request.text, edits) }));
}

/** @returns undefined when the person had enough while a long text was compared */
async function proposal(run: ActionRun, way: Way, draft: Draft): Promise<Proposal | undefined> {
  const { request, spec } = run;
  const text = draft.edits ? applyEdits(request.text, draft.edits) : draft.text!;
  const { masked, kept, lost, invented } = protectionOf(run, text);
  if (!(await goesOn(run, draft))) return undefined;
  const isKept = lost.length === 0 && invented.length === 0;
  const compared = draft.edits ? await changesOf(run, draft.edits, { toTheEnd: draft.stopped === true, isKept }) : [];
  if (!compared || !(await goesOn(run, draft))) return undefined;
  const { changes, leftOut } = withLeftOut(request.text, compared, draft.leftOut ?? []);
  const words = wordCount(request.text);
  return {
    kind: 'proposal',
    action: spec.id,
    output: spec.output,
    way,
    text,
    changes,
    candidates: draft.candidates ?? [],
    masked,
    kept,
    lost: [...leftOut, ...lost],
    invented,
    checks: runChecks(checksOf(spec, way, draft.examined === true), {
      source: request.text,
      result: spec.output === 'insertAbove' ? (draft.candidates?.[0]?.text ?? text) : text,
      request,
      length: spec.length,
      faithful: spec.faithful,
      form: way === 'rules' || draft.examined ? undefined : formOf(request),
      protection: { lost, invented },
    }),
    notes: draft.notes,
    words,
    readWords: draft.readChars === undefined ? words : wordCount(request.text.slice(0, draft.readChars)),
    partial: draft.stopped === true,
  };
}

/** A pause for other work before a step that looks at the whole text. */
const goesOn = async (run: ActionRun, { stopped = false }: Draft): Promise<boolean> =>
  (await goOn(run, { stage: 'comparing', done: 1, total: 1 })) || stopped;

/** Edits that are compared at a time: others want the process, too. */
const portion = 50;

/**
 * @param toTheEnd also when cancelled: what had been done until then is kept
 * @param isKept as {@link wordChanges} wants to know it
 */
async function changesOf(
  { request: { text, languageId }, listener, token }: ActionRun,
  edits: readonly Edit[],
  { toTheEnd, isKept }: { readonly toTheEnd: boolean; readonly isKept: boolean },
): Promise<Change[] | undefined> {
  const context = new TextIndex(text);
  const changes: Change[] = [];
  for (let done = 0; done < edits.length; done += portion) {
    if (done > 0) await listener.onProgress?.({ stage: 'comparing', done, total: edits.length });
    if (done > 0 && token.isCancellationRequested && !toTheEnd) return undefined;
    changes.push(...wordChanges({ text, languageId }, edits.slice(done, done + portion), { context, isKept }));
  }
  return changes;
}

/** What is inserted or shown may leave parts of the text out; what it makes up is told all the same. */
function protectionOf({ request, reading, spec }: ActionRun, text: string): Protection {
  if (hasTrait(spec.id, 'ofDiff')) {
    const invented = inventedParts(readWhole(text, request.languageId), request.text);
    return { masked: 0, kept: 0, lost: [], invented };
  }
  const context = [request.before, request.after, request.instruction].join('\n');
  const result = spec.output === 'replace' ? readSelection({ ...request, text }) : readWhole(text, request.languageId);
  const protection = verifyProtection(reading, result, context, request.action === 'translate');
  return spec.output === 'replace' ? protection : { ...protection, lost: [] };
}

/**
 * Rules and extraction neither talk nor loop, and they are as long as they should be; what was examined piece by piece has
 * passed: the rest is counted again.
 */
function checksOf(spec: ActionSpec, way: Way, examined: boolean): readonly CheckId[] {
  const isByModel = way === 'model' || way === 'pipeline';
  if (isByModel && !examined) return spec.checks;
  const counted: readonly CheckId[] = isByModel ? ['protected', 'length', 'form'] : ['protected', 'form'];
  return spec.checks.filter((check) => counted.includes(check));
}
