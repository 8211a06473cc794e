// Live events (SSE) over fetch, so that the first request after a reload can name the last event seen.
import { address, commonHeaders } from './api';

export interface LiveEvent {
  seq: number;
  at: number;
  noun: string;
  key: string;
  kind: string;
  version: number;
}

const WAIT_MS_FIRST = 1_000;
const WAIT_MS_MAX = 30_000;

export interface Stream {
  stop(): void;
}

/** Calls `onEvent` for each event after the last one seen; reconnects by itself. `onState` says whether the stream stands. */
export function listen(onEvent: (event: LiveEvent) => void, onState: (live: boolean) => void): Stream {
  const abort = new AbortController();
  let last: string | null = null;
  let wait = WAIT_MS_FIRST;

  const read = async (): Promise<void> => {
    const headers: Record<string, string> = { accept: 'text/event-stream', ...commonHeaders() };
    if (last !== null) headers['last-event-id'] = last;
    const response = await fetch(address('/events'), { headers, credentials: 'same-origin', signal: abort.signal });
    if (response.status === 401 || response.status === 403 || response.status === 404) {
      abort.abort();
      return;
    }
    if (!response.ok || response.body === null) throw new Error(String(response.status));
    onState(true);
    wait = WAIT_MS_FIRST;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += value.replaceAll('\r\n', '\n');
      let end = rest.indexOf('\n\n');
      while (end >= 0) {
        take(rest.slice(0, end));
        rest = rest.slice(end + 2);
        end = rest.indexOf('\n\n');
      }
    }
  };

  const take = (block: string): void => {
    const data: string[] = [];
    for (const line of block.split('\n')) {
      if (line.startsWith('data:')) data.push(line.slice(5).trimStart());
      else if (line.startsWith('id:')) last = line.slice(3).trim();
    }
    if (data.length === 0) return;
    try {
      onEvent(JSON.parse(data.join('\n')) as LiveEvent);
    } catch {
      // Not one of ours: a comment of a proxy.
    }
  };

  void (async () => {
    while (!abort.signal.aborted) {
      await read().catch(() => undefined);
      onState(false);
      if (abort.signal.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, wait * (0.7 + Math.random() * 0.6)));
      wait = Math.min(wait * 2, WAIT_MS_MAX);
    }
  })();

  return { stop: () => abort.abort() };
}
