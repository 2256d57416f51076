import { setTimeout as sleep } from 'node:timers/promises';
import { InklingError, sentence, toInklingError } from '../protocol/errors.ts';
import type { LoadedModel, LoadProgress, LoadRequest } from '../protocol/inference.ts';
import { chooseDevice, type DeviceChoice, noteOn, onCpu } from './devices/deviceChoice.ts';
import { moveModel, openModel, type RunningModel, withStrength } from './runningModel.ts';

/** A pause in writing: long enough to begin something that takes a second or two. */
const pauseMs = 2000;

/** Told to whoever shows what the engine does. */
export interface ModelEvents {
  readonly onProgress: (progress: LoadProgress) => void;
  /** the model runs on another device than before, or there are new reasons why it does not */
  readonly onMoved: (model: LoadedModel) => void;
  /** its memory was given back because nothing had been asked for a while */
  readonly onUnloaded: (modelFolder: string) => void;
}

/** The model that the newest load asked for. */
interface Wanted {
  readonly request: LoadRequest;
  /** where it runs best; undefined while nobody has looked */
  choice?: DeviceChoice;
  /** why it could not be opened; the next request tries again */
  failure?: InklingError | undefined;
}

/** The model that is open. */
interface Loaded {
  readonly wanted: Wanted;
  readonly model: RunningModel;
  /** its device failed while it ran */
  isBroken: boolean;
}

/**
 * The life of the one model that is loaded, as a state machine: loads, moves to another device and unloads say what is
 * wanted, and one change at a time leads there. The newest load wins. A model is closed when no request uses it any
 * more, and no request begins on a model that is not wanted.
 */
export class ModelLife {
  readonly #events: ModelEvents;
  #wanted: Wanted | undefined;
  #loaded: Loaded | undefined;
  /** the memory is to be given back until the next request */
  #isAsleep = false;
  #isChanging = false;
  /** requests that run on the loaded model */
  #users = 0;
  /** loads and requests that wait for a model */
  #wishes = 0;
  #lastUsedAt = 0;
  #idleUnloadMs = 0;
  #idleTimer: NodeJS.Timeout | undefined;
  /** called after every change */
  #waiting: (() => void)[] = [];

  constructor(events: ModelEvents) {
    this.#events = events;
  }

  get wanted(): LoadRequest | undefined {
    return this.#wanted?.request;
  }

  get loaded(): RunningModel | undefined {
    return this.#loaded?.model;
  }

