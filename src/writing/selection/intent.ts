import { actionOfForm } from './checks/formWishes.ts';
import type { ActionId } from './selectionAction.ts';

export interface Intent {
  readonly action: ActionId;
  /** of `translate`: the language */
  readonly instruction?: string;
}

const any = (alternatives: string) => `(?:${alternatives})`;
const maybe = (alternatives: string) => `(?:${any(alternatives)} )?`;
const whole = (pattern: string) => new RegExp(`^${pattern}$`, 'iu');

const things =
  'text|paragraphs?|passage|section|selection|sentences?|e-?mail|message|letter|notes?|draft|list|items|words?';
/** What a wish is about, if it says so. */
const object = any(
  `it|this|that|them|these|everything|(?:the|this|my|these) ${maybe('selected|whole|following|above')}${any(things)}`,
);
const degree = maybe('a little|a bit|much|far|somewhat|slightly|even') + maybe('more');
const manner = any('tone|style|way|manner|language|words|register|voice|terms|English|form');

/** Adjectives and adverbs that ask for an action. */
const qualities: readonly (readonly [ActionId, string])[] = [
  ['formal', any('(?:formal|professional|official|polite|businesslike)(?:ly)?|politer')],
  ['friendly', any('friendly|friendlier|warm(?:er|ly)?|(?:casual|informal|conversational)(?:ly)?')],
  [
    'simplify',
    any('simple|simpler|simply|plain(?:er|ly)?|(?:easy|easier)(?: to (?:read|understand|follow))?|readable'),
  ],
  ['shorten', any('short(?:er)?|brief(?:er|ly)?|concise(?:ly)?|tighter|crisper|succinct(?:ly)?|less wordy')],
  ['expand', any('longer|detailed|in more detail')],
];

const make = `${any('make|let')} ${object} ${maybe('sound|read|look|be')}`;
const write = `${any('rewrite|write|rephrase|reword|phrase|put|say')} ${maybe(object)}`;
const turn = `${any('turn|make|convert|change|rewrite|put|format|write|present|show')} ${maybe(object)}${any('in|into|to|as')} (?:an? )?`;
const mistakes = any(
  'spelling(?: and grammar)?|grammar(?: and spelling)?|punctuation|typos|slips|(?:(?:spelling|grammar|typing) )?(?:mistakes|errors)',
);

const wishes: readonly (readonly [ActionId, RegExp])[] = [
  ...qualities.flatMap(([action, quality]): [ActionId, RegExp][] => [
    [action, whole(`(?:${make}|${write})?${degree}${quality}`)],
    [action, whole(`${write}in (?:an? )?${degree}${quality} ${manner}`)],
  ]),
  ['shorten', whole(`${any('shorten|condense|trim|tighten|abridge|cut(?: down)?')}(?: ${object})?`)],
  ['simplify', whole(`simplify(?: ${object})?`)],
  ['expand', whole(`${any('expand|elaborate|lengthen|flesh out')}(?: on)?(?: ${object})?`)],
  ['expand', whole(`add (?:some )?(?:more )?details?(?: to ${object})?`)],
  ['fix', whole(`${any('fix|correct|mend|proofread|check')}(?: ${object})?`)],
  [
    'fix',
    whole(`${any('fix|correct|mend|check|remove')} ${maybe('the|my|all|any')}${mistakes}(?: (?:in|of) ${object})?`),
  ],
  ['rewrite', whole(`${any('rewrite|rephrase|reword|paraphrase')}(?: ${object})?(?: (?:differently|in other words))?`)],
  ['bullets', whole(`${turn}${any('list(?: of (?:points|bullets))?|bullets|bullet(?:ed)?[ -](?:points?|list)')}`)],
  ['prose', whole(`${turn}${any('prose|(?:running|flowing) text|paragraphs?|(?:full|whole) sentences')}`)],
  ['table', whole(`${turn}table`)],
];
const translation = whole(`translate ${maybe(object)}(?:in)?to (\\p{L}+)`);

/** Around a wish: please, could you, thanks */
const politeness =
  /^(?:please|kindly|(?:can|could|would) you(?: please)?|i(?:'d| would)? (?:want|like) you to) |(?<![,.!? ])[,.!? ]+(?:(?:please|thanks|thank you)[.!? ]*)?$/giu;

/**
 * The action that a wish in a person's own words asks for, when it asks for nothing else: “Please make it a bit more
 * formal.” An action does better than a small model that is given the words. English, and the names of forms in some other languages.
 */
export function intentOf(wish: string): Intent | undefined {
  const bare = wish.trim().replaceAll('’', "'").replace(politeness, '').replace(/\s+/gu, ' ');
  const language = translation.exec(bare)?.[1];
  if (language) return { action: 'translate', instruction: language };
  const found = wishes.find(([, pattern]) => pattern.test(bare));
  const action = found?.[0] ?? actionOfForm(bare);
  return action && { action };
}
