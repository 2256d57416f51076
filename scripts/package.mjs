// Makes inkling-TARGET-VERSION.vsix. The runtime's npm package carries the binaries of every platform, so the package
// for any target can be made on any machine. A clean folder is staged first: nothing is in it but what runs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundles } from '../esbuild.config.mjs';
import { packageReadme } from './packageReadme.mjs';
import { runtimeFiles, targets } from './runtimeFiles.mjs';
import { thirdPartyNotices } from './thirdPartyNotices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What the build makes; the command line belongs to the repository. */
const built = bundles.flatMap(({ entryPoints, outdir }) =>
  Object.entries(entryPoints)
    .filter(([name]) => name !== 'cli')
    .map(([name, source]) => `${outdir}/${name}${path.extname(source).replace('.ts', '.js')}`),
);
const texts = ['package.nls.json', 'package.nls.zh-cn.json', 'l10n', 'LICENSE', 'media', '.vscodeignore'];
/** The editor reads the rest of package.json. */
const developersKeys = ['scripts', 'devDependencies', 'dependencies', 'bin', 'private'];

try {
  await makePackage(targetOf(process.argv.slice(2)));
} catch (error) {
  console.error(`package: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

/**
 * @param {string[]} args
 * @throws for wrong use, and for a target that the runtime has no binaries for
 */
function targetOf(args) {
  const isRight = args.length === 0 || (args.length === 2 && args[0] === '--target');
  if (!isRight) throw new Error(`use: npm run package [-- --target ${targets.join('|')}]`);
  const wanted = args[1] ?? `${process.platform}-${process.arch}`;
  const target = targets.find((name) => name === wanted);
  if (!target) throw new Error(`there is no ONNX Runtime for ${wanted}; packages are made for ${targets.join(', ')}`);
  return target;
}

/** @param {import('./runtimeFiles.mjs').Target} target */
async function makePackage(target) {
  run([path.join(root, 'esbuild.config.mjs'), '--minify']);
  run([path.join(root, 'scripts/build-models.mjs')]);

  const stage = path.join(root, 'out', `stage-${target}`);
  await fs.rm(stage, { recursive: true, force: true });
  const version = await stageManifest(stage);
  for (const name of [...texts, ...built, 'dist/extension', 'dist/models'])
    await copy(path.join(root, name), path.join(stage, name));
  await fs.writeFile(path.join(stage, 'THIRD-PARTY-NOTICES.md'), await thirdPartyNotices(root));
  const readme = await fs.readFile(path.join(root, 'README.md'), 'utf8');
  await fs.writeFile(path.join(stage, 'README.md'), packageReadme(readme));
  const nodeModules = path.join(root, 'node_modules');
  for (const name of await runtimeFiles(nodeModules, target)) {
    await copy(path.join(nodeModules, name), path.join(stage, 'dist/node_modules', name));
  }

  const vsix = path.join(root, `inkling-${target}-${version}.vsix`);
  const vsce = path.join(nodeModules, '@vscode/vsce/vsce');
  // The runtime lies in dist/node_modules: vsce takes the dependencies of package.json or none, and looks nowhere else.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  run([vsce, 'package', '--target', target, '--out', vsix, ...options], { cwd: stage, isQuiet: true });
  await fs.rm(stage, { recursive: true });
  const { size } = await fs.stat(vsix);
  console.log(`package: ${path.relative(process.cwd(), vsix)} (${(size / 1e6).toFixed(1)} MB)`);
}

/**
 * @param {string} stage
 * @returns {Promise<string>} the extension's version
 */
async function stageManifest(stage) {
  const manifest = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8'));
  for (const key of developersKeys) delete manifest[key];
  await fs.mkdir(stage, { recursive: true });
  await fs.writeFile(path.join(stage, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest.version;
}

/**
 * @param {string} from file or folder
 * @param {string} to
 */
async function copy(from, to) {
  if (!existsSync(from)) throw new Error(`${path.relative(root, from)} is missing: run npm ci and npm run build`);
  await fs.cp(from, to, { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
}

/**
 * Runs a script with our Node.
 * @param {string[]} args
 * @param {{ cwd?: string, isQuiet?: boolean }} [options] `isQuiet`: what it prints is shown only when it fails
 */
function run(args, { cwd = root, isQuiet = false } = {}) {
  const { status, error, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    stdio: isQuiet ? 'pipe' : 'inherit',
  });
  if (error) throw error;
  if (status !== 0 && isQuiet) process.stderr.write(Buffer.concat([stdout, stderr]));
  if (status !== 0) throw new Error(`${path.relative(root, args[0] ?? '')} ended with ${status}`);
}
