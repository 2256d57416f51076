// Pages and pictures move; whoever follows a link must not end in nothing.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const rooms = readdirSync(path.join(root, 'src'));
const roomPages = rooms.map((room) => `src/${room}/README.md`);
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  ...roomPages,
  ...markdownUnder('docs'),
  'test/README.md',
  'bench/README.md',
];

test('every link and picture of a page leads to a file, and every anchor to a heading', () => {
  const dead = pages.flatMap((page) =>
    linksOf(page)
      .filter((link) => !leadsSomewhere(page, link))
      .map((link) => `${page}: ${link}`),
  );
  expect(dead).toEqual([]);
});

test.each(roomPages)('%s opens the room: what it is, what it never does, where to start', (page) => {
  const parts = readFileSync(path.join(root, page), 'utf8').trim().split('\n\n');
  const [title, , never, start, files = ''] = parts;
  expect(title).toBe(`# ${page.split('/')[1]}`);
  expect(never).toMatch(/^(?:It|They) never /u);
  expect(start).toBe('Start at:');
  expect(linksOf(page).length).toBe(files.match(/^- /gmu)?.length);
});

test('the map leads to every room', () => {
  const map = linksOf('ARCHITECTURE.md');
  expect(rooms.filter((room) => !map.includes(`src/${room}/README.md`))).toEqual([]);
});

test('the index names every page', () => {
  const index = readFileSync(path.join(root, 'docs/README.md'), 'utf8');
  const named = markdownUnder('docs').filter(
    (page) => !page.startsWith('docs/adr/') && !page.includes('/lab/actions/'),
  );
  const missing = named.filter(
    (page) => page !== 'docs/README.md' && !index.includes(`(${page.slice('docs/'.length)})`),
  );
  expect(missing).toEqual([]);
});

test('comments and pages name documents that exist', () => {
  const named = ['README.md', 'ARCHITECTURE.md', ...filesUnder('src', 'bench', 'scripts', 'docs', 'models')]
    .filter((file) => /\.(?:ts|mjs|md)$/u.test(file))
    .flatMap((file) =>
      [...readFileSync(path.join(root, file), 'utf8').matchAll(/(?<![\w/])docs\/[\w/-]+\.md/gu)].map(([name]) => ({
        file,
        name,
      })),
    )
    .filter(({ file, name }) => !existsSync(path.join(root, name)) && !file.startsWith('bench/actions/'));
  expect(named).toEqual([]);
});

test('each decision record has a number of its own, and what names one by its number finds it', () => {
  const records = readdirSync(path.join(root, 'docs/adr'));
  const numbers = records.map((name) => name.slice(0, 4));
  expect(numbers.filter((number, i) => numbers.indexOf(number) !== i)).toEqual([]);
  for (const [i, name] of records.entries()) {
    const [title] = readFileSync(path.join(root, 'docs/adr', name), 'utf8').split('\n');
    expect(title, name).toMatch(new RegExp(`^# ${Number(numbers[i])} · `, 'u'));
  }
  const named = ['ARCHITECTURE.md', ...filesUnder('src', 'bench', 'docs')]
    .filter((file) => /\.(?:ts|mjs|md)$/u.test(file))
    .flatMap((file) =>
      [...readFileSync(path.join(root, file), 'utf8').matchAll(/\badr\/(\d{4})/gu)].map(([, number]) => [
        file,
        number!,
      ]),
    );
  expect(named.filter(([, number]) => !numbers.includes(number!))).toEqual([]);
});

test('pages name code and tests that exist', () => {
  const files = filesUnder('src', 'test', 'bench', 'scripts').concat(readdirSync(root));
  const isThere = (name: string) => files.some((file) => `/${file}`.endsWith(`/${name}`));
  const isTest = (name: string) => files.some((file) => file.startsWith(`test/${name.replace(/\*$/u, '')}`));
  const missing = pages.flatMap((page) => {
    const text = readFileSync(path.join(root, page), 'utf8');
    const code = [...text.matchAll(/`([\w./-]+\.(?:ts|mjs|py))`/gu)].map(([, name]) => name!);
    const tests = [...text.matchAll(/`((?:unit|golden|process|integration|ui)\/[\w/*-]+)`/gu)].map(([, name]) => name!);
    return [...code.filter((name) => !isThere(name)), ...tests.filter((name) => !isTest(name))].map(
      (name) => `${page}: ${name}`,
    );
  });
  expect(missing).toEqual([]);
});

/** The files under some folders, as paths from the root; what was installed or built is not ours. */
function filesUnder(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name).replaceAll('\\', '/'))
      .filter((file) => !file.includes('/node_modules/') && statSync(path.join(root, file)).isFile()),
  );
}

function markdownUnder(folder: string): string[] {
  return filesUnder(folder).filter((file) => file.endsWith('.md'));
}

function linksOf(page: string): string[] {
  const prose = readFileSync(path.join(root, page), 'utf8').replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1/gmu, '');
  return [...prose.matchAll(/\]\(([^()\s]+)\)/gu)].map(([, target]) => target!).filter((link) => !/^\w+:/u.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(root, target))) return false;
  if (anchor === undefined || !target.endsWith('.md')) return true;
  const headings = readFileSync(path.join(root, target), 'utf8').matchAll(/^#+ (.+)$/gmu);
  return [...headings].some(([, heading]) => anchorOf(heading!) === anchor);
}

/** As code hosts make anchors: small letters, blanks as hyphens, marks left out. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/gu, '-');
}
