import { l10n } from 'vscode';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import { englishNotes, type Note, type NoteArgument, type NoteCode } from '../../writing/selection/notes.ts';
import type { ActionOutcome, Refusal } from '../../writing/selection/selectionAction.ts';
import { actionTitle } from './actionTitles.ts';

/** What an action tells about its result, in the person's language. The English text is the key of its translation. */
export function noteText({ code, args }: Note): string {
  const [first, ...others] = args.map(argumentText);
  if (first === undefined) return l10n.t(englishNotes[code]);
  return l10n.t(englishNotes[code], namesAction.has(code) ? translatedTitle(first) : first, ...others);
}

const argumentText = (argument: NoteArgument): string =>
  typeof argument === 'object' ? noteText(argument) : String(argument);

/** Notes whose first argument is the title of an action. */
const namesAction: ReadonlySet<NoteCode> = new Set([
  'doneAs',
  'instructionMissing',
  'wayUnknown',
  'largerModelNeeded',
  'measuredTooSmall',
]);

function translatedTitle(english: string): string {
  const action = Object.values(actionCatalogue).find(({ title }) => title === english);
  return action ? actionTitle(action.id) : english;
}

/** Why an action gave nothing, in the person's language. */
export function refusalText(reason: Refusal): string {
  const texts: Readonly<Record<Refusal, () => string>> = {
    emptySelection: () => l10n.t('There is no text here. Put the caret in a paragraph, or select some text.'),
    binary: () => l10n.t('This does not look like text.'),
    tooLarge: () => l10n.t('This is too much text for one action.'),
    needsInstruction: () => l10n.t('This action needs an instruction.'),
    noProse: () => l10n.t('There is no prose here. Put the caret in a paragraph, or select some text.'),
    notAList: () => l10n.t('This is not a list.'),
    notAWord: () => l10n.t('Select one word within a sentence.'),
    unsupportedWay: () => l10n.t('This action cannot be done that way.'),
    nothingToChange: () => l10n.t('No change to suggest.'),
    nothingGood: () => l10n.t('Nothing usable came out; your text is unchanged.'),
    modelTooSmall: () => l10n.t('The model in use is too small for this action. Choose a larger one.'),
    noChatTemplate: () => l10n.t('This model cannot follow instructions: it has no chat template that can be used.'),
  };
  return texts[reason]();
}

/** The same for one case: the outcome's own note knows more. */
export const refusalMessage = ({ note }: Extract<ActionOutcome, { kind: 'none' }>): string => noteText(note);
