import { contentStems } from '../text/contentWords.ts';

/** Forms of irregular verbs by stem, each with the number of its verb. */
const irregular: ReadonlyMap<string, number> = new Map(
  (
    'freeze froze frozen|feed fed|fight fought|hide hid hidden|lend lent|lay laid|lie lay lain|rid ride rode ridden|shake shook shaken|' +
    'shoot shot|sing sang sung|sink sank sunk|spend spent|swim swam swum|tear tore torn|wake woke woken|bear bore borne born|bite bit bitten|' +
    'blow blew blown|feel felt|get got|hear heard|light lit|make made|mean meant|ring rang rung|shine shone|show shown|slide slid|stick stuck|' +
    'strike struck|swear swore sworn|sweep swept|understand understood|weep wept|wind wound|bind bound|bleed bled|breed bred|deal dealt|dig dug|' +
    'hang hung|drink drank drunk|bring brought|take took taken|go went gone|come came|build built|buy bought|sell sold|send sent|write wrote written|' +
    'give gave given|choose chose chosen|find found|leave left|lose lost|meet met|pay paid|say said|see saw seen|speak spoke spoken|' +
    'teach taught|tell told|think thought|win won|begin began begun|break broke broken|catch caught|draw drew drawn|drive drove driven|' +
    'eat ate eaten|fall fell fallen|fly flew flown|forget forgot|grow grew grown|hold held|keep kept|know knew known|lead led|run ran|' +
    'rise rose risen|sit sat|sleep slept|stand stood|wear wore worn|steal stole stolen|throw threw thrown|die dead died'
  )
    .split('|')
    .flatMap((forms, verb) => contentStems(forms).map((stem) => [stem, verb] as const)),
);

/** Words that readers take for each other; of each row the stems. */
const alike: ReadonlyMap<string, number> = new Map(
  (
    'people person persons|purpose aim goal object objective|colour color|begin begins start starts commence|finish end|buy purchase|' +
    'photo photograph|phone telephone|child children kid kids|shop store|repair mend fix|allow permit|forbid ban prohibit|' +
    'choose pick select|answer reply|arrive reach|shut close|delete remove|show display|enough sufficient suffice'
  )
    .split('|')
    .flatMap((words, row) => contentStems(words).map((stem) => [stem, row] as const)),
);

/** Forms of one word: they share their beginning but for an ending, or are forms of an irregular verb. */
export function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const verb = irregular.get(a);
  if (verb !== undefined && verb === irregular.get(b)) return true;
  const row = alike.get(a);
  if (row !== undefined && row === alike.get(b)) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (/^\p{Script=Han}{2,}$/u.test(short)) return long.includes(short);
  if (/^\p{Script=Han}$/u.test(short)) return /^[了过着完好到]$/u.test(long.slice(1)) && long.startsWith(short);
  return short.length >= 4 && long.length - short.length <= 3 && long.startsWith(short);
}

/** Whether one of some words is a form of the same word. */
export const isAmong = (stems: readonly string[], stem: string): boolean =>
  stems.some((each) => isSameWord(each, stem));

/** A word where it stands. */
export interface Word {
  readonly text: string;
  readonly stem: string;
  readonly start: number;
}

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}’'-]+/gu)].map(({ index, 0: word }) => ({
    text: word,
    stem: contentStems(word)[0] ?? '',
    start: index,
  }));
}
