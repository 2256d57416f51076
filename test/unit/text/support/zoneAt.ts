import { CaretReader } from '../../../../src/text/caretReader.ts';
import { type ZoneKind, zoneRules } from '../../../../src/text/zone.ts';
import { caretOf } from '../../../../src/writing/completion/caret.ts';
import { atCaret } from '../../writing/support/atCaret.ts';

/** The zone at the caret that is drawn as `|` (or `‖`) in a text. */
export function zoneAt(drawn: string, languageId: string): ZoneKind {
  const request = atCaret(drawn, { languageId });
  return new CaretReader().zoneAt(request, request.prefix, caretOf(request));
}

/** Suggestions of words are on there. In blocks of code they are on as well, but only those that a model is surer of. */
export const invitesProse = (zone: ZoneKind): boolean => zone !== 'code' && zoneRules[zone].enabled;
