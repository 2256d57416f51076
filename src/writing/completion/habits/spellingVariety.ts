import { lazy } from '../../../text/lazy.ts';

/** The two large varieties of written English. */
export type SpellingVariety = 'british' | 'american';

/** Words that are good in one variety only. Pairs with a second meaning (`meter`, `licence`, `program`) are left out. */
const pairs: readonly (readonly [british: string, american: string])[] = [
  ...['col', 'behavi', 'fav', 'flav', 'hon', 'hum', 'lab', 'neighb', 'rum', 'harb', 'vap', 'endeav', 'od', 'arm'].map(
    (stem) => [`${stem}our`, `${stem}or`] as const,
  ),
  ...['organ', 'real', 'recogn', 'optim', 'summar', 'emphas', 'custom', 'special', 'initial', 'normal'].flatMap(izing),
  ...['character', 'general', 'critic', 'apolog', 'minim', 'maxim', 'synchron', 'categor', 'visual'].flatMap(izing),
  ['analyse', 'analyze'],
  ['analysing', 'analyzing'],
  ['centre', 'center'],
  ['theatre', 'theater'],
  ['litre', 'liter'],
  ['defence', 'defense'],
];
/** Endings that leave the difference as it is: `colorful`, but not `humorous` or `laboratory`. */
const endings = 's|d|r|ed|er|ers|ing|ful|fully|less|able|ite|ites|hood|hoods|al|ally|ly';

function izing(stem: string): (readonly [string, string])[] {
  return ['e', 'ing', 'ation'].map((end) => [`${stem}is${end}`, `${stem}iz${end}`] as const);
}

const forms = new Map<string, { readonly variety: SpellingVariety; readonly other: string }>();
for (const [british, american] of pairs) {
  forms.set(british, { variety: 'british', other: american });
  forms.set(american, { variety: 'american', other: british });
}
const anyForm = lazy(`(?<!\\p{L})(?:${[...forms.keys()].join('|')})(?=(?:${endings})?(?!\\p{L}))`, 'giu');

/** The variety that the text shows, when it shows only one. */
export function spellingVariety(text: string): SpellingVariety | undefined {
  const seen = new Set<SpellingVariety>();
  for (const [form] of text.matchAll(anyForm())) seen.add(forms.get(form.toLowerCase())!.variety);
  return seen.size === 1 ? [...seen][0] : undefined;
}

/** The text with every known form of the other variety replaced; capitals stay. */
export function inVariety(text: string, variety: SpellingVariety): string {
  return text.replace(anyForm(), (form) => {
    const known = forms.get(form.toLowerCase())!;
    return known.variety === variety ? form : sameCase(form, known.other);
  });
}

function sameCase(pattern: string, word: string): string {
  if (pattern === pattern.toUpperCase()) return word.toUpperCase();
  return pattern[0] === pattern[0]!.toUpperCase() ? word[0]!.toUpperCase() + word.slice(1) : word;
}
