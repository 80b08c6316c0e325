import type { IncomingMessage } from 'node:http';
import type { Log, Mount } from '../../../kernel/index.ts';
import type { SmsLines } from '../sms-lines.ts';
import { mostWebhookBytes, type WebhookReply } from './webhook.ts';

const bodyLimitMs = 10_000;

/** Counts wrong signatures by who brings them; ten, and they are heard no more for half an hour. */
export interface WrongSignatures {
  isRefused(who: string): boolean;
  failed(who: string): void;
}

/** Where HTTP providers bring texts and receipts: POST of the path of their line, judged by its signature over the bytes as they came. */
export function smsMount(lines: Pick<SmsLines, 'webhook'>, wrong: WrongSignatures, log: Log): Mount {
  return {
    path: '/hooks/sms/',
    upgrade: null,
    handle(request, response) {
      const answer = ({ status, body }: { readonly status: number; readonly body: WebhookReply['body'] }) => {
        const text = JSON.stringify(body);
        response.writeHead(status, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          'cache-control': 'no-store',
          ...(status === 413 || status === 408 || status === 429 ? { connection: 'close' } : {}),
        });
        response.end(text);
      };
      const [path = ''] = (request.url ?? '').split('?', 1);
      if (request.method !== 'POST') return answer({ status: 405, body: { error: 'POST only' } });
      // Behind a proxy all have one address: whoever guesses at one line must not silence the providers of the others.
      const who = `${path} from ${request.socket.remoteAddress ?? ''}`;
      if (wrong.isRefused(who)) {
        // What it has to say is not read, and its connection not kept.
        request.resume();
        return answer({ status: 429, body: { error: 'too many wrong signatures' } });
      }
      void bodyOf(request)
        .then(async (body) => {
          if (body === 'tooLarge') return answer({ status: 413, body: { error: 'too large' } });
          const told = await lines.webhook(path, body, request.headers as Record<string, string | undefined>);
          if (told?.isForged) wrong.failed(who);
          answer(told ?? { status: 404, body: { error: 'nothing here' } });
        })
        .catch((error: unknown) => {
          log.debug('sms:webhookBroken', { error: String(error) });
          response.destroy();
        });
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'tooLarge'> {
  const chunks: Buffer[] = [];
  let bytes = Number(request.headers['content-length'] ?? 0);
  request.setTimeout(bodyLimitMs, () => request.destroy());
  if (bytes > mostWebhookBytes) return letGo(request);
  bytes = 0;
  // Left early, it would break the connection before the other side has our answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > mostWebhookBytes) return letGo(request);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function letGo(request: IncomingMessage): 'tooLarge' {
  request.resume();
  return 'tooLarge';
}
