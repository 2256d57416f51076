import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The newest VSIX for this platform.
 * @returns {string}
 * @throws when there is none, saying how to make it
 */
export function findVsix() {
  const name = new RegExp(`^inkling-${process.platform}-${process.arch}-.*\\.vsix$`);
  const [newest] = [root, path.join(root, 'dist')]
    .flatMap((folder) => files(folder).filter((file) => name.test(path.basename(file))))
    .map((file) => ({ file, changed: statSync(file).mtimeMs }))
    .sort((a, b) => b.changed - a.changed);
  if (!newest) throw new Error('There is no VSIX for this platform: run `npm run package` first');
  return newest.file;
}

/** @param {string} folder */
function files(folder) {
  try {
    return readdirSync(folder).map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}
