import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';
import type { EditorPage } from './editorPage.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A picture of the documentation: the tests take it afresh. */
export const docsImage = (name: string): string => path.join(root, 'docs/images', name);

/** To be called after each test: keeps what the editor shows when it has failed, and prints it for those who see no picture. */
export async function pictureOfFailure(editor: EditorPage, { name, result }: TestContext['task']): Promise<void> {
  if (result?.state !== 'fail') return;
  const picture = path.join(root, 'out/ui', `${name.replaceAll(/\W+/g, '-')}.png`);
  await editor.screenshot(picture);
  console.log(`What the editor showed: ${picture}`);
  const seen = { tabs: await editor.tabs(), text: await editor.visibleText(), status: await editor.status() };
  console.log(JSON.stringify(seen, null, 2));
  const whyNothing = await editor.whyNothing().catch(() => 'it cannot be asked: something else may have the keyboard');
  console.log(JSON.stringify({ whyNothing }, null, 2));
}
