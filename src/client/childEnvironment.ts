/** Variables that change how a Node process starts or that belong to the editor's own processes. */
const dropped = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_)/i;

/**
 * The environment of a forked process: the user's own, without what the editor put there for itself.
 * `ELECTRON_RUN_AS_NODE` makes the editor's executable behave as plain Node; plain Node ignores it.
 */
export function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !dropped.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
