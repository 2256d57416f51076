/** Why nothing was shown, as a closed set: the answer to "Why nothing?". */
export type Reason =
  | 'off' // switched off by the toggle or for this language
  | 'paused'
  | 'unsupportedDocument' // scheme, binary-like text, `.env`-like files
  | 'tooLarge' // document or line beyond the limits
  | 'zone' // front matter, URL, code fence, link target …
  | 'composing' // an input method is composing
  | 'editorList' // the editor's own list of suggestions is open, and what is accepted next is of that
  | 'justDeleted'
  | 'snoozed' // several rejections in a row
  | 'misspelt' // the word under the caret looks like a typo
  | 'headless' // nothing to go on: too little text before the caret
  | 'sentenceStart' // the model is rarely right here
  | 'modelUnavailable'
  | 'lowConfidence'
  | 'tooShort'
  | 'repeatsSuffix'
  | 'unlikelySuffix' // what follows the caret would be unlikely after the suggestion
  | 'repeatsText' // a loop within the suggestion or with the preceding lines
  | 'chatter' // assistant talk, template markers
  | 'invented' // a web address or number that the text does not contain
  | 'empty'
  | 'cancelled'
  | 'failed';
