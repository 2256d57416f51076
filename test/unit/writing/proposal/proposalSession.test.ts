import { describe, expect, test } from 'vitest';
import { ProposalSession } from '../../../../src/writing/proposal/proposalSession.ts';
import { targetsOf } from '../../../../src/writing/proposal/targets.ts';
import { note, noteText } from '../../../../src/writing/selection/notes.ts';
import type { ActionOutput, Proposal } from '../../../../src/writing/selection/selectionAction.ts';
import { applyEdits, wordChanges } from '../../../../src/writing/selection/wordChanges.ts';
import { EditedDocument } from './editedDocument.ts';

interface Setting {
  readonly output?: ActionOutput;
  readonly lineEnd?: string;
  readonly isWhole?: boolean;
}

/** Reads a text in which `[…]` marks what is selected, and opens a session on it. */
function opened(marked: string, { output = 'replace', lineEnd = '\n', isWhole = false }: Setting = {}) {
  const selections: { start: number; end: number }[] = [];
  const text = marked.replaceAll(/\[([^\]]*)\]/g, (_, selected: string, at: number) => {
    const start = at - 2 * selections.length;
    selections.push({ start, end: start + selected.length });
    return selected;
  });
  const document = new EditedDocument(text);
  const targets = targetsOf(text, selections, output, isWhole ? 'sentences' : 'words');
  const session = new ProposalSession(document, { output, lineEnd, targets, isWhole, onChange: () => undefined });
  document.session = session;
  session.start();
  return { document, session, text };
}

/** What an action gives that turns `source` into `result`. */
function proposal(source: string, result: string, output: ActionOutput = 'replace'): Proposal {
  const changes =
    output === 'replace'
      ? wordChanges({ text: source, languageId: 'markdown' }, [{ start: 0, end: source.length, replacement: result }])
      : [];
  return {
    kind: 'proposal',
    action: 'rewrite',
    output,
    way: 'model',
    text: result,
    changes,
    candidates: [],
    masked: 0,
    kept: 0,
    lost: [],
    invented: [],
    checks: [],
    notes: [],
    words: 1,
    readWords: 1,
    partial: false,
  };
}

/** A session whose action has ended, with one result per selection. */
function proposed(marked: string, results: readonly string[], setting: Setting = {}) {
  const made = opened(marked, setting);
  made.session.requests.forEach((request, index) => {
    made.session.settle(index, proposal(request, results[index]!, setting.output));
  });
  made.session.end();
  return made;
}

/** Shows a document with its open changes, `{-taken out-}` and `{+put in+}`. */
function drawn({ document, session }: ReturnType<typeof opened>): string {
  let drawing = '';
  let at = 0;
  for (const { start, end, original, replacement } of session.changes) {
    expect(document.slice(start, end)).toBe(original);
    drawing += document.slice(at, start) + (original && `{-${original}-}`) + (replacement && `{+${replacement}+}`);
    at = end;
  }
  return drawing + document.text.slice(at);
}

const fox = [
  'One. [The quick brown fox jumps over the very lazy dog.] Two.',
  ['The fast brown fox jumps over the dog.'],
] as const;
const shownFox = 'One. The {-quick-}{+fast+} brown fox jumps over the {-very lazy -}dog. Two.';
const ids = (made: ReturnType<typeof opened>, ...indices: number[]) =>
  new Set(indices.map((index) => made.session.changes[index]!.id));

describe('before anything is accepted', () => {
  test('changes are proposed, and the document is as it was', () => {
    const made = proposed(...fox);
    expect(drawn(made)).toBe(shownFox);
    expect(made.document.text).toBe(made.text);
    expect(made.session.text).toBe('The fast brown fox jumps over the dog.');
  });

  test('while it is written, only what is already written differs', () => {
    const made = opened(fox[0]);
    made.session.stream(0, 'The fast red');
    expect(drawn(made)).toBe('One. The {-quick brown-}{+fast red+} fox jumps over the very lazy dog. Two.');
    made.session.stream(0, 'The fast red fox jumps');
    expect(drawn(made)).toBe('One. The {-quick brown-}{+fast red+} fox jumps over the very lazy dog. Two.');
    expect(made.session.accept('all')).toEqual([]);
  });

  test('rejecting everything leaves nothing to accept', () => {
    const made = proposed(...fox);
    made.session.reject('all');
    expect(drawn(made)).toBe(made.text);
    expect(made.session.accept('all')).toEqual([]);
  });
});

