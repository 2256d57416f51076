import { expect, test } from 'vitest';
import {
  declaredLanguage,
  documentLanguage,
  isForeign,
  knowsLanguage,
  languageCode,
  recognizedLanguage,
} from '../../../src/text/documentLanguage.ts';

const short: readonly (readonly [string, string])[] = [
  ['en', 'The harbour lay quiet in the morning light.'],
  ['en', 'Thanks for the letter, I will answer it tomorrow.'],
  ['en', 'Install the package and restart the editor.'],
  ['de', 'Der Hafen lag still im Morgenlicht.'],
  ['de', 'Installieren Sie das Paket und starten Sie den Editor neu.'],
  ['de', 'Danke für den Brief, ich antworte morgen.'],
  ['fr', 'Le port était calme dans la lumière du matin.'],
  ['fr', 'Merci pour la lettre, je répondrai demain.'],
  ['es', 'El puerto estaba tranquilo a la luz de la mañana.'],
  ['es', 'Gracias por la carta, responderé mañana.'],
  ['it', 'Il porto era tranquillo nella luce del mattino.'],
  ['it', 'Grazie per la lettera, risponderò domani.'],
  ['pt', 'O porto estava calmo na luz da manhã.'],
  ['pt', 'Obrigado pela carta, responderei amanhã.'],
  ['nl', 'De haven lag stil in het ochtendlicht.'],
  ['nl', 'Bedankt voor de brief, ik antwoord morgen.'],
  ['sv', 'Hamnen låg stilla i morgonljuset.'],
  ['sv', 'Installera paketet och starta om redigeraren.'],
  ['da', 'Jeg vil gerne takke dig for brevet, som jeg fik i går aftes.'],
  ['no', 'Hun åpnet vinduet og så ut over fjorden, men det var ingen der.'],
  ['pl', 'Port leżał cicho w porannym świetle.'],
  ['pl', 'Dziękuję za list, odpowiem jutro.'],
  ['cs', 'Přístav ležel tiše v ranním světle.'],
  ['cs', 'Děkuji za dopis, odpovím zítra.'],
  ['fi', 'Satama oli hiljaa aamun valossa.'],
  ['fi', 'Kiitos kirjeestä, vastaan huomenna.'],
  ['hu', 'A kikötő csendben feküdt a reggeli fényben, és senki sem volt ott.'],
  ['tr', 'Liman sabah ışığında sessizce uzanıyordu.'],
  ['ro', 'Portul era liniștit în lumina dimineții.'],
  ['ca', 'El port era tranquil a la llum del matí.'],
  ['vi', 'Bến cảng yên tĩnh trong ánh sáng buổi sáng.'],
  ['ru', 'Гавань лежала тихо в утреннем свете.'],
  ['uk', 'Гавань лежала тихо в ранковому світлі.'],
  ['bg', 'Пристанището беше тихо в утринната светлина.'],
  ['el', 'Το λιμάνι ήταν ήσυχο στο πρωινό φως.'],
  ['ar', 'كان الميناء هادئا في ضوء الصباح.'],
  ['fa', 'بندر در نور صبح آرام بود و ما به خانه رفتیم.'],
  ['he', 'הנמל היה שקט באור הבוקר.'],
  ['hi', 'सुबह की रोशनी में बंदरगाह शांत था।'],
  ['th', 'ท่าเรือเงียบสงบในแสงยามเช้า'],
  ['zh', '清晨的阳光下，港口一片宁静。'],
  ['ja', '朝の光の中で港は静かだった。'],
  ['ko', '아침 햇살 속에서 항구는 고요했다.'],
];

test.each(short)('a sentence in %s is told: %s', async (language, text) => {
  expect(await recognizedLanguage(text, 'plaintext')).toBe(language);
});

