import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SmsLines } from '../../../cti-bridge/channels/sms/index.ts';
import type { LineState, LookUps } from '../../../cti-bridge/interactions/index.ts';
import { err, ok, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import type { SmsLineConfiguration } from '../../../shared/contracts/messages/settings.ts';
import type { MessageId } from '../../../shared/ids.ts';
import { startDemoSmsc } from '../../../tools/sms/demo-smsc.ts';
import { sendFromPhone } from '../../../tools/sms/send-from-phone.ts';
import { type ServeSmscOptions, serveSmsc } from '../../../tools/sms/serve-smsc.ts';
import { KeptTexts } from '../../support/kept-texts.ts';
import { selfSigned } from '../../support/self-signed.ts';

const customer = '+8613900004126';
const limitMs = 20_000;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Keeps, and says when it has. */
class Watched extends KeptTexts {
  readonly #waiting = new Set<() => void>();

  override async keepText(text: Parameters<KeptTexts['keepText']>[0]): ReturnType<KeptTexts['keepText']> {
    return this.#told(await super.keepText(text));
  }

  override async keepReceipt(receipt: Parameters<KeptTexts['keepReceipt']>[0]): Promise<void> {
    return this.#told(await super.keepReceipt(receipt));
  }

  /** When it is so. */
  until(isSo: (kept: KeptTexts) => boolean): Promise<void> {
    return within(
      new Promise((done) => {
        const look = () => {
          if (!isSo(this)) return;
          this.#waiting.delete(look);
          done();
        };
        this.#waiting.add(look);
        look();
      }),
    );
  }

  #told<Value>(value: Value): Value {
    for (const look of [...this.#waiting]) look();
    return value;
  }
}

function within<Value>(waiting: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`not within ${limitMs} ms`)), limitMs);
  return Promise.race([waiting, promise]).finally(() => clearTimeout(timer));
}

const nobody: LookUps = { ask: () => Promise.resolve({ kind: 'failed', why: 'unreachable' }) };

const lineTo = (port: number, more: Partial<Extract<SmsLineConfiguration['carrier'], { kind: 'smpp' }>> = {}): SmsLineConfiguration => ({
  id: 'main',
  name: { en: 'Main', zh: '主号' },
  number: '10690',
  queue: 'service',
  carrier: {
    kind: 'smpp',
    host: 'localhost',
    port,
    tls: false,
    systemId: 'crosspoint',
    password: { env: 'SMSC_PASSWORD' },
    systemType: '',
    window: 10,
    perSecond: 100,
    ...more,
  },
  stopped: { en: '', zh: '' },
  resumed: { en: '', zh: '' },
});

function lines(certificateAuthority?: string) {
  const kept = new Watched();
  const states: LineState[] = [];
  const secrets = new Map([['SMSC_PASSWORD', 'secret']]);
  const all = new SmsLines({
    clock: systemClock,
    log: silentLog,
    arrivals: kept,
    lookUps: nobody,
    resolveSecret: (reference) =>
      'env' in reference && secrets.has(reference.env) ? ok(secrets.get(reference.env) ?? '') : err('There is no such variable.'),
    certificateAuthority,
    random: () => 0,
  });
  closing.push(() => all.stop());
  const next = (state: LineState['state']) =>
    within(
      new Promise<LineState>((done) => {
        const heard = all.onChanged((changed) => {
          if (changed.state !== state) return;
          void heard.dispose();
          done(changed);
        });
      }),
    );
  all.onChanged((state) => states.push(state));
  const send = (text: string, lineId = 'main') =>
    within(all.send({ messageId: 'm1' as MessageId, lineId, to: customer, text }, new AbortController().signal));
  return { all, kept, states, next, send, secrets };
}

async function network(options: Partial<ServeSmscOptions> = {}) {
  const account = { systemId: 'crosspoint', password: 'secret' };
  const served = await serveSmsc({ host: '127.0.0.1', port: 0, phonesPort: null, account, deliveredAfterMs: 0, ...options });
  closing.push(() => served.stop());
  return served;
}

