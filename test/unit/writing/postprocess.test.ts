import { describe, expect, test } from 'vitest';
import { type More, shown } from './support/shownText.ts';

describe('at the caret', () => {
  test.each([
    ['This is gre|', 'at news', 'at news'],
    ['The quick |', ' brown fox', 'brown fox'],
    ['The quick|', ' brown fox', ' brown fox'],
    ['The quick|', '  brown fox', ' brown fox'],
    ['Wait,|', 'then go', ' then go'],
    ['The value of node|', '.js is', '.js is'],
    ['我们去|', ' 北京吧', '北京吧'],
    ['我们去|', '北 京吧', '北京吧'],
    ['使用 Git |', '来管理', '来管理'],
    ['The quick |', 'brown fox   ', 'brown fox'],
  ])('%j + %j shows %j', (drawn, said, text) => expect(shown(drawn, said)).toBe(text));
});

describe('the end of a title', () => {
  const latex = { languageId: 'latex' };
  const commit = { languageId: 'git-commit' };
  test.each<[drawn: string, said: string, text: string, more?: More]>([
    ['# Why gardens fail in their third |', 'year.', 'year'],
    ['# Why gardens fail in their th|', 'ird year.', 'ird year'],
    ['## It starts with |', 'water.', 'water'],
    ['# One\n\n* It ends.\n1. It goes on.\n\n# Why gardens fail in their third |', 'year.', 'year'],
    ['== Why gardens fail in their third |', 'year.', 'year', { languageId: 'asciidoc' }],
    ['= Why gardens fail in their third |', 'year.', 'year', { languageId: 'typst' }],
    ['* Why gardens fail in their third |', 'year.', 'year', { languageId: 'org' }],
    ['\\section{Why gardens fail in their |', 'year.', 'year', latex],
    ['\\section{Why gardens fail in their |}', 'year.', 'year', latex],
    ['Fix the spelling of |', 'the word.', 'the word', commit],
    ['Add the notes of the |', 'committee.', 'committee', commit],
    ['# Do gardens |', 'fail?', 'fail?'],
    ['# Gardens |', 'fail!', 'fail!'],
    ['# Gardens, sheds, |', 'tools etc.', 'tools etc.'],
    ['# The rise of Apple |', 'Inc.', 'Inc.'],
    ['# Life in the |', 'U.S.', 'U.S.'],
    ['# The garden of J|', ' Smith Jr.', ' Smith Jr.'],
    ['# It ends.\n\nText.\n\n# Why gardens |', 'fail.', 'fail.'], // this author’s titles are sentences
    ['Why gardens fail in their third |', 'year.', 'year.'],
    ['- Why gardens fail in their third |', 'year.', 'year.'],
    ['# Title\n\nWhy gardens fail in their third |', 'year.', 'year.'],
    ['> Why gardens fail in their third |', 'year.', 'year.'],
  ])('%j + %j shows %j', (drawn, said, text, more) => expect(shown(drawn, said, more)).toBe(text));
});

