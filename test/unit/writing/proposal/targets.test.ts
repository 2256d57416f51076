import { describe, expect, test } from 'vitest';
import { type Reach, targetsOf } from '../../../../src/writing/proposal/targets.ts';
import type { ActionOutput } from '../../../../src/writing/selection/selectionAction.ts';

/** Reads `[…]` as selections and `|` as a caret; draws what an action is given as `‹…›` and its place as `«…»`. */
function drawn(marked: string, output: ActionOutput = 'replace', reach?: Reach): string {
  const selections: { start: number; end: number }[] = [];
  let text = '';
  let start = 0;
  for (const character of marked) {
    if (character === '[') start = text.length;
    else if (character === ']') selections.push({ start, end: text.length });
    else if (character === '|') selections.push({ start: text.length, end: text.length });
    else text += character;
  }
  const marks = targetsOf(text, selections, output, reach).flatMap(({ request, place }, index) => [
    { at: place.start, mark: '«', order: index },
    { at: request.start, mark: '‹', order: index },
    { at: request.end, mark: '›', order: index },
    { at: place.end, mark: '»', order: index },
  ]);
  let drawing = '';
  let at = 0;
  for (const { at: position, mark } of marks) {
    drawing += text.slice(at, position) + mark;
    at = position;
  }
  return drawing + text.slice(at);
}

describe('what an action is given', () => {
  test.each<[string, string]>([
    ['a [b c] d', 'a «‹b c›» d'],
    ['a[ b c ]d', 'a «‹b c›» d'], // blanks stay where they are
    ['[a] b [c]', '«‹a›» b «‹c›»'],
    ['[c d] |e', '«‹c d›» e'], // the caret’s paragraph holds the selection already
    ['One\ntwo|.\n\nThree.', '«‹One\ntwo.›»\n\nThree.'],
    ['One.\n\n|Two\nthree.\n\nFour.', 'One.\n\n«‹Two\nthree.›»\n\nFour.'],
    ['One.\r\n\r\nTwo\r\nthree.|\r\n\r\nFour.', 'One.\r\n\r\n«‹Two\r\nthree.›»\r\n\r\nFour.'],
    ['One.\n \t\nTwo.|', 'One.\n \t\n«‹Two.›»'],
    ['|One.', '«‹One.›»'],
    ['One.\n|\nTwo.', 'One.\n\nTwo.'], // nothing on a blank line
    ['[ \n ]', ' \n '],
    ['|', ''],
  ])('%j', (marked, expected) => expect(drawn(marked)).toBe(expected));
});

describe('half a word is taken whole', () => {
  test.each<[string, string]>([
    ['It will summar[ize] this.', 'It will «‹summarize›» this.'],
    ['It will summar[ize th]is.', 'It will «‹summarize this›».'],
    ['It w[ill] do.', 'It «‹will›» do.'],
    ['It [wil]l do.', 'It «‹will›» do.'],
    ['It w[i]ll do.', 'It «‹will›» do.'],
    ['It [will] do.', 'It «‹will›» do.'],
    ['It do[esn]’t.', 'It «‹doesn’t›».'],
    ['It doesn[’t].', 'It «‹doesn’t›».'],
    ['the well-kno[wn] man', 'the well-«‹known›» man'],
    ['`file_na[me]`', '`«‹file_name›»`'],
    ['**bo[ld** wor]ds', '**«‹bold** words›»'],
    ['caf[é au la]it', '«‹café au lait›»'],
    ['Ein Stra[ßenschild].', 'Ein «‹Straßenschild›».'],
    ['im Jahr 19[84] war', 'im Jahr «‹1984›» war'],
    ['o[ne] and t[wo]', '«‹one›» and «‹two›»'],
    ['o[n][e] word', '«‹one›» word'], // both are in the one word
    ['图书[馆将]开放', '图书«‹馆将›»开放'], // nothing shows where a word ends
    ['一个 na[me] 在', '一个 «‹name›» 在'],
    ['w[ord\nnex]t', '«‹word\nnext›»'],
    [`x${'a'.repeat(200)}[a] b`, `x${'a'.repeat(200)}«‹a›» b`], // that is no word
  ])('%j', (marked, expected) => expect(drawn(marked)).toBe(expected));

  test.each<[string, string]>([
    ['One two is[ here. The ne]xt.', '«‹One two is here. The next.›»'],
    ['One two. The n[ex]t. And on.', 'One two. «‹The next.›» And on.'],
    ['One is.\n\nT[w]o goes on\nhere. Three.', 'One is.\n\n«‹Two goes on\nhere.›» Three.'],
  ])('and a sentence where sentences are read: %j', (marked, expected) =>
    expect(drawn(marked, 'panel', 'sentences')).toBe(expected),
  );

  test.each<[string, string]>([
    ['It will ut|ilize it.', 'It will «‹utilize›» it.'],
    ['It will |utilize it.', 'It will «‹utilize›» it.'],
    ['It will utilize| it.', 'It will «‹utilize›» it.'],
    ['It wi[ll uti]lize it.', 'It «‹will utilize›» it.'],
    ['It is. | And on.', '«‹It is.  And on.›»'],
    ['图书|馆', '«‹图书馆›»'],
    ['It is.\n|\nOn.', 'It is.\n\nOn.'],
  ])('the word at the caret: %j', (marked, expected) => expect(drawn(marked, 'replace', 'word')).toBe(expected));
});

