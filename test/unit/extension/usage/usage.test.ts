import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { Usage } from '../../../../src/extension/usage/usage.ts';
import { UsageFile } from '../../../../src/extension/usage/usageFile.ts';
import { seededRandom } from '../../../../src/protocol/seededRandom.ts';
import { SuggestionWatch } from '../../../../src/providers/completion/suggestionWatch.ts';
import { figuresOf, plus } from '../../../../src/writing/usage/usageCounts.ts';
import { documentChanges, documentClosings, editorChanges, Position, type Range } from '../../../support/fakeVscode.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const editor = vi.hoisted(() => ({ isTrusted: true, learnFromUse: true }));

vi.mock('vscode', async () => {
  const fake = await import('../../../support/fakeVscode.ts');
  const workspace = {
    ...fake.workspace,
    get isTrusted() {
      return editor.isTrusted;
    },
    getWorkspaceFolder: ({ path }: { path: string }) => (path.startsWith('/notes/') ? {} : undefined),
    asRelativePath: ({ path }: { path: string }) => path.slice('/notes/'.length),
  };
  return { ...fake, workspace };
});

beforeEach(() => {
  Object.assign(editor, { isTrusted: true, learnFromUse: true });
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => vi.useRealTimers());

/** A document that is written in, with suggestions as the editor shows them. */
async function writing(path = '/notes/a.md') {
  const folder = await temporaryFolder();
  const uri = (name: string) => ({ fsPath: join(folder, name) });
  const context = {
    globalStorageUri: uri('global'),
    storageUri: uri('workspace'),
  } as unknown as vscode.ExtensionContext;
  const usage = new Usage(
    context,
    { warn: () => undefined } as unknown as vscode.LogOutputChannel,
    () => editor.learnFromUse,
  );
  const watch = new SuggestionWatch();
  await watch.followBlanks();
  usage.follow(watch);
  let text = 'The tide is ';
  let caret = text.length;
  let id = 0;
  let rest = '';
  const document = {
    uri: { path, scheme: 'file', toString: () => path },
    languageId: 'markdown',
    version: 1,
    getText: (range?: Range) => (range ? text.slice(range.start.character, range.end.character) : text),
    positionAt: (offset: number) => new Position(0, offset),
    offsetAt: ({ character }: Position) => character,
  };
  const done: { at: number; removed: string; written: string }[] = [];
  const undone: typeof done = [];
  const change = (at: number, length: number, written: string, reason?: number) => {
    if (at !== caret || length > 0) rest = '';
    const removed = text.slice(at, at + length);
    text = text.slice(0, at) + written + text.slice(at + length);
    document.version += 1;
    caret = at + written.length;
    const contentChanges = [{ rangeOffset: at, rangeLength: length, text: written }];
    documentChanges.fire({ document, contentChanges, reason });
    return { at, removed, written };
  };
  const edit = (at: number, length: number, written: string) => done.push(change(at, length, written));
  const show = (suggested: string) => {
    rest = suggested;
    const shown = { id: ++id, documentId: path, offset: caret, text: suggested };
    watch.show(shown, document as unknown as vscode.TextDocument);
  };
  /** Writes at the caret; the editor asks again for what is left there. */
  const write = (written: string) => {
    const isRest = rest.startsWith(written);
    edit(caret, 0, written);
    rest = isRest ? rest.slice(written.length) : '';
    if (rest.trim() !== '') show(rest);
  };
  const steps: Record<string, (argument: string) => unknown> = {
    show,
    wait: (ms) => vi.advanceTimersByTime(Number(ms)),
    type: (letters) => {
      for (const letter of letters) write(letter);
    },
    paste: write,
    tab: () => {
      if (rest === '') return;
      const [shownId, all] = [id, rest];
      rest = '';
      edit(caret, 0, all);
      watch.acceptedAll(shownId);
    },
    /** the second of several suggestions */
    tabOther: (other) => {
      rest = '';
      edit(caret, 0, other);
      watch.acceptedAll(++id);
    },
    word: (word) => {
      if (!rest.startsWith(word)) return;
      watch.takes(word);
      write(word);
    },
    /** an input method shows letters and puts characters in their place */
    compose: (stages) => {
      const at = caret;
      let length = 0;
      for (const stage of stages.split(',')) {
        edit(at, length, stage);
        length = stage.length;
      }
    },
    backspace: () => edit(caret - 1, 1, ''),
    undo: () => {
      if (done.length === 0) return;
      const { at, removed, written } = done.pop()!;
      undone.push({ at, removed, written });
      change(at, written.length, removed, 1);
    },
    redo: () => {
      const { at, removed, written } = undone.pop()!;
      done.push({ at, removed, written });
      change(at, removed.length, written, 2);
    },
    elsewhere: () => edit(0, 3, 'This'),
    leave: () => {
      rest = '';
      editorChanges.fire(undefined);
    },
    close: () => documentClosings.fire(document),
  };
  const perform = (sequence: readonly string[]) => {
    for (const step of sequence) {
      const [, name, argument] = /^(\w+) ?(.*)$/su.exec(step)!;
      steps[name!]!(argument!);
    }
  };
  const counts = async () => {
    await usage.dispose();
    watch.dispose();
    const file = new UsageFile(join(folder, 'global/usage.json'));
    const sum = Object.values(await file.read()).reduce((all, day) => plus(all, day.all), {});
    return Object.fromEntries(Object.entries(sum).filter(([, count]) => count !== 0));
  };
  return { usage, perform, insert: edit, counts, keepsText: () => existsSync(join(folder, 'workspace')) };
}

const whole = (characters: number, takes = 1) => ({ takenWhole: 1, takes, characters });
const part = (characters: number, takes = 1) => ({ takenPart: 1, takes, characters });
const read = ['show brown fox', 'wait 1000'];

describe('what becomes of a suggestion is counted once', () => {
  test.each<[what: string, steps: string[], expected: object]>([
    ['taken', [...read, 'tab'], whole(9)],
    ['taken before it could be read', ['show brown fox', 'tab'], whole(9)],
    ['taken after its beginning was typed', [...read, 'type bro', 'tab'], whole(6)],
    ['one letter, taken', ['show s', 'wait 1000', 'tab'], whole(1)],
    ['one letter, typed', ['show s', 'wait 1000', 'type s'], { typedSame: 1 }],
    ['its last letter taken', [...read, 'type brown fo', 'tab'], whole(1)],
    ['its last letter typed', [...read, 'type brown fox'], { typedSame: 1 }],
    ['taken word by word', [...read, 'word brown', 'word  fox'], whole(9, 2)],
    ['a word taken, then the rest at once', [...read, 'word brown', 'tab'], whole(9, 2)],
    ['a word of one letter taken', ['show a fox', 'wait 1000', 'word a', 'type  dog'], part(1)],
    ['a word taken, then something else', [...read, 'word brown', 'type  dog'], part(5)],
    ['a word taken, the rest typed', [...read, 'word brown', 'type  fox'], part(5)],
    ['a word taken, then left', [...read, 'word brown', 'leave'], part(5)],
    ['a word of Chinese taken, then the rest', ['show 的公园', 'wait 1000', 'word 的', 'tab'], whole(3, 2)],
    ['a character of two units', ['show 𠮷', 'wait 1000', 'tab'], whole(1)],
    ['the second of several taken', [...read, 'tabOther red dog'], whole(7)],
    ['typed by hand', [...read, 'type brown fox'], { typedSame: 1 }],
    ['its first word typed by hand', [...read, 'type brown dog'], { typedSame: 1 }],
    ['half of its first word typed by hand', [...read, 'type bread'], { passedOver: 1 }],
    ['typed by hand, faster than anybody reads', ['show brown fox', 'type brown fox'], { typedSame: 1 }],
    ['written over', [...read, 'type red'], { passedOver: 1 }],
    ['written over by pasting', [...read, 'paste red dog'], { passedOver: 1 }],
    ['written over at once', ['show brown fox', 'wait 100', 'type red'], { unread: 1 }],
    [
      'typed along at speed, then otherwise',
      ['show brown fox', 'wait 150', 'type b', 'wait 150', 'type r', 'wait 150', 'type ead'],
      { passedOver: 1 },
    ],
    ['deleted before it', [...read, 'backspace'], { passedOver: 1 }],
    ['left for another editor', [...read, 'leave'], { left: 1 }],
    ['left at once', ['show brown fox', 'leave'], { unread: 1 }],
    ['left by a change elsewhere', [...read, 'elsewhere'], { left: 1 }],
    ['replaced by another one', [...read, 'show red dog', 'wait 1000', 'tab'], { left: 1, ...whole(7) }],
    ['grown while it stood', [...read, 'show brown fox jumps', 'tab'], whole(15)],
    ['shorter when it came again', [...read, 'show brown', 'tab'], whole(5)],
    ['still standing at the end', read, { left: 1 }],
    ['taken and undone', [...read, 'tab', 'undo'], { takenBack: 1 }],
    ['taken, undone and redone', [...read, 'tab', 'undo', 'redo'], whole(9)],
    ['taken, undone, redone and undone', [...read, 'tab', 'undo', 'redo', 'undo'], { takenBack: 1 }],
    ['a word taken and undone', [...read, 'word brown', 'undo'], { takenBack: 1 }],
    ['two words taken, one undone', [...read, 'word brown', 'word  fox', 'undo'], part(5)],
    ['two words taken, both undone', [...read, 'word brown', 'word  fox', 'undo', 'undo'], { takenBack: 1 }],
    ['taken, and what was typed after it undone', [...read, 'tab', 'type !', 'undo'], whole(9)],
    ['one letter taken and undone', ['show s', 'wait 1000', 'tab', 'undo'], { takenBack: 1 }],
    ['typed the same and undone', ['show s', 'wait 1000', 'type s', 'undo'], { typedSame: 1 }],
    [
      'two, one after the other',
      [...read, 'tab', 'show  jumps', 'wait 1000', 'type  ran'],
      { passedOver: 1, ...whole(9) },
    ],
    [
      'composed as suggested',
      ['show 公园', 'wait 1000', 'compose g,go,gong,公', 'show 园', 'compose y,yu,园'],
      { typedSame: 1 },
    ],
    ['composed at once', ['show 公园', 'wait 1000', 'compose g,gong,gong y,公园'], { typedSame: 1 }],
    [
      'composed as suggested, then taken',
      ['show 今天去公园', 'wait 1000', 'compose j,jin,今天', 'show 去公园', 'tab'],
      whole(3),
    ],
    ['composed otherwise', ['show 公园', 'wait 1000', 'compose x,xue,学校'], { passedOver: 1 }],
    ['composed and given up', ['show 公园', 'wait 1000', 'compose g,go,'], { passedOver: 1 }],
    ['composed at speed', ['show 公园', 'compose g,gong,公园'], { typedSame: 1 }],
    ['taken with its blank, then a word', ['show brown fox ', 'wait 1000', 'tab', 'type jumps'], whole(10)],
    ['taken with its blank, then a full stop', ['show brown fox ', 'wait 1000', 'tab', 'type . It'], whole(9)],
    ['taken with its blank, then another blank', ['show brown fox ', 'wait 1000', 'tab', 'type  jumps'], whole(9)],
    ['typed by hand up to its blank', ['show brown fox ', 'wait 1000', 'type brown fox', 'leave'], { typedSame: 1 }],
    ['none', ['type red', 'undo', 'leave'], {}],
  ])('%s', async (_, steps, expected) => {
    editor.learnFromUse = false;
    const { perform, counts } = await writing();
    perform(steps);
    expect(await counts()).toEqual(expected);
  });

  test('in two hundred sequences that chance makes, one outcome each', async () => {
    editor.learnFromUse = false;
    const random = seededRandom(7);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
    const next = ['wait 200', 'type b', 'type x', 'word brown', 'tab', 'leave', 'backspace', 'undo', 'elsewhere'];
    const { perform, counts } = await writing();
    let shown = 0;
    perform(['type bbbb']);
    for (let i = 0; i < 200; i++) {
      perform(['leave', 'show brown fox']);
      shown++;
      for (let step = 0; step < 3; step++) {
        const chosen = pick(next);
        perform([chosen]);
        if (chosen === 'tab') break;
      }
    }
    const sum = figuresOf(await counts());
    expect(sum.shown).toBe(shown);
  });
});

describe('what was taken', () => {
  test('is looked at again after 30 s, 2 min and 10 min', async () => {
    const { perform, insert, counts } = await writing();
    perform(['show going out', 'tab', 'wait 30000']);
    insert(12, 9, 'coming in'); // over what was taken
    vi.advanceTimersByTime(600_000);
    expect(await counts()).toEqual({ ...whole(9), kept30: 1, gone120: 1, gone600: 1 });
  });

  test.each<[when: string, steps: string[], expected: object]>([
    ['closed before 30 s', ['wait 29000', 'close', 'wait 600000'], {}],
    ['closed after a minute', ['wait 60000', 'close', 'wait 600000'], { kept30: 1 }],
  ])('is not looked at any more in a document that is %s', async (_, steps, expected) => {
    const { perform, counts } = await writing();
    perform(['show going out', 'tab', ...steps]);
    expect(await counts()).toEqual({ ...whole(9), ...expected });
  });

  test('in parts, one after the other, is looked at as one', async () => {
    const { perform, counts } = await writing();
    perform(['show going out', 'word going', 'tab', 'wait 600000']);
    expect(await counts()).toEqual({ ...whole(9, 2), kept30: 1, kept120: 1, kept600: 1 });
  });

  test('is looked at in time although the clock goes back', async () => {
    const { perform, counts } = await writing();
    perform(['show going out', 'tab']);
    vi.setSystemTime(Date.now() - 7_200_000);
    perform(['wait 30000']);
    expect(await counts()).toEqual({ ...whole(9), kept30: 1 });
  });
});

describe('learning from use', () => {
  const accept = async (path?: string) => {
    const parts = await writing(path);
    parts.perform(['show going out', 'tab']);
    return parts;
  };

  test('keeps what was accepted, and what was written instead', async () => {
    const { usage, perform } = await accept();
    perform(['type . She was ', 'show late', 'wait 1000', 'type early.']);
    const examples = await usage.examples();
    expect(examples).toMatchObject([
      { kind: 'accepted', path: 'a.md', before: 'The tide is ', suggested: 'going out', written: 'going out' },
      { kind: 'rejected', path: 'a.md', suggested: 'late', written: 'early.' },
    ]);
  });

  test('keeps what stands there when a document is closed, and each suggestion once', async () => {
    const { usage, perform } = await accept();
    perform(['close']);
    vi.advanceTimersByTime(600_000);
    expect(await usage.examples()).toHaveLength(1);
    const { usage: other } = await accept();
    await other.examples();
    vi.advanceTimersByTime(600_000);
    expect(await other.examples()).toHaveLength(1);
  });

  test('is off unless a person switches it on', async () => {
    editor.learnFromUse = false;
    const { usage, keepsText } = await accept();
    expect(await usage.examples()).toEqual([]);
    expect(keepsText()).toBe(false);
  });

  test('keeps nothing in a workspace that is not trusted', async () => {
    editor.isTrusted = false;
    const { usage, keepsText } = await accept();
    vi.advanceTimersByTime(30_000);
    expect(await usage.examples()).toEqual([]);
    expect(keepsText()).toBe(false);
  });

  test('keeps nothing of documents outside the workspace', async () => {
    const { usage, keepsText } = await accept('/elsewhere/a.md');
    expect(await usage.examples()).toEqual([]);
    expect(keepsText()).toBe(false);
  });
});
