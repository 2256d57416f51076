import { describe, expect, test } from 'vitest';
import { languageOfText } from '../../../src/text/language.ts';
import { readText } from '../../../src/text/readText.ts';
import { decodedSentenceEnd, sentenceEnd } from '../../../src/text/sentenceEnd.ts';
import { allSentences, onOneLine, unwrapped } from '../../../src/text/sentences.ts';

/** `|` stands where a sentence ends and another one begins. */
function check(drawn: string, language?: string) {
  const text = drawn.replace(/ ?\| ?/gu, (cut) => (cut.includes(' ') ? ' ' : ''));
  const rest: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = sentenceEnd(text.slice(at), text.slice(0, at), language) ?? text.length - at;
    rest.push(text.slice(at, at + end).trim());
    at += end;
  }
  expect(rest.filter((sentence) => sentence !== '')).toEqual(drawn.split('|').map((part) => part.trim()));
}

describe('English, and languages without rules of their own', () => {
  test.each([
    'It rained. | We stayed.',
    'Mr. Smith came. | He sat down.',
    'It costs 3.50 euros. | That is much.',
    'Use tools, e.g. Make. | They help.',
    'She said “Go.” | Then she left.',
    'Really?! | Yes.',
    'Wait... What?',
    'See Fig. 3 and No. 4. | They differ.',
    'J. R. R. Tolkien wrote it. | It is long.',
    'He came at 5 p.m. Monday was over.',
    'So do I. | And you?',
    'Is it (really?) true? | No.',
    'Stop! he cried. | Nobody did.',
    'First. | 2nd. | Third.',
    'It ended.\n\nThe next | begins.'.replace('\n\nThe next |', ' | The next'),
  ])('%s', (drawn) => check(drawn));
});

describe('German', () => {
  test.each([
    'Das Fest ist am 29. Juli 2026 in Köln. | Es beginnt um acht.',
    'Nach Abs. 3 gilt das nicht. | Siehe Nr. 4.',
    'Es gibt Dinge wie z.B. Brot und Butter. | Wir essen sie.',
    'Es gibt Dinge wie z. B. Brot und Butter. | Wir essen sie.',
    'Das ist d. h. Unsinn. | Nun gut.',
    'Wir kauften Obst und Gemüse usw. | Danach fahren wir nach Hause.',
    'Obst usw. Gemüse fehlte.',
    'Im 19. Jahrhundert war das anders. | Heute nicht.',
    'Der 1. Mai ist frei. | Der 2. Mai nicht.',
    'Er ist 30. | Sie ist 20.',
    'Das war 1999. | Danach kam 2000.',
    'Ludwig XIV. Frankreichs König. | Er war es lange.',
    'Prof. Dr. Müller kommt. | Hr. Meier auch.',
    'Die Kosten betragen ca. Fünfhundert bzw. Sechshundert Euro. | So ist es.',
    'Er sagte: „Komm!“ | Dann ging er.',
    '»Komm!« | Er ging.',
    '„Komm!“ sagte er. | Dann ging er.',
    'Vgl. Kap. 3, Abb. 4 und Tab. 5. | Dort steht es.',
    'Sie wohnt in der Bahnhofstr. Nummer 5.',
    'Inkl. MwSt. sind es 3,50 Euro. | Das geht.',
    'Der 80. Geburtstag war schön. | Alle kamen.',
    'Am 3. und 4. Oktober ist zu. | Am 5. Oktober nicht.',
    'Das gilt i. d. R. Montags. | Sonst nicht.',
    'Es kamen 12. | Die anderen nicht.',
  ])('%s', (drawn) => check(drawn, 'de'));
});

