// What of ONNX Runtime goes into a package: as much as `require('onnxruntime-node')` reads on that platform.
import fs from 'node:fs/promises';
import path from 'node:path';

/** The libraries beside the binding itself, for each target that the runtime has binaries for. */
const libraries = {
  'linux-x64': ['libonnxruntime.so.1'],
  'linux-arm64': ['libonnxruntime.so.1'],
  'darwin-arm64': ['libonnxruntime.1.dylib'],
  'win32-x64': ['onnxruntime.dll', 'DirectML.dll', 'dxcompiler.dll', 'dxil.dll'],
  'win32-arm64': ['onnxruntime.dll', 'DirectML.dll', 'dxcompiler.dll', 'dxil.dll'],
};
/** @typedef {keyof typeof libraries} Target */

export const targets = /** @type {Target[]} */ (Object.keys(libraries));

/**
 * adm-zip and global-agent, on which the runtime depends too, serve its install script only and stay out.
 * @param {string} nodeModules the folder in which the runtime is installed
 * @param {Target} target
 * @returns {Promise<string[]>} paths relative to `nodeModules`, with `/`
 */
export async function runtimeFiles(nodeModules, target) {
  const [platform, processor] = target.split('-');
  const binaries = ['onnxruntime_binding.node', ...libraries[target]];
  return [
    'onnxruntime-node/package.json',
    ...(await javaScript(nodeModules, 'onnxruntime-node/dist')),
    ...binaries.map((name) => `onnxruntime-node/bin/napi-v6/${platform}/${processor}/${name}`),
    'onnxruntime-common/package.json',
    'onnxruntime-common/dist/cjs/package.json', // says that the folder holds CommonJS
    ...(await javaScript(nodeModules, 'onnxruntime-common/dist/cjs')),
  ];
}

/**
 * The scripts of a folder, without source maps and types.
 * @param {string} base
 * @param {string} folder
 */
async function javaScript(base, folder) {
  const names = await fs.readdir(path.join(base, folder), { recursive: true });
  return names.filter((name) => name.endsWith('.js')).map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`);
}
