import { expect, test } from 'vitest';
import { type StopContext, stopPattern } from '../../../src/writing/completion/completionPrompt.ts';

const prose: StopContext = { length: 'sentence', zone: 'prose', hardWrapped: false };

/** Where decoding stops, drawn as `|`; without a mark it goes on. */
function check(drawn: string, context: Partial<StopContext> = {}) {
  const [text, rest] = drawn.split('|') as [string, string?];
  const match = new RegExp(stopPattern({ ...prose, ...context }), 'u').exec(text + (rest ?? ''));
  expect(match ? match.index + match[0].length : undefined, drawn).toBe(rest === undefined ? undefined : text.length);
}

test('prose stops at the end of its sentence or line', () => {
  check('a brown fox.| It jumps');
  check('a brown fox\n|It jumps');
  check('about 3.14 of Mr. Smith');
  check('他去了。|然后');
});

test('the length decides', () => {
  check('a fox,| which jumps', { length: 'short' });
  check('a fox, which jumps.| It');
  check('a fox, which jumps. It runs', { length: 'paragraph' });
  check('a fox, which jumps. It runs\n|', { length: 'paragraph' });
});

test('hard-wrapped prose goes on after a line break, not after a blank line or into a new block', () => {
  check('a brown\nfox jumps', { hardWrapped: true });
  check('a brown\n\n|fox', { hardWrapped: true });
  check('a brown\n- |fox', { hardWrapped: true });
  check('A heading\n|text', { hardWrapped: true, zone: 'heading' });
});

test('a cell stops at its border, an item at the next one', () => {
  const cell = new RegExp(stopPattern({ ...prose, zone: 'tableCell' }), 'u').exec('one | two');
  expect(cell?.index).toBe(4);
  check('one item\n- |two', { hardWrapped: true, zone: 'listItem' });
});
