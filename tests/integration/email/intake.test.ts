import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Spool } from '../../../cti-bridge/channels/email/index.ts';
import { MailIntake, type MailIntakeLimits, type MailIntakeOptions } from '../../../cti-bridge/channels/email/intake/mail-intake.ts';
import { handOver, handOverLimits } from '../../../cti-bridge/channels/email/smtp/hand-over.ts';
import { writeMail } from '../../../cti-bridge/channels/email/smtp/write-mail.ts';
import { type Clock, silentLog, systemClock, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { ArrivalsInMemory } from '../../support/mailbox-in-memory.ts';
import { anOutgoingMail } from '../../support/outgoing-mail.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { SmtpTalk } from '../../support/smtp-talk.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const mailboxes: Readonly<Record<string, string>> = { 'service@shop.example': 'service', 'fax@shop.example': 'fax' };

async function house(options: { limits?: Partial<MailIntakeLimits>; clock?: Clock } & Pick<MailIntakeOptions, 'certificate'> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-intake-'));
  ending.push(() => rmSync(folder, { recursive: true, force: true }));
  const store = new ArrivalsInMemory();
  const intake = new MailIntake({
    host: '127.0.0.1',
    port: 0,
    ownName: 'bridge.shop.example',
    mailboxOf: (address) => mailboxes[address] ?? null,
    arrivals: store,
    spool: new Spool(folder),
    clock: options.clock ?? systemClock,
    log: silentLog,
    certificate: options.certificate,
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const { port } = await intake.start();
  ending.push(() => intake.stop());
  const talk = async () => {
    const opened = await SmtpTalk.open(port);
    ending.push(() => opened.close());
    return opened;
  };
  /** Up to the answer to the last dot. */
  const send = async (content: string, to: readonly string[] = ['Service@Shop.example'], from = 'mei@customer.example') => {
    const visitor = await talk();
    await visitor.answer();
    await visitor.say('EHLO customer.example');
    await visitor.say(`MAIL FROM:<${from}>`);
    for (const address of to) await visitor.say(`RCPT TO:<${address}>`);
    await visitor.say('DATA');
    return { visitor, answer: await visitor.say(`${content}\r\n.`) };
  };
  return { port, store, talk, send, folder };
}

describe('the intake of mail', () => {
  it('stores what is for us, with its envelope, before it says 250', async () => {
    const { store, send } = await house();
    store.after = () => store.answers.push('stored');
    const { answer } = await send('Subject: hi\r\n\r\n..dot\r\nend');
    expect(answer).toMatch(/^250/);
    expect(store.answers).toEqual(['kept', 'stored']);
    expect(store.kept).toHaveLength(1);
    expect(store.kept[0]).toMatchObject({
      channel: 'email',
      sourceId: 'service',
      envelope: { from: 'mei@customer.example', to: ['service@shop.example'], fileName: null },
    });
    expect(store.kept[0]?.text).toMatch(
      /^Received: from customer\.example \(\[127\.0\.0\.1\]\)\r\n\tby bridge\.shop\.example with ESMTP id \w+;\r\n\t.* \+0000\r\nSubject: hi\r\n\r\n\.dot\r\nend\r\n$/,
    );
  });

  it('takes bounces, which have no sender, and mail to two mailboxes as two arrivals', async () => {
    const { store, send } = await house();
    expect((await send('Subject: bounce\r\n\r\nx', ['fax@shop.example', 'service@shop.example'], '')).answer).toMatch(/^250/);
    expect(store.kept.map(({ sourceId, envelope }) => [sourceId, envelope.from, envelope.to])).toEqual([
      ['fax', '', ['fax@shop.example']],
      ['service', '', ['service@shop.example']],
    ]);
  });

  it('is no relay, tells nobody who is here, and knows no log-in', async () => {
    const { store, talk } = await house();
    const visitor = await talk();
    await visitor.answer();
    expect(await visitor.say('EHLO x.example')).not.toMatch(/AUTH|STARTTLS|VRFY/);
    for (const line of ['VRFY service', 'EXPN service', 'AUTH PLAIN AGEAYg==', 'STARTTLS']) expect(await visitor.say(line)).toMatch(/^5/);
    await visitor.say('MAIL FROM:<service@shop.example>');
    for (const address of ['a@elsewhere.example', '"a@elsewhere.example"@shop.example', 'service%shop.example@elsewhere.example'])
      expect(await visitor.say(`RCPT TO:<${address}>`)).toMatch(/^5/);
    expect(await visitor.say('DATA')).toMatch(/^503/);
    expect(store.kept).toHaveLength(0);
  });

  it('says 451 while nothing can be stored, and nothing of the mail stays; when it comes again it is taken once', async () => {
    const { store, send, folder } = await house();
    store.before = () => {
      throw new Error('disk full');
    };
    const content = `Subject: large\r\n\r\n${'line of text\r\n'.repeat(40_000)}end`;
    expect((await send(content)).answer).toMatch(/^451/);
    expect(readdirSync(folder)).toEqual([]);
    store.before = () => {};
    expect((await send(content)).answer).toMatch(/^250/);
    // They did not hear that, and come again.
    expect((await send(content)).answer).toMatch(/^250/);
    expect(store.answers).toEqual(['kept', 'known']);
    expect(store.kept[0]?.text.length).toBeGreaterThan(500_000);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('knows a repeat by bytes and envelope, over midnight, and for a day', async () => {
    const clock = new VirtualClock(Date.UTC(2026, 10, 23, 23, 50));
    const { store, send } = await house({ clock });
    const report = 'Subject: nightly report\r\n\r\nall is well';
    await send(report);
    clock.advance(20 * 60_000);
    await send(report);
    await send(report, undefined, 'other@customer.example');
    await send(`${report}.`);
    clock.advance(24 * 3_600_000);
    await send(report);
    expect(store.answers).toEqual(['kept', 'known', 'kept', 'kept', 'kept']);
  });

  it('keeps nothing of a mail whose line breaks before the last dot', async () => {
    const { store, talk, folder, send } = await house();
    const visitor = await talk();
    await visitor.answer();
    for (const line of ['EHLO x.example', 'MAIL FROM:<a@b.example>', 'RCPT TO:<service@shop.example>', 'DATA']) await visitor.say(line);
    visitor.write(`Subject: half\r\n\r\n${'x'.repeat(600_000)}`);
    visitor.close();
    expect((await send('Subject: whole\r\n\r\nx')).answer).toMatch(/^250/);
    expect(store.kept.map(({ text }) => /Subject: (.*)\r/.exec(text)?.[1])).toEqual(['whole']);
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });

  it('does not take a dot between other line ends for the end of a mail (smuggling)', async () => {
    for (const end of ['\n.\n', '\n.\r\n', '\r.\r', '\r\n.\r', '\r\n.\n']) {
      const { store, send } = await house();
      const smuggled = `x${end}MAIL FROM:<boss@shop.example>\r\nRCPT TO:<service@shop.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nx`;
      const { answer } = await send(`Subject: outer\r\n\r\n${smuggled}`);
      expect(answer).toMatch(/^250/);
      expect(store.kept).toHaveLength(1);
    }
  });

  it('says 552 to what is too large, announced or not, and 554 to what goes round', async () => {
    const { store, send, talk } = await house({ limits: { mailBytes: 300_000 } });
    expect((await send(`Subject: large\r\n\r\n${'x'.repeat(600_000)}`)).answer).toMatch(/^552/);
    const visitor = await talk();
    await visitor.answer();
    await visitor.say('EHLO x.example');
    expect(await visitor.say('MAIL FROM:<a@b.example> SIZE=400000')).toMatch(/^552/);
    expect((await send(`${'Received: by somebody\r\n'.repeat(60)}Subject: loop\r\n\r\nx`)).answer).toMatch(/^554/);
    expect(store.kept).toHaveLength(0);
  });

  it('bears with no more than it has to of one address: connections, mails, strangers, silence', async () => {
    const { talk } = await house({ limits: { connections: 2, mailsPerSecond: 0.001, mailsAtOnce: 1, silenceMs: 300 } });
    const [one, two, three] = [await talk(), await talk(), await talk()];
    expect(await one.answer()).toMatch(/^220/);
    expect(await two.answer()).toMatch(/^220/);
    expect(await three.answer()).toMatch(/^421/);
    await one.say('EHLO x.example');
    expect(await one.say('MAIL FROM:<a@b.example>')).toMatch(/^250/);
    for (let i = 0; i < 10; i++) expect(await one.say(`RCPT TO:<guess${i}@shop.example>`)).toMatch(/^550/);
    expect(await one.say('RCPT TO:<guess@shop.example>')).toMatch(/^421/);
    await two.say('EHLO x.example');
    expect(await two.say('MAIL FROM:<a@b.example>')).toMatch(/^451/);
    expect(await two.answer()).toMatch(/^421/);
  });

  it('ends a connection that goes on for ever', async () => {
    const clock = new VirtualClock();
    const { talk } = await house({ clock });
    const visitor = await talk();
    await visitor.answer();
    await visitor.say('EHLO x.example');
    clock.advance(31 * 60_000);
    expect(await visitor.answer()).toBe('(closed)');
  });
});

describe('a certificate', () => {
  const never = new AbortController().signal;
  const yesterday = new Date(Date.now() - 24 * 3_600_000);
  const good = selfSigned();
  const cases = [
    ['that is good lets mail be sent over TLS', good, good.cert, null],
    ['that has expired lets none', selfSigned({ from: new Date(0), until: yesterday }), 'own', /has expired/],
    ['that nobody we know has signed lets none', good, selfSigned().cert, /signed by nobody we know/],
    ['for another name lets none', selfSigned({ names: ['mail.other.example'] }), 'own', /for another name/],
  ] as const;

  it.each(cases)('%s', async (_name, pair, authority, why) => {
    const { port, store } = await house({ certificate: { current: pair, onReplaced: () => ({ dispose() {} }) } });
    const written = writeMail(anOutgoingMail({ to: [{ address: 'service@shop.example', name: null }] }), [], 0);
    if (!written.ok) throw new Error(written.error);
    const server = { host: '127.0.0.1', port, security: 'startTls', credentials: null, ownName: 'customer.example' } as const;
    const certificateAuthority = authority === 'own' ? pair.cert : authority;
    const watched = { clock: systemClock, limits: handOverLimits, signal: never };
    const { outcome, trouble } = await handOver(written.value, { ...server, certificateAuthority }, watched);
    if (why === null) {
      expect(outcome.kind).toBe('taken');
      expect(store.kept[0]?.text).toMatch(/with ESMTPS id/);
      return;
    }
    expect(outcome.kind).toBe('notNow');
    expect(trouble?.why).toMatch(why);
    expect(store.kept).toHaveLength(0);
  });
});
