import { readdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, 'texts');
/** Rules and thresholds are set on the development part; the other is for judging them. */
const parts = { development: folder, aside: path.join(folder, 'aside') };

/**
 * Files of a part, or those of the names given.
 * @param {{ part: string, texts?: string | undefined }} options `texts`: names without endings, divided by commas
 * @returns {string[]} paths
 */
export function textFilesOf({ part, texts }) {
  if (!parts[part]) throw new Error(`no part “${part}”: ${Object.keys(parts).join(', ')}`);
  const files = readdirSync(parts[part], { withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : []));
  const named = texts?.split(',').map((name) => {
    const file = files.find((one) => path.parse(one).name === name);
    if (!file) throw new Error(`no text “${name}” in ${parts[part]}`);
    return file;
  });
  return (named ?? files).map((file) => path.join(parts[part], file));
}
