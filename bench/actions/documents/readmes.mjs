import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The description of each installed npm package against its README.
 * @returns {import('../summarizedDocuments.mjs').SummarizedDocument[]}
 */
export function readmes(/** @type {string} */ nodeModules) {
  const found = [];
  for (const name of packageNames(nodeModules)) {
    const folder = path.join(nodeModules, name);
    const readme =
      existsSync(path.join(folder, 'package.json')) && readdirSync(folder).find((file) => /^readme\.md$/iu.test(file));
    if (!readme) continue;
    const { description = '' } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const text = readFileSync(path.join(folder, readme), 'utf8');
    if (text.length < 200_000)
      found.push({ name, group: name, kind: /** @type {const} */ ('readme'), text, summary: description });
  }
  return found;
}

const packageNames = (/** @type {string} */ folder) =>
  readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(path.join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  );
