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

/** Lints texts as if they stood at the given paths; returns what Biome says. */
function lint(texts: readonly { as: string; text: string }[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'inkling-boundaries-'));
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }));
  cpSync('biome.json', join(copy, 'biome.json'));
  for (const { as, text } of texts) {
    mkdirSync(join(copy, dirname(as)), { recursive: true });
    writeFileSync(join(copy, as), text);
  }
  const biome = resolve('node_modules/.bin/biome');
  const { stdout, stderr } = spawnSync(biome, ['lint', '--max-diagnostics=none', '.'], { cwd: copy, encoding: 'utf8' });
  return stdout + stderr;
}

test('the linter refuses every import without an arrow', () => {
  const wrong = fixtures.filter(({ file }) => !file.endsWith('UsesNode.ts'));
  const said = lint(wrong);
  for (const { as } of wrong) expect(said).toMatch(new RegExp(`${as}:\\d+:\\d+ lint/style/noRestrictedImports`));
});

test('the linter has nothing against the imports that are allowed', () => {
  const text = "import { InklingError } from '../../protocol/errors.ts';\n\nexport const error = InklingError;\n";
  expect(lint([{ as: 'src/writing/completion/right.ts', text }])).not.toContain('noRestrictedImports');
});

test.each(['writing', 'text'])('%s/ knows nothing of Node: the compiler refuses it', (name) => {
  const { text, as } = named(`${name}UsesNode`);
  const room = as.split('/').slice(0, 2).join('/');
  const temporary = mkdtempSync(join(room, '.boundary-'));
  onTestFinished(() => rmSync(temporary, { recursive: true, force: true }));
  writeFileSync(join(temporary, basename(as)), text);
  const config = {
    extends: relative(temporary, join(room, 'tsconfig.json')),
    compilerOptions: { composite: false, noEmit: true, emitDeclarationOnly: false },
    include: [basename(as)],
    references: [],
  };
  writeFileSync(join(temporary, 'tsconfig.json'), JSON.stringify(config));
  const { stdout } = spawnSync(resolve('node_modules/.bin/tsc'), ['-p', temporary], { encoding: 'utf8' });
  expect(stdout).toMatch(/Cannot find (module|name) '(node:fs|process)'/);
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
