import { describe, expect, it } from 'vitest';
import { esm, npi, type ShortMessage, ton } from '../../../../cti-bridge/channels/sms/smpp/bodies.ts';
import { tags } from '../../../../cti-bridge/channels/sms/smpp/pdu.ts';
import { findProviderId } from '../../../../cti-bridge/interactions/index.ts';
import { SmsStage } from '../../../support/sms-line.ts';

const long = 'You asked where your order is. '.repeat(9);
const customer = '+8613900004126';

describe('a line of text messages', () => {
  it('connects, says that it is up, sends and receives, and says good-bye', async () => {
    const stage = await new SmsStage().up();
    expect(stage.states).toMatchObject([{ sourceId: 'main', state: 'up', why: null }]);
    expect(await stage.outcome('Your order is on its way €')).toEqual({ kind: 'taken', providerIds: [stage.smsc.taken[0]?.id] });
    expect(stage.smsc.taken).toMatchObject([{ from: '10690', to: '8613900004126', text: 'Your order is on its way €', part: null }]);
    stage.smsc.text(customer, '10690', '谢谢 🙂');
    await stage.clock.run(100);
    expect(stage.kept.texts).toMatchObject([{ sourceId: 'main', from: customer, to: '10690', text: '谢谢 🙂', part: null }]);
    expect(stage.kept.receipts).toMatchObject([{ sourceId: 'main', providerId: stage.smsc.taken[0]?.id, state: 'delivered', code: '000' }]);
    const stopped = stage.line.stop();
    await stage.clock.run(3_000);
    await stopped;
    expect(stage.smsc.boundClients).toBe(0);
    expect(stage.clock.pending).toBe(0);
  });

  it.each([
    ['letters', long, 2],
    ['Chinese', '您的包裹已到达，请取件。🙂'.repeat(20), 5],
  ])('sends long ones in %s in parts that belong together, and receives them so', async (_in, text, parts) => {
    const stage = await new SmsStage().up();
    expect(await stage.outcome(text)).toMatchObject({ kind: 'taken', providerIds: { length: parts } });
    const { taken } = stage.smsc;
    expect(taken.map(({ text: each }) => each).join('')).toBe(text);
    expect(taken.map(({ part }) => part)).toEqual(
      taken.map((_, at) => ({ reference: taken[0]?.part?.reference, total: parts, index: at + 1 })),
    );
    stage.smsc.text(customer, '10690', text);
    await stage.clock.run(100);
    expect(stage.kept.texts.map((each) => each.text).join('')).toBe(text);
    expect(stage.kept.texts.map(({ part }) => part?.index)).toEqual(taken.map((_, at) => at + 1));
    await stage.outcome(long);
    expect(taken.at(-1)?.part?.reference).not.toBe(taken[0]?.part?.reference);
  });

  it('has no more on their way than its window, and is no faster than agreed', async () => {
    const stage = await new SmsStage({ line: { window: 3, perSecond: 10 } }).up();
    stage.smsc.behave('neverAnswers');
    for (let n = 0; n < 9; n++) void stage.send(`${n}`);
    await stage.clock.run(5_000);
    expect(stage.smsc.taken).toHaveLength(3);
    const swift = await new SmsStage({ line: { window: 100, perSecond: 10 } }).up();
    for (let n = 0; n < 50; n++) void swift.send(`${n}`);
    await swift.clock.run(2_000);
    expect(swift.smsc.taken.length).toBeGreaterThanOrEqual(19);
    expect(swift.smsc.taken.length).toBeLessThanOrEqual(22);
    await swift.clock.run(4_000);
    expect(swift.smsc.taken.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, n) => `${n}`));
  });

  it('sends nothing while it is down, and says so', async () => {
    const stage = new SmsStage();
    stage.isReachable = false;
    await stage.up();
    expect(await stage.outcome('hello')).toEqual({ kind: 'notNow', why: 'the line is down', retryAfterMs: 5_000 });
    expect(stage.line.state).toMatchObject({ state: 'down', why: 'no connection' });
    stage.isReachable = true;
    await stage.clock.run(30_000);
    expect(stage.line.state.state).toBe('up');
  });

  it.each(['', 'x'.repeat(153 * 256)])('refuses a text that cannot be sent', async (text) => {
    expect(await (await new SmsStage().up()).outcome(text)).toMatchObject({ kind: 'refused' });
  });

  it('tries a wrong password once a minute', async () => {
    const stage = await new SmsStage({ line: { password: 'wrong' } }).up();
    expect(stage.line.state.why).toContain('the password is wrong');
    await stage.clock.run(59_000);
    expect(stage.states).toHaveLength(1);
    expect(stage.attempts).toBe(1);
    await stage.clock.run(600_000);
    expect(stage.attempts).toBe(11);
  });

  it('stays calm with a network that is away for hours, and is back within half a minute', async () => {
    const stage = await new SmsStage({ random: () => 0.99 }).up();
    stage.isReachable = false;
    stage.smsc.dropAll();
    await stage.clock.run(4 * 3_600_000);
    expect(stage.attempts).toBeLessThan((4 * 3_600) / 9);
    stage.isReachable = true;
    await stage.clock.run(30_000);
    expect(stage.line.state.state).toBe('up');
  });
});

