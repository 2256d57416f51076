import type { ServerResponse } from 'node:http';
import type { InstalledPipelines } from '../../client/pipelinesClient.ts';
import { InklingError } from '../../protocol/errors.ts';
import { ApiError, badRequest, refuseTooMany, sendJson } from './response.ts';

/** What `/v1/embeddings` is asked for, with every value checked. */
interface EmbeddingsRequest {
  readonly model: string;
  readonly input: readonly string[];
  readonly format: 'float' | 'base64';
}

type Body = Readonly<Record<string, unknown>>;

/** As many as OpenAI takes. */
const maxTexts = 2048;
/** So many go to the process at a time: whoever has gone away is noticed between two pieces of work. */
const textsAtATime = 16;

/** Vectors of texts by an encoder that is installed. The process that computes them runs only while it is used. */
export class Embeddings {
  readonly #pipelines: InstalledPipelines;
  #waiting = 0;

  constructor(pipelines: InstalledPipelines) {
    this.#pipelines = pipelines;
  }

  /** names of the encoders that are installed */
  async names(): Promise<readonly string[]> {
    return (await this.#pipelines.all('embedding')).map(({ name }) => name);
  }

  /** `POST /v1/embeddings` */
  async answer(body: object, response: ServerResponse): Promise<void> {
    const { model, input, format } = readEmbeddingsRequest({ ...body });
    const folder = await this.#folderOf(model);
    refuseTooMany(this.#waiting);
    this.#waiting++;
    try {
      const vectors: Float32Array[] = [];
      let promptTokens = 0;
      for (let at = 0; at < input.length && !response.destroyed; at += textsAtATime) {
        const texts = input.slice(at, at + textsAtATime);
        const answer = await this.#pipelines.embed({ folder, texts }).catch(refused);
        vectors.push(...answer.vectors);
        promptTokens += answer.tokens;
      }
      if (response.destroyed) return;
      const data = vectors.map((vector, index) => ({
        object: 'embedding',
        index,
        embedding: inFormat(vector, format),
      }));
      const usage = { prompt_tokens: promptTokens, total_tokens: promptTokens };
      sendJson(response, 200, { object: 'list', data, model, usage });
    } finally {
      this.#waiting--;
    }
  }

  async #folderOf(model: string): Promise<string> {
    const encoders = await this.#pipelines.all('embedding');
    const found = encoders.find(({ name }) => name === model);
    if (found) return found.folder;
    const names = encoders.map(({ name }) => `"${name}"`).join(', ');
    const there =
      encoders.length === 0
        ? 'No encoder is installed: “inkling models add FOLDER” adds one, such as all-MiniLM-L6-v2 in ONNX.'
        : `This server has no encoder "${model}"; it has ${names}.`;
    throw new ApiError(404, there, { code: 'model_not_found', param: 'model' });
  }
}

const known = new Set(['model', 'input', 'encoding_format', 'user']);

/** @throws ApiError 400 naming the parameter */
function readEmbeddingsRequest(body: Body): EmbeddingsRequest {
  const { model, input, encoding_format: format = 'float' } = body;
  const other = Object.entries(body).find(([name, value]) => !known.has(name) && value !== null);
  if (other) throw badRequest(other[0], 'this server does not have it');
  if (typeof model !== 'string') throw badRequest('model', 'the name of the model is missing');
  if (format !== 'float' && format !== 'base64') throw badRequest('encoding_format', 'float or base64');
  const texts = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || texts.length > maxTexts) throw badRequest('input', `1 to ${maxTexts} texts`);
  if (!texts.every((text) => typeof text === 'string' && text !== '')) {
    throw badRequest('input', 'a text, or a list of texts, none of them empty; token ids are not read');
  }
  return { model, input: texts as string[], format };
}

/** base64: of the numbers in float32, little-endian, as OpenAI's clients read it */
function inFormat(vector: Float32Array, format: EmbeddingsRequest['format']): readonly number[] | string {
  if (format === 'float') return [...vector];
  const bytes = Buffer.alloc(4 * vector.length);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, 4 * index);
  return bytes.toString('base64');
}

function refused(error: unknown): never {
  if (!(error instanceof InklingError) || error.code !== 'inputTooLarge') throw error;
  throw new ApiError(400, error.message, { code: 'context_length_exceeded', param: 'input' });
}
