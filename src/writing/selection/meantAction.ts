import type { ActionId } from './selectionAction.ts';

export interface MeantAction {
  readonly action: ActionId;
  /** of `translate`: the language */
  readonly instruction?: string;
}

const group = (...alternatives: readonly string[]) => `(?:${alternatives.join('|')})`;
const optional = (pattern: string) => `(?:${pattern} )?`;

/** What a wish is about, if it says so. */
const object = group(
  ...['it', 'this', 'that', 'them', 'these', 'everything'],
  `(?:the|this|my|these)(?: (?:selected|whole|following|above))? ${group(
    ...[
      'text',
      'paragraphs?',
      'passage',
      'section',
      'selection',
      'sentences?',
      'e-?mail',
      'message',
      'letter',
      'notes?',
    ],
    ...['list', 'items', 'points', 'draft', 'words?'],
  )}`,
);
const degree = optional(group('a (?:little|bit)', 'much', 'far', 'somewhat', 'slightly', 'even')) + optional('more');
const manner = group(
  'tone',
  'style',
  'way',
  'manner',
  'language',
  'words',
  'register',
  'voice',
  'terms',
  'English',
  'form',
);

/** Adjectives and adverbs that ask for an action. */
const qualities: readonly (readonly [ActionId, string])[] = [
  ['formal', group('(?:formal|professional|official|polite|businesslike)(?:ly)?', 'politer')],
  ['friendly', group('friendl(?:y|ier)', 'warm(?:er|ly)?', '(?:casual|informal|conversational)(?:ly)?')],
  [
    'simplify',
    group('simpl(?:e|er|y)', 'plain(?:er|ly)?', '(?:easy|easier)(?: to (?:read|understand|follow))?', 'readable'),
  ],
  [
    'shorten',
    group('short(?:er)?', 'brief(?:er|ly)?', 'concise(?:ly)?', 'tighter', 'crisper', 'succinct(?:ly)?', 'less wordy'),
  ],
  ['expand', group('longer', 'detailed', 'in more detail')],
];

const into = group('in', 'into', 'to', 'as');
const turn = group(...['turn', 'make', 'convert', 'change', 'rewrite', 'put', 'format', 'write', 'present', 'show']);
const write = group(...['rewrite', 'write', 'rephrase', 'reword', 'phrase', 'put', 'say']);
const mistakes = group(
  ...['spelling(?: and grammar)?', 'grammar(?: and spelling)?', 'punctuation', 'typos', 'mistakes', 'errors', 'slips'],
  '(?:spelling|grammar|grammatical|typing) (?:mistakes|errors)',
);

const wishes: readonly (readonly [ActionId, RegExp])[] = [
  ...qualities.flatMap(([action, quality]): [ActionId, RegExp][] => [
    [
      action,
      whole(`${group('make', 'let')} ${object} ${optional(group('sound', 'read', 'look', 'be'))}${degree}${quality}`),
    ],
    [action, whole(`${write} ${optional(object)}in an? ${degree}${quality} ${manner}`)],
    [action, whole(`${write} ${optional(object)}in ${degree}${quality} ${manner}`)],
    [action, whole(`${write} ${optional(object)}${degree}${quality}`)],
    [action, whole(`${degree}${quality}`)],
  ]),
  ['shorten', whole(`${group('shorten', 'condense', 'trim', 'tighten', 'abridge', 'cut(?: down)?')}(?: ${object})?`)],
  ['simplify', whole(`simplify(?: ${object})?`)],
  ['expand', whole(`${group('expand', 'elaborate', 'lengthen', 'flesh out')}(?: on)?(?: ${object})?`)],
  ['expand', whole(`add (?:some )?(?:more )?details?(?: to ${object})?`)],
  ['fix', whole(`${group('fix', 'correct', 'mend', 'proofread', 'check')}(?: ${object})?`)],
  [
    'fix',
    whole(
      `${group('fix', 'correct', 'mend', 'repair', 'check', 'remove')} ${optional(group('the', 'my', 'all', 'any'))}${mistakes}(?: (?:in|of) ${object})?`,
    ),
  ],
  [
    'rewrite',
    whole(`${group('rewrite', 'rephrase', 'reword', 'paraphrase')}(?: ${object})?(?: (?:differently|in other words))?`),
  ],
  [
    'bullets',
    whole(
      `${turn} ${optional(object)}${into} (?:an? )?${group('list', 'bullets', 'bullet(?:ed)?[ -](?:points?|list)', 'list of (?:points|bullets)')}`,
    ),
  ],
  [
    'prose',
    whole(
      `${turn} ${optional(object)}${into} (?:an? )?${group('prose', '(?:running|flowing) text', 'paragraphs?', '(?:full|whole) sentences')}`,
    ),
  ],
  ['table', whole(`${turn} ${optional(object)}${into} (?:an? )?table`)],
];
const translation = whole(`translate ${optional(object)}(?:in)?to (\\p{L}+)`);

/** Around a wish: please, could you, thanks */
const politeness =
  /^(?:please|kindly|(?:can|could|would) you(?: please)?|i(?:'d| would)? (?:want|like) you to) |[,.!? ]+(?:please|thanks|thank you)?[.!? ]*$/giu;

/**
 * The action that a wish in a person's own words asks for, when it asks for nothing else: “Please make it a bit more
 * formal.” An action does better than a small model that is given the words. English only.
 */
export function meantAction(wish: string): MeantAction | undefined {
  const bare = wish.trim().replaceAll('’', "'").replace(politeness, '').replace(/\s+/gu, ' ');
  const language = translation.exec(bare)?.[1];
  if (language) return { action: 'translate', instruction: language };
  const found = wishes.find(([, pattern]) => pattern.test(bare));
  return found && { action: found[0] };
}

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'iu');
}
