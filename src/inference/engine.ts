import { setTimeout as sleep } from 'node:timers/promises';
import type { CancellationToken } from 'vscode-jsonrpc';
import type { DeviceReport } from '../protocol/devices.ts';
import { InklingError, toInklingError } from '../protocol/errors.ts';
import { resolveGenerationOptions } from '../protocol/generationOptions.ts';
import type {
  GenerateAnswer,
  GenerateRequest,
  LoadedModel,
  LoadProgress,
  LoadRequest,
  MemoryReport,
  OwnWordsAnswer,
  OwnWordsRequest,
  ScoreAnswer,
  ScoreEachAnswer,
  ScoreEachRequest,
  ScoreRequest,
  Slot,
} from '../protocol/inference.ts';
import { chooseDevice, type DeviceChoice, noteOn, onCpu, reportDevices } from './devices/deviceChoice.ts';
import { generate } from './generate.ts';
import { OwnWords } from './ownWords/ownWords.ts';
import { assemblePrompt } from './prompt.ts';
import { moveModel, openModel, type RunningModel } from './runningModel.ts';
import { Scheduler } from './scheduler.ts';
import { scoreEach } from './scoreEach.ts';
import { scoreText } from './scoreText.ts';

/** Kept free beside prompt and new tokens: for the tokens of healed bytes and of the suffix that is scored. */
const spareTokens = 16;

/** What counts as a pause in writing: long enough to begin something that takes a second or two. */
const pauseMs = 2000;

/** One model, its caches, and the requests that run on it. Knows nothing of processes and messages. */
export class Engine {
  private loaded: RunningModel | undefined;
  private loading: Promise<RunningModel> | undefined;
  private request: LoadRequest | undefined;
  /** where the model of `request` runs best; undefined while nobody has looked */
  private choice: DeviceChoice | undefined;
  private moving: Promise<void> | undefined;
  private lastUsedAt = 0;
  private words: OwnWords | undefined;
  private wordsOf: OwnWordsRequest | undefined;
  private readonly scheduler = new Scheduler();
  /** the last request of each slot; the next one waits for it to end before it touches the slot's cache */
  private readonly lastOfSlot = new Map<Slot, Promise<unknown>>();

  /** @param onMoved called with the model's description when it runs elsewhere than before, or why it does not */
  constructor(
    private readonly onLoadProgress: (progress: LoadProgress) => void,
    private readonly onMoved: (model: LoadedModel) => void,
  ) {}

  /** Loads a model, or answers from memory when the same one is already there. */
  async load(request: LoadRequest): Promise<LoadedModel> {
    if (!isSameLoad(request, this.request)) {
      await this.unload();
      this.choice = undefined;
      this.request = request;
    }
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
    const run = this.onModel(request.slot, async (model) => {
      const { tokenizer, chatTemplate, decoder, folder, caches, description } = model;
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
      // An action reads and writes what it is told; only who types goes on in the writer's own words.
      const isTheirs = request.slot === 'completion' && this.wordsOf?.modelFolder === description.modelFolder;
      const words = isTheirs ? this.words : undefined;
      const parts = { decoder, tokenizer, cache, turn, onPartial, words };
      return await generate({ ...request, options }, prompt, parts, token);
    });
    return run.finally(leave);
  }

  async score(request: ScoreRequest, token: CancellationToken): Promise<ScoreAnswer> {
    return this.onModel('action', async ({ tokenizer, decoder, description }) => {
      const { windowTokens } = request;
      if (!(windowTokens >= 2 && windowTokens <= description.contextTokens)) {
        throw new InklingError('optionOutOfRange', `The window must have 2 to ${description.contextTokens} tokens.`);
      }
      const cache = decoder.newCache(windowTokens);
      const turn = () => this.scheduler.turn('action');
      return scoreText(request, { tokenizer, decoder, cache, turn }, token);
    });
  }

  async scoreEach(request: ScoreEachRequest, token: CancellationToken): Promise<ScoreEachAnswer> {
    return this.onModel('action', async ({ tokenizer, decoder, description: { contextTokens } }) => {
      const cache = decoder.newCache(contextTokens);
      const turn = () => this.scheduler.turn('action');
      return scoreEach(request, contextTokens, { tokenizer, decoder, cache, turn }, token);
    });
  }

