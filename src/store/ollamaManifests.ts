import { join } from 'node:path';
import { type JsonObject, readJsonFile } from '../model/files/textFile.ts';
import { type Sentence, sentence } from '../protocol/errors.ts';
import { LookAround } from './lookAround.ts';

/** A model as a manifest of Ollama names it. */
export interface OllamaModel {
  readonly name: string;
  /** the blob with its weights, a GGUF file without the ending; the manifest where there is none */
  readonly path: string;
  /** why the weights alone are not this model */
  readonly problem?: Sentence;
}

/** Newer versions link manifests from blobs in the first of these; a model that is in both is the one of the first. */
const manifestFolders = ['manifests-v2', 'manifests'];
const mediaType = 'application/vnd.ollama.image.';

/** The models that Ollama keeps in a folder, in order; a manifest that cannot be read names none. */
export function* ollamaManifests(folder: string): Generator<OllamaModel> {
  const given = new Set<string>();
  for (const { path, place } of manifestsIn(folder)) {
    if (given.has(place)) continue;
    given.add(place);
    const layers = layersOf(jsonAt(path), folder);
    const [tag, name] = place.split(/[\\/]/u).reverse();
    if (layers === undefined || name === undefined) continue;
    yield { name: tag === 'latest' ? name : `${name}-${tag}`, ...weightsIn(layers, folder, path) };
  }
}

/** `place` is `HOST/NAMESPACE/NAME/TAG`. */
function* manifestsIn(folder: string): Generator<{ path: string; place: string }> {
  const look = new LookAround();
  for (const top of manifestFolders.map((name) => join(folder, name))) {
    for (const path of look.below(top)) {
      for (const file of look.read(path).files)
        yield { path: join(path, file), place: join(path, file).slice(top.length + 1) };
    }
  }
}

interface Layer {
  readonly kind: string;
  readonly digest: unknown;
}

/**
 * Of a list of manifests, one for each program that runs the model, that with a GGUF file counts, otherwise the first one.
 * @returns undefined for what is no manifest
 */
function layersOf(manifest: JsonObject | undefined, folder: string): readonly Layer[] | undefined {
  const { layers, manifests } = manifest ?? {};
  if (Array.isArray(layers)) return layers.map(layerOf);
  if (!Array.isArray(manifests)) return undefined;
  const all = manifests.slice(0, 20).map((child: unknown) => {
    const { layers: own, digest } = Object(child) as JsonObject;
    const blob = own === undefined ? blobPath(digest, folder) : undefined;
    const found = blob === undefined ? own : jsonAt(blob)?.['layers'];
    return Array.isArray(found) ? found.map(layerOf) : undefined;
  });
  return all.find((one) => one?.some(({ kind }) => kind === 'model')) ?? all.find((one) => one !== undefined);
}

function layerOf(layer: unknown): Layer {
  const { mediaType: type, digest } = Object(layer) as JsonObject;
  const kind = typeof type === 'string' && type.startsWith(mediaType) ? type.slice(mediaType.length) : '';
  return { kind: kind.split(';')[0]!, digest };
}

function weightsIn(layers: readonly Layer[], folder: string, manifest: string): Omit<OllamaModel, 'name'> {
  const weights = layers.find(({ kind }) => kind === 'model');
  const path = blobPath(weights?.digest, folder);
  if (path === undefined) return { path: manifest, problem: sentence`Ollama has no GGUF file of this model.` };
  if (!layers.some(({ kind }) => kind === 'adapter')) return { path };
  const problem = sentence`Ollama puts an adapter over this model, which is not taken along: add the model beneath it, ${path}.`;
  return { path: manifest, problem };
}

/** @returns undefined for what is no SHA-256: it becomes a part of a path */
function blobPath(digest: unknown, folder: string): string | undefined {
  const [, hex] = /^sha256[:-]([0-9a-f]{64})$/iu.exec(String(digest)) ?? [];
  return hex === undefined ? undefined : join(folder, 'blobs', `sha256-${hex.toLowerCase()}`);
}

function jsonAt(path: string): JsonObject | undefined {
  try {
    return readJsonFile(path);
  } catch {
    return undefined; // not a manifest
  }
}
