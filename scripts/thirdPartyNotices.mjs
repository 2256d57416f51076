// The licences of what the package carries beside our own code.
import fs from 'node:fs/promises';
import path from 'node:path';

/**
 * Of the command line, of the runtime's install script, and what transformers.js wants for pictures and in browsers; the
 * package holds none of them.
 */
const notCarried = new Set(['commander', 'adm-zip', 'global-agent', 'sharp', 'onnxruntime-web']);

/** Lists that a file of ours was made from, under the MIT licence. */
const lists = [
  {
    title: 'typos-dict 0.14, in the list of misspellings\n\nMIT, https://github.com/crate-ci/typos',
    holder: '2019 Individual contributors',
  },
];

const head = `# Third-party notices

Inkling carries the following works. The bundled model's licence and origin stand in its own folder under dist/models.
The binaries of ONNX Runtime contain further works, listed in the file ThirdPartyNotices.txt of its source repository;
on Windows they come with DirectML.dll (Microsoft's redistributable) and the DirectX shader compiler (the University of
Illinois/NCSA licence).
`;

/**
 * @param {string} root the repository's folder, with node_modules
 * @returns {Promise<string>} Markdown
 * @throws when a package that is carried names no licence
 */
export async function thirdPartyNotices(root) {
  const { dependencies } = await readManifest(root);
  const names = new Set(Object.keys(dependencies));
  const sections = [head];
  for (const name of names) {
    if (notCarried.has(name)) continue;
    const folder = path.join(root, 'node_modules', name);
    const manifest = await readManifest(folder);
    for (const dependency of Object.keys(manifest.dependencies ?? {})) names.add(dependency);
    if (!manifest.license) throw new Error(`${name} names no licence`);
    const source = typeof manifest.repository === 'string' ? manifest.repository : manifest.repository?.url;
    const title = `## ${name} ${manifest.version}\n\n${manifest.license}, ${source?.replace(/^git\+/, '') ?? 'npm'}\n`;
    sections.push(`${title}\n\`\`\`text\n${(await licenceText(root, folder)).trim()}\n\`\`\`\n`);
  }
  for (const { title, holder } of lists) {
    sections.push(`## ${title}\n\n\`\`\`text\n${(await mitLicence(root, holder)).trim()}\n\`\`\`\n`);
  }
  return sections.join('\n');
}

/**
 * The package's licence file; the runtime's packages have none, they are under the MIT licence of Microsoft.
 * @param {string} root
 * @param {string} folder
 */
async function licenceText(root, folder) {
  const file = (await fs.readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
  if (file) return fs.readFile(path.join(folder, file), 'utf8');
  const { license, name } = await readManifest(folder);
  if (license !== 'MIT' || !name.startsWith('onnxruntime')) throw new Error(`${name} has no licence file`);
  return mitLicence(root, 'Microsoft Corporation');
}

/**
 * @param {string} root
 * @param {string} holder of the copyright
 */
async function mitLicence(root, holder) {
  const ours = await fs.readFile(path.join(root, 'LICENSE'), 'utf8');
  return ours.replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}

/** @param {string} folder */
const readManifest = async (folder) => JSON.parse(await fs.readFile(path.join(folder, 'package.json'), 'utf8'));
