import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { smsMount, type WrongSignatures } from '../../../../cti-bridge/channels/sms/http/webhook-mount.ts';
import { AttemptsByAddress } from '../../../../cti-bridge/identity/index.ts';
import { silentLog } from '../../../../cti-bridge/kernel/index.ts';
import { minutes } from '../../../../shared/duration.ts';

const forgiving: WrongSignatures = { isRefused: () => false, failed: () => {} };

/** A request as it comes in, and what is answered to it. */
function asked(
  headers: Readonly<Record<string, string>> = {},
  wrong: WrongSignatures = forgiving,
  status: 200 | 401 = 200,
  { url = '/hooks/sms/main', remoteAddress = '192.0.2.1' } = {},
) {
  const body = new PassThrough();
  const request = Object.assign(body, {
    url,
    method: 'POST',
    headers,
    socket: { remoteAddress },
    setTimeout: () => body,
  });
  const { promise, resolve } = Promise.withResolvers<{ readonly status: number; readonly text: string }>();
  let code = 0;
  const response = {
    writeHead: (given: number) => (code = given),
    end: (text: string) => resolve({ status: code, text }),
    destroy: () => {},
  };
  const mount = smsMount({ webhook: async () => ({ status, body: { error: 'none' }, isForged: status === 401 }) }, wrong, silentLog);
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

describe('an address that signs wrongly', () => {
  /** As `compose` hands it over. */
  function counted() {
    const attempts = new AttemptsByAddress();
    let now = 0;
    const wrong: WrongSignatures = {
      isRefused: (who) => attempts.isRefused(who, now),
      failed: (who) => attempts.failed(who, now),
    };
    return { wrong, wait: (ms: number) => (now += ms) };
  }
  const answer = async (wrong: WrongSignatures, status: 200 | 401, from: { url?: string; remoteAddress?: string } = {}) => {
    const { body, answered } = asked({}, wrong, status, from);
    body.end('{}');
    return (await answered).status;
  };

  it('is refused unheard after ten, for half an hour', async () => {
    const { wrong, wait } = counted();
    for (let time = 0; time < 10; time++) expect(await answer(wrong, 401)).toBe(401);
    expect(await answer(wrong, 200)).toBe(429);
    wait(minutes(30) + 1);
    expect(await answer(wrong, 200)).toBe(200);
  });

  it('holds up no other address and no other line, and what is signed rightly never counts', async () => {
    const { wrong } = counted();
    for (let time = 0; time < 20; time++) expect(await answer(wrong, 200)).toBe(200);
    for (let time = 0; time < 10; time++) await answer(wrong, 401);
    expect(await answer(wrong, 200)).toBe(429);
    expect(await answer(wrong, 200, { url: '/hooks/sms/main?again' })).toBe(429);
    expect(await answer(wrong, 200, { remoteAddress: '192.0.2.2' })).toBe(200);
    expect(await answer(wrong, 200, { url: '/hooks/sms/marketing' })).toBe(200);
  });
});
