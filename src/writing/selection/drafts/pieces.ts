import type { GeneratedSequence } from '../../../protocol/inference.ts';
import type { Span } from '../../../text/span.ts';
import { type ActionRun, type Draft, goOn } from '../actionRun.ts';
import type { Note } from '../notes.ts';
import { type ModelCall, modelTexts } from '../prompting/modelText.ts';
import type { Edit } from '../wordChanges.ts';

/** What becomes of one piece: a new text, or nothing, or nothing for a reason that the person should know. */
export type PieceResult =
  | { readonly kind: 'changed'; readonly text: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly why: Note }
  | { readonly kind: 'cancelled' };

/** Whoever listens looks at the whole text each time: of a long one they are told less often. */
const maxPartials = 200;

/**
 * Changes a text piece by piece and leaves everything between the pieces as it is. Holds the text and the edits, and
 * nothing per token: 100,000 words take no more memory than they are long.
 */
export async function draftPieces<P extends Span>(
  run: ActionRun,
  pieces: readonly P[],
  change: (piece: P, onPartial: (text: string) => void) => Promise<PieceResult>,
): Promise<Draft & { readonly edits: readonly Edit[]; readonly refused: readonly Note[] }> {
  const { text } = run.request;
  const edits: Edit[] = [];
  const refused: Note[] = [];
  let done = '';
  let at = 0;
  let told = 0;
  for (const [index, piece] of pieces.entries()) {
    done += text.slice(at, piece.start);
    at = piece.start;
    const before = done;
    const result = (await goOn(run, { stage: 'writing', done: index, total: pieces.length }))
      ? await change(piece, (partial) => run.listener.onPartial?.(before + partial))
      : { kind: 'cancelled' as const };
    if (result.kind === 'cancelled')
      return { kind: 'draft', edits, refused, notes: [], examined: true, readChars: at, stopped: true };
    if (result.kind === 'changed') edits.push({ start: piece.start, end: piece.end, replacement: result.text });
    if (result.kind === 'refused') refused.push(result.why);
    done += result.kind === 'changed' ? result.text : text.slice(piece.start, piece.end);
    at = piece.end;
    if (at - told < text.length / maxPartials) continue;
    told = at;
    run.listener.onPartial?.(done);
  }
  return { kind: 'draft', edits, refused, notes: [], examined: true };
}

const tries = 2;

/** Lets the model write one piece, once more when what it wrote is refused. */
export async function writePiece(
  run: ActionRun,
  call: Omit<ModelCall, 'attempt'>,
  judge: (written: GeneratedSequence) => Exclude<PieceResult, { kind: 'cancelled' }>,
): Promise<PieceResult> {
  for (let attempt = 0; ; attempt++) {
    const sequences = await modelTexts(run, { ...call, attempt });
    if (!sequences) return { kind: 'cancelled' };
    const result = judge(sequences[0]!);
    if (result.kind !== 'refused' || attempt === tries - 1) return result;
  }
}

/** Which reason was given most often. */
export function mostFrequent(reasons: readonly Note[]): Note {
  const counts = new Map<string, { readonly reason: Note; count: number }>();
  for (const reason of reasons) {
    const known = counts.get(reason.code);
    if (known) known.count++;
    else counts.set(reason.code, { reason, count: 1 });
  }
  return [...counts.values()].reduce((a, b) => (b.count > a.count ? b : a)).reason;
}