describe('French', () => {
  test.each([
    "C'est bon ! | Merci.",
    "C'est bon ; merci. | Au revoir.",
    'Vraiment ? | Oui.',
    '« Viens ! » dit-il. | Elle vint.',
    '« Viens ! » | Elle vint.',
    '« C’est fini. » | Il partit.',
    'Il dit : « Non. » | Puis rien.',
    'M. Dupont est là. | Mme Durand aussi.',
    'MM. Dupont et Durand viennent. | Ils rient.',
    'Voir p. ex. Paris. | Ou Lyon.',
    'Né en 52 av. J.-C. Jules mourut.',
    'Voir fig. 3 et chap. Deux. | Puis rien.',
    'Cf. Dupont, éd. Seuil. | Très bon.',
    'Il y a. | Il faut.',
    'Quoi\u00A0? | Rien\u202F!',
    'Le Dr. Martin opère. | Il est tard.',
    'Il a dit\u00A0: «\u00A0Oui\u00A0!\u00A0» | Et elle rit.',
    'Il coûte 3,50 €. | C’est cher.',
    'Le 3 janv. Paul arriva.',
    'St. Denis est beau. | Reims aussi.',
  ])('%s', (drawn) => check(drawn, 'fr'));
});

describe('Spanish, Italian, Portuguese, Dutch, Russian and Greek', () => {
  test.each([
    ['es', '¿Qué tal? | ¡Bien!'],
    ['es', 'El Sr. García llegó. | La Sra. López no.'],
    ['es', 'Vive en EE. UU. Desde 1990.'],
    ['es', '¿Vienes? preguntó. | ¡Sí!'],
    ['es', 'Véase p. ej. Madrid. | O Sevilla.'],
    ['es', 'Murió en 44 a. C. César fue grande.'],
    ['es', 'Llegó el D. Juan. | Y la Dra. Ruiz.'],
    ['es', '«¡Ven!» | Ella vino.'],
    ['it', 'Il dott. Rossi arriva. | La sig.ra Bianchi no.'],
    ['it', 'Vedi pag. Tre. | Poi fine.'],
    ['it', 'Nel 44 a. C. Cesare morì.'],
    ['it', 'È vero? | Sì!'],
    ['pt', 'O Sr. Silva chegou. | A Dra. Costa não.'],
    ['pt', 'Ver p. ex. Lisboa. | Ou Porto.'],
    ['pt', 'Ele é. | Ela não é.'],
    ['nl', 'De heer drs. Jansen komt. | Mevr. Smit niet.'],
    ['nl', 'Er zijn dingen, bijv. Brood en d.w.z. Kaas. | Mooi.'],
    ['nl', 'Zie blz. Drie. | Klaar.'],
    ['ru', 'Он жил на ул. Ленина. | Потом уехал.'],
    ['ru', 'В 1990 г. Иван приехал. | Он остался.'],
    ['ru', 'Это я. | Кто там?'],
    ['ru', 'А. С. Пушкин писал. | Он жил давно.'],
    ['el', 'Τι κάνεις; | Καλά.'],
  ])('%s: %s', (language, drawn) => check(drawn, language));
});

describe('Chinese, Japanese and other scripts', () => {
  test.each([
    ['zh', '今天开会。|我们讨论了。'],
    ['zh', '“你好！”他说。|她没有回答。'],
    ['zh', '“好。”|大家都走了。'],
    ['zh', '真的吗？！|是的。'],
    ['zh', '他用 Node.js。|很快。'],
    ['zh', '价格是3.5元。|不贵。'],
    ['zh', '（完。）|下一章。'],
    ['zh', '我们走吧……明天再说。|好。'],
    ['ja', '「そうだ。」と言った。|彼は帰った。'],
    ['ja', '「本当？」|彼女は笑った。'],
    ['ja', '行の最初に句読点を置くことはできません。|括弧の閉じも同じです。'],
    ['ja', '値は３．５です。|安い。'],
    ['ja', 'すごい！！|うん。'],
    ['ja', '「はい。」「いいえ。」|終わり。'.replace('」「', '」|「')],
    ['hi', 'यह अच्छा है। | वह भी।'],
    ['ar', 'هل أنت هنا؟ | نعم.'],
    ['th', 'วันนี้อากาศดี เราไปเดินเล่น'],
    ['ko', '오늘은 비가 왔다. | 우리는 집에 있었다.'],
    ['hy', 'Սա տուն է։ | Սա դուռ է։'],
    ['my', 'ဒါဟာအိမ်ပါ။ | ဒါကတံခါးပါ။'],
    ['am', 'ይህ ቤት ነው። | ያ በር ነው።'],
  ])('%s: %s', (language, drawn) => check(drawn, language));
});

