import { bundle } from '../bundle.mjs';

const modules = `
  export { InferenceClient } from './src/client/inferenceClient.ts';
  export { languageOf } from './src/cli/input.ts';
  export { caretOf } from './src/writing/completion/caret.ts';
  export { Completer } from './src/writing/completion/completer.ts';
  export { resolveCompletionSettings } from './src/writing/completion/completionSettings.ts';
  export { gateThresholds, kindOf } from './src/writing/completion/gate.ts';
  export { confidence } from './src/writing/completion/postprocess/confidence.ts';
  export { visibleLength } from './src/writing/completion/segment.ts';
  export { CaretReader } from './src/text/caretReader.ts';
  export { rightRun } from './src/writing/simulator/writtenText.ts';
  export { stretchesOf } from './src/writing/simulator/stretches.ts';
  export { CancellationToken } from 'vscode-jsonrpc/node.js';
`;

/** The product's own writing logic, bundled as it stands. */
export const loadWriting = () => bundle('calibration/writing', modules);
