import { env, l10n } from 'vscode';
import {
  type ErrorCode,
  type InklingError,
  type Problem,
  type Sentence,
  sentenceText,
  toInklingError,
} from '../protocol/errors.ts';
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
    title: l10n.t('Turned off in files of this language'),
    advice: l10n.t('Choose this for the setting, or run “Toggle Suggestions for This Language”.'),
  }),
  paused: () => ({
    title: l10n.t('Paused'),
    advice: l10n.t('Suggestions resume by themselves. Choose this to resume them now.'),
    command: 'inkling.pause',
  }),
  unsupportedDocument: () => ({
    title: l10n.t('Not a text document'),
    advice: l10n.t('Inkling stays out of binary files and of files that often hold secrets.'),
  }),
  tooLarge: () => ({ title: l10n.t('The document or the line is too long') }),
  zone: () => ({
    title: l10n.t('Not prose at the caret'),
    advice: l10n.t('Inkling stays out of code, front matter, links and the like.'),
  }),
  composing: () => ({ title: l10n.t('Waiting for your input method') }),
  editorList: () => ({
    title: l10n.t('The editor’s own list of suggestions is open'),
    advice: l10n.t('Escape closes it, and Inkling goes on.'),
  }),
  justDeleted: () => ({
    title: l10n.t('You just deleted or undid something'),
    advice: l10n.t('Suggestions resume with the next character.'),
  }),
  snoozed: () => ({
    title: l10n.t('You ignored several suggestions in a row, so Inkling pauses for a moment'),
  }),
  misspelt: () => ({ title: l10n.t('The word at the caret looks misspelt') }),
  headless: () => ({ title: l10n.t('Too little text before the caret') }),
  sentenceStart: () => ({
    title: l10n.t('The model is rarely right at the start of a sentence'),
    advice: l10n.t('Type a word first, or use “Suggest Now”.'),
    command: 'inkling.trigger',
  }),
  modelUnavailable: () => ({
    title: l10n.t('No model is running'),
    advice: l10n.t('The status bar says why. Choose another model, or restart this one.'),
    command: 'inkling.showMenu',
  }),
  lowConfidence: () => ({
    title: l10n.t('The model was not sure enough'),
    advice: l10n.t('With less confidence needed you see more suggestions, and more wrong ones.'),
  }),
  tooShort: () => ({ title: l10n.t('The suggestion was too short to help') }),
  repeatsSuffix: () => ({ title: l10n.t('The suggestion repeats what follows the caret') }),
  unlikelySuffix: () => ({ title: l10n.t('The suggestion does not fit what follows the caret') }),
  repeatsText: () => ({ title: l10n.t('The model repeated itself') }),
  chatter: () => ({ title: l10n.t('The model answered you instead of continuing the text') }),
  invented: () => ({ title: l10n.t('The model made up a number or an address') }),
  empty: () => ({ title: l10n.t('The model had nothing to suggest') }),
  cancelled: () => ({ title: l10n.t('You kept typing') }),
  failed: () => ({
    title: l10n.t('Something went wrong'),
    advice: l10n.t('The log says why.'),
    command: 'inkling.showLog',
  }),
};

/** What went wrong in general, then the error's own words; where these are about processes the general words are enough. */
export function errorMessage(error: unknown): string {
  const known = toInklingError(error);
  return known.code === 'trainsElsewhere' ? errorText(known.code) : `${errorText(known.code)} ${ownWords(known)}`;
}

/** An error's own words, in the person's language where they are known in it. */
export const ownWords = ({ message, sentence }: Pick<InklingError, 'message' | 'sentence'>): string =>
  sentence ? translatedSentence(sentence) : message;

export const translatedSentence = (sentence: Sentence): string =>
  sentenceText(sentence, (text, parts) => l10n.t(text, ...parts));

/** Why something cannot be used. Where that is known in English alone, readers of another language are told in general before. */
export function problemText(about: Partial<Problem>): { readonly problem?: string } {
  const { problem, problemCode = 'modelUnsupported', problemSentence } = about;
  if (problem === undefined) return {};
  if (problemSentence) return { problem: translatedSentence(problemSentence) };
  return { problem: env.language.startsWith('en') ? problem : `${errorText(problemCode)} ${problem}` };
}

/** What went wrong, in the person's language; the error's own message says which file, option or number. */
export function errorText(code: ErrorCode): string {
  const texts: Readonly<Record<ErrorCode, () => string>> = {
    modelMissing: () => l10n.t('The model was not found.'),
    modelBroken: () => l10n.t('The model’s files are damaged or incomplete.'),
    modelUnsupported: () => l10n.t('This kind of model cannot be run.'),
    modelConfig: () => l10n.t('The model’s configuration is incomplete or contradictory.'),
    modelNotLoaded: () => l10n.t('No model is loaded.'),
    superseded: () => l10n.t('Another model was chosen meanwhile.'),
    optionOutOfRange: () => l10n.t('A setting is out of its range.'),
    inputTooLarge: () => l10n.t('The text is too large.'),
    tooLittleText: () => l10n.t('There is too little text to learn from.'),
    deviceUnavailable: () => l10n.t('The chosen device cannot be used.'),
    outOfMemory: () => l10n.t('There is not enough memory for the model.'),
    fileAccess: () => l10n.t('A file could not be read or written.'),
    network: () => l10n.t('The hub or server did not give what it was asked for.'),
    cancelled: () => l10n.t('Stopped.'),
    trainsElsewhere: () =>
      l10n.t('Another window is learning from these texts already. Wait for its end, or stop it there.'),
    processDied: () => l10n.t('The model’s process ended unexpectedly.'),
    processHung: () => l10n.t('The model’s process stopped answering.'),
    internal: () => l10n.t('Something went wrong inside Inkling.'),
  };
  return texts[code]();
}
