import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A node of the tree of Typst's own parser, the crate `typst-syntax`. */
interface Node {
  readonly kind: number;
  /** in UTF-16 units */
  readonly length: number;
  readonly erroneous?: boolean;
  readonly children: readonly Node[];
}

/** What `codemirror-lang-typst` has of it: the crate as WebAssembly, and what binds it to JavaScript. */
interface Binding {
  __wbg_set_wasm(wasm: WebAssembly.Exports): void;
  readonly TypstWasmParser: {
    new (text: string): { tree(): Node; free(): void };
    get_node_types(): readonly (readonly [name: string, kind: number])[];
  };
}

/** What stands at a place: words, a title, raw text, a formula, a comment or anything else. */
export type TypstLetter = 'W' | 'H' | 'C' | 'M' | 'K' | 'X';

export interface TypstJudgement {
  /** one letter for each UTF-16 unit */
  readonly letters: readonly TypstLetter[];
  /** Typst would refuse the text */
  readonly erroneous: boolean;
}

/** Loads Typst's own parser: it tells what each character of a text is. */
export async function typstJudge(): Promise<(text: string) => TypstJudgement> {
  const main = createRequire(path.resolve('package.json')).resolve('codemirror-lang-typst');
  const folder = path.join(path.dirname(main), '..', 'wasm');
  const binding: Binding = await import(pathToFileURL(path.join(folder, 'typst_syntax_bg.js')).href);
  const bytes = readFileSync(path.join(folder, 'typst_syntax_bg.wasm'));
  const imports = { './typst_syntax_bg.js': { ...binding } as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  binding.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  const kinds = new Map(binding.TypstWasmParser.get_node_types().map(([name, kind]) => [kind, name]));
  return (text) => {
    const parser = new binding.TypstWasmParser(text);
    const tree = parser.tree();
    parser.free();
    return { letters: lettersOf(tree, kinds), erroneous: tree.erroneous ?? false };
  };
}

function lettersOf(tree: Node, kinds: ReadonlyMap<number, string>): TypstLetter[] {
  const letters: TypstLetter[] = [];
  const add = (letter: TypstLetter, length: number) => {
    for (let i = 0; i < length; i++) letters.push(letter);
  };
  const walk = (node: Node, around: { readonly letter: TypstLetter; readonly isMarkup: boolean }) => {
    const name = kinds.get(node.kind);
    if (name === 'LineComment' || name === 'BlockComment') return add('K', node.length);
    if (name === 'Raw') return add('C', node.length);
    if (name === 'Equation') return add('M', node.length);
    if (node.children.length === 0) return add(around.isMarkup && isText(name) ? around.letter : 'X', node.length);
    const letter = name === 'Heading' ? 'H' : name === 'ContentBlock' ? 'W' : around.letter;
    const isMarkup = name === 'Markup' || (around.isMarkup && (name === 'Strong' || name === 'Emph'));
    let isTerm = name === 'TermItem';
    for (const child of node.children) {
      const ofTerm = isTerm && kinds.get(child.kind) === 'Markup';
      if (ofTerm) isTerm = false;
      if (ofTerm) add('X', child.length);
      else walk(child, { letter, isMarkup });
    }
  };
  walk(tree, { letter: 'W', isMarkup: false });
  return letters;
}

const isText = (name: string | undefined): boolean => name === 'Text' || name === 'SmartQuote' || name === 'Escape';
