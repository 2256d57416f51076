import type { CancellationToken } from 'vscode-jsonrpc';
import { ChatTemplate } from '../model/chatTemplate.ts';
import { parameterCount } from '../model/modelConfig.ts';
import { type ModelFolder, openModelFolder } from '../model/modelFolder.ts';
import { Tokenizer } from '../model/tokenizer.ts';
import { InklingError } from '../protocol/errors.ts';
import { resolveGenerationOptions } from '../protocol/generationOptions.ts';
import type {
  GenerateAnswer,
  GenerateRequest,
  LoadedModel,
  LoadProgress,
  LoadRequest,
  MemoryReport,
  ScoreAnswer,
  ScoreRequest,
  Slot,
} from '../protocol/inference.ts';
import type { Decoder } from './decoder.ts';
import { openDecoder } from './deviceChoice.ts';
import { generate } from './generate.ts';
import { KvCache } from './kvCache.ts';
import { assemblePrompt } from './prompt.ts';
import { Scheduler } from './scheduler.ts';
import { scoreText } from './scoreText.ts';

/** Kept free beside prompt and new tokens: for the tokens of healed bytes and of the suffix that is scored. */
const spareTokens = 16;

/** Everything that lives as long as a model is loaded. */
interface Loaded {
  readonly folder: ModelFolder;
  readonly tokenizer: Tokenizer;
  readonly chatTemplate: ChatTemplate | undefined;
  readonly decoder: Decoder;
  readonly description: LoadedModel;
  readonly caches: Readonly<Record<Slot, KvCache>>;
}

/** One model, its caches, and the requests that run on it. Knows nothing of processes and messages. */
export class Engine {
  private loaded: Loaded | undefined;
  private loading: Promise<Loaded> | undefined;
  private request: LoadRequest | undefined;
  private readonly scheduler = new Scheduler();
  /** the last request of each slot; the next one waits for it to end before it touches the slot's cache */
  private readonly lastOfSlot = new Map<Slot, Promise<unknown>>();

  constructor(private readonly onLoadProgress: (progress: LoadProgress) => void) {}

  /** Loads a model, or answers from memory when the same one is already there. */
  async load(request: LoadRequest): Promise<LoadedModel> {
    if (!isSameLoad(request, this.request)) await this.unload();
    this.request = request;
    return (await this.model()).description;
  }

  /** Gives the model's memory back; the next request loads it again. */
  async unload(): Promise<void> {
    await Promise.allSettled([this.loading, ...this.lastOfSlot.values()]);
    const { loaded } = this;
    this.loaded = undefined;
    this.loading = undefined;
    await loaded?.decoder.release();
  }

  get isLoaded(): boolean {
    return this.loaded !== undefined;
  }

  get modelFolder(): string | undefined {
    return this.request?.modelFolder;
  }

  async generate(
    request: GenerateRequest,
    token: CancellationToken,
    onPartial: (text: string) => void,
  ): Promise<GenerateAnswer> {
    const options = resolveGenerationOptions(request.options);
    const leave = this.scheduler.enter(request.slot);
    const run = this.exclusively(request.slot, async () => {
      const { tokenizer, chatTemplate, decoder, folder, caches, description } = await this.model();
      const room = description.contextTokens - options.maxNewTokens - spareTokens;
      if (room < 1)
        throw new InklingError(
          'optionOutOfRange',
          `maxNewTokens leaves no room for a prompt: ${description.contextTokens} tokens in all.`,
        );
      const limits = {
        maxTokens: room,
        emptyPromptToken: tokenizer.specialId('<|endoftext|>') ?? folder.config.bosTokenId ?? 0,
      };
      const prompt = assemblePrompt(request.prompt, { tokenizer, chatTemplate }, limits);
      const cache = caches[request.slot];
      const turn = () => this.scheduler.turn(request.slot);
      return await generate({ ...request, options }, prompt, { decoder, tokenizer, cache, turn, onPartial }, token);
    });
    return run.finally(leave);
  }

