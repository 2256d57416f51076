import { spansOfWords } from './asciidoc/inline.ts';
import { step } from './asciidoc/lines.ts';
import { initialState } from './asciidoc/state.ts';
import { zone } from './asciidoc/zone.ts';
import { lineLanguage } from './lineLanguage.ts';

/** AsciiDoc as Asciidoctor reads it. */
export const asciidoc = lineLanguage({ initial: initialState, step, zone, spans: spansOfWords });
