import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { onTestFinished, vi } from 'vitest';
import { completeFolder } from '../../scripts/editor/testFolder.mjs';

/** SwiftShader, a Vulkan driver in software, is packed for this platform only. */
export const hasSwiftShader = process.platform === 'linux' && process.arch === 'x64';

/**
 * For the test that runs: processes started from now on find SwiftShader as their only Vulkan driver, so WebGPU works
 * without a graphics processor. It comes out of the browser's npm package.
 */
export async function useSwiftShader(): Promise<void> {
  const folder = await completeFolder('swiftshader', unpack);
  useVulkanDriver(join(folder, 'vk_swiftshader_icd.json'));
  vi.stubEnv('LD_LIBRARY_PATH', folder); // libvulkan.so.1, which few machines have
}

/** For the test that runs: processes started from now on find no Vulkan driver, whatever the machine has. */
export const useNoVulkanDriver = (): void => useVulkanDriver('/nonexistent.json');

function useVulkanDriver(descriptionFile: string): void {
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('VK_DRIVER_FILES', descriptionFile);
  vi.stubEnv('VK_ICD_FILENAMES', descriptionFile); // its name for older loaders
}

async function unpack(folder: string): Promise<void> {
  const packageEntry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const archive = join(dirname(packageEntry), '../../bin/swiftshader.tar.br');
  const tar = spawn('tar', ['-x', '-C', folder], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise<void>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`tar ended with ${code}`))));
  });
  const fed = pipeline(createReadStream(archive), createBrotliDecompress(), tar.stdin);
  await Promise.all([fed.catch(unlessEnoughWasRead), ended]);
}

/** tar goes when it has seen the archive's end, and leaves the padding behind it unread; what it lacked it tells by its code. */
function unlessEnoughWasRead(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
