import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { englishPlanNotes } from '../../../src/protocol/training.ts';
import { englishNotes } from '../../../src/writing/selection/notes.ts';
import { englishGroupNames, englishReportTexts } from '../../../src/writing/simulator/reportTexts.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const readJson = (file: string): Record<string, string> => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const sorted = (items: Iterable<string>) => [...new Set(items)].sort();
const placeholders = (text: string) => sorted(text.match(/\{\d+\}/g) ?? []);

const sourceOf = (folders: readonly string[]) =>
  folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.join(folder, name),
      ),
    )
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(root, name), 'utf8'))
    .join('\n');
const sources = sourceOf(['src/extension', 'src/providers', 'src/webview']);

/** The English of each ``sentence`…` `` in code, with places for its parts. */
function sentencesIn(source: string): string[] {
  const code = source.replace(/^\s*\/?\*.*$/gm, ''); // without comments
  const starts = [...code.matchAll(/\bsentence`/g)].map(({ index }) => index + 'sentence`'.length);
  return starts.map((start) => {
    let text = '';
    let parts = 0;
    for (let at = start; at < code.length && code[at] !== '`'; at++) {
      if (code[at] === '\\') text += code[++at];
      else if (code.startsWith('${', at)) {
        text += `{${parts++}}`;
        at = endOfPart(code, at + 2);
      } else text += code[at];
    }
    return text;
  });
}

/** The place of the bracket that closes what began before. */
function endOfPart(code: string, from: number): number {
  let quote = '';
  for (let at = from, depth = 1; at < code.length; at++) {
    const sign = code[at]!;
    if (sign === '\\') at++;
    else if (quote === '`' && code.startsWith('${', at)) at = endOfPart(code, at + 2);
    else if (quote !== '') quote = sign === quote ? '' : quote;
    else if (/['"`]/.test(sign)) quote = sign;
    else if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return at;
  }
  return code.length;
}

describe('strings in the code', () => {
  const literals = [...sources.matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1]!);
  /** English texts of rooms that know no editor; each table is named where it is translated. */
  const tables = { englishGroupNames, englishNotes, englishPlanNotes, englishReportTexts };
  const ofTables = Object.values(tables).flatMap((table) => Object.values(table));
  const strings = [...literals, ...ofTables, ...sentencesIn(sourceOf(['src']))];
  const english = readJson('l10n/bundle.l10n.json');
  const chinese = readJson('l10n/bundle.l10n.zh-cn.json');

  test('are literals, so that they can be found', () => {
    expect(literals.length).toBeGreaterThan(50);
    const fromTables = [...sources.matchAll(/l10n\.t\((\w+)\[code\]/g)].map((match) => match[1]!);
    expect(sorted(fromTables)).toEqual(sorted(Object.keys(tables)));
    const ofSentences = sources.match(/l10n\.t\(text, \.\.\.parts\)/g) ?? []; // which are found in all of the source
    expect(ofSentences).toHaveLength(1);
    expect(sources.match(/l10n\.t\(/g)).toHaveLength(literals.length + fromTables.length + 1);
  });

  test('of sentences that processes tell are found, also within each other', () => {
    const code = "sentence`a §{b ? sentence`in \\` §{'}'}` : `{§{c}}`} d§{e}`\n/** sentence`no` */".replaceAll(
      '§',
      '$',
    );
    expect(sentencesIn(code)).toEqual(['a {0} d{1}', 'in ` {0}']);
    expect(sentencesIn(sourceOf(['src'])).length).toBeGreaterThan(300);
  });

  test('are all in both bundles, and nothing else is', () => {
    expect(Object.keys(english).sort()).toEqual(sorted(strings));
    expect(Object.keys(chinese).sort()).toEqual(sorted(strings));
  });

  test('have a Chinese translation with the same placeholders', () => {
    for (const [text, translation] of Object.entries(chinese)) {
      if (/\p{L}/u.test(text.replace(/^\{0\} [GM]B$/u, ''))) expect(translation, text).toMatch(/\p{Script=Han}/u);
      expect(placeholders(translation), text).toEqual(placeholders(text));
    }
  });
});

describe('strings of package.json', () => {
  const keys = sorted(
    [...readFileSync(path.join(root, 'package.json'), 'utf8').matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!),
  );
  const english = readJson('package.nls.json');
  const chinese = readJson('package.nls.zh-cn.json');

  test('are all in both files, and nothing else is', () => {
    expect(keys.length).toBeGreaterThan(20);
    expect(Object.keys(english).sort()).toEqual(keys);
    expect(Object.keys(chinese).sort()).toEqual(keys);
  });

  test('have a Chinese translation', () => {
    for (const [key, translation] of Object.entries(chinese)) expect(translation, key).toMatch(/\p{Script=Han}/u);
  });

  test('leave no title or description untranslated', () => {
    const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const untranslated: string[] = [];
    JSON.stringify(contributes, (key, value) => {
      const isText = ['title', 'description', 'markdownDescription'].includes(key) && typeof value === 'string';
      if (isText && !/^%.+%$/.test(value)) untranslated.push(value);
      return value;
    });
    expect(untranslated).toEqual([]);
  });
});

/** The editor shows `write.nls.zh-cn.md` in place of `write.md` to a reader of Chinese. */
describe('pages of the walkthrough', () => {
  const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const steps: readonly { media: { markdown: string } }[] = contributes.walkthroughs[0].steps;
  const english = steps.map(({ media }) => media.markdown);
  const chineseOf = (file: string) => file.replace(/\.md$/u, '.nls.zh-cn.md');
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const titles = [readJson('package.nls.json'), readJson('package.nls.zh-cn.json')] as const;

  test('are those that there are, each in English and Chinese', () => {
    const there = readdirSync(path.join(root, 'media/walkthrough')).map((name) => `media/walkthrough/${name}`);
    expect(sorted(there)).toEqual(sorted([...english, ...english.map(chineseOf)]));
  });

  test.each(english)('%s names the same keys and commands in Chinese', (file) => {
    const [pages, keys] = [[read(file), read(chineseOf(file))], /`[^`]+`/gu];
    expect(pages[1]!.match(keys)).toEqual(pages[0]!.match(keys));
    const named = pages.map((page, of) =>
      Object.entries(titles[of]!)
        .filter(([key, title]) => key.startsWith('command.') && page.includes(`**Inkling: ${title}**`))
        .map(([key]) => key),
    );
    expect(named[1]).toEqual(named[0]);
    expect(pages.map((page) => page.match(/Inkling: /gu)?.length ?? 0)).toEqual(named.map(({ length }) => length));
  });

  test.each(english.map(chineseOf))('%s is Chinese, from its title on', (file) => {
    for (const paragraph of read(file).split('\n\n')) {
      if (!paragraph.startsWith('|')) expect(paragraph).toMatch(/\p{Script=Han}/u);
    }
    expect(read(file)).toMatch(/^# .*\p{Script=Han}/u);
  });
});

describe('Chinese', () => {
  const texts = [
    ...Object.values({ ...readJson('package.nls.zh-cn.json'), ...readJson('l10n/bundle.l10n.zh-cn.json') }),
    ...readdirSync(path.join(root, 'media/walkthrough'))
      .filter((name) => name.endsWith('.nls.zh-cn.md'))
      .map((name) => readFileSync(path.join(root, 'media/walkthrough', name), 'utf8')),
  ];

  /** Each with the word that the other texts have for it. */
  test.each([
    ['词元', 'token'],
    ['你', '您'],
    ['撤销', '撤消, as the editor'],
    ['采纳', '接受'],
    ['前置', '文件头信息'],
    ['模型中心', '模型站'],
  ])('has one word for one thing: %s is %s', (word) => {
    expect(texts.filter((text) => text.includes(word))).toEqual([]);
  });
});