describe('a heading that stands above', () => {
  const latex = { languageId: 'latex' };
  const readme = '# Tidewatch\n\n## Configuration\n\nText.\n\n';
  test.each<[drawn: string, said: string, text: string, more?: More]>([
    [`${readme}## Con|`, 'figuration', '–repeatsText'],
    [`${readme}## Con|`, 'figuration.', '–repeatsText'],
    [`${readme}## con|`, 'figuration', '–repeatsText'],
    [`${readme}## Con|`, 'figuration files', 'figuration files'],
    [`${readme}## Con|`, 'tributing', 'tributing'],
    [`${readme}### Con|`, 'figuration', 'figuration'],
    ['# 记录\n\n## 设置\n\n文字。\n\n## 设|', '置', '–repeatsText'],
    ['# Notes\n\n## 1.1\n\n### Changed\n\nA.\n\n### Fixed\n\nB.\n\n## 1.0\n\n### Ch|', 'anged', 'anged'],
    ['# Notes\n\n## 1.1\n\n### Changed\n\nA.\n\n### Fixed\n\nB.\n\n### Ch|', 'anged', '–repeatsText'],
    ['# A\n\n## Example\n\nA.\n\n## Example\n\nB.\n\n## Ex|', 'ample', 'ample'], // this author’s headings are alike
    ['= Tidewatch\n\n== Configuration\n\nText.\n\n== Con|', 'figuration', '–repeatsText', { languageId: 'asciidoc' }],
    ['* Configuration\nText.\n* Con|', 'figuration', '–repeatsText', { languageId: 'org' }],
    ['\\section{Methods}\n\nText.\n\n\\section{Met|}', 'hods', '–repeatsText', latex],
    ['\\section{Methods}\n\nText.\n\n\\section{Met|', 'hods', '–repeatsText', latex],
    ['\\section{Methods}\n\nText.\n\n\\subsection{Met|', 'hods', 'hods', latex],
    ['# A\n\n```sh\n## Configuration\n```\n\nText.\n\n## Con|', 'figuration', 'figuration'], // a comment in code
    ['A\n=\n\nConfiguration\n---\n\nText.\n\n## Con|', 'figuration', '–repeatsText'],
    ['# A\r\n\r\n## Configuration\r\n\r\nText.\r\n\r\n## Con|', 'figuration', '–repeatsText'],
    ['<h2>Configuration</h2>\n<p>Text.</p>\n<h2>Con|</h2>', 'figuration', '–repeatsText', { languageId: 'html' }],
    ['<h2>Configuration</h2>\n<p>Text.</p>\n<h2>Con|', 'figuration', '–repeatsText', { languageId: 'html' }],
    ['= A\n\n== Configuration\n\nText.\n\n== Con|', 'figuration', '–repeatsText', { languageId: 'typst' }],
    [`${readme}The Con|`, 'figuration', 'figuration'],
    [`${readme}- Con|`, 'figuration', 'figuration'],
  ])('%j + %j shows %j', (drawn, said, text, more) => expect(shown(drawn, said, more)).toBe(text));
});

describe('the end of a suggestion', () => {
  test.each([
    ['The quick |', 'brown fox. It jumps over', 'brown fox.'],
    ['It is |', 'about 3 metres. Then', 'about'],
    ['The 3.14 value is |', 'not 3.14 but more. Then', 'not 3.14 but more.'],
    ['Ask |', 'Dr. Smith about it. Then', 'Dr. Smith about it.'],
    ['The quick |', 'brown\nfox', 'brown'],
    ['The quick|', '\n\nNext', '–empty'],
    ['我们|', '去吧。然后回来', '去吧。'],
  ])('%j + %j shows %j', (drawn, said, text) => expect(shown(drawn, said)).toBe(text));

  test('follows the length setting', () => {
    const said = 'brown fox, which jumps. It runs. So';
    expect(shown('The quick |', said, { length: 'short' })).toBe('brown fox,');
    expect(shown('The quick |', said, { length: 'sentence' })).toBe('brown fox, which jumps.');
    expect(shown('The quick |', said, { length: 'paragraph' })).toBe('brown fox, which jumps. It runs. So');
  });

  test('is at the first unsure word', () => {
    expect(shown('The quick |', ['brown', ' fox', [' jumps', 0.1], ' over'])).toBe('brown fox');
    expect(shown('The quick |', ['brown', [' fox', 0.5], [' jumps', 0.5], [' over', 0.35]])).toBe('brown fox jumps');
    expect(shown('The quick |', ['brown', ' fox', [',', 0.1], ' which'])).toBe('brown fox');
    expect(shown('The quick |', [['brown', 0.2], ' fox'])).toBe('–lowConfidence');
    expect(shown('The quick|', [[' brown', 0.52], ' fox'])).toBe('–lowConfidence'); // a word's end is stricter
    expect(shown('The qui|', [['ck', 0.52], ' fox'])).toBe('ck fox');
  });
});

describe('a first word of a script without blanks', () => {
  test.each<[string, (string | [string, number])[], string]>([
    ['我们打开文|', [['件', 0.9], '系统'], '件系统'],
    ['我们使用|', ['图', ['书', 0.3], '馆'], '–lowConfidence'], // its first character is sure, the word is not
    ['我们使用|', ['图', ['书', 0.9], ['馆', 0.9], '的书'], '图书馆的书'],
    ['我们使用|', [['\uFFFD', 0.9], '的'], '–empty'],
    ['我们使用|', [['', 0.9], ['', 0.95], ['图', 0.99], ['书', 0.2], '馆'], '–lowConfidence'], // parts of a character
    ['我们使用|', ['，', ['然', 0.9], ['后', 0.4]], '–lowConfidence'],
  ])('%j + %j shows %j', (drawn, said, text) => expect(shown(drawn, said)).toBe(text));
});

