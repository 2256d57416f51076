import { describe, expect, test } from 'vitest';
import { commitMessageOf } from '../../../../src/writing/selection/rules/commitSubject.ts';

/** Lines with their signs; a line without one stands around. */
const diffOf = (lines: string, path = 'docs/guide.md', place = '') =>
  `diff --git a/${path} b/${path}\nindex 1..2 100644\n--- a/${path}\n+++ b/${path}\n@@ -1,9 +1,9 @@${place && ` ${place}`}\n${lines
    .split('\n')
    .map((line) => (/^[-+ ]/u.test(line) ? line : ` ${line}`))
    .join('\n')}\n`;
const newFile = (path: string, text: string) =>
  `diff --git a/${path} b/${path}\nnew file mode 100644\nindex 0..2\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,9 @@\n${text
    .split('\n')
    .map((line) => `+${line}`)
    .join('\n')}\n`;
const subjectOf = (diff: string, earlier: readonly string[] = []) => commitMessageOf(diff, earlier)!.split('\n')[0]!;

describe('the subject says what Git does not', () => {
  test.each<[string, string, string]>([
    ['a section', 'Old text.\n+\n+## Proxies\n+\n+Set HTTPS_PROXY.', 'Add “Proxies” to guide.md'],
    ['a section of LaTeX', 'Old.\n+\\section{Proof}\n+It holds.', 'Add “Proof” to guide.md'],
    ['a section of AsciiDoc', 'Old.\n+== Limits\n+None.', 'Add “Limits” to guide.md'],
    ['a section that goes', 'Text.\n-## Windows 95\n-It runs there, too.', 'Remove “Windows 95” from guide.md'],
    ['a heading that changes', '-## Set up\n+## Installing\nUnpack it.', 'Rename “Set up” to “Installing” in guide.md'],
    [
      'a term',
      '-Open the directory.\n+Open the folder.\nMore.\n-Each directory has a name.\n+Each folder has a name.',
      'Replace “directory” with “folder” in guide.md',
    ],
    [
      'a term in one and in many',
      '-Two directorys, one directory.\n+Two folders, one folder.',
      'Replace “directory” with “folder” in guide.md',
    ],
    ['one slip', '-We recieve letters.\n+We receive letters.', 'Fix spelling of “receive” in guide.md'],
    [
      'slips',
      '-We recieve letters.\n+We receive letters.\nSo.\n-It is definately so.\n+It is definitely so.',
      'Fix spelling in guide.md',
    ],
    ['a version', '-Needs Node 18.2.0.\n+Needs Node 20.1.1.', 'Update version to 20.1.1 in guide.md'],
    ['a number', '-It takes 30 seconds.\n+It takes 45 seconds.', 'Change 30 to 45 in guide.md'],
    ['figures', '-| a | 3 | 4.5 |\n+| a | 7 | 9.25 |', 'Update figures in guide.md'],
    ['links', '-See [it](http://a.example/x).\n+See [it](https://b.example/y).', 'Update links in guide.md'],
    ['punctuation', '-First, second and third\n+First, second, and third.', 'Fix punctuation in guide.md'],
    ['line breaks', '-One two\n-three four.\n+One two three\n+four.', 'Rewrap guide.md'],
    ['items', '# Stores\n - Oil\n+- Rope: two coils\n+- Bread', 'Add Rope and Bread to “Stores”'],
    ['an item that goes', '# Stores\n-- Rope: two coils\n - Oil', 'Remove Rope from “Stores”'],
    ['rows', '# Ports\n| 80 | web |\n+| 443 | secure web |', 'Add 443 to “Ports”'],
    ['a sentence, with its heading', '## Start\nRun it.\n+It needs no network.', 'Add to “Start”: It needs no network'],
    ['a sentence, without', 'Run it.\n+It needs no network.', 'Add to guide.md: It needs no network'],
    ['a sentence that goes', '## Start\nRun it.\n-It needs no network.', 'Remove from “Start”: It needs no network'],
    [
      'a sentence within a paragraph',
      '-The lamp burns all night.\n+The lamp burns all night. Whoever keeps it sleeps during the following afternoon.',
      'Add to guide.md: Whoever keeps it sleeps during the following…',
    ],
    [
      'a long sentence is cut at a word',
      `Run it.\n+${'Whoever wants to try it may do so at any time of the day or night without asking.'}`,
      'Add to guide.md: Whoever wants to try it may do so at any time of…',
    ],
    [
      'rewording',
      '## Start\n-Unpack the archive and start what lies in it.\n+Extract the archive, then run the file that lies within.',
      'Reword “Start” in guide.md',
    ],
    [
      'figures that are written as 1e-3',
      '-Below 1.39e-6 it stops.\n+Below 1.53e-6 it stops.',
      'Update figures in guide.md',
    ],
  ])('%s', (_, lines, expected) => {
    expect(subjectOf(diffOf(lines))).toBe(expected);
  });

  test.each([
    ['README.md', '# Inkling\n\nIt helps.', 'Add README.md: Inkling'],
    ['docs/adr/0007.md', '# Healing is a search\n\nText.', 'Add 0007.md: Healing is a search'],
    ['notes.md', 'no heading here', 'Add notes.md'],
  ])('a new text is named by its heading: %s', (path, text, expected) => {
    expect(subjectOf(newFile(path, text))).toBe(expected);
  });

  test('what Git takes for a place in prose is a line of text, and no name', () => {
    expect(
      subjectOf(
        diffOf(
          '-One of the five is here.\n+Seven may come tomorrow or not.',
          'a.md',
          'The lamp was lit before the storm',
        ),
      ),
    ).toBe('Reword a.md');
    expect(subjectOf(diffOf('-One more line.\n+Two other words.', 'a.md', '## Lamps'))).toBe('Reword “Lamps” in a.md');
  });

  test('of several files: what they share, or the one that tells something', () => {
    const slip = '-We recieve it.\n+We receive it.';
    expect(subjectOf(diffOf(slip, 'd/a.md') + diffOf(slip, 'd/b.md'))).toBe(
      'Fix spelling of “receive” in 2 files in d',
    );
    const section = 'Text.\n+## Lamps\n+Two.';
    expect(
      commitMessageOf(
        diffOf(section, 'd/a.md') + diffOf('-One of the five is here.\n+Seven may come tomorrow or not.', 'd/b.md'),
      ),
    ).toBe('Add “Lamps” to a.md\n\n- d/a.md: Add “Lamps”\n- Update d/b.md (+1 −1)');
  });

  test('the body names what the subject has no room for', () => {
    const message = commitMessageOf(diffOf('Text.\n+## Lamps\n+Two.\n+## Ropes\n+Three.\n+## Bread\n+Four.'))!;
    expect(message).toBe('Add “Lamps”; add “Ropes” to guide.md\n\n- Add “Lamps”\n- Add “Ropes”\n- Add “Bread”');
  });
});

