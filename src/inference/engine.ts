import { basename } from 'node:path';
import type { CancellationToken } from 'vscode-jsonrpc';
import type { DeviceReport } from '../protocol/engineOptions.ts';
import { InklingError, sentence } from '../protocol/errors.ts';
import { resolveGenerationOptions } from '../protocol/generationOptions.ts';
import type {
  GenerateAnswer,
  GenerateRequest,
  LoadedModel,
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
import { reportDevices } from './devices/deviceChoice.ts';
import { generate, spareTokens } from './generate.ts';
import type { GenerationParts } from './generationParts.ts';
import { type ModelEvents, ModelLife } from './modelLife.ts';
import { OwnWords } from './ownWords/ownWords.ts';
import { assemblePrompt } from './prompt.ts';
import type { RunningModel } from './runningModel.ts';
import { BrokenLogits } from './sampling/logitsProcessors.ts';
import { Scheduler } from './scheduler.ts';
import { scoreEach, scoreText } from './scoreText.ts';

/** Serves requests on one model. Knows nothing of processes and messages. */
export class Engine {
  readonly #life: ModelLife;
  readonly #scheduler = new Scheduler();
  /** the last request of each slot; the next one waits for it to end before it touches the slot's cache */
  readonly #lastOfSlot = new Map<Slot, Promise<unknown>>();
  #words: OwnWords | undefined;
  /** what `#words` will be: later texts wait for earlier ones */
  #counting: Promise<OwnWords> | undefined;
  /** the model whose tokens they are */
  #wordsOf: string | undefined;

  constructor(events: ModelEvents) {
    this.#life = new ModelLife(events);
  }

  /** Loads a model, or answers from memory when the same one is already there; see `ModelLife.load`. */
  load(request: LoadRequest): Promise<LoadedModel> {
    return this.#life.load(request);
  }

  /** Gives the model's memory back unless somebody uses it; the next request loads it again. */
  unload(): Promise<boolean> {
    return this.#life.unload();
  }

  get modelFolder(): string | undefined {
    return this.#life.wanted?.modelFolder;
  }

  async generate(
    request: GenerateRequest,
    token: CancellationToken,
    onPartial: GenerationParts['onPartial'],
  ): Promise<GenerateAnswer> {
    const options = resolveGenerationOptions(request.options);
    return this.#onModel(request.slot, async (model) => {
      const { tokenizer, chatTemplate, decoder, folder, caches, description } = model;
      const room = description.contextTokens - options.maxNewTokens - spareTokens;
      if (room < 1)
        throw new InklingError(
          'optionOutOfRange',
          sentence`maxNewTokens leaves no room for a prompt: ${description.contextTokens} tokens in all.`,
        );
      const limits = {
        maxTokens: room,
        emptyPromptToken: tokenizer.specialId('<|endoftext|>') ?? folder.config.bosTokenId ?? 0,
      };
      const prompt = assemblePrompt(request.prompt, { tokenizer, chatTemplate }, limits);
      const cache = caches[request.slot];
      const turn = () => this.#scheduler.turn(request.slot);
      // An action reads and writes what it is told; only who types goes on in the writer's own words.
      const isTheirs = request.slot === 'completion' && this.#wordsOf === description.modelFolder;
      const words = isTheirs ? this.#words : undefined;
      const { calibration } = folder;
      // Actions copy much of what they read; a completion is a few words that nobody has written yet.
      const drafts = request.slot === 'action';
      const parts = { decoder, tokenizer, cache, turn, onPartial, words, calibration, drafts };
      // It counts as running only here: who waits for a model must not hold up the one who uses it.
      const leave = this.#scheduler.enter(request.slot);
      return generate({ ...request, options }, prompt, parts, token).finally(leave);
    });
  }

  async score(request: ScoreRequest, token: CancellationToken): Promise<ScoreAnswer> {
    return this.#onModel('action', async ({ tokenizer, decoder, description }) => {
      const { windowTokens } = request;
      if (!(windowTokens >= 2 && windowTokens <= description.contextTokens)) {
        throw new InklingError(
          'optionOutOfRange',
          sentence`The window must have 2 to ${description.contextTokens} tokens.`,
        );
      }
      const cache = decoder.newCache(windowTokens);
      const turn = () => this.#scheduler.turn('action');
      return scoreText(request, { tokenizer, decoder, cache, turn }, token);
    });
  }

  async scoreEach(request: ScoreEachRequest, token: CancellationToken): Promise<ScoreEachAnswer> {
    return this.#onModel('action', async ({ tokenizer, decoder, description: { contextTokens } }) => {
      const cache = decoder.newCache(contextTokens);
      const turn = () => this.#scheduler.turn('action');
      return scoreEach(request, contextTokens, { tokenizer, decoder, cache, turn }, token);
    });
  }

  /**
   * With `all`, what was counted before is forgotten at once, and so is this when other texts come before it is done. With
   * `some`, what was counted before of the same model's tokens holds until these have been, too.
   */
  async ownWords(request: OwnWordsRequest): Promise<OwnWordsAnswer> {
    const turn = () => this.#scheduler.turn('action');
    const isFurther = request.replaces === 'some' && this.#wordsOf === request.modelFolder;
    const before = isFurther ? this.#counting : undefined;
    if (!before) this.#words = undefined;
    this.#wordsOf = request.modelFolder;
    const counting = before
      ? before.then((words) => words.replace(request.texts, turn))
      : OwnWords.of(request.texts, turn);
    this.#counting = counting;
    const words = await counting;
    if (this.#counting === counting) this.#words = words;
    return { tokens: words.tokens };
  }

  tokenize(text: string): Promise<number[]> {
    return this.#life.use(({ tokenizer }) => tokenizer.encode(text));
  }

  detokenize(tokens: readonly number[]): Promise<string> {
    return this.#life.use(({ tokenizer, folder }) => {
      const { vocabularySize } = folder.config;
      const unknown = tokens.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabularySize);
      if (unknown === undefined) return tokenizer.decode(tokens);
      throw new InklingError(
        'optionOutOfRange',
        sentence`Token ${unknown} does not exist; ids go from 0 to ${vocabularySize - 1}.`,
      );
    });
  }

  /** @param modelFolder without it the model in use, if any, is what devices are judged by */
  devices(modelFolder: string | undefined): Promise<DeviceReport> {
    const request = this.#life.wanted;
    if (request && (modelFolder ?? request.modelFolder) === request.modelFolder) return reportDevices(request);
    return reportDevices(modelFolder === undefined ? undefined : { modelFolder, precision: 'default', threads: 0 });
  }

  memory(): MemoryReport {
    const { loaded } = this.#life;
    return {
      residentBytes: process.memoryUsage.rss(),
      peakBytes: process.resourceUsage().maxRSS * 1024,
      cacheTokens: {
        completion: loaded?.caches.completion.length ?? 0,
        action: loaded?.caches.action.length ?? 0,
      },
      modelLoaded: loaded !== undefined,
    };
  }

  /** Runs `work` when the slot is free: requests of one slot run one after the other, because they share a cache. */
  #onModel<T>(slot: Slot, work: (model: RunningModel) => Promise<T>): Promise<T> {
    const before = this.#lastOfSlot.get(slot) ?? Promise.resolve();
    const run = before.then(() =>
      this.#life.use(async (model) => {
        try {
          return await work(model);
        } catch (error) {
          throw error instanceof BrokenLogits && model.choice.device === 'cpu' ? brokenNumbers(model) : error;
        }
      }),
    );
    this.#lastOfSlot.set(
      slot,
      run.catch(() => undefined),
    );
    return run;
  }
}

/** On another device the device may be the reason; the CPU computes right. */
function brokenNumbers({ description: { name }, adapterFolder }: RunningModel): InklingError {
  const adapter = adapterFolder && basename(adapterFolder);
  const message = adapter
    ? sentence`With the adapter ${adapter} the model ${name} computes values that are not finite numbers. Switch the adapter off; if that does not help, the model's files are damaged.`
    : sentence`The model ${name} computes values that are not finite numbers: its files are damaged. Get them again.`;
  return new InklingError('modelBroken', message);
}