  async score(request: ScoreRequest, token: CancellationToken): Promise<ScoreAnswer> {
    return this.exclusively('action', async () => {
      const { tokenizer, decoder, folder, description } = await this.model();
      const { windowTokens } = request;
      if (!(windowTokens >= 2 && windowTokens <= description.contextTokens)) {
        throw new InklingError('optionOutOfRange', `The window must have 2 to ${description.contextTokens} tokens.`);
      }
      const cache = new KvCache(folder.config, windowTokens);
      const turn = () => this.scheduler.turn('action');
      return scoreText(request, { tokenizer, decoder, cache, turn }, token);
    });
  }

  async tokenize(text: string): Promise<number[]> {
    return (await this.model()).tokenizer.encode(text);
  }

  async detokenize(tokens: readonly number[]): Promise<string> {
    const { tokenizer, folder } = await this.model();
    const unknown = tokens.find((id) => !Number.isInteger(id) || id < 0 || id >= folder.config.vocabularySize);
    if (unknown !== undefined) {
      throw new InklingError(
        'optionOutOfRange',
        `Token ${unknown} does not exist; ids go from 0 to ${folder.config.vocabularySize - 1}.`,
      );
    }
    return tokenizer.decode(tokens);
  }

  memory(): MemoryReport {
    const { rss } = process.memoryUsage();
    const cacheTokens = {
      completion: this.loaded?.caches.completion.length ?? 0,
      action: this.loaded?.caches.action.length ?? 0,
    };
    return {
      residentBytes: rss,
      peakBytes: process.resourceUsage().maxRSS * 1024,
      cacheTokens,
      modelLoaded: this.isLoaded,
    };
  }

  /** Requests of one slot run one after the other: they share a cache. */
  private exclusively<T>(slot: Slot, work: () => Promise<T>): Promise<T> {
    const before = this.lastOfSlot.get(slot) ?? Promise.resolve();
    const run = before.then(work, work);
    const settled = run.catch(() => {});
    this.lastOfSlot.set(slot, settled);
    return run;
  }

  private async model(): Promise<Loaded> {
    if (this.loaded) return this.loaded;
    if (!this.request) throw new InklingError('modelNotLoaded', 'No model has been chosen yet.');
    this.loading ??= this.open(this.request);
    try {
      this.loaded = await this.loading;
      return this.loaded;
    } finally {
      this.loading = undefined;
    }
  }

  private async open(request: LoadRequest): Promise<Loaded> {
    const started = performance.now();
    this.onLoadProgress({ stage: 'weights', fraction: 0.1 });
    const folder = openModelFolder(request.modelFolder);
    const { config } = folder;
    const contextTokens = Math.min(config.contextTokens, request.maxContextTokens);
    const tokenizer = new Tokenizer(folder.tokenizerJson, folder.tokenizerConfig, config.vocabularySize);
    this.onLoadProgress({ stage: 'session', fraction: 0.3 });
    const { decoder, device, notes } = await openDecoder(folder, request);
    this.onLoadProgress({ stage: 'ready', fraction: 1 });
    const variables = {
      bos_token: folder.tokenizerConfig['bos_token'],
      eos_token: folder.tokenizerConfig['eos_token'],
    };
    return {
      folder,
      tokenizer,
      decoder,
      chatTemplate:
        folder.chatTemplate === undefined ? undefined : new ChatTemplate(folder.chatTemplate, tokenizer, variables),
      caches: { completion: new KvCache(config, contextTokens), action: new KvCache(config, contextTokens) },
      description: {
        name: folder.name,
        modelFolder: folder.path,
        architecture: config.architecture.name,
        parameters: parameterCount(config),
        vocabularySize: config.vocabularySize,
        contextTokens,
        hasChatTemplate: folder.chatTemplate !== undefined,
        device,
        deviceNotes: notes,
        loadMs: performance.now() - started,
      },
    };
  }
}

/** Would the same load request give the same session? */
function isSameLoad(a: LoadRequest, b: LoadRequest | undefined): boolean {
  return (
    b !== undefined &&
    a.modelFolder === b.modelFolder &&
    a.device === b.device &&
    a.threads === b.threads &&
    a.precision === b.precision &&
    a.maxContextTokens === b.maxContextTokens
  );
}