  /**
   * Loads a model, or answers from memory when the same one is there.
   * @throws InklingError `superseded` when another model was asked for meanwhile; what `openModel` throws
   */
  async load(request: LoadRequest): Promise<LoadedModel> {
    this.#idleUnloadMs = request.idleUnloadMs;
    if (!this.#wanted || !isSameLoad(request, this.#wanted.request)) {
      const loaded = this.#loaded?.wanted;
      this.#wanted = loaded && isSameLoad(request, loaded.request) ? loaded : { request };
    }
    const mine = this.#wanted;
    return this.#wish((wanted, loaded) => {
      if (wanted !== mine) throw new InklingError('superseded', sentence`Another model was asked for meanwhile.`);
      return loaded?.model.description;
    });
  }

  /**
   * Does `work` with the wanted model, which is opened if need be and not closed before the work ends. When its device
   * fails meanwhile, the work is done once more on the CPU.
   * @throws InklingError `modelNotLoaded` before the first load; what `openModel` and the work throw
   */
  async use<T>(work: (model: RunningModel) => T | Promise<T>): Promise<T> {
    for (;;) {
      const loaded = await this.#wish((_, ready) => {
        if (ready) this.#users++;
        return ready;
      });
      try {
        return await work(loaded.model);
      } catch (error) {
        if (loaded.model.choice.device === 'cpu' || error instanceof InklingError) throw error;
        this.#leaveDevice(loaded, toInklingError(error).message);
      } finally {
        this.#users--;
        this.#lastUsedAt = performance.now();
        this.#advance();
      }
    }
  }

  /** Gives the model's memory back unless somebody uses it; the next request loads it again. @returns whether it did */
  async unload(): Promise<boolean> {
    if (this.#users > 0 || this.#wishes > 0 || !this.#loaded) return false;
    this.#isAsleep = true;
    this.#advance();
    await this.#until(() => (this.#isAsleep && (this.#loaded || this.#isChanging) ? undefined : true));
    return this.#isAsleep;
  }

  /** Waits until the wanted model is open, or for what `answer` makes of it. */
  async #wish<T>(answer: (wanted: Wanted, loaded: Loaded | undefined) => T | undefined): Promise<T> {
    this.#isAsleep = false;
    if (this.#wanted) this.#wanted.failure = undefined;
    this.#wishes++;
    this.#advance();
    try {
      return await this.#until(() => {
        const wanted = this.#wanted;
        if (!wanted) throw new InklingError('modelNotLoaded', sentence`No model has been chosen yet.`);
        const isReady = !this.#isChanging && this.#loaded?.wanted === wanted && !this.#loaded.isBroken;
        const found = answer(wanted, isReady ? this.#loaded : undefined);
        if (found === undefined && wanted.failure) throw wanted.failure;
        return found;
      });
    } finally {
      this.#wishes--;
      this.#advance();
    }
  }

  async #until<T>(check: () => T | undefined): Promise<T> {
    for (;;) {
      const found = check();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Begins the next change if there is one and none is going on, and lets all look again who wait. */
  #advance(): void {
    const change = this.#isChanging ? undefined : this.#nextChange();
    if (change) {
      this.#isChanging = true;
      void change().finally(() => {
        this.#isChanging = false;
        this.#advance();
      });
    }
    this.#restartIdleTimer();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const look of waiting) look();
  }

  /** The next step from what is loaded to what is wanted; undefined when there is none, or none yet. */
  #nextChange(): (() => Promise<void>) | undefined {
    const [wanted, loaded] = [this.#wanted, this.#loaded];
    if (!loaded) return !wanted || wanted.failure || this.#isAsleep ? undefined : () => this.#open(wanted);
    const isFree = this.#users === 0 || loaded.isBroken; // who runs on a broken device fails anyway
    if (this.#isAsleep) return isFree ? () => this.#close(loaded) : undefined;
    if (loaded.wanted !== wanted) return isFree ? () => this.#replace(loaded, wanted) : undefined;
    const { choice } = wanted;
    if (!choice || choice === loaded.model.choice) return undefined;
    return isFree || choice.device === loaded.model.choice.device ? () => this.#move(loaded, choice) : undefined;
  }

  async #open(wanted: Wanted): Promise<void> {
    try {
      const onProgress = (progress: LoadProgress) => this.#tellProgress(wanted, progress);
      const model = await openModel(wanted.request, wanted.choice, onProgress);
      this.#loaded = { wanted, model, isBroken: false };
      this.#lastUsedAt = performance.now(); // the pause that is waited for begins here
      if (!wanted.choice) this.#lookForDevice(wanted).catch(() => undefined); // the CPU goes on
      wanted.choice = model.choice;
    } catch (error) {
      wanted.failure = toInklingError(error);
    }
  }

  #tellProgress(wanted: Wanted, progress: LoadProgress): void {
    if (wanted === this.#wanted) this.#events.onProgress(progress);
  }

  /** Another model is wanted: this one is closed. Only the strength of its adapter: that is changed while it stays. */
  async #replace(loaded: Loaded, wanted: Wanted | undefined): Promise<void> {
    if (!wanted || loaded.isBroken || !isSameSession(loaded.wanted.request, wanted.request)) return this.#close(loaded);
    try {
      const model = withStrength(loaded.model, wanted.request);
      this.#loaded = { wanted, model, isBroken: false };
      wanted.choice = model.choice;
      if (model.choice.device === 'cpu') this.#lookForDevice(wanted).catch(() => undefined);
    } catch {
      await this.#close(loaded); // opening it says what is wrong with the adapter now
    }
  }

  async #close({ model, wanted }: Loaded): Promise<void> {
    this.#loaded = undefined;
    await model.decoder.release().catch(() => undefined); // its device may be gone
    if (this.#isAsleep) this.#events.onUnloaded(wanted.request.modelFolder);
  }

  async #move(loaded: Loaded, to: DeviceChoice): Promise<void> {
    const { wanted, isBroken } = loaded;
    const staysOnDevice = to.device === loaded.model.choice.device;
    if (!staysOnDevice) this.#tellProgress(wanted, { stage: 'move', fraction: 0.3 });
    try {
      const model = await moveModel(loaded.model, wanted.request, to);
      this.#loaded = { wanted, model, isBroken: false };
      wanted.choice = model.choice; // also for the next time that the model is opened
      if (wanted === this.#wanted) this.#events.onMoved(model.description);
    } catch (error) {
      if (isBroken) {
        wanted.failure = toInklingError(error);
        await this.#close(loaded);
      } else {
        wanted.choice = loaded.model.choice;
        this.#tellProgress(wanted, { stage: 'ready', fraction: 1 });
      }
    }
  }

  /** `auto` starts on the CPU. In a pause it looks for something better, and in the next one it moves there. */
  async #lookForDevice(wanted: Wanted): Promise<void> {
    if (wanted.request.device !== 'auto') return;
    await this.#pause();
    if (this.#wanted !== wanted) return;
    const choice = await chooseDevice(wanted.request);
    if (choice.device !== 'cpu') await this.#pause();
    wanted.choice = choice;
    this.#advance();
  }

  /** A device may fail while it runs, as when its driver restarts: the CPU takes over for as long as the model is used. */
  #leaveDevice({ wanted, model }: Loaded, reason: string): void {
    const loaded = this.#loaded;
    if (loaded?.model.decoder !== model.decoder || loaded.isBroken) return; // another request was first
    loaded.isBroken = true;
    const { device, notes } = loaded.model.choice;
    wanted.choice = onCpu(...notes, noteOn(device, reason));
  }

  /** Resolves when nothing has run for a while. */
  async #pause(): Promise<void> {
    for (;;) {
      const restMs = this.#users > 0 ? pauseMs : this.#lastUsedAt + pauseMs - performance.now();
      if (restMs <= 0) return;
      await sleep(restMs, undefined, { ref: false });
    }
  }

  /** Runs while a model is loaded and nothing uses it. */
  #restartIdleTimer(): void {
    clearTimeout(this.#idleTimer);
    if (this.#idleUnloadMs === 0 || !this.#loaded || this.#users > 0 || this.#isChanging) return;
    this.#idleTimer = setTimeout(() => void this.unload(), this.#idleUnloadMs);
    this.#idleTimer.unref();
  }
}

function isSameLoad(a: LoadRequest, b: LoadRequest): boolean {
  return isSameSession(a, b) && a.adapter?.strength === b.adapter?.strength;
}

/** Would both give the same graph on the same weights? The strength of an adapter is a matter of what is fed to it. */
function isSameSession(a: LoadRequest, b: LoadRequest): boolean {
  return (
    a.modelFolder === b.modelFolder &&
    a.device === b.device &&
    a.threads === b.threads &&
    a.precision === b.precision &&
    a.maxContextTokens === b.maxContextTokens &&
    a.adapter?.folder === b.adapter?.folder
  );
}
