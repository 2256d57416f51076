import { stringify } from 'yaml';
import type { OwnPrompt } from './ownPrompt.ts';

/** A prompt as the text of a file, with every field that a person may want to change. */
export function promptTemplate({ title, description, input, output, instruction }: OwnPrompt): string {
  return `---\n${stringify({ title, description, input, output, options: { temperature: 0.6 } })}---\n\n${instruction}\n`;
}

/** The file name of a prompt, without its ending: readable, and safe on every system. */
export function promptFileName(title: string): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  const name = words.filter((word) => word !== '').join('-');
  return name.slice(0, 60) || 'prompt';
}