describe('in the style of the repository', () => {
  const lines = 'Old text.\n+\n+## Proxies\n+\n+Set it.';
  test.each<[string, readonly string[], string]>([
    ['none', [], 'Add “Proxies” to guide.md'],
    ['too few commits for a habit', ['docs: a', 'docs: b'], 'Add “Proxies” to guide.md'],
    [
      'prefix and small letter',
      ['docs: add a', 'fix: mend b', 'docs: say c', 'feat(ui): do d'],
      'docs: add “Proxies” to guide.md',
    ],
    [
      'a scope is not repeated',
      ['docs(api): add a', 'docs(cli): say b', 'fix(x): c'],
      'docs: add “Proxies” to guide.md',
    ],
    ['brackets', ['[docs] Add a', '[docs] Say b', '[code] Do c'], '[docs] Add “Proxies” to guide.md'],
    ['prefixes, none of them of texts', ['fix: a', 'feat: b', 'fix: c'], 'add “Proxies” to guide.md'],
    ['small letters alone', ['add a', 'mend b', 'say c'], 'add “Proxies” to guide.md'],
    ['a full stop', ['Add a.', 'Mend b.', 'Say c.'], 'Add “Proxies” to guide.md.'],
    ['past', ['Added a', 'Fixed b', 'Renamed c'], 'Added “Proxies” to guide.md'],
    ['third person', ['Adds a', 'Fixes b', 'Updates c'], 'Adds “Proxies” to guide.md'],
    ['Chinese', ['添加甲', '修正乙', '更新丙'], '添加“Proxies”（guide.md）'],
    ['Chinese with a prefix', ['docs: 添加甲', 'docs: 修正乙', 'fix: 更新丙'], 'docs: 添加“Proxies”（guide.md）'],
    [
      'merges say nothing',
      ['Merge branch x', 'Merge branch y', 'Merge z', 'add a', 'add b', 'add c'],
      'add “Proxies” to guide.md',
    ],
    ['a colon within a sentence is no prefix', ['Add a: b', 'Mend c', 'Say d'], 'Add “Proxies” to guide.md'],
  ])('%s', (_, earlier, expected) => expect(subjectOf(diffOf(lines), earlier)).toBe(expected));

  test('a prefix that is the name of a file stands before changes of that file alone, and names it once', () => {
    const log = ['README: Say a', 'README: Drop b', 'README: Mend c'];
    expect(commitMessageOf(diffOf(lines, 'README.md'), log)).toBe('README: Add “Proxies”');
    expect(commitMessageOf(diffOf('-One more line.\n+Two other words.', 'README'), log)).toBe('README: Reword text');
    expect(subjectOf(diffOf(lines), log)).toBe('Add “Proxies” to guide.md');
    expect(subjectOf(diffOf(lines), [...log, 'docs: say d'])).toBe('docs: Add “Proxies” to guide.md');
  });

  test('code gets no prefix that would have to be guessed', () => {
    const code = diffOf('-a\n+b', 'src/x.ts');
    expect(subjectOf(code, ['docs: a', 'fix: b', 'feat: c'])).toBe('update src/x.ts');
  });

  test('never wider than 72 columns', () => {
    const long = diffOf(`Old.\n+## ${'Very long heading '.repeat(6)}\n+Text.`);
    for (const earlier of [[], ['docs: a.', 'docs: b.', 'docs: c.'], ['添加甲。', '修正乙。', '更新丙。']]) {
      expect(subjectOf(long, earlier).length).toBeLessThanOrEqual(72);
    }
  });
});

