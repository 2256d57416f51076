import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { maxDifference } from './decoders.ts';
import {
  builtPath,
  type GreedyGolden,
  goldenPath,
  type LogitsGolden,
  readGolden,
  type TokenGolden,
} from './goldenFiles.ts';

/** Runs `inkling`, returns the JSON document on its stdout. */
function inkling<T>(commandLine: readonly string[], stdin: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 1 << 24 };
    const child = execFile(process.execPath, [builtPath('cli.js'), ...commandLine], options, (error, stdout, stderr) =>
      error ? reject(new Error(stderr || error.message)) : resolve(JSON.parse(stdout) as T),
    );
    child.stdin!.end(stdin);
  });
}

test('inkling tokenize', async () => {
  const { cases } = readGolden<TokenGolden>('tokens.json');
  const hard = cases.filter(({ text }) => text.startsWith('line one\r\n') || text.startsWith('<|im_start|>'));
  expect(hard).toHaveLength(2);
  for (const { text, ids } of hard) {
    expect(await inkling(['tokenize', '--json'], text)).toEqual({ tokens: ids });
  }
});

test('inkling score --tokens --precision fp32', async () => {
  const golden = readGolden<LogitsGolden>('logits.json');
  const commandLine = ['score', '--file', goldenPath(golden.text), '--tokens', '--json', '--precision', 'fp32'];
  const { files } = await inkling<{
    files: readonly { ids: readonly number[]; logprobs: readonly (number | null)[] }[];
  }>(commandLine, '');
  const { ids, logprobs } = files[0]!;
  expect(ids.slice(0, golden.ids.length)).toEqual(golden.ids);
  expect(logprobs[0]).toBeNull();
  const ours = logprobs.slice(1, golden.ids.length) as number[];
  expect(maxDifference(ours, golden.logprobs.slice(1) as number[])).toBeLessThan(1e-3);
});

test('inkling complete --raw --precision fp32', async () => {
  const { continuations, newTokens } = readGolden<GreedyGolden>('greedy.json');
  const { prompt, promptIds, text } = continuations[0]!;
  const commandLine = ['complete', '--raw', '--precision', 'fp32', '--temperature', '0', '--json'];
  const answer = await inkling([...commandLine, '--max-new-tokens', String(newTokens)], prompt);
  expect(answer).toMatchObject({ kind: 'text', text, promptTokens: promptIds.length, newTokens });
});
