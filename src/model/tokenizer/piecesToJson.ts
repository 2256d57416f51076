import type { Json } from './tokenizerJson.ts';

/** What SentencePiece and GGUF files say of a token; the numbers are theirs. */
export const pieceKinds = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

/** A SentencePiece vocabulary: from `tokenizer.model` or from the metadata of a GGUF file. */
export interface PieceList {
  readonly model: 'bpe' | 'unigram';
  /** by id, with ▁ for a blank */
  readonly tokens: readonly string[];
  /** by id: log-probabilities (unigram), or minus the rank of a merge (bpe) */
  readonly scores: readonly number[];
  /** by id, of `pieceKinds` */
  readonly kinds: readonly number[];
  readonly byteFallback: boolean;
  readonly charactersMap: Uint8Array | undefined;
  /** is a blank put before a text? */
  readonly addsPrefix: boolean;
  /** are blanks at the ends dropped, and runs of them made one? */
  readonly removesBlanks: boolean;
}

/** The same tokenizer in the layout of `tokenizer.json`. */
export function piecesToJson(pieces: PieceList): Json {
  const { tokens, kinds, addsPrefix } = pieces;
  const added = tokens.flatMap((content, id) => {
    const kind = kinds[id];
    const isMark = kind === pieceKinds.control || kind === pieceKinds.unknown;
    return content !== '' && (isMark || kind === pieceKinds.userDefined)
      ? [{ ...addedToken(id, content, isMark), normalized: !isMark }]
      : [];
  });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: normalizerOf(pieces),
    pre_tokenizer: null,
    post_processor: null,
    decoder: decoderOf(addsPrefix),
    model: pieces.model === 'bpe' ? bpeModel(pieces) : unigramModel(pieces),
  };
}

export const addedToken = (id: number, content: string, special: boolean): Json => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special,
});

function normalizerOf({ charactersMap, removesBlanks, addsPrefix }: PieceList): Json {
  const steps = [
    ...(charactersMap
      ? [{ type: 'Precompiled', precompiled_charsmap: Buffer.from(charactersMap).toString('base64') }]
      : []),
    ...(removesBlanks
      ? [
          { type: 'Replace', pattern: { Regex: '^ +| +$' }, content: '' },
          { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
        ]
      : []),
    ...(addsPrefix ? [{ type: 'Prepend', prepend: '▁' }] : []),
    { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
  ];
  return { type: 'Sequence', normalizers: steps };
}

const decoderOf = (stripsPrefix: boolean): Json => ({
  type: 'Sequence',
  decoders: [
    { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
    { type: 'ByteFallback' },
    { type: 'Fuse' },
    ...(stripsPrefix ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : []),
  ],
});

function bpeModel({ tokens, scores, kinds, byteFallback }: PieceList): Json {
  return {
    type: 'BPE',
    dropout: null,
    unk_token: tokens[kinds.indexOf(pieceKinds.unknown)] ?? null,
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: true,
    byte_fallback: byteFallback,
    ignore_merges: false,
    vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
    merges: mergesOf(tokens, scores, kinds),
  };
}

function unigramModel({ tokens, scores, kinds, byteFallback }: PieceList): Json {
  const unknownId = kinds.indexOf(pieceKinds.unknown);
  return {
    type: 'Unigram',
    unk_id: unknownId < 0 ? null : unknownId,
    vocab: tokens.map((token, id) => [token, scores[id]]),
    byte_fallback: byteFallback,
  };
}

/**
 * SentencePiece merges the two neighbors whose union has the best score. So every way to cut a token into two tokens is
 * a merge, ranked by the token's score, as transformers ranks them.
 */
function mergesOf(tokens: readonly string[], scores: readonly number[], kinds: readonly number[]): string[][] {
  const usable = kinds.map((kind) => kind === pieceKinds.normal || kind === pieceKinds.unused);
  const ids = new Map<string, number>();
  tokens.forEach((token, id) => {
    if (usable[id] && token !== '') ids.set(token, id);
  });
  const longest = 256; // characters; no piece that was trained is near that
  const merges: { left: string; right: string; score: number }[] = [];
  for (const [token, id] of ids) {
    if (kinds[id] === pieceKinds.unused || token.length > longest) continue;
    for (let cut = 1; cut < token.length; cut++) {
      const left = token.slice(0, cut);
      const right = token.slice(cut);
      if (ids.has(left) && ids.has(right)) merges.push({ left, right, score: scores[id]! });
    }
  }
  merges.sort((a, b) => b.score - a.score || b.left.length - a.left.length);
  return merges.map(({ left, right }) => [left, right]);
}
