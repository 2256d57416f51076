import { bundle } from '../bundle.mjs';

const modules = `
  export { InferenceClient } from './src/client/inferenceClient.ts';
  export { languageOf } from './src/cli/input.ts';
  export { caretOf } from './src/writing/completion/caret.ts';
  export { Completer } from './src/writing/completion/completer.ts';
  export { resolveCompletionSettings } from './src/writing/completion/completionSettings.ts';
  export { gateThresholds, kindOf } from './src/writing/completion/gate.ts';
  export { confidence } from './src/writing/completion/postprocess/confidence.ts';
  export { visibleLength, wordPieces } from './src/writing/completion/segment.ts';
  export { CaretReader } from './src/text/caretReader.ts';
  export { isForeign } from './src/text/documentLanguage.ts';
  export { zoneKinds } from './src/text/zone.ts';
  export { rightRun } from './src/writing/simulator/writtenText.ts';
  export { spreadStretches, stretchesOf } from './src/writing/simulator/stretches.ts';
  export { CancellationToken } from 'vscode-jsonrpc/node.js';
`;

const engineModules = `
  ${modules}
  export { refusalOfCaret, refusalOfDocument, refusalToAsk } from './src/writing/completion/admission.ts';
  export { completionPrompt } from './src/writing/completion/completionPrompt.ts';
  export { documentHabits } from './src/writing/completion/documentHabits.ts';
  export { postprocess, surroundings } from './src/writing/completion/postprocess/postprocess.ts';
  export { openModel } from './src/inference/runningModel.ts';
  export { assemblePrompt } from './src/inference/prompt.ts';
  export { logitsAfter } from './src/inference/logitsAfter.ts';
  export { generate } from './src/inference/generate.ts';
  export { logSumExp } from './src/inference/sampling/logitsProcessors.ts';
  export { TrainingClient } from './src/client/trainingClient.ts';
  export { ownWordsCorpus } from './src/protocol/corpus.ts';
  export { OwnWords } from './src/inference/ownWords/ownWords.ts';
  export { adapterStrength } from './src/protocol/engineOptions.ts';
  export { resolveGenerationOptions } from './src/protocol/generationOptions.ts';
`;

const replayModules = `
  ${modules}
  export { doubtOf, FirstWord } from './src/protocol/firstWord.ts';
  export { logit } from './src/protocol/gateCalibration.ts';
  export { runAt } from './src/writing/simulator/lineWraps.ts';
  export { SimulatedWriter } from './src/writing/simulator/simulatedWriter.ts';
  export { countCaret, emptyTextTally, sumOf } from './src/writing/simulator/tally.ts';
  export { fitCalibration } from './src/writing/simulator/calibrationCurve.ts';
  export { textFigures } from './src/writing/simulator/simulationReport.ts';
  export { intervalsOf, pairedFigures } from './src/writing/simulator/intervals.ts';
`;

/** The same with the simulated writer, for answers that were recorded. */
export const loadReplay = () => bundle('calibration/replay', replayModules);

/** The product's own writing logic, bundled as it stands. */
export const loadWriting = () => bundle('calibration/writing', modules);

/** The same with the engine's parts, to be run in this process. */
export const loadEngine = () => bundle('calibration/engine', engineModules);