test.each([
  ['', 'plaintext'],
  ['42', 'plaintext'],
  ['ok', 'plaintext'],
  ['TODO', 'markdown'],
  ['README.md', 'markdown'],
  ['npm install', 'markdown'],
  ['Hello', 'plaintext'],
  ['x = y + 1', 'plaintext'],
  ['# Überschrift', 'markdown'], // a heading is no prose
  ['```js\nconst der = die + das;\nfor (const und of ist) nicht(mit);\n```\n', 'markdown'],
  ['$\\alpha + \\beta = \\gamma$', 'latex'],
  ['| a | b |\n|---|---|\n| 1 | 2 |\n', 'markdown'],
  ['\0'.repeat(50), 'plaintext'],
  ['\uD800'.repeat(50), 'plaintext'],
  ['1234567890 '.repeat(1000), 'plaintext'],
])('too little to tell: %j', async (text, languageId) => {
  expect(await recognizedLanguage(text, languageId)).toBeUndefined();
});

const code =
  '```js\nfor (const item of items) if (item.is(null)) return { of: item, to: the, and: you, have: not };\n```\n';
const german = 'Damit lässt sich die Liste lesen, ohne dass etwas verloren geht.\n';
const polish = 'Dzięki temu listę można przeczytać bez utraty danych.\n';

test.each([
  ['code-heavy, German', `${code}\n${german}\n${code}\n`, 'markdown', 'de'],
  ['code-heavy, Polish', `${code}\n${polish}\n${code}\n`, 'markdown', 'pl'],
  [
    'English identifiers in Polish',
    'Funkcja `readFile` zwraca obiekt `Promise`, który trzeba obsłużyć.',
    'markdown',
    'pl',
  ],
  [
    'LaTeX, French',
    '\\section{Introduction}\nLe port était \\emph{calme} dans la lumière du matin, et $x = 1$.\n',
    'latex',
    'fr',
  ],
  ['HTML, Spanish', '<p>El puerto estaba <b>tranquilo</b> a la luz de la mañana.</p>', 'html', 'es'],
  ['an English quotation in German', `${german.repeat(6)}\n> The harbour lay quiet.\n`, 'markdown', 'de'],
  [
    'a German quotation in English',
    `${'The list can be read, and nothing of it is lost.\n'.repeat(6)}\n> Der Hafen lag still.\n`,
    'markdown',
    'en',
  ],
  ['English words in Chinese', '请先安装 Node.js 和 TypeScript，然后重新启动编辑器。', 'markdown', 'zh'],
  ['Chinese characters in Japanese', '東京都の新宿区に住んでいます。', 'plaintext', 'ja'],
  [
    'a long English text with names',
    'Szczepański and Müller wrote to the editors of the journal, and it was on the table by noon.',
    'markdown',
    'en',
  ],
  ['10,000 sentences', german.repeat(10_000), 'plaintext', 'de'],
] as const)('%s', async (_, text, languageId, language) => {
  expect(await recognizedLanguage(text, languageId)).toBe(language);
});

