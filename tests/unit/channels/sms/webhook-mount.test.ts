import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { smsMount } from '../../../../cti-bridge/channels/sms/http/webhook-mount.ts';
import { silentLog } from '../../../../cti-bridge/kernel/index.ts';

/** A request as it comes in, and what is answered to it. */
function asked(headers: Readonly<Record<string, string>> = {}) {
  const body = new PassThrough();
  const request = Object.assign(body, { url: '/hooks/sms/main', method: 'POST', headers, setTimeout: () => body });
  const { promise, resolve } = Promise.withResolvers<{ readonly status: number; readonly text: string }>();
  let status = 0;
  const response = { writeHead: (code: number) => (status = code), end: (text: string) => resolve({ status, text }), destroy: () => {} };
  const mount = smsMount({ webhook: async () => ({ status: 200, body: { error: 'none' } }) as never }, silentLog);
  mount.handle(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  return { body, answered: promise };
}

describe('a webhook that is too large', () => {
  it('is answered as such while it still comes in, on a connection that stands until then', async () => {
    const { body, answered } = asked();
    body.write(Buffer.alloc(2_000_000));
    expect(await answered).toEqual({ status: 413, text: '{"error":"too large"}' });
    expect(body.destroyed).toBe(false);
  });

  it('and says so beforehand, is not waited for', async () => {
    expect(await asked({ 'content-length': '2000000' }).answered).toMatchObject({ status: 413 });
  });
});
