import { createParser } from 'eventsource-parser';
import { InklingError, sentence } from '../protocol/errors.ts';

/** No event of a text is as long as this; a server that sends more is none of the kind. */
const mostEventBytes = 1 << 20;
/** A server may think this long about its next token. */
const silenceMs = 120_000;

/**
 * The data of each server-sent event, as it comes.
 * @throws InklingError `network` for a line without end, and for a server that falls silent
 */
export async function* eventData(body: ReadableStream<Uint8Array>, abort: () => void): AsyncGenerator<string> {
  const waiting: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => waiting.push(data) });
  const decoder = new TextDecoder();
  let unread = 0;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await withinTime(reader.read(), abort);
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      unread = waiting.length > 0 ? 0 : unread + value.byteLength;
      if (unread > mostEventBytes)
        throw new InklingError('network', sentence`The server sends an event without an end.`);
      yield* waiting.splice(0);
    }
  } finally {
    abort(); // also when nobody reads on
    reader.releaseLock();
  }
}

async function withinTime<T>(work: Promise<T>, abort: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new InklingError('network', sentence`The server has sent nothing for ${silenceMs / 1000} seconds.`));
      abort();
    }, silenceMs);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
