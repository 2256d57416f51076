import { l10n } from 'vscode';
import { actionCatalogue } from '../../writing/selection/actionCatalogue.ts';
import { englishNotes, type Note, type NoteArgument, type NoteCode } from '../../writing/selection/notes.ts';
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
const namesAction: ReadonlySet<NoteCode> = new Set(['doneAs', 'instructionMissing', 'wayUnknown', 'largerModelNeeded']);

function translatedTitle(english: string): string {
  const action = Object.values(actionCatalogue).find(({ title }) => title === english);
  return action ? actionTitle(action.id) : english;
}
