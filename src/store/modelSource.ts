import type { SafetensorsDtype } from '../model/files/safetensors.ts';
import type { TokenizerTables } from '../model/tokenizer/tokenizerTables.ts';
import type { BlockMatrix } from '../model/weights/blockFormats.ts';

/** A tensor of the new file that is written as it is. */
export interface PlainPart {
  readonly kind: 'plain';
  /** in our layout */
  readonly name: string;
  readonly dtype: SafetensorsDtype;
  readonly shape: readonly number[];
  readonly bytes: () => Uint8Array;
}

/** A matrix of the new file in blocks; read some rows at a time, so that none is in memory as a whole. */
export interface BlockPart {
  readonly kind: 'blocks';
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly layout: Pick<BlockMatrix, 'bits' | 'blockSize' | 'centre'>;
  readonly scaleType: 'F16' | 'F32';
  readonly hasMins: boolean;
  /** rows that can only be read together: those of a head, where they are put into another order */
  readonly rowUnit: number;
  readonly read: (from: number, to: number) => BlockMatrix;
}

export type ModelPart = PlainPart | BlockPart;

/** A model from elsewhere, opened for conversion. */
export interface ModelSource {
  /** what is written beside the weights, by file name */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly parts: readonly ModelPart[];
  readonly tokenizer: TokenizerTables;
  /** such as `Q4_1 + Q8_0` */
  readonly weightFormat: string;
  readonly licence: string;
  /** BCP 47; [] when it does not say */
  readonly languages: readonly string[];
  /** what the model was made of, as a person reads it */
  readonly sourceFiles: readonly string[];
  readonly close: () => void;
}