describe('accepting', () => {
  test('all changes is one edit of the document, and undoing it restores every byte', () => {
    const made = proposed(...fox);
    made.document.edit(made.session.accept('all'));
    expect(made.document.text).toBe('One. The fast brown fox jumps over the dog. Two.');
    expect(made.session.changes).toEqual([]);
    made.document.undo();
    expect(made.document.text).toBe(made.text);
    expect(drawn(made)).toBe(shownFox);
  });

  test('one change leaves the others proposed, in either order', () => {
    const first = proposed(...fox);
    first.document.edit(first.session.accept(ids(first, 0)));
    expect(drawn(first)).toBe('One. The fast brown fox jumps over the {-very lazy -}dog. Two.');
    const second = proposed(...fox);
    second.document.edit(second.session.accept(ids(second, 1)));
    expect(drawn(second)).toBe('One. The {-quick-}{+fast+} brown fox jumps over the dog. Two.');
    second.document.edit(second.session.accept('all'));
    expect(second.document.text).toBe('One. The fast brown fox jumps over the dog. Two.');
  });

  test('and undoing step by step goes back through what was proposed then', () => {
    const made = proposed(...fox);
    made.document.edit(made.session.accept(ids(made, 1)));
    made.document.edit(made.session.accept(ids(made, 0)));
    made.document.undo();
    expect(drawn(made)).toBe('One. The {-quick-}{+fast+} brown fox jumps over the dog. Two.');
    made.document.undo();
    expect(drawn(made)).toBe(shownFox);
    expect(made.document.text).toBe(made.text);
  });

  test('what was rejected stays as it was', () => {
    const made = proposed(...fox);
    made.session.reject(ids(made, 0));
    made.document.edit(made.session.accept('all'));
    expect(made.document.text).toBe('One. The quick brown fox jumps over the dog. Two.');
  });

  test('that the editor refuses leaves everything proposed', () => {
    const made = proposed(...fox);
    made.session.accept('all');
    expect(drawn(made)).toBe(shownFox);
    made.document.edit(made.session.accept('all'));
    expect(made.document.text).toBe('One. The fast brown fox jumps over the dog. Two.');
  });

  test('keeps carriage returns', () => {
    const made = proposed('Zero.\r\n\r\n[One line\r\nand two.]\r\n', ['A line\nand two,\nthen three.'], {
      lineEnd: '\r\n',
    });
    made.document.edit(made.session.accept('all'));
    expect(made.document.text).toBe('Zero.\r\n\r\nA line\r\nand two,\r\nthen three.\r\n');
    made.document.undo();
    expect(made.document.text).toBe(made.text);
  });
});

test('a run that is stopped in the middle keeps what was written, which nobody has examined', () => {
  const made = opened('Zero. [One is here.] End.');
  made.session.stream(0, 'One is here. And two');
  made.session.settle(0, { kind: 'cancelled' });
  made.session.end();
  expect(drawn(made)).toBe('Zero. One is here.{+ And two+} End.');
  expect(made.session.isUnexamined).toBe(true);
  made.session.reject('all');
  expect(made.session.isUnexamined).toBe(false);
});

test('what makes sense as a whole alone is one change for each passage', () => {
  const made = proposed('[a: 1\nb: 2]\n\n[c: 3]\n', ['| a | 1 |\n| b | 2 |', '| c | 3 |'], { isWhole: true });
  expect(drawn(made)).toBe('{-a: 1\nb: 2-}{+| a | 1 |\n| b | 2 |+}\n\n{-c: 3-}{+| c | 3 |+}\n');
  made.document.edit(made.session.accept(new Set([made.session.changes[0]!.id])));
  expect(made.document.text).toBe('| a | 1 |\n| b | 2 |\n\nc: 3\n');
});

describe('edits elsewhere', () => {
  test('move the changes along', () => {
    const made = proposed(...fox);
    made.document.replace('One.', 'Number one, a longer one.');
    made.document.replace('Two.', '');
    made.document.edit([{ start: 0, end: 0, replacement: 'Zero. ' }]);
    expect(drawn(made)).toBe(`Zero. Number one, a longer one.${shownFox.slice(4, -4)}`);
    made.document.edit(made.session.accept('all'));
    expect(made.document.text).toBe('Zero. Number one, a longer one. The fast brown fox jumps over the dog. ');
  });

  test('right at the borders do not belong to the passage', () => {
    const made = proposed('[one two]', ['one three']);
    made.document.edit([{ start: 0, end: 0, replacement: '# ' }]);
    made.document.edit([{ start: 9, end: 9, replacement: '!' }]);
    expect(drawn(made)).toBe('# one {-two-}{+three+}!');
  });

  test('that replace the whole document find an unchanged passage again', () => {
    const made = proposed(...fox);
    const { text } = made.document;
    made.document.edit([{ start: 0, end: text.length, replacement: `New\n${text}` }]);
    expect(drawn(made)).toBe(`New\n${shownFox}`);
  });
});

