// Suggestions by the model of a server, while one types: our own server, and servers that do everything wrong.
import { describe, expect, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-jsonrpc/node.js';
import { ServerEngine } from '../../src/client/serverEngine.ts';
import { ServerSuggestions } from '../../src/client/serverSuggestions.ts';
import { defaultGenerationOptions } from '../../src/protocol/generationOptions.ts';
import type { GenerateRequest } from '../../src/protocol/inference.ts';
import { Completer } from '../../src/writing/completion/completer.ts';
import { defaultCompletionSettings } from '../../src/writing/completion/completionSettings.ts';
import { type Answer, event, events, fakeServer } from '../support/fakeServer.ts';
import { ownServer } from '../support/ownServer.ts';

type Request = Omit<GenerateRequest, 'id' | 'stream'>;

const asked = (text: string, more: Partial<Request> = {}): Request => ({
  slot: 'completion',
  prompt: { kind: 'continue', text, heal: true },
  options: { ...defaultGenerationOptions, temperature: 0, maxNewTokens: 8 },
  ignoreEndOfText: true,
  ...more,
});
const gate = { minFirstWordProbability: 0.5, minWordProbability: 0.3, minTotalProbability: 0.1 };

const clock = { at: 0, now: () => clock.at };
const engineAt = (url: string, key = '') =>
  new ServerEngine({ url, model: 'tiny', key: async () => key, allowedHosts: [] });
const suggestionsOf = async (answer: Answer) => new ServerSuggestions(engineAt(await fakeServer(answer)), clock);

/** As llama.cpp lays them out; each token with its probability. */
const written = (...tokens: readonly (readonly [text: string, probability: number])[]): string =>
  event({
    model: 'tiny',
    choices: [
      {
        index: 0,
        text: tokens.map(([text]) => text).join(''),
        logprobs: { content: tokens.map(([token, probability]) => ({ token, logprob: Math.log(probability) })) },
        finish_reason: null,
      },
    ],
  });
/** As OpenAI's completions do. */
const listed = (...tokens: readonly (readonly [text: string, probability: number])[]): string =>
  event({
    choices: [
      {
        text: tokens.map(([text]) => text).join(''),
        logprobs: {
          tokens: tokens.map(([text]) => text),
          token_logprobs: tokens.map(([, probability]) => Math.log(probability)),
        },
        finish_reason: 'length',
      },
    ],
  });

const sending =
  (...data: readonly string[]): Answer =>
  (response) => {
    events(response, ...data, 'data: [DONE]\n\n');
    response.end();
  };

test('our own server suggests what its model writes, with probabilities that add up', async () => {
  const { url, key } = await ownServer();
  const suggestions = new ServerSuggestions(engineAt(url, key));
  const outcome = await suggestions.generate(asked('The world and the word.\n'), CancellationToken.None);
  if (outcome.kind !== 'text') throw new Error(JSON.stringify(outcome));
  const [sequence] = outcome.sequences;
  expect(sequence!.tokens.map(({ text }) => text).join('')).toBe(sequence!.text);
  expect(sequence!.tokens.every(({ logprob }) => logprob <= 0)).toBe(true);
  expect(sequence!.firstWordProbability).toBeGreaterThan(0);
  const plain = await engineAt(url, key).generate(
    asked('The world and the word.\n', {
      prompt: { kind: 'continue', text: 'The world and the word.\n', heal: false },
    }),
    CancellationToken.None,
  );
  expect(plain).toMatchObject({ sequences: [{ text: expect.stringContaining(sequence!.text) }] });
});

describe('the gate and the word at the caret', () => {
  const cases: Record<string, [text: string, data: readonly string[], shown: string | undefined]> = {
    'after a blank': ['went to the ', [written([' market', 0.9], [' place', 0.8])], 'market place'],
    'within a word': ['went to the mar', [written([' market', 0.9], [' place', 0.8])], 'ket place'],
    'within a word, in two tokens': ['went to the mar', [written([' mar', 0.9]), written(['ket', 0.9])], 'ket'],
    'after a line': ['went to the\n', [written(['market', 0.9])], 'market'],
    'layout of completions': ['went to the ', [listed([' market', 0.9])], 'market'],
    'another word than the one at the caret': ['went to the mar', [written([' house', 0.99])], undefined],
    'a blank within the word at the caret': ['went to the mar', [written([' mar', 0.9], [' ket', 0.9])], ' ket'],
    'the beginning of another word': ['went to the mar', [written([' ma', 0.9]), written(['ze', 0.9])], undefined],
    'an unsure first word': ['went to the ', [written([' market', 0.3])], undefined],
    'a first word of two unsure tokens': ['went to the ', [written([' mar', 0.7], ['ket', 0.6])], undefined],
    'an unsure second word': ['went to the ', [written([' market', 0.9], [' place', 0.1])], 'market place'],
    nothing: ['went to the ', [], undefined],
    'parts of a character': [
      'went to the ',
      [
        event({
          choices: [
            {
              text: ' é',
              logprobs: {
                content: [
                  { token: ' \uFFFD', logprob: -0.1 },
                  { token: '\uFFFD', logprob: -0.1 },
                ],
              },
            },
          ],
        }),
      ],
      'é',
    ],
    Chinese: ['今天天气', [written(['很好', 0.9])], '很好'],
  };
  test.each(Object.entries(cases))('%s', async (_, [text, data, shown]) => {
    const suggestions = await suggestionsOf(sending(...data));
    const outcome = await suggestions.generate(asked(text, { gate }), CancellationToken.None);
    if (shown === undefined) expect(outcome).toMatchObject({ kind: 'none', reason: 'lowConfidence' });
    else expect(outcome).toMatchObject({ kind: 'text', sequences: [{ text: shown }] });
  });

  test('the word at the caret is left out of what is sent, and tokens for it are added', async () => {
    const bodies: unknown[] = [];
    const suggestions = await suggestionsOf((response, request) => {
      let body = '';
      request.on('data', (data) => (body += data));
      request.on('end', () => {
        bodies.push(JSON.parse(body));
        sending(written([' market', 0.9]))(response, request);
      });
    });
    await suggestions.generate(asked('We went to the mar'), CancellationToken.None);
    await suggestions.generate(asked('We went home.\n'), CancellationToken.None);
    expect(bodies).toMatchObject([
      { prompt: 'We went to the', max_tokens: 14, logprobs: 1, stream: true },
      { prompt: 'We went home.\n', max_tokens: 8, logprobs: 1, stream: true },
    ]);
  });

  test('a stop pattern ends it where it matches', async () => {
    const suggestions = await suggestionsOf(sending(written([' market', 0.9], ['. Then', 0.9], [' home', 0.9])));
    const outcome = await suggestions.generate(
      asked('We went to the ', { stopPattern: String.raw`\.` }),
      CancellationToken.None,
    );
    expect(outcome).toMatchObject({ sequences: [{ text: 'market.', finishReason: 'stopPattern' }] });
  });

  test.each([
    [['STOP'], 'market STOP here', 'market '],
    [['. '], 'market. Then', 'market'],
    [['\n\n'], 'market\n\nThen', 'market'],
    [['</s>'], 'market</s', 'market</s'],
    [['place', 'ket'], 'market place', 'mar'],
  ])('stop strings %j end it, and their beginnings are not shown', async (stop, text, left) => {
    const tokens = [` ${text[0]}`, ...text.slice(1)];
    const suggestions = await suggestionsOf(sending(...tokens.map((token) => written([token, 0.99]))));
    const partials: string[] = [];
    const options = { ...asked('').options, maxNewTokens: 40, stop };
    const outcome = await suggestions.generate(
      asked('We went to the ', { options }),
      CancellationToken.None,
      (partial) => partials.push(partial),
    );
    expect(outcome).toMatchObject({ kind: 'text', sequences: [{ text: left }] });
    expect(partials.filter((partial) => !left.startsWith(partial))).toEqual([]);
    if (outcome.kind !== 'text') throw new Error('nothing came');
    expect(outcome.sequences[0]!.tokens.map((token) => token.text).join('')).toBe(left);
  });

  test('vLLM, which writes several tokens into one event, is read as it is meant', async () => {
    const said = [
      '{"id":"cmpl-1","object":"text_completion","created":1,"model":"tiny","choices":[{"index":0,"text":" which","logprobs":{"text_offset":[0],"token_logprobs":[-0.25],"tokens":[" which"],"top_logprobs":[{" which":-0.25}]},"finish_reason":null,"stop_reason":null,"prompt_token_ids":null,"token_ids":null}]}',
      '{"id":"cmpl-1","object":"text_completion","created":1,"model":"tiny","choices":[{"index":0,"text":" which which","logprobs":{"text_offset":[6,12],"token_logprobs":[-0.5,-0.75],"tokens":[" which"," which"],"top_logprobs":[{" which":-0.5},{" which":-0.75}]},"finish_reason":"length","stop_reason":null,"prompt_token_ids":null,"token_ids":null}],"system_fingerprint":"vllm-0.32.0"}',
      '[DONE]',
    ];
    const suggestions = await suggestionsOf((response) =>
      events(response, said.map((data) => `data: ${data}\n\n`).join('')),
    );
    const outcome = await suggestions.generate(asked('We went to the house,'), CancellationToken.None);
    expect(outcome).toMatchObject({
      sequences: [{ text: ' which which which', logprob: -1.5, finishReason: 'length' }],
    });
  });

  test('nothing is asked where nothing stands before the caret, which vLLM takes for a fault; later it is asked', async () => {
    let asks = 0;
    const suggestions = await suggestionsOf((response, request) => {
      asks++;
      sending(written([' market', 0.9]))(response, request);
    });
    expect(await suggestions.generate(asked(''), CancellationToken.None)).toMatchObject({ kind: 'none' });
    expect(asks).toBe(0);
    expect(await suggestions.generate(asked('to the '), CancellationToken.None)).toMatchObject({ kind: 'text' });
  });

  test('nothing is asked where text follows on the line', async () => {
    const suggestions = await suggestionsOf(() => expect.fail('it was asked'));
    const outcome = await suggestions.generate(asked('We went to ', { scoreSuffix: ' home' }), CancellationToken.None);
    expect(outcome).toMatchObject({ kind: 'none' });
  });

  test('the completer shows it as it does what a model of this machine says', async () => {
    const suggestions = await suggestionsOf(sending(written([' market', 0.95], [' place', 0.9], ['.', 0.9])));
    const completer = new Completer(suggestions, clock);
    const request = {
      ...{ documentId: 'a', fileName: 'a.md', languageId: 'markdown', suffix: '', trigger: 'automatic' as const },
      prefix: 'On the next day we all went to the ',
    };
    const outcome = await completer.complete(request, defaultCompletionSettings, CancellationToken.None);
    expect(outcome).toMatchObject({ kind: 'text', suggestions: [{ text: 'market place.' }] });
  });
});

describe('a server that does it wrong', () => {
  const good = written([' market', 0.9]);
  const servers: Record<string, [Answer, RegExp]> = {
    'gives no probabilities': [sending(event({ choices: [{ text: ' market' }] })), /gives no probabilities/],
    'gives probabilities of nothing': [
      sending(event({ choices: [{ text: ' market', logprobs: { content: [] } }] })),
      /gives no probabilities/,
    ],
    'gives lists of two lengths': [
      sending(event({ choices: [{ text: ' a', logprobs: { tokens: [' a'], token_logprobs: [] } }] })),
      /gives no probabilities/,
    ],
    'gives probabilities above one': [
      sending(event({ choices: [{ text: ' a', logprobs: { content: [{ token: ' a', logprob: 3 }] } }] })),
      /gives no probabilities/,
    ],
    'gives words for numbers': [
      sending(event({ choices: [{ text: ' a', logprobs: { content: [{ token: ' a', logprob: 'likely' }] } }] })),
      /gives no probabilities/,
    ],
    'sends a page': [
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      /no OpenAI-compatible server/,
    ],
    'sends half an event': [
      (response) => {
        events(response, good, 'data: {"choices":[{"te');
        response.end();
      },
      /ended its answer in the middle/,
    ],
    'sends a line of 10 MB': [
      (response) => events(response, `data: ${'x'.repeat(10_000_000)}`),
      /an event without an end/,
    ],
    'answers by another model': [sending(event({ model: 'other', choices: [{ text: 'a' }] })), /the model “other”/],
    'does not accept the key': [(response) => response.writeHead(401).end('{}'), /does not accept the key/],
    'hangs up': [(response) => response.destroy(), /cannot be reached/],
    'is too busy': [(response) => response.writeHead(429).end(), /too much to do/],
    'fails in the middle': [sending(good, event({ error: { message: 'out of memory' } })), /out of memory/],
  };
  test.each(Object.entries(servers))('%s: is told, and not asked again at once', async (_, [answer, message]) => {
    let requests = 0;
    const suggestions = await suggestionsOf((response, request) => {
      requests++;
      answer(response, request);
    });
    const once = () => suggestions.generate(asked('We went to the '), CancellationToken.None);
    for (let i = 0; i < 3; i++) {
      expect(await once()).toMatchObject({ kind: 'failed', error: { message: expect.stringMatching(message) } });
    }
    expect(requests).toBe(1);
    clock.at += 60_000;
    await once();
    expect(requests).toBe(2);
  });

  test('never ends: it is hung up on once the text is long enough', async () => {
    let closed: () => void;
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const suggestions = await suggestionsOf((response) => {
      response.once('close', () => closed());
      events(response, written([' market', 0.9]), written([' place', 0.1]));
    });
    const outcome = await suggestions.generate(asked('We went to the ', { gate }), CancellationToken.None);
    expect(outcome).toMatchObject({ kind: 'text' });
    await isClosed;
  });

  test('is hung up on at the next key', async () => {
    const source = new CancellationTokenSource();
    let closed: () => void;
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const suggestions = await suggestionsOf((response) => {
      response.once('close', () => closed());
      events(response, written([' market', 0.9]));
    });
    const outcome = suggestions.generate(asked('We went to the '), source.token, () => source.cancel());
    expect((await outcome).kind).toBe('cancelled');
    await isClosed;
  });
});