describe('a message whose answer goes wrong', () => {
  it.each([
    ['dropsAfterTaking', 'unknown', 'the connection broke before the network answered'],
    ['dropsBeforeTaking', 'unknown', 'the connection broke before the network answered'],
    ['neverAnswers', 'unknown', 'the network did not answer'],
    ['halfOpen', 'unknown', 'the connection broke before the network answered'],
    ['badLength', 'unknown', 'the connection broke before the network answered'],
    ['restarts', 'unknown', 'the connection broke before the network answered'],
    ['refuses', 'refused', 'there is no such number (0x0000000b)'],
    ['nacks', 'refused', 'it could not read it (0x00000002)'],
  ] as const)('%s: %s, and it is never sent again', async (misbehaviour, kind, why) => {
    const stage = await new SmsStage({ smsc: { misbehaviour } }).up();
    const outcome = await stage.outcome('hello', 31_000);
    expect(outcome).toMatchObject({ kind, why });
    const { length } = stage.smsc.taken;
    expect(length).toBeLessThanOrEqual(1);
    stage.smsc.behave(null);
    await stage.clock.run(60_000);
    expect(stage.smsc.taken).toHaveLength(length);
    expect(stage.line.state.state).toBe('up');
    expect(await stage.outcome('again')).toMatchObject({ kind: 'taken' });
  });

  it('ends a connection at once on which something else than SMPP comes', async () => {
    const stage = await new SmsStage({ smsc: { misbehaviour: 'badLength' } }).up();
    await stage.outcome('hello', 100);
    expect(stage.line.state).toMatchObject({ state: 'down', why: 'it sent something that is no SMPP (a length of 3)' });
  });

  it('finds a connection that is dead on one side within 15 s, and is back within 30', async () => {
    const stage = await new SmsStage({ smsc: { misbehaviour: 'halfOpen' } }).up();
    await stage.outcome('hello', 0);
    await stage.clock.run(15_100);
    expect(stage.line.state).toMatchObject({ state: 'down', why: 'it no longer answers' });
    await stage.clock.run(15_000);
    expect(stage.line.state.state).toBe('up');
  });

  it('goes again when the network has its hands full, after pauses that grow', async () => {
    const stage = await new SmsStage({ smsc: { misbehaviour: 'throttles' } }).up();
    let outcome: unknown = null;
    void stage.send('hello').then((told) => {
      outcome = told;
    });
    await stage.clock.run(30_000);
    expect(stage.smsc.wrongs).toBe(5); // after 0, 1, 3, 7 and 15 s
    expect(outcome).toBeNull();
    stage.smsc.behave(null);
    await stage.clock.run(5_000);
    expect(outcome).toMatchObject({ kind: 'taken' });
    expect(stage.smsc.taken).toHaveLength(1);
  });

  it('keeps its turn while the network has its hands full', async () => {
    const stage = await new SmsStage({ line: { window: 1 }, smsc: { misbehaviour: 'throttles' } }).up();
    for (const text of ['one', 'two', 'three']) void stage.send(text);
    await stage.clock.run(100);
    stage.smsc.behave(null);
    await stage.clock.run(5_000);
    expect(stage.smsc.taken.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('is not sent when the network has its hands full for a minute', async () => {
    const stage = await new SmsStage({ smsc: { misbehaviour: 'throttles' } }).up();
    expect(await stage.outcome('hello', 61_000)).toMatchObject({ kind: 'notNow', why: 'the network has its hands full' });
    stage.smsc.behave(null);
    await stage.clock.run(120_000);
    expect(stage.smsc.taken).toEqual([]);
  });

  it('is marked when a part of it was taken and another was not', async () => {
    const stage = await new SmsStage({ line: { window: 1 } }).up();
    stage.smsc.onTaken(() => stage.smsc.behave('refuses'));
    expect(await stage.outcome(long)).toEqual({
      kind: 'unknown',
      why: 'only a part of it was taken: there is no such number (0x0000000b)',
      providerIds: [stage.smsc.taken[0]?.id],
    });
    expect(stage.smsc.taken).toHaveLength(1);
  });

  it('is not sent when it is stopped before its turn, and unknown after it', async () => {
    const stage = await new SmsStage({ line: { window: 1 }, smsc: { misbehaviour: 'neverAnswers' } }).up();
    const [first, second] = [new AbortController(), new AbortController()];
    const outcomes = [stage.send('first', { signal: first.signal }), stage.send('second', { signal: second.signal })];
    await stage.clock.run(10);
    first.abort();
    second.abort();
    expect(await Promise.all(outcomes)).toMatchObject([{ kind: 'unknown' }, { kind: 'notNow' }]);
    expect(await stage.send('third', { signal: second.signal })).toMatchObject({ kind: 'notNow' });
    await stage.clock.run(60_000);
    expect(stage.smsc.taken.map(({ text }) => text)).toEqual(['first']);
  });

  it('is unknown when the line is stopped meanwhile; what waits for its turn is not', async () => {
    const stage = await new SmsStage({ line: { window: 1 }, smsc: { misbehaviour: 'neverAnswers' } }).up();
    const outcomes = [stage.send('first'), stage.send('second')];
    await stage.clock.run(10);
    const stopped = stage.line.stop();
    await stage.clock.run(5_000);
    await stopped;
    expect(await Promise.all(outcomes)).toMatchObject([{ kind: 'unknown' }, { kind: 'notNow' }]);
    await stage.clock.run(100_000);
    expect(stage.line.state).toMatchObject({ state: 'down', why: 'the line was stopped' });
    expect(stage.clock.pending).toBe(0);
  });

  it('was not sent when the network no longer knows us; the line logs in again', async () => {
    const stage = await new SmsStage().up();
    stage.smsc.forgetLogIns();
    expect(await stage.outcome('hello')).toMatchObject({ kind: 'notNow', why: 'it does not know us on this connection (0x00000004)' });
    expect(stage.states.map(({ state }) => state)).toEqual(['up', 'down', 'up']);
    expect(await stage.outcome('hello')).toMatchObject({ kind: 'taken' });
    expect(stage.smsc.taken).toHaveLength(1);
  });

  it.each(['trickles', 'wrongSequence', 'reversed', 'cutsShort'] as const)('%s: it is taken all the same', async (misbehaviour) => {
    const stage = await new SmsStage({ smsc: { misbehaviour } }).up();
    const outcomes = [stage.send('one'), stage.send('two'), stage.send('three')];
    await stage.clock.run(1_000);
    expect(await Promise.all(outcomes)).toEqual(stage.smsc.taken.map(({ id }) => ({ kind: 'taken', providerIds: [id] })));
    expect(stage.smsc.taken.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
    await stage.clock.run(30_000);
    expect(stage.line.state.state).toBe('up');
    expect(stage.states).toHaveLength(1);
  });
});

describe('receipts', () => {
  it.each([
    ['receiptFirst', 1],
    ['receiptTwice', 2],
    ['receiptHex', 1],
    ['receiptInFields', 1],
    ['receiptNever', 0],
  ] as const)('%s: found by the name that the message has', async (misbehaviour, times) => {
    const stage = await new SmsStage({ smsc: { misbehaviour } }).up();
    const outcome = await stage.outcome('hello');
    const id = stage.smsc.taken[0]?.id ?? '';
    expect(outcome).toEqual({ kind: 'taken', providerIds: [id] });
    expect(stage.kept.receipts).toHaveLength(times);
    for (const { providerId, state } of stage.kept.receipts) {
      expect(findProviderId(providerId, ['4711', id])).toBe(id);
      expect(state).toBe('delivered');
    }
    expect(stage.kept.texts).toEqual([]);
    expect(stage.smsc.undelivered).toBe(0);
  });

  it('come again when they could not be stored', async () => {
    const stage = await new SmsStage().up();
    stage.kept.refuse = () => true;
    await stage.outcome('hello');
    expect(stage.kept.receipts).toEqual([]);
    stage.kept.refuse = () => false;
    await stage.clock.run(6_000);
    expect(stage.kept.receipts).toHaveLength(1);
  });
});

describe('a text of a customer', () => {
  it('is answered when it is stored, and not before', async () => {
    const stage = await new SmsStage().up();
    const storing = Promise.withResolvers<void>();
    stage.kept.before = () => storing.promise;
    stage.smsc.text(customer, '10690', 'hello');
    await stage.clock.run(15_000);
    expect(stage.smsc.undelivered).toBe(1);
    storing.resolve();
    await stage.clock.run(10);
    expect(stage.smsc.undelivered).toBe(0);
    expect(stage.kept.texts).toHaveLength(1);
  });

  it('comes again when it could not be stored, and when storing takes too long; then it is known', async () => {
    const stage = await new SmsStage().up();
    stage.kept.refuse = () => true;
    stage.smsc.text(customer, '10690', 'hello');
    await stage.clock.run(1_000);
    stage.kept.refuse = () => false;
    await stage.clock.run(6_000);
    expect(stage.kept).toMatchObject({ texts: [{ text: 'hello' }], known: 0 });
    const slow = Promise.withResolvers<void>();
    stage.kept.before = () => slow.promise;
    stage.smsc.text(customer, '10690', 'slow');
    await stage.clock.run(21_000);
    slow.resolve();
    await stage.clock.run(10_000);
    expect(stage.kept).toMatchObject({ texts: [{ text: 'hello' }, { text: 'slow' }], known: 1 });
    expect(stage.smsc.undelivered).toBe(0);
  });

  it('is one when the network delivers it again because our answer was lost; the same words later are another', async () => {
    const stage = await new SmsStage({ smsc: { misbehaviour: 'deliversAgain' } }).up();
    stage.smsc.text(customer, '10690', 'yes');
    await stage.clock.run(100);
    stage.smsc.behave(null);
    await stage.clock.run(30_000);
    expect(stage.kept).toMatchObject({ texts: [{ text: 'yes' }], known: 1 });
    stage.smsc.text(customer, '10690', 'yes');
    stage.smsc.text(customer, '10690', 'yes');
    await stage.clock.run(30_000);
    expect(stage.kept.texts).toHaveLength(3);
  });

  it('that came long before a connection broke is not waited for again', async () => {
    const stage = await new SmsStage().up();
    stage.smsc.text(customer, '10690', 'yes');
    await stage.clock.run(12_000); // an enquire_link was answered since
    stage.smsc.dropAll();
    await stage.clock.run(30_000);
    stage.smsc.text(customer, '10690', 'yes');
    await stage.clock.run(1_000);
    expect(stage.kept).toMatchObject({ texts: [{ text: 'yes' }, { text: 'yes' }], known: 0 });
  });

  it('waits at the network when more come than can be stored at once', async () => {
    const stage = await new SmsStage().up();
    const storing = Promise.withResolvers<void>();
    let begun = 0;
    stage.kept.before = () => {
      begun++;
      return storing.promise;
    };
    for (let n = 0; n < 600; n++) stage.smsc.text(customer, '10690', `${n}`);
    await stage.clock.run(1_000);
    expect(begun).toBe(500);
    storing.resolve();
    await stage.clock.run(10_000);
    expect(new Set(stage.kept.texts.map(({ text }) => text)).size).toBe(600);
    expect(stage.kept.texts).toHaveLength(600);
  });

  const from = (more: Partial<ShortMessage>): ShortMessage => ({
    source: { ton: ton.unknown, npi: npi.isdn, address: '13900004126' },
    destination: { ton: ton.unknown, npi: npi.unknown, address: '10690' },
    esmClass: 0,
    registeredDelivery: 0,
    dataCoding: 0,
    bytes: Buffer.alloc(0),
    tlvs: new Map(),
    ...more,
  });
  const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16();

  it.each<[string, Partial<ShortMessage>, string, unknown]>([
    [
      'a reference of 8 bits',
      { esmClass: esm.hasHeader, bytes: Buffer.from('0500030a0201414243', 'hex') },
      'ABC',
      { reference: 10, total: 2, index: 1 },
    ],
    [
      'a reference of 16 bits',
      { esmClass: esm.hasHeader, bytes: Buffer.from('06080401020302414243', 'hex') },
      'ABC',
      { reference: 258, total: 3, index: 2 },
    ],
    [
      'another element before it',
      { esmClass: esm.hasHeader, bytes: Buffer.from('08240101 00030a0201 41'.replaceAll(' ', ''), 'hex') },
      'A',
      { reference: 10, total: 2, index: 1 },
    ],
    ['a header longer than the message', { esmClass: esm.hasHeader, bytes: Buffer.from('ff414243', 'hex') }, 'ÿABC', null],
    ['an element longer than the header', { esmClass: esm.hasHeader, bytes: Buffer.from('0500090a020141', 'hex') }, 'A', null],
    ['part 3 of 2', { esmClass: esm.hasHeader, bytes: Buffer.from('0500030a020341', 'hex') }, 'A', null],
    [
      'a part in fields',
      {
        bytes: Buffer.from('A'),
        tlvs: new Map([
          [tags.sarReference, Buffer.from([1, 2])],
          [tags.sarTotal, Buffer.from([2])],
          [tags.sarIndex, Buffer.from([2])],
        ]),
      },
      'A',
      { reference: 258, total: 2, index: 2 },
    ],
    [
      'fields of a wrong size',
      {
        bytes: Buffer.from('A'),
        tlvs: new Map([
          [tags.sarReference, Buffer.from([1])],
          [tags.sarTotal, Buffer.from([2])],
          [tags.sarIndex, Buffer.from([2])],
        ]),
      },
      'A',
      null,
    ],
    [
      'its text in a field',
      { dataCoding: 8, tlvs: new Map([[tags.messagePayload, utf16('很长的'.repeat(200))]]) },
      '很长的'.repeat(200),
      null,
    ],
    ['Chinese', { dataCoding: 8, bytes: utf16('退订') }, '退订', null],
    ['Chinese as a class of its own', { dataCoding: 0x18, bytes: utf16('退订') }, '退订', null],
    ['an odd length', { dataCoding: 8, bytes: Buffer.concat([utf16('退订'), Buffer.from([0x4e])]) }, '退订\ufffd', null],
    ['bytes the other way round, and a mark that says so', { dataCoding: 8, bytes: Buffer.from('\ufeff退订', 'utf16le') }, '退订', null],
    ['half a picture', { dataCoding: 8, bytes: utf16('a\ud83d') }, 'a\ud83d', null],
    ['Latin-1', { dataCoding: 3, bytes: Buffer.from('café', 'latin1') }, 'café', null],
    ['GB 18030', { dataCoding: 15, bytes: Buffer.from('cdcbb6a9', 'hex') }, '退订', null],
    ['Cyrillic', { dataCoding: 6, bytes: Buffer.from('bfe0d8d2d5e2', 'hex') }, 'Привет', null],
    ['UTF-8 that calls itself bytes', { dataCoding: 4, bytes: Buffer.from('退订') }, '退订', null],
    ['bytes', { dataCoding: 4, bytes: Buffer.from([0xff, 0x00]) }, '<ff00>', null],
    ['nothing', {}, '', null],
    ['an answer of the customer’s telephone with words', { esmClass: esm.userAnswer, bytes: Buffer.from('ok') }, 'ok', null],
    ['words that look like a receipt', { bytes: Buffer.from('id:1 stat:DELIVRD') }, 'id:1 stat:DELIVRD', null],
  ])('with %s is read', async (_what, message, text, part) => {
    const stage = await new SmsStage().up();
    stage.smsc.deliver(from(message));
    await stage.clock.run(100);
    expect(stage.kept.texts).toMatchObject([{ text, part, from: '13900004126', to: '10690' }]);
    expect(stage.smsc.undelivered).toBe(0);
  });
});
