import { l10n } from 'vscode';
import type { Reason } from '../protocol/reasons.ts';

/** What a person reads about one reason, and what would change it. */
export interface ReasonText {
  readonly title: string;
  readonly advice?: string;
  /** the command that the advice speaks of */
  readonly command?: string;
}

export function reasonText(reason: Reason): ReasonText {
  return reasonTexts[reason]();
}

const reasonTexts: Readonly<Record<Reason, () => ReasonText>> = {
  off: () => ({
    title: l10n.t('Switched off here'),
    advice: l10n.t('Inkling is off, or off for this language.'),
  }),
  paused: () => ({
    title: l10n.t('Paused'),
    advice: l10n.t('The pause ends by itself, or now, if you like.'),
    command: 'inkling.pause',
  }),
  untrusted: () => ({
    title: l10n.t('This workspace is not trusted'),
    command: 'workbench.trust.manage',
  }),
  unsupportedDocument: () => ({
    title: l10n.t('Not a document to write in'),
    advice: l10n.t('Binary-like text, and files that often hold secrets, are left alone.'),
  }),
  tooLarge: () => ({ title: l10n.t('The document or the line is too long') }),
  zone: () => ({
    title: l10n.t('Not prose at the caret'),
    advice: l10n.t('Code, front matter, links and the like are left alone.'),
  }),
  composing: () => ({ title: l10n.t('An input method is composing') }),
  justDeleted: () => ({
    title: l10n.t('Something was just deleted or undone'),
    advice: l10n.t('Suggestions come back with the next character.'),
  }),
  snoozed: () => ({
    title: l10n.t('Quiet for a moment, after several rejections in a row'),
  }),
  misspelt: () => ({ title: l10n.t('The word at the caret looks misspelt') }),
  headless: () => ({ title: l10n.t('Too little text before the caret') }),
  sentenceStart: () => ({
    title: l10n.t('At the start of a sentence the model is rarely right'),
    advice: l10n.t('Type a word, or ask with “Suggest Now”.'),
    command: 'inkling.trigger',
  }),
  modelLoading: () => ({ title: l10n.t('The model is still loading') }),
  modelUnavailable: () => ({
    title: l10n.t('There is no model to ask'),
    advice: l10n.t('The status bar says what is wrong. Choose another model, or restart the engine.'),
    command: 'inkling.showMenu',
  }),
  lowConfidence: () => ({
    title: l10n.t('Not sure enough'),
    advice: l10n.t('A lower threshold shows more, and more that is wrong.'),
  }),
  tooShort: () => ({ title: l10n.t('Too short to be of use') }),
  repeatsSuffix: () => ({ title: l10n.t('It is already there, right of the caret') }),
  unlikelySuffix: () => ({ title: l10n.t('It would not fit what follows the caret') }),
  repeatsText: () => ({ title: l10n.t('It went round in circles') }),
  chatter: () => ({ title: l10n.t('It talked to you instead of writing') }),
  invented: () => ({ title: l10n.t('It made up a number or an address') }),
  empty: () => ({ title: l10n.t('Nothing came') }),
  cancelled: () => ({ title: l10n.t('Overtaken: you went on, or left the editor') }),
  failed: () => ({
    title: l10n.t('It failed'),
    advice: l10n.t('The log says why.'),
    command: 'inkling.showLog',
  }),
};
