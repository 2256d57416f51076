import { closeSync, constants, copyFileSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { exportedFiles } from '../model/exportedModel.ts';
import { demandDiskSpace } from '../model/files/diskSpace.ts';
import { openRegular } from '../model/files/openRegular.ts';
import { readSmallFile } from '../model/files/textFile.ts';
import { openModelFolder } from '../model/modelFolder.ts';
import { writeCompactTokenizer } from '../model/tokenizer/compactTokenizer.ts';
import { tablesFromJson } from '../model/tokenizer/tokenizerTables.ts';
import type { ConvertRequest } from '../protocol/store.ts';
import { originOf } from './modelCard.ts';
import { chatTemplateProblem } from './modelCatalogue.ts';
import { type AddingWork, newModelFolder } from './newModelFolder.ts';
import { hasRoomToRun } from './roomToRun.ts';

const copied = ['config.json', 'generation_config.json', 'chat_template.jinja', 'chat_template.json'];

/**
 * Copies a decoder that was exported to ONNX: the graph that suits this kind of machine best, its numbers, the tokenizer.
 * The folder appears under its name when it is whole.
 * @throws InklingError `modelBroken`, `modelConfig`, `modelUnsupported`, `fileAccess`
 */
export async function addExported(
  { source, target }: Pick<ConvertRequest, 'source' | 'target'>,
  { onProgress, goOn, origin }: AddingWork,
): Promise<void> {
  const { exported, config, tokenizerJson, tokenizerConfig } = openModelFolder(source);
  const tokenizer = tablesFromJson(tokenizerJson, tokenizerConfig, config.vocabularySize);
  const fill = async (path: string) => {
    const graphs = exportedFiles(exported!);
    let total = 0;
    for (const file of graphs) {
      const { descriptor, sizeBytes } = openRegular(file); // a device would be copied without end
      closeSync(descriptor);
      total += sizeBytes;
    }
    demandDiskSpace(path, total);
    let done = 0;
    for (const file of graphs) {
      copyFileSync(file, join(path, basename(file)), constants.COPYFILE_FICLONE);
      done += statSync(file).size;
      onProgress(done, total);
      await new Promise(setImmediate); // answers the watchdog
    }
    for (const name of copied.filter((one) => existsSync(join(source, one)))) {
      writeFileSync(join(path, name), readSmallFile(join(source, name)));
    }
    writeFileSync(join(path, 'tokenizer.json'), JSON.stringify(tokenizerJson));
    writeFileSync(join(path, 'tokenizer_config.json'), JSON.stringify(tokenizerConfig, null, 2));
    writeCompactTokenizer(path, tokenizer);
    return {
      name: basename(target),
      ...originOf(source, origin),
      weightFormat: `ONNX (${basename(exported!)})`,
      ...chatTemplateProblem(openModelFolder(path)),
    };
  };
  await newModelFolder(target, fill, { prove: opens, goOn });
}

/** Opens the graph once, where memory suffices: one that is damaged, or made for something else, is not kept. */
async function opens(path: string): Promise<void> {
  const folder = openModelFolder(path);
  if (!hasRoomToRun(folder)) return;
  const { openExported } = await import('../model/exportedSession.ts'); // brings the runtime along
  const { session } = await openExported(folder, 1);
  await session.release();
}
