import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import { installEditor } from '../../scripts/editor/install.mjs';
import { launchBrowser } from '../../scripts/editor/launchBrowser.mjs';
import { startEditor } from '../../scripts/editor/server.mjs';
import { EditorPage } from './editorPage.ts';

export interface EditorSession {
  readonly editor: EditorPage;
  /** the folder of adapters, empty at first */
  readonly adapters: string;
  /** everything that the editor's server has printed */
  log(): string;
  /** Ends browser and editor and removes their folders. */
  close(): Promise<void>;
}

/** For pictures that a person can read. */
export const largeProse = {
  'editor.wordWrap': 'on',
  'editor.fontSize': 16,
  'editor.lineHeight': 1.7,
  'editor.minimap.enabled': false,
};

/** On a busy machine the editor's list of words and snippets comes up long after the mark that asked for it, over a suggestion. */
const withoutLists = { 'editor.suggestOnTriggerCharacters': false };

/**
 * Opens a workspace of the given files in a 1280 × 800 page of a fresh VS Code that has the product installed.
 * @param files content by name; none of them may lie outside the workspace
 * @param environment variables for the editor and its processes
 */
export async function openEditor(
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = {},
): Promise<EditorSession> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'inkling-ui-'));
  const workspace = path.join(folder, 'writing');
  const adapters = path.join(folder, 'adapters');
  await mkdir(adapters);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(workspace, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const server = await startEditor(await installEditor(), {
    extensions: inject('extensions'),
    settings: { ...withoutLists, ...settings },
    env: { INKLING_ADAPTERS: adapters, ...environment },
  });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    await page.goto(server.workspaceUrl(workspace), { waitUntil: 'domcontentloaded' });
    return { editor: new EditorPage(page, workspace), adapters, log: server.log, close };
  } catch (error) {
    await close();
    throw error;
  }
}
