import type { ZoneKind } from '../../text/zone.ts';
import { bringsBlank, decidingChars, fateOfBlank } from '../completion/blankBehind.ts';
import type { RightRun, WrittenText } from './writtenText.ts';

/** Backspace, for a blank that the text does not have. */
const keysToTakeOut = 1;
/** Backspace and the mark once more, for a blank that went and that the text has. */
const keysToPutBack = 2;

/** What is accepted at the end of a line, with the blank that comes along, and the keys that it costs where it is wrong. */
export function runWithBlank(
  run: RightRun,
  { text, languageId }: WrittenText,
  { offset, suggestion, zone }: { readonly offset: number; readonly suggestion: string; readonly zone: ZoneKind },
): RightRun {
  const taken = suggestion.slice(0, run.taken);
  const end = offset + run.chars;
  const before = text.slice(Math.max(0, end - decidingChars), end);
  const next = suggestion.slice(run.taken);
  const isBrought =
    next === ''
      ? bringsBlank({ before: text.slice(Math.max(0, offset - decidingChars), offset), text: taken, zone })
      : next.startsWith(' ');
  if (!isBrought || end === text.length) return run;
  const isWanted = text[end] === ' ';
  const stands = standsIn(text.slice(isWanted ? end + 1 : end, end + 8), { before, languageId });
  if (isWanted && stands) return { ...run, chars: run.chars + 1, taken: run.taken + 1 };
  if (isWanted) return { ...run, keys: run.keys + keysToPutBack };
  return stands ? { ...run, keys: run.keys + keysToTakeOut } : run;
}

/** Whether the blank stands once it is sure, when `following` is typed. */
function standsIn(following: string, place: { readonly before: string; readonly languageId: string }): boolean {
  let fate = fateOfBlank('', place);
  for (let typed = 1; typed <= following.length && !fate.isSure; typed++)
    fate = fateOfBlank(following.slice(0, typed), place);
  return fate.stands;
}
