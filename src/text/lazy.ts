/** A long regular expression, compiled when it is first used: compiling all of them would slow every start down. */
export function lazy(source: string, flags: string): () => RegExp {
  let compiled: RegExp | undefined;
  return () => {
    compiled ??= new RegExp(source, flags);
    return compiled;
  };
}
