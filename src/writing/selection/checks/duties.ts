/** What somebody must, may not, may or should do. English. */
const duties: readonly RegExp[] = [
  /\b(?:must(?!n['’]t| not)|ha(?:ve|s|d) to|needs? to|shall(?! not)|(?:is|are|was|were) (?:required|obliged|to be)|requires?|mandatory|obligatory)\b/iu,
  /\b(?:must not|mustn['’]t|may not|cannot|can['’]t|can not|shall not|(?:not|never) (?:allowed|permitted|be)|do(?:es)? not|don['’]t|doesn['’]t|forbidden|prohibited|no longer)\b/iu,
  /\b(?:may(?! not)|might|(?:is|are|be) (?:allowed|permitted)|optional(?:ly)?)\b/iu,
  /\b(?:should|ought to|recommend(?:s|ed)?|advis(?:e|es|ed|able)|suggest(?:s|ed)?)\b/iu,
];
/** Who is spoken to or of: a rewrite that brings one in, or drops it, changes who does it. */
const persons: readonly RegExp[] = [
  /\b(?:I|me|my|I['’]\p{Ll}+)\b/u,
  /\b(?:we|us|our|we['’]\p{Ll}+)\b/iu,
  /\b(?:you|your|you['’]\p{Ll}+)\b/iu,
];
const pictures = /\p{Extended_Pictographic}/gu;

/** A rewrite says that somebody must, may or should do what the source does not say so, or speaks of other persons. */
export function changesDuty(source: string, result: string): boolean {
  const differs = (pattern: RegExp) => pattern.test(source) !== pattern.test(result);
  return duties.some(differs) || persons.some((person) => person.test(result) && !person.test(source));
}

/** Emoji and the like that are gone. */
export const losesPictures = (source: string, result: string): boolean =>
  (source.match(pictures) ?? []).some((picture) => !result.includes(picture));
