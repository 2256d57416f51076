import { ruleOf } from '../../../text/zone.ts';
import { cutAt, type Rule } from './rule.ts';

/**
 * A suggestion stays in its line, and in its paragraph where the author breaks lines by hand: there a single line
 * break becomes a blank, and the hard-wrap rule sets the breaks anew.
 */
export const lineBreaks: Rule = (text, { zone, habits }) => {
  const { wraps, end } = ruleOf(zone);
  const ended = end === '' ? null : new RegExp(end, 'u').exec(text);
  const inZone = ended ? text.slice(0, ended.index) : text;
  if (!wraps || habits.wrapping.kind !== 'column') return cutAt(inZone, lineEnd(inZone), 'empty');
  const paragraph = cutAt(inZone, paragraphEnd(inZone), 'empty');
  return typeof paragraph === 'string' ? paragraph.replace(/[ \t]*\n[ \t>%/#*]*/gu, ' ') : paragraph;
};

function lineEnd(text: string): number {
  const newline = text.indexOf('\n');
  return newline < 0 ? text.length : newline;
}

function paragraphEnd(text: string): number {
  const blank = /\n[ \t>]*\n|\n[ \t]*(?:#{1,6}\s|[-+]\s|\* \S|\d+[.)]\s|\||\\[a-z]+\{)/u.exec(text);
  return blank ? blank.index : text.length;
}
