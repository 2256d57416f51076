/** What is used of wink-pos-tagger, which declares no types. */
declare module 'wink-pos-tagger' {
  interface Token {
    readonly value: string;
    readonly pos: string;
  }
  export default function posTagger(): { tagSentence(sentence: string): Token[] };
}