test('long texts are not compared word by word', () => {
  const side = (sign: string, word: string) =>
    Array.from({ length: 4000 }, (_, i) => `${sign}${word} ${i}.`).join('\n');
  expect(subjectOf(diffOf(`${side('-', 'one')}\n${side('+', 'two')}`))).toBe('Reword docs/guide.md');
});

describe('what a line is, the markup around it tells', () => {
  test.each<[string, string, string, string?]>([
    ['a comment of a shell in code', ' ```sh\n+# Install the tool\n+npm i\n ```', 'Update code in guide.md'],
    ['a line of code', ' ```sh\n-npm install a\n+npm install b\n ```', 'Update code in guide.md'],
    ['code that began above', ' npm ci\n+# Install the tool\n ```\n Text.', 'Update code in guide.md'],
    ['code of tildes', ' ~~~py\n+# Read it\n ~~~', 'Update code in guide.md'],
    ['a heading behind code', ' ```sh\n ls\n ```\n+## Limits\n+None.', 'Add “Limits” to guide.md'],
    ['code and a heading', ' A.\n+## Limits\n+```sh\n+# ls\n+```', 'Add “Limits” to guide.md'],
    ['an underlined heading', ' Text.\n+\n+Limits\n+------\n+None of them.', 'Add “Limits” to guide.md'],
    ['one of reStructuredText', ' Text.\n+\n+Limits\n+~~~~~~\n+None of them.', 'Add “Limits” to a.rst', 'docs/a.rst'],
    ['an underlined heading renamed', '-Limit\n+Bound\n =====\n Text.', 'Rename “Limit” to “Bound” in guide.md'],
    ['one of Org', ' Text.\n+* Limits\n+None of them.', 'Add “Limits” to a.org', 'a.org'],
    ['an item, not of Org', ' Text.\n+* Limits\n+* Bounds', 'Add Limits and Bounds to guide.md'],
    ['front matter', ' ---\n-title: Old\n+title: New\n ---', 'Replace “Old” with “New” in guide.md'],
    ['a date', ' ---\n-date: 2024-01-01\n+date: 2024-02-03\n ---', 'Update figures in guide.md'],
    ['a date in words', '-We meet on 3 May 2024.\n+We meet on 4 June 2024.', 'Update figures in guide.md'],
    ['a time', '-Open at 9:00.\n+Open at 8:30.', 'Update figures in guide.md'],
    ['a link in a heading', ' T.\n+## Using [`act`](act.md) {#act}\n+X.', 'Add “Using act” to guide.md'],
    ['a colon behind a heading', ' T.\n+## Notes:\n+X y z.', 'Add “Notes” to guide.md'],
    ['commands in a heading', ' T.\n+\\section*{Thanks to \\emph{all}}\n+X.', 'Add “Thanks to all” to a.tex', 'a.tex'],
    [
      'a long heading',
      ' T.\n+## How we found out that the very old machine in the cellar of the house was never off\n+X.',
      'Add “How we found out that the very old machine in…” to guide.md',
    ],
    [
      'two headings renamed',
      '-## A one\n+## A two\n x\n-## B one\n+## B two',
      'Rename “A one” to “A two”; rename “B one” to “B two” in guide.md',
    ],
    ['blank lines', ' T.\n+\n+\n X.', 'Fix white space in guide.md'],
    ['blanks at the end', '-One line.  \n+One line.', 'Fix white space in guide.md'],
    ['bold print', '-It is very hot.\n+It is **very** hot.', 'Update formatting in guide.md'],
    ['a paragraph that moved', '-It rained.\n ## B\n Text.\n+It rained.', 'Move “It rained” to “B”'],
    ['one moved without a heading', '-It rained.\n We slept.\n+It rained.', 'Move “It rained” in guide.md'],
    ['a title before a name', ' T.\n+Dr. Smith comes in May.', 'Add to guide.md: Dr. Smith comes in May'],
    ['a shortened word', ' T.\n+Bring bread, e.g. Rye. Go.', 'Add to guide.md: Bring bread, e.g. Rye'],
    ['a footnote', ' T.\n+[^1]: See the appendix.', 'Add to guide.md: See the appendix'],
    ['a badge', ' Text.\n+[![build](https://x.example/b.svg)](https://x.example)', 'Add to guide.md: build'],
    ['items of several words', ' # Steps\n+3. Let it cool.\n+4. Cut it.', 'Add “Let it cool” and “Cut it” to “Steps”'],
    ['the line below a head row', '-| a | b |\n-|---|---|\n+| a | b | c |\n+|---|---|---|', 'Reword docs/guide.md'],
  ])('%s', (_, lines, subject, path) => expect(subjectOf(diffOf(lines, path))).toBe(subject));
});

