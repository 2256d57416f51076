import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { installEditor } from '../../scripts/editor/install.mjs';
import { installExtension } from '../../scripts/editor/server.mjs';
import { findVsix } from '../../scripts/findVsix.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** folder of the editor's extensions, with the product among them */
    readonly extensions: string;
  }
}

/** Installs the newest VSIX, or the one that INKLING_VSIX names, once for all files of browser tests. */
export default async function installProduct({ provide }: TestProject): Promise<() => Promise<void>> {
  const extensions = await mkdtemp(path.join(os.tmpdir(), 'inkling-extensions-'));
  await installExtension(await installEditor(), { vsix: process.env['INKLING_VSIX'] ?? findVsix(), extensions });
  provide('extensions', extensions);
  return () => rm(extensions, { recursive: true, force: true });
}