  /** What was counted before is forgotten at once, and so is this when other texts come before it is done. */
  async ownWords(request: OwnWordsRequest): Promise<OwnWordsAnswer> {
    this.words = undefined;
    this.wordsOf = request;
    const words = await OwnWords.of(request.texts, () => this.scheduler.turn('action'));
    if (this.wordsOf === request) this.words = words;
    return { tokens: words.tokens };
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

  /** @param modelFolder without it the model in use, if any, is what devices are judged by */
  devices(modelFolder: string | undefined): Promise<DeviceReport> {
    const { request } = this;
    if (request && (modelFolder ?? request.modelFolder) === request.modelFolder) return reportDevices(request);
    return reportDevices(modelFolder === undefined ? undefined : { modelFolder, precision: 'default', threads: 0 });
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

  /** Runs `work` when the slot is free; when the model's device fails meanwhile, once more on the CPU. */
  private onModel<T>(slot: Slot, work: (model: RunningModel) => Promise<T>): Promise<T> {
    return this.exclusively(slot, async () => {
      const model = await this.model();
      try {
        return await work(model);
      } catch (error) {
        if (model.choice.device === 'cpu' || error instanceof InklingError) throw error;
        await this.leaveDevice(model, toInklingError(error).message);
        return await work(await this.model());
      }
    });
  }

  /** Requests of one slot run one after the other: they share a cache. */
  private exclusively<T>(slot: Slot, work: () => Promise<T>): Promise<T> {
    const before = this.lastOfSlot.get(slot) ?? Promise.resolve();
    const run = before.then(work, work);
    const settled = run
      .catch(() => {})
      .finally(() => {
        this.lastUsedAt = performance.now();
      });
    this.lastOfSlot.set(slot, settled);
    this.lastUsedAt = performance.now();
    return run;
  }

  private async model(): Promise<RunningModel> {
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

  private async open(request: LoadRequest): Promise<RunningModel> {
    const model = await openModel(request, this.choice, this.onLoadProgress);
    this.lastUsedAt = performance.now(); // the pause that is waited for begins here
    if (request.device === 'auto' && !this.choice) this.lookForDevice(request).catch(() => undefined); // the CPU goes on
    this.choice = model.choice;
    return model;
  }

  /** `auto` starts on the CPU. In a pause it looks for something better, and in the next one it moves there. */
  private async lookForDevice(request: LoadRequest): Promise<void> {
    await this.pause();
    if (this.request !== request) return;
    const choice = await chooseDevice(request);
    if (choice.device !== 'cpu') await this.pause();
    // the action's slot first: an action waits for completions, so nobody may hold their slot while waiting for an action
    await this.exclusively('action', () => this.exclusively('completion', () => this.moveTo(choice, request)));
  }

  private async moveTo(choice: DeviceChoice, request: LoadRequest): Promise<void> {
    if (this.request !== request) return;
    this.choice = choice; // also for the next time that the model is loaded
    if (!this.loaded) return;
    this.loaded = await moveModel(this.loaded, request, choice);
    this.choice = this.loaded.choice;
    this.onMoved(this.loaded.description);
  }

  /** A device may fail while it runs, as when its driver restarts: the CPU takes over, for as long as the model is used. */
  private async leaveDevice(failed: RunningModel, reason: string): Promise<void> {
    if (this.loaded !== failed) return; // the other slot was first
    const choice = onCpu(...failed.choice.notes, noteOn(failed.choice.device, reason));
    this.moving ??= this.moveTo(choice, this.request!).finally(() => {
      this.moving = undefined;
    });
    await this.moving;
  }

  /** Resolves when nothing has run for a while. */
  private async pause(): Promise<void> {
    for (;;) {
      const restMs = this.lastUsedAt + pauseMs - performance.now();
      if (restMs <= 0) return;
      await sleep(restMs, undefined, { ref: false });
    }
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
    a.maxContextTokens === b.maxContextTokens &&
    a.adapter?.folder === b.adapter?.folder &&
    a.adapter?.strength === b.adapter?.strength
  );
}
