import { type Drafter, type ModelDrafter, noDraft } from '../actionRun.ts';
import { note } from '../notes.ts';
import type { ActionId, Way } from '../selectionAction.ts';
import { answerByModel, instructionFits } from './answerDrafts.ts';
import { betterWordByModel } from './betterWord.ts';
import { continueByModel, expandByModel } from './growingDrafts.ts';
import { followInstruction } from './instructionDrafts.ts';
import {
  bulletsByModel,
  bulletsByRules,
  numberedByRules,
  proseByModel,
  proseByRules,
  tableByRules,
} from './listDrafts.ts';
import { modelRewrite } from './modelRewrite.ts';
import { rewriteByPipeline, summaryByPipeline, wordsByPipeline } from './pipelineDrafts.ts';
import {
  commitByRules,
  fixByRules,
  formalByRules,
  friendlyByRules,
  shortenByRules,
  simplifyByRules,
} from './ruleDrafts.ts';
import { answerBySentences, headingsByPhrases, summaryByModel, summaryBySentences } from './summaryDrafts.ts';
import { headingsByModel, titlesByModel, titlesByPhrases } from './titleDrafts.ts';

const loaded =
  (draft: ModelDrafter): Drafter =>
  async (run) =>
    draft({ ...run, model: await run.engine.load() });

/** Refuses a model that has not been trained to follow instructions. */
const instructed = (draft: ModelDrafter): Drafter =>
  loaded(async (run) => (run.model.hasChatTemplate ? draft(run) : noDraft('noChatTemplate', note('noChatTemplate'))));

/** The same, with a person's own words, which must leave room for their text. */
const told = (draft: ModelDrafter): Drafter =>
  instructed(async (run) =>
    (await instructionFits(run))
      ? draft(run)
      : noDraft('tooLarge', note('instructionTooLong', run.model.contextTokens)),
  );

const rewriting = instructed(modelRewrite);
const answering = told(answerByModel);

/** Who drafts what. The catalogue says in which order the ways of an action are tried. */
export const drafters: Readonly<Record<ActionId, Readonly<Partial<Record<Way, Drafter>>>>> = {
  summarize: { pipeline: summaryByPipeline, extractive: summaryBySentences, model: instructed(summaryByModel) },
  rewrite: { pipeline: rewriteByPipeline, model: rewriting },
  shorten: { rules: shortenByRules, model: rewriting },
  expand: { model: loaded(expandByModel) },
  fix: { pipeline: rewriteByPipeline, rules: fixByRules, model: rewriting },
  simplify: { rules: simplifyByRules, model: rewriting },
  formal: { rules: formalByRules, model: rewriting },
  friendly: { rules: friendlyByRules, model: rewriting },
  bullets: { rules: bulletsByRules, model: instructed(bulletsByModel) },
  numbered: { rules: numberedByRules },
  prose: { rules: proseByRules, model: instructed(proseByModel) },
  table: { rules: tableByRules },
  continue: { model: loaded(continueByModel) },
  title: { model: instructed(titlesByModel), extractive: titlesByPhrases },
  headings: { extractive: headingsByPhrases, model: instructed(headingsByModel) },
  betterWord: { pipeline: wordsByPipeline, model: loaded(betterWordByModel) },
  translate: { pipeline: rewriteByPipeline, model: rewriting },
  ask: { extractive: answerBySentences, model: answering },
  custom: { model: told(followInstruction) },
  commitMessage: { rules: commitByRules, model: answering },
};
