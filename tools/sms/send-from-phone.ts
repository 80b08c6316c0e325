import type { PhoneText } from './serve-smsc.ts';
import type { SmsOptions } from './sms-options.ts';

const connectLimitMs = 5_000;

/** Sends one text, and says what comes back until the time is over or `signal` is aborted. 0: it was sent. Never rejects. */
export async function sendFromPhone(
  { from, to, text, seconds, phones }: SmsOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<number> {
  const url = `http://${phones.host}:${phones.port}/texts`;
  const connecting = AbortSignal.timeout(connectLimitMs);
  const over = new AbortController();
  const stop = () => over.abort();
  connecting.addEventListener('abort', stop);
  signal.addEventListener('abort', stop);
  let reply: Response;
  try {
    const body = JSON.stringify({ from, to, text });
    reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: over.signal });
  } catch {
    say(`nobody takes text messages at ${phones.host}:${phones.port}. Start the demo with: npm start`);
    return 1;
  }
  connecting.removeEventListener('abort', stop);
  if (!reply.ok || !reply.body) {
    say(`refused: ${reply.status}`);
    return 1;
  }
  say(`${from} → ${to}: ${text}`);
  const timeUp = setTimeout(stop, seconds * 1_000);
  let waiting = '';
  try {
    for await (const chunk of reply.body.pipeThrough(new TextDecoderStream())) {
      const lines = (waiting + chunk).split('\n');
      waiting = lines.pop() ?? '';
      for (const line of lines) {
        const came = JSON.parse(line) as PhoneText;
        say(`${came.from} → ${came.to}: ${came.text}`);
      }
    }
  } catch (error) {
    // Asked to stop, or the demo ended: either way nothing more comes.
    if (!over.signal.aborted) say(`the network is gone (${error instanceof Error ? error.message : String(error)})`);
  } finally {
    clearTimeout(timeUp);
  }
  return 0;
}
