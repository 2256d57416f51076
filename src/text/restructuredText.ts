import { lineLanguage } from './lineLanguage.ts';
import { spansOfWords } from './restructuredText/inline.ts';
import { step } from './restructuredText/lines.ts';
import { initialState } from './restructuredText/state.ts';
import { zone } from './restructuredText/zone.ts';

/** reStructuredText as docutils reads it, with Sphinx's directives and roles. */
export const restructuredText = lineLanguage({ initial: initialState, step, zone, spans: spansOfWords });