describe('edits of the passage itself', () => {
  test('make it stale, and undoing them makes it good again', () => {
    const made = proposed(...fox);
    made.document.replace('brown', 'red');
    expect(made.session.isStale).toBe(true);
    expect(made.session.accept('all')).toEqual([]);
    made.document.undo();
    expect(made.session.isStale).toBe(false);
    expect(drawn(made)).toBe(shownFox);
  });

  test('across its border make it stale until they are undone', () => {
    const made = proposed(...fox);
    made.document.replace('One. The', 'A');
    expect(made.session.isStale).toBe(true);
    made.document.undo();
    expect(drawn(made)).toBe(shownFox);
  });
});

describe('several selections', () => {
  test('are accepted as one edit', () => {
    const made = proposed('[a bad day] and [a bad night] and more', ['a good day', 'a good night']);
    expect(drawn(made)).toBe('a {-bad-}{+good+} day and a {-bad-}{+good+} night and more');
    made.document.edit(made.session.accept('all'));
    expect(made.document.text).toBe('a good day and a good night and more');
    made.document.undo();
    expect(made.document.text).toBe(made.text);
  });

  test('keep what one of them gave when another gave nothing', () => {
    const made = opened('[a bad day] and [a bad night]');
    const wroteNothing = note('emptyAnswer');
    made.session.settle(0, { kind: 'none', reason: 'nothingGood', note: wroteNothing, detail: noteText(wroteNothing) });
    made.session.settle(1, proposal('a bad night', 'a good night'));
    made.session.end();
    expect(drawn(made)).toBe('a bad day and a {-bad-}{+good+} night');
  });
});

describe('other places than the selection', () => {
  test('below the paragraph', () => {
    const made = proposed('[One two.]\nThree.\n\nFour.\n', ['Sum.'], { output: 'insertBelow' });
    made.document.edit(made.session.accept('all'));
    expect(made.document.text).toBe('One two.\nThree.\n\nSum.\n\nFour.\n');
  });

  test('above the paragraph', () => {
    const made = proposed('Zero.\n\nOne [two.]\n', ['# Title'], { output: 'insertAbove' });
    made.document.edit(made.session.accept('all'));
    expect(made.document.text).toBe('Zero.\n\n# Title\n\nOne two.\n');
  });

  test('a rewrite put below instead', () => {
    const made = proposed('[One two.]\n\nThree.', ['One, two.']);
    made.document.edit(made.session.insertBelow(made.document));
    expect(made.document.text).toBe('One two.\n\nOne, two.\n\nThree.');
  });
});

describe('trying again', () => {
  test('starts from what was accepted', () => {
    const made = proposed(...fox);
    made.document.edit(made.session.accept(ids(made, 0)));
    made.session.start();
    expect(drawn(made)).toBe(made.document.text);
    expect(made.session.requests).toEqual(['The fast brown fox jumps over the very lazy dog.']);
    made.session.settle(0, proposal(made.session.requests[0]!, 'The fast fox.'));
    made.session.end();
    expect(applyEdits(made.document.text, made.session.changes)).toBe('One. The fast fox. Two.');
  });
});

test.each<ActionOutput>(['panel', 'insertBelow'])('%s: what was written and then refused is no result', (output) => {
  const why = note('noWholeSentence');
  const { session } = opened('[One sentence.]', { output });
  session.stream(0, 'Something else');
  expect(session.text).toBe('Something else');
  session.settle(0, { kind: 'none', reason: 'nothingGood', note: why, detail: noteText(why) });
  session.end();
  expect(session.text).toBe('');
  expect(session.changes).toEqual([]);
});

test('what was written until the person stopped it stays', () => {
  const { session } = opened('[One sentence.]', { output: 'panel' });
  session.stream(0, 'Something else');
  session.settle(0, { kind: 'cancelled' });
  session.end();
  expect(session.text).toBe('Something else');
});

test.each([
  ['One is. Two is. Three is.', 'One is. Two is.', '- One is.\n- Two is.\n\nThree is.'],
  ['One is. Two is.\t Three is.', 'One is. Two is.', '- One is.\n- Two is.\n\nThree is.'],
])('a list before %j does not leave a blank at the beginning of what follows it', (text, selected, expected) => {
  const { document, session } = opened(text.replace(selected, `[${selected}]`), { isWhole: true });
  session.settle(0, { ...proposal(selected, '- One is.\n- Two is.\n\n'), changes: [] });
  session.end();
  document.edit(session.accept('all'));
  expect(document.text).toBe(expected);
});
