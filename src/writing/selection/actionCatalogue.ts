import type { GenerationOptions } from '../../protocol/generationOptions.ts';
import type { ActionId, ActionOutput, CheckId, Way } from './selectionAction.ts';

/** What sets an action apart from others wherever a text is read, offered or shown. */
export type ActionTrait =
  | 'rewords' // what stands there, in the one language of the text: words of other languages stay
  | 'ofSentences' // half a sentence is nothing to it: those that a selection begins or ends in are taken whole
  | 'newForm' // half of its result is none: it is taken or left as one change
  | 'newLines' // it makes lines of its own, which a row of a table cannot hold
  | 'headingLines' // of these none may stand in the text of a program
  | 'anyText' // tables, headings and code will do; others want a paragraph, a list or a quote
  | 'goesOn' // goes on where the text ends, so what stands there is what matters
  | 'ofWord' // of one word, wherever it stands: the one at the caret where nothing is selected
  | 'ofDiff' // its text is a diff as Git writes one, which is in no person's language
  | 'onlyTold' // no model does it that does not follow instructions
  | 'inLightBulb'; // offered where something is selected; few, as the editor has others there

/** One row per action: everything that differs between them, but for prompts (modelPrompts.ts) and rules (rules/). */
export interface ActionSpec {
  readonly id: ActionId;
  readonly title: string;
  readonly description: string;
  readonly instruction: 'none' | 'optional' | 'required';
  readonly output: ActionOutput;
  readonly traits: readonly ActionTrait[];
  /** words of the result per word of the text; what is outside fails the check `length` */
  readonly length: { readonly minimum: number; readonly maximum: number };
  /** shares of content words: of the text that stay, of the result that are the text's */
  readonly faithful: { readonly recall: number; readonly precision: number };
  readonly checks: readonly CheckId[];
  /** ways that exist, in the order in which they are tried; the first good result wins */
  readonly ways: {
    readonly small: readonly Way[]; // for models that are small, or were not found to do it well
    readonly large: readonly Way[];
  };
  /** how the model decodes; `maxNewTokens` is an upper bound, the length bounds usually end it earlier */
  readonly decoding: Decoding;
}

export type Decoding = Pick<GenerationOptions, 'maxNewTokens' | 'temperature' | 'topP' | 'noRepeatNgramSize'>;

/** Below this a model follows instructions too loosely to be trusted with a whole paragraph. */
const smallModelParameters = 1_000_000_000;

export const isSmall = (parameters: number): boolean => parameters < smallModelParameters;

/** The first try takes the likeliest text; a retry draws, or it would give the same. */
const faithful: Decoding = { maxNewTokens: 512, temperature: 0.6, topP: 0.9, noRepeatNgramSize: 0 };
const inventive: Decoding = { maxNewTokens: 256, temperature: 0.8, topP: 0.9, noRepeatNgramSize: 4 };
const brief: Decoding = { maxNewTokens: 24, temperature: 0.9, topP: 0.95, noRepeatNgramSize: 3 };

/** Lists of synonyms: warmer draws wander off. */
const listing: Decoding = { maxNewTokens: 24, temperature: 0.7, topP: 0.9, noRepeatNgramSize: 0 };

const loosely = { recall: 0.65, precision: 0.6 };
const anyLength = { minimum: 0, maximum: Number.POSITIVE_INFINITY };
const rewriting: readonly CheckId[] = ['protected', 'length', 'language', 'repetition', 'chatter', 'faithful'];
const writing: readonly CheckId[] = ['language', 'repetition', 'chatter'];

/** What most actions that change words or lines have in common. */
const changing = {
  instruction: 'none',
  output: 'replace',
  faithful: loosely,
  checks: rewriting,
  ways: { small: ['rules'], large: ['model', 'rules'] },
  decoding: faithful,
} as const;