describe('a misspelt word under the caret', () => {
  test.each([
    ['The stroe was clo|', 'sed', -25, '–misspelt'],
    ['The store was clo|', 'sed', -8, 'sed'],
    ['Mrs Kowalczyk said that Kowal|', 'czyk', -27, 'czyk'], // the writer's own name
    ['He is a|', ' friend', -25, ' friend'], // too short to be judged
    ['The stroe, |', 'closed', -25, 'closed'], // no longer under the caret
    ['他们在讨论饕餮|', '纹样的来历', -25, '纹样的来历'], // nobody knows where a word begins
    ['これはひらがな|', 'の例です', -25, 'の例です'],
  ])('%j + %j at %d shows %j', (drawn, said, healedLogprob, text) =>
    expect(shown(drawn, said, { healedLogprob })).toBe(text),
  );
});

describe('zones', () => {
  test.each([
    ['| a | b |\n|---|---|\n| the ‖', 'first | the second |', 'first'],
    ['# The |', 'quick start\n\nText', 'quick start'],
    ['- the |', 'first item\n- the second', 'first item'],
    ['Call `npm in|', 'stall` first', 'stall` first'],
  ])('%j + %j shows %j', (drawn, said, text) => expect(shown(drawn, said)).toBe(text));

  test('a commit subject has 72 columns', () => {
    const subject = 'Fix the crash that happens when the model folder is missing and the ';
    expect(shown(`${subject}|`, 'editor starts', { languageId: 'git-commit' })).toBe('–tooShort');
    expect(shown(`${subject.slice(0, -4)}|`, 'editor starts', { languageId: 'git-commit' })).toBe('editor');
  });
});

describe('text to the right', () => {
  test.each([
    ['The quick | jumps over', 'brown fox jumps over', 'brown fox'],
    ['The quick | jumps over', 'jumps over', '–repeatsSuffix'],
    ['The quick | jumps over', 'brown and red and yellow fox', 'brown and red and'],
    ['The |fox jumps', 'quick brown', 'quick brown '],
    ['The| fox jumps', ' quick brown', ' quick brown'],
    ['(see |)', 'the manual) for details', 'the manual'],
    ['(see |)', ')', '–repeatsSuffix'],
    ['He said "|"', 'hello there" and left', 'hello there'],
    ['The quick |\nbrown fox jumps', 'brown fox jumps', '–repeatsSuffix'],
    ['The quick |\nSomething else', 'brown fox jumps', 'brown fox jumps'],
    ['我们|去北京', '明天去北京', '明天'],
  ])('%j + %j shows %j', (drawn, said, text) => expect(shown(drawn, said)).toBe(text));

  test('must stay likely', () => {
    const drawn = 'The quick | jumps over';
    expect(shown(drawn, 'brown fox', { suffixScore: { after: -3, without: -2 } })).toBe('–unlikelySuffix');
    expect(shown(drawn, 'brown fox', { suffixScore: { after: -2.1, without: -2 } })).toBe('brown fox');
    expect(shown(drawn, 'brown fox jumps over', { suffixScore: { after: -3, without: -2 } })).toBe('brown fox');
  });
});

