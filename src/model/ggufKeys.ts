import { InklingError, sentence } from '../protocol/errors.ts';
import type { GgufHeader } from './files/gguf.ts';
import type { GgufValue } from './files/ggufCursor.ts';

/** The metadata of one GGUF architecture, `llama.…`; keys that nobody has read are refused at the end. */
export class GgufKeys {
  readonly #header: GgufHeader;
  readonly #prefix: string;
  readonly #read = new Set<string>();

  constructor(header: GgufHeader, architecture: string) {
    this.#header = header;
    this.#prefix = `${architecture}.`;
  }

  /** @param key without the architecture's name; a list of one value per layer is that value if all are the same */
  get(key: string): GgufValue | undefined {
    this.#read.add(key);
    const value = this.#header.metadata.get(this.#prefix + key);
    if (!Array.isArray(value)) return value;
    const isOfHeads = key === 'attention.head_count_kv'; // 0 stands for a layer without attention
    const values = new Set((value as readonly GgufValue[]).filter((one) => !isOfHeads || one !== 0));
    if (values.size === 1) return [...values][0];
    throw this.#unsupported(key, value as readonly GgufValue[]);
  }

  /** @throws InklingError `modelConfig` */
  wholeNumber(key: string, otherwise?: number): number {
    const value = this.get(key) ?? otherwise;
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
    const name = `${this.#prefix}${key}`;
    throw new InklingError(
      'modelConfig',
      value === undefined
        ? sentence`The GGUF's ${name} is missing; a whole number above 0 is needed.`
        : sentence`The GGUF's ${name} is ${JSON.stringify(value)}; a whole number above 0 is needed.`,
    );
  }

  hasTensor(name: string): boolean {
    return this.#header.tensors.has(name);
  }

  /** @throws InklingError `modelUnsupported` naming a key that nobody has read */
  refuseUnread(): void {
    for (const [key, value] of this.#header.metadata) {
      const own = key.startsWith(this.#prefix) ? key.slice(this.#prefix.length) : undefined;
      if (own !== undefined && !this.#read.has(own) && value !== 0 && value !== false)
        throw this.#unsupported(own, value);
    }
  }

  #unsupported(key: string, value: GgufValue): InklingError {
    return new InklingError(
      'modelUnsupported',
      sentence`The GGUF sets ${this.#prefix}${key} to ${JSON.stringify(value).slice(0, 60)}, which this version does not know how to compute.`,
    );
  }
}