export const actionCatalogue: Readonly<Record<ActionId, ActionSpec>> = {
  summarize: {
    id: 'summarize',
    title: 'Summarize',
    description: 'The gist in a sentence, a paragraph, bullets or an outline',
    instruction: 'none',
    output: 'insertBelow',
    traits: ['ofSentences'],
    length: { minimum: 0, maximum: 1 },
    faithful: loosely,
    checks: ['language', 'repetition', 'chatter', 'form'],
    ways: { small: ['extractive'], large: ['model', 'extractive'] },
    decoding: faithful,
  },
  rewrite: {
    id: 'rewrite',
    title: 'Rewrite',
    description: 'The same in other words',
    ...changing,
    instruction: 'optional',
    traits: ['rewords', 'onlyTold', 'inLightBulb'],
    length: { minimum: 0.6, maximum: 1.6 },
    ways: { small: ['model'], large: ['model'] },
  },
  shorten: {
    id: 'shorten',
    title: 'Shorten',
    description: 'Filler and repetitions out; what says something stays',
    ...changing,
    traits: ['rewords', 'inLightBulb'],
    length: { minimum: 0.25, maximum: 0.8 },
    faithful: { recall: 0.4, precision: 0.85 },
  },
  expand: {
    id: 'expand',
    title: 'Expand',
    description: 'A sentence or two more for each paragraph',
    instruction: 'none',
    output: 'replace',
    traits: ['rewords', 'newLines', 'inLightBulb'],
    length: { minimum: 1.05, maximum: 4 },
    faithful: { recall: 1, precision: 0.2 },
    checks: ['protected', 'length', 'language', 'repetition', 'chatter'],
    ways: { small: ['model'], large: ['model'] },
    decoding: inventive,
  },
  fix: {
    id: 'fix',
    title: 'Fix spelling and grammar',
    description: 'Mistakes only; what is right stays',
    ...changing,
    traits: ['rewords', 'inLightBulb'],
    length: { minimum: 0.8, maximum: 1.25 },
    faithful: { recall: 0.7, precision: 0.7 },
  },
  simplify: {
    id: 'simplify',
    title: 'Simplify',
    description: 'Plainer words, shorter sentences',
    ...changing,
    traits: ['rewords', 'inLightBulb'],
    length: { minimum: 0.4, maximum: 1.3 },
  },
  formal: {
    id: 'formal',
    title: 'More formal',
    description: 'As one writes to strangers',
    ...changing,
    traits: ['rewords', 'inLightBulb'],
    length: { minimum: 0.6, maximum: 1.6 },
  },
  friendly: {
    id: 'friendly',
    title: 'Friendlier',
    description: 'As one writes to people one likes',
    ...changing,
    traits: ['rewords', 'inLightBulb'],
    length: { minimum: 0.6, maximum: 1.6 },
  },
  bullets: {
    id: 'bullets',
    title: 'Turn into bullets',
    description: 'One point per line',
    ...changing,
    traits: ['ofSentences', 'newForm', 'newLines'],
    length: { minimum: 0.3, maximum: 1.2 },
    faithful: { recall: 0.8, precision: 0.8 },
    checks: [...rewriting, 'form'],
  },
  numbered: {
    id: 'numbered',
    title: 'Turn into a numbered list',
    description: 'Sentences or bullets as numbered points',
    ...changing,
    traits: ['ofSentences', 'newForm', 'newLines'],
    length: { minimum: 0.3, maximum: 1.2 },
    faithful: { recall: 0.8, precision: 0.8 },
    checks: ['protected', 'form'],
    ways: { small: ['rules'], large: ['rules'] },
  },
  prose: {
    id: 'prose',
    title: 'Turn into prose',
    description: 'A list as running text',
    ...changing,
    traits: ['newForm', 'newLines'],
    length: { minimum: 0.7, maximum: 2 },
    faithful: { recall: 0.9, precision: 0.9 },
    checks: [...rewriting, 'form'],
  },
  table: {
    id: 'table',
    title: 'Turn into a table',
    description: 'A list with a common pattern as rows',
    ...changing,
    instruction: 'optional',
    traits: ['newForm', 'newLines'],
    length: anyLength,
    faithful: { recall: 1, precision: 1 },
    checks: ['protected', 'faithful', 'form'],
    ways: { small: ['rules'], large: ['rules'] },
  },
  continue: {
    id: 'continue',
    title: 'Continue',
    description: 'What might come next',
    instruction: 'none',
    output: 'replace',
    traits: ['goesOn', 'newLines'],
    length: anyLength,
    faithful: loosely,
    checks: ['protected', ...writing],
    ways: { small: ['model'], large: ['model'] },
    decoding: inventive,
  },
  title: {
    id: 'title',
    title: 'Suggest a title',
    description: 'Titles to choose from',
    instruction: 'none',
    output: 'insertAbove',
    traits: ['ofSentences', 'headingLines'],
    length: anyLength,
    faithful: loosely,
    checks: [...writing, 'form'],
    ways: { small: ['model', 'extractive'], large: ['model', 'extractive'] },
    decoding: brief,
  },
  headings: {
    id: 'headings',
    title: 'Add headings',
    description: 'A heading above each part of a long text',
    instruction: 'none',
    output: 'replace',
    traits: ['newLines', 'headingLines'],
    length: { minimum: 1, maximum: 1.5 },
    faithful: loosely,
    checks: ['protected', 'length'],
    ways: { small: ['extractive'], large: ['model', 'extractive'] },
    decoding: brief,
  },
  betterWord: {
    id: 'betterWord',
    title: 'Better word',
    description: 'Words that fit in this place',
    instruction: 'none',
    output: 'replace',
    traits: ['ofWord'],
    length: anyLength,
    faithful: loosely,
    checks: ['language', 'form'],
    ways: { small: ['model'], large: ['model'] },
    decoding: listing,
  },
  translate: {
    id: 'translate',
    title: 'Translate',
    description: 'Into the language that you name',
    instruction: 'required',
    output: 'replace',
    traits: ['onlyTold'],
    length: { minimum: 0.3, maximum: 3 },
    faithful: loosely,
    checks: ['protected', 'length', 'repetition', 'chatter'],
    ways: { small: [], large: ['model'] },
    decoding: faithful,
  },
  ask: {
    id: 'ask',
    title: 'Ask about the text',
    description: 'An answer from the text',
    instruction: 'required',
    output: 'panel',
    traits: ['ofSentences', 'anyText'],
    length: anyLength,
    faithful: loosely,
    checks: writing,
    ways: { small: ['extractive'], large: ['model', 'extractive'] },
    decoding: faithful,
  },
  custom: {
    id: 'custom',
    title: 'Your own instruction',
    description: 'Whatever you ask for',
    instruction: 'required',
    output: 'replace',
    traits: ['anyText', 'onlyTold'],
    length: anyLength,
    faithful: loosely,
    checks: ['protected', 'repetition', 'chatter'],
    ways: { small: ['model'], large: ['model'] },
    decoding: faithful,
  },
  commitMessage: {
    id: 'commitMessage',
    title: 'Commit message',
    description: 'From the staged diff',
    instruction: 'none',
    output: 'panel',
    traits: ['anyText', 'ofDiff'],
    length: anyLength,
    faithful: loosely,
    checks: ['form', 'chatter'],
    ways: { small: ['rules'], large: ['model', 'rules'] },
    decoding: brief,
  },
};

export const hasTrait = (action: ActionId, trait: ActionTrait): boolean =>
  actionCatalogue[action].traits.includes(trait);