describe('the kinds of faults that were found in commits of other people’s documents', () => {
  test.each<[string, string, string, string?]>([
    [
      'words within',
      '-It is read in\n-any folder above it.\n+It is read in any folder\n+of the same\n+disk above it.',
      'Add “of the same disk” to guide.md',
    ],
    ['one word within', '-It may fail.\n+It may not fail.', 'Add “not” to guide.md'],
    ['words that go', '-It may, as a rule, fail.\n+It may fail.', 'Remove “as a rule” from guide.md'],
    [
      'words put in at two places are no one thing',
      '-It may fail.\n+It may well fail.\n Yes.\n-They ran here.\n+They all ran here.',
      'Reword docs/guide.md',
    ],
    [
      'words beside a new sentence',
      '-It may fail.\n+It may not fail.\n Yes.\n+Nobody knows when.',
      'Add to guide.md: Nobody knows when',
    ],
    [
      'a short term and a long one',
      '-Wait 5 ms. Go.\n+Wait 5 hundredths of a second. Go.\n A.\n-Rest 7 ms. Go.\n+Rest 7 hundredths of a second. Go.',
      'Replace “ms” with “hundredths of a second” in guide.md',
    ],
    [
      'a text without a kind',
      '-\t\tThe delay is in ms.\n+\t\tThe delay is in seconds.',
      'Replace “ms” with “seconds” in sysfs-tty',
      'Documentation/ABI/sysfs-tty',
    ],
    ['a program in a folder of documents', '-a: b\n+a: c', 'Update docs/Makefile', 'docs/Makefile'],
    [
      'angle brackets around links',
      '-See http://a.example/x, and\n-http://b.example/y.\n+See <https://a.example/x/>, and\n+<http://b.example/y>.',
      'Update links in guide.md',
    ],
    [
      'a label with its list',
      ' A.\n-IRC channel:\n-  - Freenode\n-  - [web](https://x.example)\n B.',
      'Remove “IRC channel” from guide.md',
    ],
    ['a label in bold print', ' A.\n+**Needs**:\n+- Node', 'Add Needs to guide.md'],
    ['an empty line beside changed words', '-One more line.\n+Two other words.\n A.\n+\n B.', 'Reword docs/guide.md'],
    ['a heading between two lines', '+_______\n+LIMITS\n+_______\n+\n+None.', 'Add “LIMITS” to README', 'README'],
    ['a rule below a text', ' A.\n+It has limits\n+___\n B.', 'Add to guide.md: It has limits'],
    ['a literal block', ' Say::\n \n-\tmake a\n+\tmake prepare a\n \n Then.', 'Update code in a.rst', 'a.rst'],
    [
      'behind a literal block',
      ' Say::\n \n \tmake a\n \n-It may fail.\n+It may not fail.',
      'Add “not” to a.rst',
      'a.rst',
    ],
    [
      'a note is no literal block',
      ' .. note::\n \n-   It may fail.\n+   It may not fail.',
      'Add “not” to a.rst',
      'a.rst',
    ],
  ])('%s', (_, lines, subject, path) => expect(subjectOf(diffOf(lines, path))).toBe(subject));

  test('an empty line is no code in what the body lists', () => {
    expect(commitMessageOf(diffOf(' A.\n+\n B.\n+Whoever comes late finds it closed.'))).toBe(
      'Add to guide.md: Whoever comes late finds it closed',
    );
  });
});
