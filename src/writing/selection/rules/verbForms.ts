/** Third person, past and -ing form of a regular English verb. */
export function verbForms(verb: string): { readonly s: string; readonly past: string; readonly ing: string } {
  const irregular = irregularPast[verb];
  if (/[^aeiou]y$/u.test(verb)) {
    const base = verb.slice(0, -1);
    return { s: `${base}ies`, past: irregular ?? `${base}ied`, ing: `${verb}ing` };
  }
  const s = /(?:s|x|z|ch|sh|o)$/u.test(verb) ? `${verb}es` : `${verb}s`;
  if (/[^e]e$/u.test(verb)) return { s, past: irregular ?? `${verb}d`, ing: `${verb.slice(0, -1)}ing` };
  if (doubling.has(verb)) return { s, past: irregular ?? `${verb}${verb.at(-1)}ed`, ing: `${verb}${verb.at(-1)}ing` };
  return { s, past: irregular ?? `${verb}ed`, ing: `${verb}ing` };
}

/** Verbs that the word lists use; the past also serves as the participle. */
const irregularPast: Readonly<Record<string, string>> = {
  begin: 'began',
  buy: 'bought',
  cut: 'cut',
  find: 'found',
  get: 'got',
  hold: 'held',
  keep: 'kept',
  leave: 'left',
  let: 'let',
  make: 'made',
  meet: 'met',
  put: 'put',
  send: 'sent',
  tell: 'told',
  build: 'built',
};
const doubling: ReadonlySet<string> = new Set('begin cut get let plan put stop'.split(' '));