describe('marks right of the caret', () => {
  const said = 'ention to this, and';
  const marks =
    '.¦.\n¦!¦?¦)¦).¦).\n¦**¦** and left.¦*¦"¦" she said¦”¦’¦]¦}¦`¦~~¦，¦。¦；¦：¦…¦»¦」¦—¦-¦/¦%¦), which¦."¦.)¦],¦};'.split(
      '¦',
    );
  const letters = ['Thank you for your att', 'He said (and “we) saw”) *the* **att', '这是 att', 'A `code` and att'];
  test.each(letters.flatMap((before) => marks.map((after) => [before, after] as const)))(
    'only the rest of the word stands between %j and %j',
    (before, after) => {
      if (before.includes('**') && after.startsWith('*')) return; // a pair that is open: below
      expect(shown(`${before}‖${after}`, said)).toBe('ention');
      expect(shown(`${before}ention‖${after}`, ' to this')).toBe('–unlikelySuffix');
      expect(shown(`${before}ention, ‖${/^[\p{Pe}\p{Pf}"'`*~]/u.test(after) ? `.${after}` : after}`, 'and this')).toBe(
        '–unlikelySuffix',
      );
    },
  );
  const further =
    '</b> </p> <br> <!--a--> <sup>1</sup> <<a>> [^1] [^1]. [@smith] [a](b) {.note} {{a}} {%a%} (s) (see （见下） 「a」 “a” «a» ' +
    '\\footnote{a} \\cite{a} \\\\ } $a$ &nbsp;a #a @a | :: 🙂 ™ ° <ahref="b"> `a` =a +a >';
  test.each(further.split(' '))('before %j only the rest of the word', (after) => {
    for (const languageId of ['markdown', 'html', 'latex', 'restructuredtext']) {
      expect(shown(`Thank you for your att‖${after}`, said, { languageId })).toBe('ention');
      expect(shown(`Thank you for your attention‖${after}`, ' to this', { languageId })).toBe('–unlikelySuffix');
    }
  });
  test.each([
    ['我们今天去北|。', '京玩', '–tooShort'],
    ['我们今天去北京|。', '玩吧', '–unlikelySuffix'],
    ['The well-kn|.', 'own fact', 'own'],
    ['Then he did|.', "n't go", "n't"],
    ['Look at (the |)', 'first page) of', 'first page'],
    ['He wrote **the |** again', 'first page** of', 'first page'],
    ['He wrote “the |” again', 'first page” of', 'first page'],
    ['Call `npm |` first', 'install` first', 'install'],
    ['The first |**', 'page is', '–unlikelySuffix'],
    ['The first |)', 'page is', '–unlikelySuffix'],
    ['The first |"', 'page is', '–unlikelySuffix'],
    ['| a | the ‖ |', 'first page | b', 'first page'],
  ])('%j + %j shows %j', (drawn, text, expected) => {
    expect(shown(drawn.startsWith('|') ? drawn : drawn.replace('|', '‖'), text)).toBe(expected);
  });
});

describe('what a small model says wrongly', () => {
  test.each([
    ['I think |', 'but but no', 'but'],
    ['The |', 'cat sat on the mat cat sat on the mat', 'cat sat on the mat'],
    ['over and over |', 'and over again', '–repeatsText'],
    ['The cat sat on the mat today.\nThe cat |', 'sat on the mat today.', 'sat'],
    ['The cat sat on the mat today.\nThe |', 'cat sat on the mat today.', 'cat sat'],
    ['The cat sat on the mat today.\nT|', 'he cat sat on the mat today.', 'he cat sat'],
    ['The cat sat on the mat today.\nThe c|', 'at sat on the mat today.', 'at sat'],
    ['The cat sat on the mat today.\nThe cat s|', 'at on the mat today.', 'at on the mat today.'],
    ['The cat sat on the mat today.\nThe cat|', ' sat on the mat today.', ' sat'],
    ['The cat sat on the mat.\nThe cat |', 'sat on a mat.', 'sat on a mat.'],
    ['- Returns the name of the user.\n- Returns |', 'the name of the user.', 'the name'],
    ['Called when a key is pressed.\n\nCalled w|', 'hen a key is pressed.', 'hen a'],
    ['> The cat sat on the mat today.\n\n> The cat |', 'sat on the mat today.', 'sat'],
    ['Die Katze sitzt auf der Matte im Flur.\nDie Kat|', 'ze sitzt auf der Matte im Flur.', 'ze sitzt'],
    ['- The cat sat on the mat.\n\n- The cat sat |', 'on the mat.', 'on the mat.'],
    ['- The cat sat on the mat.\n\n- The cat sat on the mat.\n\n- The |', 'cat sat on the mat.', 'cat sat on the mat.'],
    ['Please |', 'Sure, here is the text', '–chatter'],
    ['As an |', 'AI language model, I cannot', '–chatter'],
    ['The text <|im_start|> is a marker and ‖', 'then <|im_end|> more', 'then'],
    ['The text <|im_end|> is a marker and ‖', 'then <|im_end|> more', 'then <|im_end|> more'],
    ['The quick |', 'fox<|im_end|>', 'fox'],
    ['The quick |', '<|im_start|>user', '–chatter'],
    ['The quick |', 'fox\uFFFD', 'fox'],
    ['The quick |', '\uFFFD', '–empty'],
    ['The quick |', 'fox \u{1F468}\u200D', 'fox'],
    ['The quick |', 'fox \uD83D', 'fox'],
    ['The quick |', 'fox\0 jumps', 'fox'],
    ['See |', 'https://example.com/a for more', '–invented'],
    ['At https://example.com/a we |', 'link to https://example.com/a again', 'link to https://example.com/a again'],
    ['Born in |', '1987 in Rome', '–invented'],
    ['Born in 1987, died |', 'in 1987 or later', 'in 1987 or later'],
    ['Born in 19|', '87 in Rome', '–invented'],
    ['In 1987 he was born. In 19|', '87 he', '87 he'],
    ['It is |', 'x', '–tooShort'],
    ['And t|', 'he', '–tooShort'],
    ['And t|', 'hen', 'hen'],
    ['And t|', 'he end', 'he end'],
    ['It is|', '.', '–tooShort'],
    ['It is |', '', '–empty'],
    ['It is |', 'done) and more', 'done'],
    ['(It is |', 'done) and more', 'done) and more'],
    ['It is |', 'done (see', 'done'],
    ['It is |', 'done "', 'done'],
  ])('%j + %j shows %j', (drawn, said, text) => expect(shown(drawn, said)).toBe(text));
});

