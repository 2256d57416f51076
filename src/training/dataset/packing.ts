import type { TokenizedDocument } from './tokenizedDocument.ts';

/** A stretch of a document: reads the tokens start … start + length − 1, is to predict start + 1 … start + length. */
export interface Piece {
  /** index into the documents */
  readonly document: number;
  readonly start: number;
  readonly length: number;
}

/** What one sequence holds, in this order; the rest of it is padding. */
export type Row = readonly Piece[];

export interface PackingOptions {
  /** tokens per sequence */
  readonly sequenceLength: number;
  /** several short documents share a sequence; otherwise each has one for itself, padded */
  readonly packing: boolean;
}

/**
 * Cuts long documents into windows and puts what is shorter together (best-fit decreasing: the fullest row that still
 * has room), so that little is padding. Every token of prose but a document's first is predicted exactly once.
 * @param firstCut tokens before a long document's first window; they become a piece of their own
 */
export function packDocuments(
  documents: readonly TokenizedDocument[],
  options: PackingOptions,
  firstCut: (document: number) => number = () => 0,
): Row[] {
  const pieces = documents.flatMap((document, index) =>
    document.lossFrom > 0
      ? pairPiece(document, index, options.sequenceLength)
      : windows(document, index, { length: options.sequenceLength, firstCut: firstCut(index) }),
  );
  return options.packing ? bestFit(pieces, options.sequenceLength) : pieces.map((piece) => [piece]);
}

function windows(
  { ids }: TokenizedDocument,
  document: number,
  { length, firstCut }: { length: number; firstCut: number },
): Piece[] {
  const predictions = ids.length - 1;
  const pieces: Piece[] = [];
  const isLong = predictions > length;
  for (let start = 0; start < predictions; ) {
    const wanted = start === 0 && isLong && firstCut > 0 ? firstCut : length;
    pieces.push({ document, start, length: Math.min(wanted, predictions - start) });
    start += wanted;
  }
  return pieces;
}

/** Instruction and answer stay together: too long an answer loses its end, too long an instruction the whole pair. */
function pairPiece({ ids, lossFrom }: TokenizedDocument, document: number, maxLength: number): Piece[] {
  const length = Math.min(ids.length - 1, maxLength);
  return length >= lossFrom ? [{ document, start: 0, length }] : [];
}

function bestFit(pieces: readonly Piece[], sequenceLength: number): Row[] {
  const rows: Piece[][] = [];
  /** free tokens → the rows that have so many */
  const rowsWithRoom: Piece[][][] = Array.from({ length: sequenceLength + 1 }, () => []);
  for (const piece of [...pieces].sort((a, b) => b.length - a.length)) {
    let room = piece.length;
    while (room <= sequenceLength && rowsWithRoom[room]!.length === 0) room++;
    const row = rowsWithRoom[room]?.pop() ?? [];
    if (row.length === 0) rows.push(row);
    row.push(piece);
    rowsWithRoom[Math.min(room, sequenceLength) - piece.length]!.push(row);
  }
  return rows;
}
