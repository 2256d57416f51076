import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installEditor } from '../../scripts/editor/install.mjs';
import { launchBrowser } from '../../scripts/editor/launchBrowser.mjs';
import { startEditor } from '../../scripts/editor/server.mjs';
import { EditorPage } from './editorPage.ts';

export interface EditorSession {
  readonly editor: EditorPage;
  /** everything that the editor's server has printed */
  log(): string;
  /** Ends browser and editor and removes their folders. */
  close(): Promise<void>;
}

/**
 * Installs an extension into a fresh VS Code and opens a workspace of the given files in a 1280 × 800 page.
 * @param files content by name; none of them may lie outside the workspace
 */
export async function openEditor(
  vsix: string,
  files: Readonly<Record<string, string>>,
  settings: Readonly<Record<string, unknown>>,
): Promise<EditorSession> {
  const workspace = path.join(await mkdtemp(path.join(os.tmpdir(), 'inkling-ui-')), 'writing');
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(workspace, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const server = await startEditor(await installEditor(), { vsix, settings: { ...settings } });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    await server.stop();
    await rm(path.dirname(workspace), { recursive: true, force: true });
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(20_000);
    await page.goto(server.workspaceUrl(workspace), { waitUntil: 'domcontentloaded' });
    return { editor: new EditorPage(page, workspace), log: server.log, close };
  } catch (error) {
    await close();
    throw error;
  }
}
