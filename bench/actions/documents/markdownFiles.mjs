import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/**
 * Markdown below a folder, without front matter, imports and components.
 * @returns {{ file: string, text: string, matter: Record<string, unknown> }[]}
 */
export function markdownFiles(/** @type {string} */ folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:mdx?|Rmd)$/u.test(file))
    .sort()
    .map((file) => {
      const whole = readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n');
      const front = /^---\n([\s\S]*?)\n---\n/u.exec(whole);
      return { file, text: readable(whole.slice(front?.[0].length ?? 0)), matter: matterOf(front?.[1] ?? '') };
    });
}

function matterOf(/** @type {string} */ yaml) {
  try {
    return parse(yaml) ?? {};
  } catch {
    return {}; // a template's
  }
}

const readable = (/** @type {string} */ text) =>
  text
    .replace(/^(?:import|export) .*$/gmu, '')
    .replace(/<!--[\s\S]*?-->/gu, '')
    .replace(/^[ \t]*<\/?[A-Z][^>]*>[ \t]*$/gmu, '')
    .replace(/^(?:!!!|:::|\?\?\?).*$/gmu, '') // the title of a note, whose text is indented
    .replace(/(?<=\n)(?: {4}|\t)(?=\p{L}[^=;{}\n]*\s)/gu, '');

/** Words of Markdown without its marks and its code. */
export const plainOfMarkdown = (/** @type {string} */ text) =>
  text
    .replace(/```[\s\S]*?```/gu, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/^[ \t]*(?:[-*+>]|\d+\.)[ \t]+/gmu, '')
    .replace(/[*_`]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
