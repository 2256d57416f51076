// The Python side: PyTorch's reference, and the model in transformers.js's layout. Made once, kept in out/bench.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ggufFile, givenModel, outFolder, root } from './product.mjs';
import { runCommand } from './runScript.mjs';

const bench = path.join(root, 'bench');
/** Where transformers.js finds its model. */
const onnxFolder = path.join(outFolder, 'transformersJs');

/**
 * @param {string | undefined} given a Python that has requirements.txt
 * @returns {Promise<string>} that one, or the one of a virtual environment that is set up on first use
 */
export async function findPython(given) {
  if (given) return given;
  const folder = path.join(outFolder, 'python');
  const python = path.join(folder, 'bin', 'python');
  if (!existsSync(python)) {
    await runCommand('python3', ['-m', 'venv', folder]);
    await runCommand(python, ['-m', 'pip', 'install', '--quiet', '-r', path.join(bench, 'requirements.txt')]);
  }
  return python;
}

/** What transformers loads: the bundled model as float32 safetensors with its tokenizer, or the GGUF that was given. */
export async function dequantisedModel(python) {
  if (givenModel) return givenModel;
  const folder = path.join(outFolder, 'dequantised');
  if (!existsSync(path.join(folder, 'tokenizer.json'))) {
    await runCommand(python, [path.join(root, 'test', 'golden', 'scripts', 'dequantise.py'), ggufFile, folder]);
  }
  return folder;
}

/**
 * Exports the bundled model for transformers.js.
 * @param {string | undefined} givenPython
 */
export async function exportOnnx(givenPython) {
  if (existsSync(path.join(onnxFolder, 'onnx', 'model_q4.onnx'))) return;
  const python = await findPython(givenPython);
  await runCommand(python, [path.join(bench, 'export_onnx.py'), ggufFile, await dequantisedModel(python), onnxFolder]);
}