describe('what an action on whole sentences is given', () => {
  test.each<[string, string]>([
    ['One is. Two [is. Three] is. Four.', 'One is. «‹Two is. Three is.› »Four.'],
    ['One is. [Two is.] Three.', 'One is. «‹Two is.› »Three.'],
    ['One is.[ Two is. ]Three.', 'One is. «‹Two is.› »Three.'],
    ['[One is. Two is the ]first that goes on. Three.', '«‹One is. Two is the first that goes on.› »Three.'],
    ['One is. [Two] is', 'One is. «‹Two is›»'],
    ['O[ne] is', '«‹One is›»'],
    ['One is. Two is th[e] last.\n\nThree.', 'One is. «‹Two is the last.›»\n\nThree.'],
    ['Zero.\n\nOne [is. Two\nis. Thr]ee is.\n\nFour.', 'Zero.\n\n«‹One is. Two\nis. Three is.›»\n\nFour.'],
    ['One [is.\n\nTwo] is. Three.', '«‹One is.\n\nTwo is.› »Three.'],
    ['One is.\n[Two is.]\nThree is.', 'One is.\n«‹Two is.›»\nThree is.'],
    ['One is.\n[Two goes on]\nhere.', 'One is.\n«‹Two goes on›»\nhere.'], // a line is an end
    ['Mr. [Smith came. He] left. Bye.', '«‹Mr. Smith came. He left.› »Bye.'],
    ['Version 1.[5 is out. It] works. Bye.', '«‹Version 1.5 is out. It works.› »Bye.'],
    ['He said “Never.” [Then he] left. Bye.', 'He said “Never.” «‹Then he left.› »Bye.'],
    ['Is it? [Yes] it is! Bye.', 'Is it? «‹Yes it is!› »Bye.'],
    ['One is. [Two]\tis.\tThree.', 'One is. «‹Two\tis.›\t»Three.'],
    ['Eins ist da. Zwei [kommt. Drei] geht. Vier.', 'Eins ist da. «‹Zwei kommt. Drei geht.› »Vier.'],
    ['今天下雨。我们[在家。明天]出门。再见。', '今天下雨。«‹我们在家。明天出门。›»再见。'],
    ['One is. Two [is. Three] is.\r\n\r\nFour.', 'One is. «‹Two is. Three is.›»\r\n\r\nFour.'],
    ['One is.|  Two is.', '«‹One is.  Two is.›»'],
  ])('%j', (marked, expected) => expect(drawn(marked, 'replace', 'sentences')).toBe(expected));
});

describe('where its result goes', () => {
  test.each<[ActionOutput, string, string]>([
    ['insertBelow', 'One [two]\nthree.\n\nFour.', 'One «‹two›\nthree.»\n\nFour.'],
    ['insertBelow', '[One.]', '«‹One.›»'],
    ['insertAbove', 'Zero.\n\nOne\n[two].', 'Zero.\n\n«One\n‹two›».'],
  ])('%s of %j', (output, marked, expected) => expect(drawn(marked, output)).toBe(expected));

  test('two results for one place are one', () => {
    expect(drawn('[One] and [two].', 'insertBelow')).toBe('«‹One› and two.»');
  });
});
