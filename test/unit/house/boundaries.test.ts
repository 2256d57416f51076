import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';

/** Files that must fail: each says in its first line where it would stand. */
const folder = 'test/fixtures/boundaries';
const fixtures = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  return { file, text, as: /^\/\/ as: (\S+)/.exec(text)![1]! };
});
const named = (name: string) => fixtures.find(({ file }) => file === `${name}.ts`)!;

/** Imports that the compiler cannot refuse, because every room may see the packages and a room is seen whole: the linter does. */
const byLinter = fixtures.filter(
  ({ text, as }) =>
    /'(?:onnxruntime-node|vscode|@xenova\/transformers)'/u.test(text) || /pipelines.*'\.\.\/model/su.test(as + text),
);

/** What the linter says of texts that stand at the given paths. */
function lint(...files: readonly { readonly as: string; readonly text: string }[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'inkling-boundaries-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync('biome.json', join(copy, 'biome.json'));
  for (const { as, text } of files) {
    mkdirSync(join(copy, dirname(as)), { recursive: true });
    writeFileSync(join(copy, as), text);
  }
  const biome = resolve('node_modules/.bin/biome');
  const { stdout, stderr } = spawnSync(biome, ['lint', '--max-diagnostics=none', '.'], { cwd: copy, encoding: 'utf8' });
  return stdout + stderr;
}

/** What the compiler says of a text that stands in a room, with the room's own types and references. */
function compile({ as, text }: { as: string; text: string }): string {
  const room = as.split('/').slice(0, 2).join('/');
  mkdirSync('out', { recursive: true });
  const temporary = mkdtempSync(join('out', 'boundary-')); // not in the room: other tests read what is there
  onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
  const file = join(temporary, basename(as));
  const source = text.replaceAll(/'(\.[^']+)'/gu, (_, path: string) => {
    const target = relative(temporary, join(dirname(as), path)).replaceAll('\\', '/');
    return `'${target}'`;
  });
  writeFileSync(file, source);
  const { references = [] } = JSON.parse(readFileSync(join(room, 'tsconfig.json'), 'utf8')) as {
    references?: { path: string }[];
  };
  const config = {
    extends: resolve(room, 'tsconfig.json'),
    compilerOptions: {
      outDir: 'out',
      tsBuildInfoFile: 'out/info',
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true,
    },
    include: [basename(as)],
    references: references.map(({ path }) => ({ path: resolve(room, path) })),
  };
  writeFileSync(join(temporary, 'tsconfig.json'), JSON.stringify(config));
  return spawnSync(resolve('node_modules/.bin/tsc'), ['-p', temporary], { encoding: 'utf8' }).stdout;
}

const refused = /Cannot find (?:module|name) '(?:node:fs|process)'|is not listed within the file list of project/;

test.each(fixtures.filter((fixture) => !byLinter.includes(fixture)))('$file: the compiler refuses it', (fixture) => {
  expect(compile(fixture)).toMatch(refused);
});

test.each(byLinter)('$file: the linter refuses it', (fixture) => {
  expect(lint(fixture)).toMatch(new RegExp(`${fixture.as}:\\d+:\\d+ lint/style/noRestrictedImports`));
});

test('the compiler has nothing against an import that is allowed', () => {
  const text = "import { InklingError } from '../protocol/errors.ts';\n\nexport const error = InklingError;\n";
  expect(compile({ as: 'src/writing/right.ts', text })).toBe('');
});

test.each([
  ['types', 'import type { B }', 'import type { A }'],
  ['values and types', 'import { B }', 'import type { A }'],
  ['values', 'import { B }', 'import { A }'],
])('the linter refuses a circle of %s', (_, first, second) => {
  const a = { as: 'src/model/a.ts', text: `${first} from './b.ts';\n\nexport class A {\n  b?: B;\n}\n` };
  const b = { as: 'src/model/b.ts', text: `${second} from './a.ts';\n\nexport class B {\n  a?: A;\n}\n` };
  expect(lint(a, b)).toContain('noImportCycles');
});

test('the linter has nothing against the one file that talks to the runtime', () => {
  const { text } = named('inferenceImportsRuntime');
  expect(lint({ as: 'src/model/session.ts', text })).not.toContain('noRestrictedImports');
});

test.each(['extensionLoadsRuntime', 'clientImportsEditor'])('%s cannot be bundled', async (name) => {
  const { text, as } = named(name);
  const { bundles } = (await import(resolve('esbuild.config.mjs'))) as {
    bundles: { entryPoints: Record<string, string> }[];
  };
  const room = as.split('/')[1]!;
  const bundle = bundles.find(({ entryPoints }) => room in entryPoints || (room === 'client' && 'cli' in entryPoints))!;
  const { entryPoints: _, ...options } = bundle;
  const stdin = { contents: text, resolveDir: resolve(dirname(as)), loader: 'ts' as const };
  const result = build({ ...options, stdin, write: false, logLevel: 'silent' });
  await expect(result).rejects.toThrow(/Could not resolve|No loader is configured/);
});
