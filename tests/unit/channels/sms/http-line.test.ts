import { describe, expect, it } from 'vitest';
import { HttpCarrier } from '../../../../cti-bridge/channels/sms/http/http-carrier.ts';
import { sign, verify } from '../../../../cti-bridge/channels/sms/http/signature.ts';
import { SmsWebhook } from '../../../../cti-bridge/channels/sms/http/webhook.ts';
import type { LookUpAnswer, LookUpQuestion } from '../../../../cti-bridge/interactions/index.ts';
import { silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { MessageId } from '../../../../shared/ids.ts';
import { KeptTexts } from '../../../support/kept-texts.ts';

const secret = 'a secret of both';
const minute = 60_000;

describe('handing a text to a provider', () => {
  const message = { messageId: 'm1' as MessageId, lineId: 'main', to: '+8613900004126', text: '您好' };

  async function send(answer: LookUpAnswer, { isConnected = true, isAborted = false } = {}) {
    const clock = new VirtualClock();
    const asked: LookUpQuestion[] = [];
    const troubles: (string | null)[] = [];
    const lookUps = {
      async ask(question: LookUpQuestion) {
        asked.push(question);
        if (isConnected) question.onConnected?.();
        return answer;
      },
    };
    const options = { number: '10690', url: 'https://sms.example/send', secret };
    const carrier = new HttpCarrier(clock, lookUps, options, (why) => troubles.push(why));
    const outcome = await carrier.send(message, isAborted ? AbortSignal.abort() : new AbortController().signal);
    return { outcome, asked, troubles, clock };
  }
  const answered = (status: number, body: unknown = null, headers: Record<string, string> = {}): LookUpAnswer => ({
    kind: 'answered',
    status,
    headers,
    body,
  });

  it('sends our id, both numbers and the text, signed', async () => {
    const { outcome, asked, troubles, clock } = await send(answered(200, { id: 'p-1' }));
    expect(outcome).toEqual({ kind: 'taken', providerIds: ['p-1'] });
    expect(troubles).toEqual([null]);
    const [{ method, url, body, headers } = { method: '', url: '', body: '', headers: {} }] = asked;
    expect([method, url]).toEqual(['POST', 'https://sms.example/send']);
    expect(JSON.parse(body ?? '')).toEqual({ id: 'm1', from: '10690', to: '+8613900004126', text: '您好' });
    expect(verify(secret, Buffer.from(body ?? ''), headers, clock.now())).toMatchObject({ kind: 'ours' });
  });

  const doubt = (why: string) => ({ kind: 'unknown', why, providerIds: [] });
  it.each<[string, LookUpAnswer, boolean, unknown, string | null]>([
    ['several names', answered(202, { ids: ['a', 'b'] }), true, { kind: 'taken', providerIds: ['a', 'b'] }, null],
    ['no name', answered(204), true, { kind: 'taken', providerIds: [] }, null],
    ['a refusal and why', answered(422, { error: 'no such number' }), true, { kind: 'refused', why: 'no such number' }, null],
    ['a refusal', answered(400), true, { kind: 'refused', why: 'it answered 400' }, null],
    [
      'too fast, and when',
      answered(429, null, { 'retry-after': '7' }),
      true,
      { kind: 'notNow', why: 'it answered 429', retryAfterMs: 7_000 },
      null,
    ],
    ['not now', answered(503), true, { kind: 'notNow', why: 'it answered 503', retryAfterMs: 30_000 }, null],
    ['a wrong secret', answered(401), true, { kind: 'notNow', why: 'it answered 401', retryAfterMs: 30_000 }, 'it answered 401'],
    ['another place', answered(302), true, { kind: 'notNow', why: 'it answered 302', retryAfterMs: 30_000 }, 'it answered 302'],
    ['a failure', answered(500), true, doubt('it answered 500'), 'it answered 500'],
    [
      'nothing, before there was a connection',
      { kind: 'failed', why: 'unreachable' },
      false,
      { kind: 'notNow', why: 'no connection, or it broke', retryAfterMs: 30_000 },
      'no connection, or it broke',
    ],
    [
      'nothing, after there was a connection',
      { kind: 'failed', why: 'unreachable' },
      true,
      doubt('no connection, or it broke'),
      'no connection, or it broke',
    ],
    ['nothing in time', { kind: 'timedOut' }, true, doubt('it did not answer in time'), 'it did not answer in time'],
    [
      'nothing, since nobody was asked',
      { kind: 'notAllowed', why: 'insideAddress' },
      false,
      { kind: 'notNow', retryAfterMs: 30_000 },
      'its address is not one that we may ask; name it among the allowed hosts',
    ],
  ])('understands %s', async (_what, answer, isConnected, outcome, trouble) => {
    const sent = await send(answer, { isConnected });
    expect(sent.outcome).toMatchObject(outcome as object);
    expect(sent.troubles).toEqual([trouble]);
  });

  it('sends nothing that was stopped before', async () => {
    const { outcome, asked } = await send(answered(200), { isAborted: true });
    expect([outcome.kind, asked]).toEqual(['notNow', []]);
  });
});

describe('what a provider brings', () => {
  function stage() {
    const clock = new VirtualClock();
    const kept = new KeptTexts();
    const webhook = new SmsWebhook(clock, silentLog, kept, { lineId: 'main', secret });
    const signed = (told: unknown, at = clock.now(), by = secret) => {
      const body = Buffer.from(typeof told === 'string' ? told : JSON.stringify(told));
      return { body, headers: sign(by, body, at) };
    };
    const bring = async (told: unknown, at?: number, by?: string) => {
      const { body, headers } = signed(told, at, by);
      return (await webhook.handle(body, headers)).status;
    };
    return { clock, kept, webhook, signed, bring };
  }
  const text = (id = 'x1', more: object = {}) => ({ type: 'text', id, from: '+8613900004126', to: '10690', text: '退订', ...more });

  it('is stored under its name: told again with it, nothing happens', async () => {
    const { kept, bring, webhook, clock } = stage();
    expect(webhook.path).toBe('/hooks/sms/main');
    expect(await bring(text())).toBe(200);
    clock.advance(1_000);
    expect(await bring(text())).toBe(200);
    expect(kept).toMatchObject({
      texts: [{ sourceId: 'main', onceKey: 'x1', from: '+8613900004126', to: '10690', text: '退订', part: null }],
      known: 1,
    });
  });

  it('may be a part of a long one, and a receipt, in whatever order', async () => {
    const { kept, bring } = stage();
    expect(await bring(text('x2', { part: { reference: 300, total: 2, index: 2 }, later: 1 }))).toBe(200);
    expect(await bring({ type: 'receipt', id: 'p-1', state: 'delivered' })).toBe(200);
    expect(await bring({ type: 'receipt', id: 'p-1', state: 'pending', code: '4' })).toBe(200);
    expect(kept.texts[0]?.part).toEqual({ reference: 300, total: 2, index: 2 });
    expect(kept.receipts).toMatchObject([
      { sourceId: 'main', providerId: 'p-1', state: 'delivered', code: null },
      { state: 'pending', code: '4' },
    ]);
  });

  it('is refused when somebody else signed it, or changed a byte of it', async () => {
    const { kept, bring, signed, webhook } = stage();
    expect(await bring(text(), undefined, 'another secret')).toBe(401);
    const { body, headers } = signed(text());
    expect((await webhook.handle(Buffer.from(body.toString().replace('10690', '10691')), headers)).status).toBe(401);
    expect((await webhook.handle(Buffer.concat([body, Buffer.from(' ')]), headers)).status).toBe(401);
    for (const name of Object.keys(headers)) {
      expect((await webhook.handle(body, { ...headers, [name]: undefined })).status).toBe(401);
      expect((await webhook.handle(body, { ...headers, [name]: '' })).status).toBe(401);
      expect((await webhook.handle(body, { ...headers, [name]: [headers[name] ?? '', headers[name] ?? ''] })).status).toBe(401);
    }
    expect((await webhook.handle(body, { ...headers, 'x-crosspoint-timestamp': '1' })).status).toBe(401);
    expect(kept.texts).toEqual([]);
  });

  it.each([
    [-5 * minute - 1_000, 401],
    [-5 * minute + 1_000, 200],
    [5 * minute - 1_000, 200],
    [5 * minute + 2_000, 401],
  ])('signed %i ms from now is answered with %i', async (ms, status) => {
    const { clock, bring } = stage();
    expect(await bring(text(), clock.now() + ms)).toBe(status);
  });

  it('is refused when it was seen already, for as long as it would be fresh, and has its effect once', async () => {
    const { clock, kept, signed, webhook } = stage();
    const { body, headers } = signed(text(), clock.now() + 5 * minute - 1_000);
    const twice = await Promise.all([webhook.handle(body, headers), webhook.handle(body, headers)]);
    expect(twice.map(({ status }) => status)).toEqual([200, 409]);
    const capital = {
      ...headers,
      'x-crosspoint-signature': (headers['x-crosspoint-signature'] ?? '').replace(/[a-f](?=[0-9a-f]*$)/g, (digit) => digit.toUpperCase()),
    };
    expect((await webhook.handle(body, capital)).status).toBe(409);
    for (let at = 0; at < 9; at++) {
      clock.advance(minute);
      expect((await webhook.handle(body, headers)).status).toBe(409);
    }
    clock.advance(minute);
    expect((await webhook.handle(body, headers)).status).toBe(401);
    expect(kept.texts).toHaveLength(1);
  });

  it('may come again as it is when it could not be stored, or took too long', async () => {
    const { clock, kept, signed, webhook } = stage();
    const { body, headers } = signed(text());
    kept.refuse = () => true;
    expect((await webhook.handle(body, headers)).status).toBe(503);
    kept.refuse = () => false;
    const never = Promise.withResolvers<void>();
    kept.before = () => never.promise;
    const slow = webhook.handle(body, headers);
    await clock.run(20_000);
    expect((await slow).status).toBe(503);
    kept.before = () => Promise.resolve();
    expect((await webhook.handle(body, headers)).status).toBe(200);
    never.resolve();
    await clock.run(1);
    expect(kept).toMatchObject({ texts: { length: 1 }, known: 1 });
  });

  it.each<[string, unknown]>([
    ['no JSON', '{"type":'],
    ['nothing', ''],
    ['a list', []],
    ['another kind', { type: 'other', id: '1' }],
    ['no name', text('')],
    ['a number for a text', text('x', { text: 5 })],
    ['part 3 of 2', text('x', { part: { reference: 1, total: 2, index: 3 } })],
    ['an unknown state', { type: 'receipt', id: '1', state: 'lost' }],
    ['a name that is longer than any', text('x'.repeat(101))],
    ['what would change every object', '{"__proto__":{"polluted":1},"type":"text"}'],
  ])('is refused when it is %s', async (_what, told) => {
    const { bring, kept } = stage();
    expect(await bring(told)).toBe(400);
    expect(kept.texts).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('is refused unread when it is too large', async () => {
    const { bring } = stage();
    expect(await bring(text('x', { text: 'x'.repeat(70_000) }))).toBe(413);
  });
});