describe('a line of text messages over a network', () => {
  it('sends, receives and has its receipts; a broken connection is made again, and another configuration another line', async () => {
    const { smsc, port } = await network();
    const { all, kept, next, send } = lines();
    const up = next('up');
    all.configure([lineTo(port)]);
    await up;
    const long = '您的订单已发货，预计明天送达。'.repeat(8);
    const outcome = await send(long);
    expect(outcome).toEqual({ kind: 'taken', providerIds: smsc.taken.map(({ id }) => id) });
    expect(smsc.taken.map(({ text }) => text).join('')).toBe(long);
    await kept.until(({ receipts }) => receipts.length === smsc.taken.length);
    smsc.text(customer, '10690', 'Thank you €');
    await kept.until(({ texts }) => texts.length === 1);
    expect(kept.texts).toMatchObject([{ sourceId: 'main', from: customer, to: '10690', text: 'Thank you €' }]);

    const [down, again] = [next('down'), next('up')];
    smsc.dropAll();
    expect(await down).toMatchObject({ sourceId: 'main', why: 'it closed the connection' });
    await again;
    expect(await send('there again')).toMatchObject({ kind: 'taken' });

    const sameAgain = all.states();
    all.configure([{ ...lineTo(port), name: { en: 'Another', zh: '另一个' } }]);
    expect(all.states()).toEqual(sameAgain);
    const other = next('up');
    all.configure([{ ...lineTo(port), number: '10691' }]);
    await other;
    await send('from another number');
    expect(smsc.taken.at(-1)).toMatchObject({ from: '10691' });
    all.configure([]);
    expect(await send('nowhere')).toMatchObject({ kind: 'refused' });
    await all.stop();
    expect(smsc.boundClients).toBe(0);
  });

  it('is secured by TLS, and speaks to nobody whose certificate it cannot trust', async () => {
    const tls = selfSigned();
    const { port } = await network({ tls });
    const trusting = lines(tls.cert);
    const up = trusting.next('up');
    trusting.all.configure([lineTo(port, { tls: true })]);
    await up;
    expect(await trusting.send('hello')).toMatchObject({ kind: 'taken' });
    const strict = lines();
    const down = strict.next('down');
    strict.all.configure([lineTo(port, { tls: true })]);
    expect((await down).why).toMatch(/no connection to localhost:\d+ \(.*(SELF_SIGNED|UNABLE)/);
  });

  it.each([
    ['nobody is there', 1, /^no connection to localhost:1 \(ECONNREFUSED\)$/],
    ['the password is not there', 0, /^There is no such variable\.$/],
    ['the password is wrong', 2, /^the password is wrong \(0x0000000e\)$/],
  ])('says in plain words that %s', async (_what, kind, why) => {
    const { port } = kind === 2 ? await network() : { port: 1 };
    const { all, next, secrets, send } = lines();
    if (kind === 0) secrets.clear();
    if (kind === 2) secrets.set('SMSC_PASSWORD', 'wrong');
    const down = next('down');
    all.configure([lineTo(port)]);
    expect((await down).why).toMatch(why);
    expect(await send('hello')).toMatchObject({ kind: 'notNow' });
  });
});

describe('another program that speaks SMPP', () => {
  /** What of the package `smpp` is used here; it has no types of its own. */
  interface TheirPdu {
    readonly command: string;
    readonly system_id: string;
    readonly password: string;
    readonly source_addr: string;
    readonly destination_addr: string;
    readonly data_coding: number;
    readonly esm_class: number;
    readonly short_message: { readonly message: string; readonly udh?: readonly Buffer[] };
    response(fields?: object): TheirPdu;
  }
  interface TheirSession {
    on(event: string, listener: (pdu: TheirPdu) => void): void;
    send(pdu: TheirPdu): void;
    deliver_sm(fields: object, answered: (pdu: TheirPdu & { readonly command_status: number }) => void): void;
    close(): void;
  }
  interface Theirs {
    createServer(onSession: (session: TheirSession) => void): {
      listen(port: number, host: string, listening: () => void): void;
      close(closed: () => void): void;
      address(): AddressInfo;
    };
  }
  const theirs = createRequire(import.meta.url)('smpp') as Theirs;

  it('understands what we send, and is understood', async () => {
    const submitted: TheirPdu[] = [];
    const bound = Promise.withResolvers<{ session: TheirSession; bind: TheirPdu }>();
    const server = theirs.createServer((session) => {
      closing.push(async () => session.close());
      session.on('error', () => {});
      session.on('bind_transceiver', (pdu) => {
        session.send(pdu.response());
        bound.resolve({ session, bind: pdu });
      });
      session.on('submit_sm', (pdu) => {
        submitted.push(pdu);
        session.send(pdu.response({ message_id: `id-${submitted.length}` }));
      });
      session.on('unbind', (pdu) => session.send(pdu.response()));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    closing.push(() => new Promise<void>((closed) => server.close(closed)));
    const { all, kept, send } = lines();
    all.configure([lineTo(server.address().port)]);
    const { session, bind } = await within(bound.promise);
    expect(bind).toMatchObject({ system_id: 'crosspoint', password: 'secret' });

    await expect.poll(() => all.states()[0]?.state).toBe('up');
    expect(await send('Price: 5 € [net]')).toEqual({ kind: 'taken', providerIds: ['id-1'] });
    expect(submitted[0]).toMatchObject({
      source_addr: '10690',
      destination_addr: '8613900004126',
      data_coding: 0,
      short_message: { message: 'Price: 5 € [net]' },
    });
    const long = '很长的一条短信🙂'.repeat(12);
    expect(await send(long)).toMatchObject({ kind: 'taken', providerIds: ['id-2', 'id-3'] });
    const parts = submitted.slice(1);
    expect(parts.map((part) => part.short_message.message).join('')).toBe(long);
    expect(parts.map((part) => [part.data_coding, part.esm_class, part.short_message.udh?.[0]?.subarray(-2).toString('hex')])).toEqual([
      [8, 0x40, '0201'],
      [8, 0x40, '0202'],
    ]);

    const answer = Promise.withResolvers<number>();
    const fields = { source_addr: '13900004126', destination_addr: '10690', short_message: '退订 {TD}' };
    session.deliver_sm(fields, ({ command_status }) => answer.resolve(command_status));
    expect(await within(answer.promise)).toBe(0);
    expect(kept.texts).toMatchObject([{ from: '13900004126', to: '10690', text: '退订 {TD}' }]);
    session.deliver_sm({ ...fields, esm_class: 4, short_message: 'id:id-1 sub:001 dlvrd:001 stat:UNDELIV err:075 text:' }, () => {});
    await kept.until(({ receipts }) => receipts.length === 1);
    expect(kept.receipts).toMatchObject([{ providerId: 'id-1', state: 'failed', code: '075' }]);
  });
});

describe('the telephones of the demo’s customers', () => {
  it('send a text with one command, and show what comes back, long ones in one piece', async () => {
    const { smsc, port, phonesPort } = await network({ phonesPort: 0 });
    const { all, kept, next, send } = lines();
    const up = next('up');
    all.configure([lineTo(port)]);
    await up;
    const stop = new AbortController();
    const said: string[] = [];
    const shown = Promise.withResolvers<void>();
    const say = (line: string) => {
      said.push(line);
      if (said.length === 2) shown.resolve();
    };
    const phones = { host: '127.0.0.1', port: phonesPort ?? 0 };
    const done = sendFromPhone({ from: '13900004126', to: '10690', text: '请问我的订单在哪里？', seconds: 60, phones }, say, stop.signal);
    await kept.until(({ texts }) => texts.length === 1);
    expect(kept.texts).toMatchObject([{ from: '13900004126', to: '10690', text: '请问我的订单在哪里？' }]);
    const answer = '您的订单正在路上，'.repeat(20);
    await send(answer);
    await within(shown.promise);
    stop.abort();
    expect(await within(done)).toBe(0);
    expect(said).toEqual(['13900004126 → 10690: 请问我的订单在哪里？', `10690 → 8613900004126: ${answer}`]);
    expect(smsc.boundClients).toBe(1);
  });

  it('are there with the demo, whose network lets in who has the password of this start', async () => {
    const demo = await startDemoSmsc({ port: 0, phonesPort: 0 });
    closing.push(() => demo.stop());
    const { all, next, secrets, send } = lines();
    secrets.set('SMSC_PASSWORD', demo.environment.DEMO_SMSC_PASSWORD ?? '');
    const up = next('up');
    all.configure([lineTo(demo.port, { systemId: 'northline' })]);
    await up;
    expect(await send('hello')).toMatchObject({ kind: 'taken' });
    expect(demo.phonesPort).toBeGreaterThan(0);
  });

  it('say what to do when there is no demo', async () => {
    const said: string[] = [];
    const none = sendFromPhone(
      { from: '1', to: '2', text: 'x', seconds: 1, phones: { host: '127.0.0.1', port: 1 } },
      (line) => said.push(line),
      new AbortController().signal,
    );
    expect(await within(none)).toBe(1);
    expect(said.join()).toContain('npm start');
  });

  it.each<[string, string, object]>([
    ['a page of a browser', '{"from":"1390","to":"10690","text":"x"}', { 'content-type': 'text/plain' }],
    ['what is no text', '{"from":1}', { 'content-type': 'application/json' }],
    ['what is no JSON', '{', { 'content-type': 'application/json' }],
  ])('take nothing from %s', async (_who, body, headers) => {
    const { phonesPort, smsc } = await network({ phonesPort: 0 });
    const reply = await fetch(`http://127.0.0.1:${phonesPort}/texts`, { method: 'POST', body, headers: { ...headers } });
    expect(reply.status).toBe(400);
    expect(smsc.undelivered).toBe(0);
  });
});