/** The languages that the finder is told are those that the text is recognized as. */
test.each([
  ['de', 'Das Fest ist am 29. Juli in Köln und die Gäste kommen mit dem Zug.'],
  ['fr', 'Les gens sont dans la ville et ils ne sont pas chez eux.'],
  ['ja', '今日は雨です。'],
  ['zh', '今天下雨。'],
  ['ru', 'Сегодня идёт дождь.'],
])('%s is recognized', (language, text) => {
  expect(languageOfText(text)).toBe(language);
});

describe('sentences of a text', () => {
  const sentences = (text: string) =>
    allSentences(readText(text, 'plaintext')).map(({ start, end }) => text.slice(start, end));

  test('of every block, by its own language', () => {
    const german = 'Das Fest ist am 29. Juli in der Stadt. Es ist nicht weit von hier.';
    expect(sentences(`It rains on the hill. It is wet.\n\n${german}\n\n- 今日は雨です。明日は晴れです。\n`)).toEqual([
      'It rains on the hill.',
      'It is wet.',
      'Das Fest ist am 29. Juli in der Stadt.',
      'Es ist nicht weit von hier.',
      '今日は雨です。',
      '明日は晴れです。',
    ]);
  });

  test('quote marks of further lines belong to none', () => {
    const text = '> One sentence ends here.\n> Another one goes\n> on below.\n';
    expect(sentences(text)).toEqual(['One sentence ends here.', 'Another one goes\n> on below.']);
    const reading = readText(text, 'plaintext');
    expect(unwrapped(reading, reading.blocks[0]!)).toBe('One sentence ends here. Another one goes on below.');
  });

  test('text without any end is cut into pieces that lose nothing', () => {
    for (const text of ['word '.repeat(5_000), '字'.repeat(9_000), '😀'.repeat(5_000)]) {
      const parts = sentences(text);
      expect(parts.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(4_000);
        expect(part).not.toMatch(/\p{Surrogate}/u);
      }
    }
  });
});

test.each([
  ['wrapped\nEnglish', 'wrapped English'],
  ['预\n算、时间', '预算、时间'],
  ['開いた\r\n次会議', '開いた次会議'],
  ['今日は GitHub の\n使い方', '今日は GitHub の使い方'],
  ['コードは main\nブランチ', 'コードは main ブランチ'],
  ['他说：\n“你好”', '他说：“你好”'],
  ['他说：“\n你好”', '他说：“你好”'],
  ['（きん\nそくしょり）', '（きんそくしょり）'],
  ['サーバー\nを起動', 'サーバーを起動'],
  ['。\n次の行', '。次の行'],
  ['三个问题，\n分别是', '三个问题，分别是'],
  ['วันนี้\nอากาศดี', 'วันนี้อากาศดี'],
  ['ພາສາ\nລາວ', 'ພາສາລາວ'],
  ['ភាសា\nខ្មែរ', 'ភាសាខ្មែរ'],
  ['오늘은\n비가', '오늘은 비가'],
  ['a  \n   b', 'a b'],
  ['a\n\nb', 'a b'],
  ['使用 “x”\nand y', '使用 “x” and y'],
  ['等等……\n然后', '等等……然后'],
  ['全角！\n次', '全角！次'],
  ['ﾊﾝｶｸ\nｶﾅ', 'ﾊﾝｶｸｶﾅ'],
])('lines joined: %j', (lines, joined) => {
  expect(onOneLine(lines)).toBe(joined);
});

describe('a mark or a blank a hundred thousand times is no more work than as much text', () => {
  const units = ['!', '?"', '. ', '.)', '。', '。」', '1.', '!\t', '» ', ' »', '«', 'z. ', 'XIV. ', '…', '*', '>1'];
  // Work that grew with the square of the length would take minutes here.
  test.each(['en', 'de', 'fr', 'ja', 'zh'])('%s', (language) => {
    for (const unit of units) {
      const text = `a${unit.repeat(100_000 / unit.length)}a`;
      expect(sentenceEnd(text, '', language) ?? text.length).toBeLessThanOrEqual(text.length);
      expect(new RegExp(decodedSentenceEnd(language), 'u').exec(text)?.index ?? 0).toBeLessThan(text.length);
    }
  });
});