describe('the author’s style', () => {
  test.each([
    ['“Yes,” she said, “and it’s fine.” I |', `don't say "no" here`, 'don’t say “no” here'],
    [`"Yes," she said, "and it's fine." I |`, 'don’t say “no” here', `don't say "no" here`],
    ['The colour is a matter of |', 'color and behavior', 'colour and behaviour'],
    ['The color is a matter of |', 'colour', 'color'],
    ['The behaviour of the col|', 'or is', 'our is'],
    ['The behaviour of the colo|', 'r is', 'ur is'],
    ['My favourite |', 'laboratory is humorous', 'laboratory is humorous'],
    ['One thing — another. We |', 'wait—then go', 'wait — then go'],
    ['It—of course—works. We |', 'wait -- then go', 'wait—then go'],
    ['The colour `of` |', 'color', 'colour'],
    ['The colour is `|', 'color` here', 'color` here'],
  ])('%j + %j shows %j', (drawn, said, text) => expect(shown(drawn, said)).toBe(text));
});

describe('hard-wrapped prose', () => {
  const wrapped = [
    'The workspace is the best teacher of a small model, because',
    'the names and terms of one author come back again and again',
    'in everything that is written there. A table of such words,',
    'blended with the distribution of the model, is worth having',
    'as long as it is built from the text that is open, nothing',
    'else.',
    '',
  ].join('\n');

  test('is crossed at the author’s column', () => {
    expect(shown(`${wrapped}\nThe quick brown fox jumps over the lazy dog and |`, 'runs away quickly')).toBe(
      'runs away\nquickly',
    );
  });
  test('joins the model’s own line break', () => {
    expect(shown(`${wrapped}\nThe quick brown |`, 'fox\njumps over\n\nNext')).toBe('fox jumps over');
  });
  test('keeps the marks of the paragraph', () => {
    const quote = wrapped.replace(/^(?=.)/gmu, '> ');
    expect(shown(`${quote}\n> The quick brown fox jumps over the lazy dog and |`, 'runs away quickly')).toBe(
      'runs away\n> quickly',
    );
    expect(shown(`${wrapped}\n- The quick brown fox jumps over the lazy dog |`, 'and runs away quickly')).toBe(
      'and runs away\n  quickly',
    );
  });
  test('gets the document’s line ends', () => {
    const drawn = `${wrapped}\nThe quick brown fox jumps over the lazy dog and |`.replaceAll('\n', '\r\n');
    expect(shown(drawn, 'runs away quickly')).toBe('runs away\r\nquickly');
  });
  test('goes on in the line below, where the paragraph goes on', () => {
    expect(shown(`${wrapped}\nThe quick |\njumps over the lazy dog`, 'brown fox jumps over')).toBe('brown fox');
  });
  test('is not seen in a text with one line per paragraph', () => {
    expect(shown(`${'A long paragraph of text. '.repeat(8)}\n\nThe quick |`, 'brown fox\njumps')).toBe('brown fox');
  });
});
