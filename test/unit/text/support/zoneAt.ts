import { CaretReader } from '../../../../src/text/caretReader.ts';
import type { ZoneKind } from '../../../../src/text/zone.ts';
import { caretOf } from '../../../../src/writing/completion/caret.ts';
import { atCaret } from '../../writing/support/atCaret.ts';

/** The zone at the caret that is drawn as `|` (or `‖`) in a text. */
export function zoneAt(drawn: string, languageId: string): ZoneKind {
  const request = atCaret(drawn, { languageId });
  return new CaretReader().zoneAt(request, request.prefix, caretOf(request));
}
