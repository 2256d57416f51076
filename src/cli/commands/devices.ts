import type { Command } from 'commander';
import { bundledModelName } from '../../client/modelFolders.ts';
import { type Invocation, startEngine, whileRunning } from '../invocation.ts';
import { addModelOptions, type ModelOptions } from '../options.ts';
import { print, printJson, table } from '../output.ts';

export function addDevicesCommand(program: Command, invocation: Invocation): void {
  const command = program.command('devices').description('what this machine can run the model on, probed');
  addModelOptions(command, bundledModelName).action(async (options: ModelOptions) => {
    const modelFolder = invocation.processes.findModel(options.model);
    const client = startEngine(invocation, options);
    const report = await whileRunning(invocation, client, () => client.devices(modelFolder));
    if (options.json) {
      const devices = report.devices.map(({ reasonSentence: _, ...device }) => device);
      return printJson({ ...report, devices });
    }
    const rows = report.devices.map(({ name, available, reason }) => [name, available ? 'yes' : 'no', reason]);
    print(table([['device', 'available', 'reason'], ...rows]));
    print(`chosen: ${report.chosen}`);
  });
}
