import { spansOfWords } from './latex/inline.ts';
import { initialState, step } from './latex/lines.ts';
import { zone } from './latex/zone.ts';
import { lineLanguage } from './lineLanguage.ts';

/** LaTeX, with the chunks of knitr and Sweave. */
export const latex = lineLanguage({ initial: initialState, step, zone, spans: spansOfWords });
