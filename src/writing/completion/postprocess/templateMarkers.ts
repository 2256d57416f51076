import { cutAt, type Rule } from './rule.ts';

const marker =
  /<\|[\w ]*\|?>?|<\/?s>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>|#{2,} ?(?:Instruction|Response)\b:?/u;
const speaker = /(?:^|\n)\s*(?:User|Assistant|Human|System|AI): /u;

/** Markers of a chat template end a suggestion, unless the document itself is about them. */
export const templateMarkers: Rule = (text, { before }) => {
  const found = marker.exec(text);
  if (found && !before.includes(found[0])) return cutAt(text, found.index, 'chatter');
  const turn = speaker.exec(text);
  return turn && !speaker.test(before) ? cutAt(text, turn.index, 'chatter') : text;
};
