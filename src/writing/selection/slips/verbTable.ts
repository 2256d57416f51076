/** Irregular verbs of English, base, past and participle, with the forms that people make for them. */
const irregular =
  'become became become|begin began begun|bite bit bitten|blow blew blown|break broke broken|bring brought brought|build built built|buy bought bought|catch caught caught|choose chose chosen|come came come|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feel felt felt|fight fought fought|find found found|fly flew flown|forget forgot forgotten|freeze froze frozen|get got got|give gave given|go went gone|grow grew grown|hear heard heard|hide hid hidden|hold held held|keep kept kept|know knew known|lose lost lost|make made made|meet met met|ride rode ridden|ring rang rung|run ran run|say said said|see saw seen|sell sold sold|send sent sent|shake shook shaken|sing sang sung|sit sat sat|sleep slept slept|speak spoke spoken|spend spent spent|stand stood stood|steal stole stolen|swim swam swum|take took taken|teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown|understand understood understood|wake woke woken|wear wore worn|win won won|write wrote written';

const verbs = irregular.split('|').map((forms) => forms.split(' ') as [base: string, past: string, participle: string]);

const doubled = 'begin forget get run sit swim win'.split(' ');

/** `bringed`, `choosed`, `runned` */
const regularized = (base: string): string =>
  /[^aeiou]y$/u.test(base)
    ? `${base.slice(0, -1)}ied`
    : base.endsWith('e')
      ? `${base}d`
      : doubled.includes(base)
        ? `${base}${base.at(-1)}ed`
        : `${base}ed`;

/** These are words, or names of other things. */
const areWords = new Set('ringed waked flied shaked seed singed teared blowed bited builded growed'.split(' '));
/** Bases of other verbs: `did they found it`. */
const areBases = new Set('saw found fell felt'.split(' '));
/** These have long been participles, too. */
const eitherForm = new Set('forgot hid bit woke rode got shook swam'.split(' '));

const madeUp = new Map(
  verbs.map((forms) => [regularized(forms[0]), forms] as const).filter(([form]) => !areWords.has(form)),
);
const pasts = verbs.filter(([, past, participle]) => past !== participle && !eitherForm.has(past));
const participleOf = new Map(pasts.map(([, past, participle]) => [past, participle]));
const baseOf = new Map(
  verbs.filter(([base, past]) => base !== past && !areBases.has(past)).map(([base, past]) => [past, base]),
);

/** Words of rows. */
export const verbLists = {
  madeUp: [...madeUp.keys()].join('|'),
  distinctPasts: pasts.map(([, past]) => past).join('|'),
  pastForms: [...baseOf.keys()].join('|'),
};

/** What rows make of these. */
export const verbForm = {
  past: (form: string): string | undefined => madeUp.get(form)?.[1],
  madeParticiple: (form: string): string | undefined => madeUp.get(form)?.[2],
  participle: (past: string): string | undefined => participleOf.get(past),
  pastOfBase: (base: string): string | undefined => verbs.find((forms) => forms[0] === base)?.[1],
  pastOfParticiple: (participle: string): string | undefined => verbs.find((forms) => forms[2] === participle)?.[1],
  participleOfBase: (base: string): string | undefined => verbs.find((forms) => forms[0] === base)?.[2],
  base: (past: string): string | undefined => baseOf.get(past),
};
