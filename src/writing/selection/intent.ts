import { actionOfForm } from './checks/formWishes.ts';
import type { ActionId, SummaryForm } from './selectionAction.ts';

export interface Intent {
  readonly action: ActionId;
  /** of `translate`: the language */
  readonly instruction?: string;
  /** of `summarize` */
  readonly form?: SummaryForm;
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
  ['formal', any('less (?:casual|informal)|(?:formal|professional|official|polite|businesslike)(?:ly)?|politer')],
  [
    'friendly',
    any('less (?:formal|stiff)(?:ly)?|friendly|friendlier|warm(?:er|ly)?|(?:casual|informal|conversational)(?:ly)?'),
  ],
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
  'English|spelling(?: and grammar)?|grammar(?: and spelling)?|punctuation|typos|slips|(?:(?:spelling|grammar|typing) )?(?:mistakes|errors)',
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
  [
    'simplify',
    whole(`${any('use|with|in')} ${any('simpler|plainer|easier|simple|plain')} ${any('words|language|English|terms')}`),
  ],
  [
    'shorten',
    whole(`${any('remove|delete|cut|drop')} (?:out )?${any('(?:all )?(?:the )?(?:filler(?: words)?|fluff|padding)')}`),
  ],
  [
    'shorten',
    whole(
      any(
        'be (?:brief|concise)|kürzer|kürzen|(?:mach|mache) (?:es|das|den Text) kürzer|kürze (?:es|das|den Text)|plus court|raccourcis(?: (?:le|ce) texte)?|más corto|缩短|精简|缩短一点|简短一点',
      ),
    ),
  ],
  [
    'fix',
    whole(
      any(
        'korrigiere(?: (?:es|das|den Text|die Rechtschreibung|die Fehler))?|corrige(?: (?:le texte|les fautes|el texto|los errores))?|纠正错误|改正错别字|修正错误',
      ),
    ),
  ],
  [
    'formal',
    whole(
      any(
        'förmlicher|(?:mach|mache) (?:es|das) (?:förmlicher|formeller)|plus formel|más formal|(?:改得)?(?:更)?正式(?:一点|些)',
      ),
    ),
  ],
  [
    'friendly',
    whole(
      any(
        'freundlicher|(?:mach|mache) (?:es|das) freundlicher|plus (?:amical|chaleureux)|más amable|(?:改得)?(?:更)?友好(?:一点|些)',
      ),
    ),
  ],
  [
    'simplify',
    whole(
      any(
        'einfacher|vereinfache(?: (?:es|das|den Text))?|(?:mach|mache) (?:es|das) einfacher|plus simple|simplifie(?: (?:le|ce) texte)?|más sencillo|简化(?:一下)?',
      ),
    ),
  ],
  ['fix', whole(`spell-? ?check(?: ${object})?`)],
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
const translation = whole(
  `translate ${maybe(object)}(?:in)?to ((?:(?:Brazilian|European|Simplified|Traditional|British|American|Canadian|Mexican|Swiss) )?\\p{L}+)`,
);

const summing = any(
  `summari[sz]e(?: ${object})?|sum(?: ${object})? up(?: ${object})?|(?:give me |write )?(?:an? |the )?(?:short |brief |quick )?summary(?: (?:of|for) ${object})?|tl;? ?dr`,
);
const inOne = (part: string) => whole(`${summing} in (?:one|a single|a|1)(?: short)? ${part}`);
const inForm = '(?:in|as|with) (?:an? )?(?:short |few |list of )?';
/** The forms of a summary, the plain one last. */
const summaries: readonly (readonly [SummaryForm | undefined, RegExp])[] = [
  ['sentence', inOne('sentence')],
  ['paragraph', inOne('paragraph')],
  ['bullets', whole(`${summing} ${inForm}${any('bullets|bullet points|points')}`)],
  [
    'bullets',
    whole(
      `(?:(?:give|show|tell) me |list |what are )?(?:the )?${any('key|main|most important')} (?:points|takeaways)(?: of ${object})?`,
    ),
  ],
  [
    'outline',
    whole(`(?:${summing} ${inForm})?${any(`(?:make |give me )?(?:an )?outline(?: of ${object})?|outline ${object}`)}`),
  ],
  [
    undefined,
    whole(
      any(
        `${summing}|fass(?:e)? (?:es|das|den Text) zusammen|zusammenfassen|zusammenfassung|résume(?:r)?(?: (?:le|ce) texte)?|resume el texto|总结(?:一下)?|概括(?:一下)?`,
      ),
    ),
  ],
];

/** Around a wish: please, could you, thanks */
const politeness =
  /^(?:please|kindly|(?:can|could|would) you(?: please)?|i(?:'d| would)? (?:want|like) you to) |(?<![,.!? ])[,.!? ]+(?:(?:please|thanks|thank you)[.!? ]*)?$|^bitte |,? (?:bitte|s'il (?:te|vous) plaît|por favor)[.!? ]*$/giu;

/**
 * The action that a wish in a person's own words asks for, when it asks for nothing else: “Please make it a bit more
 * formal.” An action does better than a small model that is given the words. English, and the names of forms in some other languages.
 */
export function intentOf(wish: string): Intent | undefined {
  const bare = wish.trim().replaceAll('’', "'").replace(politeness, '').replace(/\s+/gu, ' ');
  const language = translation.exec(bare)?.[1];
  if (language) return { action: 'translate', instruction: language };
  const summary = summaries.find(([, pattern]) => pattern.test(bare));
  if (summary) return { action: 'summarize', ...(summary[0] && { form: summary[0] }) };
  const found = wishes.find(([, pattern]) => pattern.test(bare));
  const action = found?.[0] ?? actionOfForm(bare);
  return action && { action };
}
