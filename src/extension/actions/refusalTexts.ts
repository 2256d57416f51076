import { l10n } from 'vscode';
import type { ActionOutcome, Refusal } from '../../writing/selection/selectionAction.ts';
import { noteText } from './noteTexts.ts';

/** Why an action gave nothing, in the person's language. */
export function refusalText(reason: Refusal): string {
  const texts: Readonly<Record<Refusal, () => string>> = {
    emptySelection: () => l10n.t('There is no text to work on. Select some, or put the caret into a paragraph.'),
    binary: () => l10n.t('This does not look like text.'),
    tooLarge: () => l10n.t('This is too much text for one action.'),
    needsInstruction: () => l10n.t('This action needs an instruction.'),
    noProse: () => l10n.t('There are no sentences here: code, formulas and markup are left alone.'),
    notAList: () => l10n.t('This is not a list.'),
    notAWord: () => l10n.t('Select one word within a sentence.'),
    unsupportedWay: () => l10n.t('This cannot be done in the way that was asked for.'),
    nothingToChange: () => l10n.t('Nothing to change: the text is good as it is.'),
    nothingGood: () => l10n.t('What the model wrote was not good enough to show.'),
    modelTooSmall: () => l10n.t('The model is too small for this.'),
    noChatTemplate: () => l10n.t('The model has not been trained to follow instructions.'),
  };
  return texts[reason]();
}

/** The same for one case: the outcome's own note knows more. */
export const refusalMessage = ({ note }: Extract<ActionOutcome, { kind: 'none' }>): string => noteText(note);
