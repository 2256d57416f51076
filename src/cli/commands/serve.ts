import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { bundledModelName, userDataFolder } from '../../client/modelFolders.ts';
import { InstalledPipelines } from '../../client/pipelinesClient.ts';
import { InklingError, systemCode } from '../../protocol/errors.ts';
import { systemReason } from '../../protocol/systemReason.ts';
import { type Invocation, logOf, whileRunning, withEngine } from '../invocation.ts';
import { addModelOptions, type ModelOptions, numberOption } from '../options.ts';
import { makeFolder, print, printJson } from '../output.ts';
import { Embeddings } from '../serve/embeddings.ts';
import { LoopbackServer } from '../serve/loopbackServer.ts';
import { OpenAiApi } from '../serve/openAiApi.ts';

interface ServeOptions extends ModelOptions {
  readonly port: number;
  readonly tokenFile?: string;
  readonly withParent?: true;
}

const portRange = { minimum: 0, maximum: 65_535, integer: true };
/** All that the model takes: what a program sends is not cut. */
const contextTokens = 8192;
const minTokenChars = 16;

export function addServeCommand(program: Command, invocation: Invocation): void {
  const command = program
    .command('serve')
    .description('an OpenAI-compatible endpoint on this machine, for other programs on it')
    .addOption(numberOption('--port <number>', 'the port on 127.0.0.1; 0 = any that is free', portRange).default(0))
    .option('--token-file <file>', 'where the token lies that callers must know; made if it is not there')
    .option('--with-parent', 'end when the standard input closes');
  addModelOptions(command, bundledModelName);
  command.action((options: ServeOptions) => serve(invocation, options));
}

async function serve(invocation: Invocation, options: ServeOptions): Promise<void> {
  const tokenFile = resolve(options.tokenFile ?? join(userDataFolder(process.env), 'inkling', 'serve-token'));
  const token = tokenIn(tokenFile);
  await withEngine(invocation, { ...options, maxContextTokens: contextTokens }, async (client, model) => {
    const log = logOf(options);
    const { processes } = invocation;
    const pipelines = new InstalledPipelines(processes.pipelines(log), processes.store(log), processes.modelFolders);
    const server = new LoopbackServer(new OpenAiApi(client, model, new Embeddings(pipelines)), token);
    const parts = {
      dispose: async () => {
        await Promise.all([server.dispose(), pipelines.dispose()]);
      },
    };
    await whileRunning(invocation, parts, async () => {
      const url = await server.listen(options.port);
      if (options.json) printJson({ url, tokenFile, model: model.name });
      else print(`${model.name} answers at ${url} (the token lies in ${tokenFile})`);
      if (options.withParent) await inputEnds();
      else await new Promise(() => undefined); // until it is interrupted
    });
  });
}

/**
 * The token in a file, which is made when it is not there, readable by its owner alone.
 * @throws InklingError `fileAccess`
 */
function tokenIn(file: string): string {
  try {
    const token = readFileSync(file, 'utf8').trim();
    if (token.length >= minTokenChars) return token;
    throw new InklingError('fileAccess', `The token in ${file} has fewer than ${minTokenChars} characters.`);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') {
      throw error instanceof InklingError ? error : unusable(file, error);
    }
  }
  const token = randomBytes(32).toString('hex');
  try {
    makeFolder(dirname(file));
    writeFileSync(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return tokenIn(file); // another server that started in this moment made it
    if (existsSync(file)) rmSync(file); // no half of a token stays
    throw unusable(file, error);
  }
  return token;
}

const unusable = (file: string, error: unknown) =>
  new InklingError('fileAccess', `The token file ${file} cannot be used: ${systemReason(error)}.`, { cause: error });

/** Whoever started the server holds its standard input open for as long as it is wanted. */
function inputEnds(): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once('close', resolve).once('end', resolve).once('error', resolve).resume();
  });
}
