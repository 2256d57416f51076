import * as vscode from 'vscode';
import type { Processes } from '../../client/processes.ts';
import type { StoreClient } from '../../client/storeClient.ts';
import type { ReportedDevice } from '../../protocol/engineOptions.ts';
import type { ModelsView } from '../../protocol/modelsPage.ts';
import { problemText, translatedSentence } from '../reasonTexts.ts';
import type { Settings } from '../settings/settings.ts';
import type { HubAccess } from './transfers.ts';

interface LookupsParts {
  readonly processes: Processes;
  readonly store: StoreClient;
  readonly settings: Settings;
}

type Looked = Pick<ModelsView, 'found' | 'searched' | 'devices'>;

/** What is looked for when a person asks: models on this disk and at the hub, and what runs where. */
export class Lookups {
  readonly #parts: LookupsParts;
  readonly #hub: HubAccess;
  readonly #onChange: () => void;
  #shown: Looked = {};

  constructor(parts: LookupsParts, hub: HubAccess, onChange: () => void) {
    this.#parts = parts;
    this.#hub = hub;
    this.#onChange = onChange;
  }

  get view(): Looked {
    return this.#shown;
  }

  find(): Promise<void> {
    const projects = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    return this.#look('found', async () => {
      const { models } = await this.#parts.store.find({ projects }).catch(() => ({ models: [] }));
      return models.map((model) => ({ ...model, ...problemText(model) }));
    });
  }

  search(words: string): Promise<void> {
    const { store, settings } = this.#parts;
    const endpoint = settings.general.hub.replace(/\/$/u, '');
    return this.#look(
      'searched',
      async () => (await store.search({ words, endpoint, ...(await this.#hub.access()) })).models,
    );
  }

  showDevices(): Promise<void> {
    const { processes, settings } = this.#parts;
    return this.#look('devices', async () => {
      const client = processes.inference();
      try {
        const { devices, chosen } = await client.devices(processes.findModel(settings.general.model));
        return { devices: devices.map(translatedDevice), chosen };
      } finally {
        await client.dispose();
      }
    });
  }

  /** Shows that it is being looked for, and then what was found; nothing where that fails. */
  async #look<K extends keyof Looked>(what: K, look: () => Promise<NonNullable<Looked[K]>>): Promise<void> {
    this.#shown = { ...this.#shown, [what]: 'looking' };
    this.#onChange();
    try {
      const found = await look();
      this.#shown = { ...this.#shown, [what]: found };
    } catch (error) {
      const { [what]: _, ...others } = this.#shown;
      this.#shown = others as Looked;
      throw error;
    } finally {
      this.#onChange();
    }
  }
}

const translatedDevice = (device: ReportedDevice): ReportedDevice => ({
  ...device,
  ...(device.reasonSentence && { reason: translatedSentence(device.reasonSentence) }),
});
