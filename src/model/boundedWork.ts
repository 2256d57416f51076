import { createContext, Script } from 'node:vm';

const sandbox: { work: () => unknown } = { work: () => undefined };
const context = createContext(sandbox);
const call = new Script('work()');

/**
 * Runs foreign patterns and templates, which may never end: they are stopped after `limitMs`. Regular expressions and
 * loops are both stopped; memory is not bounded here.
 * @returns undefined when the time is over
 */
export function boundedWork<T>(limitMs: number, work: () => T): { readonly result: T } | undefined {
  const outer = sandbox.work;
  sandbox.work = work;
  try {
    return { result: call.runInContext(context, { timeout: limitMs }) as T };
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  } finally {
    sandbox.work = outer;
  }
}