test.each([
  ['---\nlang: de\n---\ntext', 'markdown', 'de'],
  ['---\nlang: "pt-BR"\n---\ntext', 'markdown', 'pt'],
  ['---\r\ntitle: x\r\nlanguage: fr # as it is\r\n---\r\ntext', 'markdown', 'fr'],
  ['---\nlocale: zh_CN\n---\n', 'markdown', 'zh'],
  ['\uFEFF---\nlang: pl\n---\n', 'markdown', 'pl'],
  ['---\n# of the text\nlang: de\n...\ntext', 'markdown', 'de'],
  ['text\n\nlang: de\n', 'markdown', undefined],
  ['---\ntitle: x\n---\nlang: de\n', 'markdown', undefined],
  ['---\nlang: 42\n---\n', 'markdown', undefined],
  ['---\nlang:\n---\n', 'markdown', undefined],
  ['---\nlang: "\n', 'markdown', undefined],
  ['<html lang="sv">', 'html', 'sv'],
  ['<!doctype html>\n<html class=a lang=nl-BE>', 'html', 'nl'],
  ['<html data-lang="sv">', 'html', undefined],
  ['<html lang="">', 'html', undefined],
  ['\\usepackage[ngerman]{babel}', 'latex', 'de'],
  ['\\usepackage[english,ngerman]{babel}', 'latex', 'de'],
  ['\\usepackage[main=french, english]{babel}', 'latex', 'fr'],
  ['\\usepackage[british]{babel}', 'tex', 'en'],
  ['\\usepackage[ngerman]{babel}', 'pweave', 'de'],
  ['\\setdefaultlanguage[variant=british]{english}', 'latex', 'en'],
  ['\\setmainlanguage{polish}', 'latex', 'pl'],
  ['\\babelprovide[import, main]{greek}', 'latex', 'el'],
  ['\\usepackage{babel}', 'latex', undefined],
  ['\\usepackage[T1]{fontenc}', 'latex', undefined],
  ['% !TeX spellcheck = de_DE', 'latex', 'de'],
  ['<!-- LTeX: language=es -->', 'markdown', 'es'],
  ['= Title\n:lang: it\n', 'asciidoc', 'it'],
  ['#set text(font: "x", lang: "ja")', 'typst', 'ja'],
  ['#+TITLE: x\n#+LANGUAGE: ru\n', 'org', 'ru'],
  ['lang: de', 'plaintext', undefined],
  ['\\usepackage['.repeat(5000), 'latex', undefined],
  [`---\n${'lang: '.repeat(5000)}`, 'markdown', undefined],
  [`<html ${'a '.repeat(20_000)}`, 'html', undefined],
] as const)('declared: %j in %s is %s', (text, languageId, language) => {
  expect(declaredLanguage(text, languageId)).toBe(language);
});

test.each([
  ['de', 'de'],
  ['DE-at', 'de'],
  ['zh_Hant_TW', 'zh'],
  ['brazilian', 'pt'],
  ['constructor', undefined],
  ['__proto__', undefined],
  ['und', undefined],
  ['english', 'en'],
  ['nb', 'nb'],
  ['x', undefined],
  ['', undefined],
])('the code of %j is %s', (name, code) => {
  expect(languageCode(name)).toBe(code);
});

test('a model for one language reads what is nearly the same', () => {
  expect(knowsLanguage(['en', 'nb'], 'no')).toBe(true);
  expect(knowsLanguage(['pt-BR'], 'pt')).toBe(true);
  expect(knowsLanguage(['id'], 'ms')).toBe(true);
  expect(knowsLanguage(['en'], 'de')).toBe(false);
  expect(knowsLanguage(['not a language'], 'de')).toBe(false);
  expect(knowsLanguage([], 'de')).toBe(false);
});

const inGerman = 'Der Wärter stieg die Treppe hinauf und zündete das Licht an, denn der Abend kam früh.';

test('what a person says goes before what the document says, and that before its prose', async () => {
  const declared = `---\nlang: pl\n---\n\n${inGerman}`;
  expect(await documentLanguage(declared, 'markdown', 'fr')).toBe('fr');
  expect(await documentLanguage(declared, 'markdown', '')).toBe('pl');
  expect(await documentLanguage(declared, 'markdown', 'no language')).toBe('pl');
  expect(await documentLanguage(inGerman, 'markdown')).toBe('de');
  expect(await documentLanguage('Ja.', 'markdown')).toBeUndefined();
});

test.each([
  [inGerman, ['en'], '', true],
  [inGerman, ['en', 'de'], '', false],
  [inGerman, [], '', false], // its maker does not say
  [inGerman, ['en'], 'en', false],
  [inGerman, ['en', 'de'], 'cs', true],
  ['Ja.', ['en'], '', false], // too little to tell
  ['', ['en'], '', false],
])('%j to a model that knows %j, said to be in “%s”: foreign %s', async (text, known, said, expected) => {
  expect(await isForeign({ text, languageId: 'markdown' }, known, said)).toBe(expected);
});
