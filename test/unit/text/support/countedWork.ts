import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';
import { parseAst } from 'vitest/node';

/** The product's code with a count in each loop and function, and the counts of one call of it. */
export interface CountedWork<Module> {
  readonly module: Module;
  /**
   * Turns of loops, calls of functions, and characters that searches and patterns walked over. A pattern that is tied to
   * one place and does not match there counts as one: that each pattern is linear is proven elsewhere (unit/house).
   */
  workOf(call: (module: Module) => unknown): Promise<number>;
}

interface Counter {
  work: number;
}

/** @param exports lines of `export { … } from './src/…'`; libraries in them are counted, too */
export async function countedWork<Module>(exports: string): Promise<CountedWork<Module>> {
  const { outputFiles } = await build({
    stdin: { contents: exports, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    external: ['onnxruntime-node'],
  });
  const counter: Counter = { work: 0 };
  const module = { exports: {} };
  const code = `(function (module, exports, require, counter) {${counted(outputFiles[0]!.text)}\n})`;
  runInThisContext(code)(module, module.exports, createRequire(import.meta.url), counter);
  return {
    module: module.exports as Module,
    workOf: async (call) => {
      counter.work = 0;
      const restore = countSearches(counter);
      try {
        await call(module.exports as Module);
      } finally {
        restore();
      }
      return counter.work;
    },
  };
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly body?: unknown;
}

const counting = new Set([
  'WhileStatement',
  'DoWhileStatement',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

/** `counter.work++` at the beginning of each loop's and function's body. */
function counted(code: string): string {
  const inserts: { readonly at: number; readonly text: string; readonly order: number }[] = [];
  const wrap = ({ start, end }: Node, before: string, after: string) => {
    inserts.push({ at: start, text: before, order: start }, { at: end, text: after, order: -start }); // inner ones close first
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    else if (typeof value === 'object' && value !== null) {
      const node = value as Node;
      if (counting.has(node.type)) {
        const body = node.body as Node;
        if (body.type === 'BlockStatement') inserts.push({ at: body.start + 1, text: 'counter.work++;', order: 0 });
        else if (node.type === 'ArrowFunctionExpression') wrap(body, '(counter.work++,', ')');
        else wrap(body, '{counter.work++;', '}');
      }
      for (const each of Object.values(value)) walk(each);
    }
  };
  walk(parseAst(code));
  let result = '';
  let from = 0;
  for (const { at, text } of inserts.sort((a, b) => a.at - b.at || a.order - b.order)) {
    result += code.slice(from, at) + text;
    from = at;
  }
  return result + code.slice(from);
}

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** Counts what the language's own searches walk over. @returns how to end that */
function countSearches(counter: Counter): () => void {
  const restores: (() => void)[] = [];
  const count = <Self, Given, Result>(
    prototype: object,
    name: string,
    cost: (self: Self, result: Result, given: Given) => number,
  ) => {
    const original = Reflect.get(prototype, name) as Method;
    const replacement: Method = function (...given) {
      const result = Reflect.apply(original, this, given);
      counter.work += cost(this as Self, result as Result, given as Given);
      return result;
    };
    Object.defineProperty(prototype, name, { value: replacement, configurable: true, writable: true });
    restores.push(() =>
      Object.defineProperty(prototype, name, { value: original, configurable: true, writable: true }),
    );
  };
  const walked = (self: string, found: number, [, from = 0]: [unknown, number?]) =>
    1 + Math.max(0, (found < 0 ? self.length : found) - from);
  count(String.prototype, 'indexOf', walked);
  count(
    String.prototype,
    'lastIndexOf',
    (self: string, found: number, [, from = self.length]: [unknown, number?]) =>
      1 + Math.max(0, Math.min(from, self.length) - found),
  );
  for (const name of ['includes', 'split', 'replaceAll', 'toLowerCase', 'toUpperCase', 'normalize', 'repeat'])
    count(String.prototype, name, (self: string) => 1 + self.length);
  for (const name of ['trim', 'trimStart', 'trimEnd'])
    count(String.prototype, name, (self: string, result: string) => 1 + self.length - result.length);
  for (const name of ['slice', 'concat'])
    count(Array.prototype, name, (_: unknown, result: readonly unknown[]) => 1 + result.length);
  for (const name of ['indexOf', 'includes', 'lastIndexOf', 'join', 'splice', 'shift', 'unshift', 'sort'])
    count(Array.prototype, name, (self: readonly unknown[]) => 1 + self.length);
  countPatterns(counter, restores);
  return () => {
    for (const restore of restores.reverse()) restore();
  };
}

/** All methods that take a pattern go through its `exec` once that is not the language's own. */
function countPatterns(counter: Counter, restores: (() => void)[]): void {
  const { exec } = RegExp.prototype;
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, text);
    const isTied = this.sticky || (this.source.startsWith('^') && !this.multiline);
    counter.work += found ? 1 + found.index - from + found[0].length : isTied ? 1 : 1 + String(text).length - from;
    return found;
  };
  restores.push(() => {
    RegExp.prototype.exec = exec;
  });
}
