import type { Drafter } from '../actionRun.ts';
import type { ActionId, Way } from '../selectionAction.ts';
import { answerByModel } from './answerDrafts.ts';
import { betterWordByModel } from './betterWord.ts';
import { continueByModel, expandByModel } from './growingDrafts.ts';
import { modelRewrite } from './modelRewrite.ts';
import {
  bulletsByRules,
  commitByRules,
  fixByRules,
  formalByRules,
  friendlyByRules,
  proseByRules,
  shortenByRules,
  simplifyByRules,
  tableByRules,
} from './ruleDrafts.ts';
import { answerBySentences, headingsByPhrases, summaryByModel, summaryBySentences } from './summaryDrafts.ts';
import { headingsByModel, titlesByModel, titlesByPhrases } from './titleDrafts.ts';

/** Who drafts what. The catalogue says in which order the ways of an action are tried. */
export const drafters: Readonly<Record<ActionId, Readonly<Partial<Record<Way, Drafter>>>>> = {
  summarize: { extractive: summaryBySentences, model: summaryByModel },
  rewrite: { model: modelRewrite },
  shorten: { rules: shortenByRules, model: modelRewrite },
  expand: { model: expandByModel },
  fix: { rules: fixByRules, model: modelRewrite },
  simplify: { rules: simplifyByRules, model: modelRewrite },
  formal: { rules: formalByRules, model: modelRewrite },
  friendly: { rules: friendlyByRules, model: modelRewrite },
  bullets: { rules: bulletsByRules, model: answerByModel },
  prose: { rules: proseByRules, model: answerByModel },
  table: { rules: tableByRules },
  continue: { model: continueByModel },
  title: { model: titlesByModel, extractive: titlesByPhrases },
  headings: { extractive: headingsByPhrases, model: headingsByModel },
  betterWord: { model: betterWordByModel },
  translate: { model: modelRewrite },
  ask: { extractive: answerBySentences, model: answerByModel },
  custom: { model: answerByModel },
  commitMessage: { rules: commitByRules, model: answerByModel },
};
