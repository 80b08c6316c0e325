import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MailLines, Spool } from '../../../cti-bridge/channels/email/index.ts';
import { MailIntake } from '../../../cti-bridge/channels/email/intake/mail-intake.ts';
import { type Clock, ok, silentLog, systemClock, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { MailboxConfiguration } from '../../../shared/contracts/messages/settings.ts';
import { Dovecot } from '../../support/dovecot.ts';
import { ArrivalsInMemory } from '../../support/mailbox-in-memory.ts';
import { anOutgoingFile, anOutgoingMail } from '../../support/outgoing-mail.ts';
import { Postfix } from '../../support/postfix.ts';
import { Journal } from '../../support/scripted-phone/journal.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { SmtpTalk } from '../../support/smtp-talk.ts';

/**
 * With Debian's servers, as a house has them:
 *
 *     customer ──SMTP──▶ postfix ──LMTP──▶ dovecot ──IMAP IDLE──▶ mail lines ──▶ what arrives
 *     customer's server (here: our own intake) ◀──SMTP── postfix ◀──SMTP── mail lines
 */
const certificate = selfSigned();
const never = new AbortController().signal;
const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), 'crosspoint-mail-'));
const customers = new ArrivalsInMemory();
const customersJournal = new Journal('customer');
let dovecot: Dovecot;
let postfix: Postfix;
let customer: MailIntake;

beforeAll(async () => {
  if (!isRoot) return;
  customers.after = () => customersJournal.note(`got ${customers.kept.length}`);
  customer = new MailIntake({
    host: '127.0.0.1',
    port: 0,
    ownName: 'mail.customer.example',
    mailboxOf: (address) => (address.endsWith('@customer.example') ? 'customer' : null),
    arrivals: customers,
    spool: new Spool(join(folder, 'customer')),
    clock: systemClock,
    log: silentLog,
  });
  const { port: customerPort } = await customer.start();
  dovecot = await Dovecot.start({ certificate });
  postfix = await Postfix.start({ certificate, lmtpPort: dovecot.ports.lmtp, customerPort });
});

afterAll(async () => {
  await Promise.all([postfix?.dispose(), dovecot?.dispose(), customer?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

/** A mailbox of its own for each test, in `tls` unless it says otherwise. */
function mailbox(
  name: string,
  changed: { security?: 'tls' | 'startTls' | 'none'; password?: string; folder?: string } = {},
): MailboxConfiguration {
  const { security = 'tls', folder: imapFolder = 'INBOX', password = 'PASSWORD' } = changed;
  const texts = { en: '', zh: '' };
  return {
    id: name,
    name: { en: name, zh: name },
    address: `${name}@shop.example`,
    sender: { en: 'Shop', zh: '商店' },
    queue: 'mail',
    kind: 'mail',
    incoming: {
      host: '127.0.0.1',
      port: security === 'tls' ? dovecot.ports.imaps : dovecot.ports.imap,
      security,
      username: `${name}@shop.example`,
      password: { env: password },
      folder: imapFolder,
    },
    outgoing: { host: '127.0.0.1', port: postfix.port, security: 'startTls', username: null, password: null },
    signature: texts,
    autoReply: null,
  };
}

function house(
  mailboxes: readonly MailboxConfiguration[],
  { clock = systemClock, authority = certificate.cert }: { clock?: Clock; authority?: string } = {},
) {
  const store = new ArrivalsInMemory();
  const journal = new Journal('house');
  const lines = new MailLines({
    resolveSecret: (reference) => ok('env' in reference && reference.env === 'PASSWORD' ? dovecot.password : 'not the password'),
    arrivals: store,
    marks: store,
    spool: new Spool(join(folder, 'house')),
    clock,
    log: silentLog,
    mailBytes: 30_000_000,
    certificateAuthority: authority,
  });
  store.after = (what) => what === 'keep' && journal.note(`kept ${store.answers.length}`);
  lines.onChanged(({ sourceId, state, why }) => journal.note(`${sourceId} ${state} ${why ?? ''}`.trim()));
  lines.configure(mailboxes);
  const stop = () => lines.stop();
  ending.push(stop);
  return { lines, store, journal, stop };
}

/** A customer's mail, handed to postfix. */
async function write(to: string, subject: string, text = 'Hello'): Promise<void> {
  const talk = await SmtpTalk.open(postfix.port);
  await talk.answer();
  await talk.say('EHLO customer.example');
  await talk.say('MAIL FROM:<mei@customer.example>');
  await talk.say(`RCPT TO:<${to}@shop.example>`);
  await talk.say('DATA');
  expect(await talk.say(`From: mei@customer.example\r\nSubject: ${subject}\r\n\r\n${text}\r\n.`)).toMatch(/^250/);
  await talk.say('QUIT');
  talk.close();
}

const subjects = (store: ArrivalsInMemory) => store.kept.map(({ text }) => /^Subject: (.*)\r$/m.exec(text)?.[1]);

describe('mail through dovecot and postfix', () => {
  beforeEach((context) => {
    if (!isRoot) context.skip('postfix and dovecot have to be started by root');
  });

  it('comes in as soon as it is there, byte for byte and in its order, and is shown as read', async () => {
    const { store, journal } = house([mailbox('idle')]);
    await journal.wait('idle up', 10_000);
    const long =
      '长长的一行 '
        .repeat(100_000)
        .match(/.{1,150}/g)
        ?.join('\r\n') ?? '';
    await write('idle', 'first', long);
    await journal.wait('kept 1', 10_000);
    await write('idle', 'second');
    await journal.wait('kept 2', 10_000);
    expect(subjects(store)).toEqual(['first', 'second']);
    expect(store.kept[0]?.text.endsWith(`\r\n\r\n${long}\r\n`)).toBe(true);
    // A second look finds nothing that was not read.
    await expect.poll(() => store.marks.get('idle')?.lastUid).toBe(2);
    const again = house([mailbox('idle', { security: 'startTls' })]);
    await again.journal.wait('idle up', 10_000);
    expect(again.store.kept).toHaveLength(0);
  });

  it('goes out over STARTTLS to postfix and from there to the customer, as it was written', async () => {
    const { lines, journal } = house([mailbox('out')]);
    await journal.wait('out up', 10_000);
    const page = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256));
    const files = [anOutgoingFile(page, { name: '发票.pdf', mediaType: 'application/pdf' })];
    const outcome = await lines.send(anOutgoingMail({ mailboxId: 'out', html: '<p>已发出</p>', text: '已发出', files }), never);
    expect(outcome).toEqual({ kind: 'taken', providerIds: [expect.stringMatching(/^\w{6,}$/)] });
    await customersJournal.wait('got 1', 10_000);
    const got = await PostalMime.parse(customers.kept[0]?.text ?? '');
    expect(got).toMatchObject({ messageId: '<one@shop.example>', to: [{ name: '陈美' }], attachments: [{ filename: '发票.pdf' }] });
    expect(Buffer.from((got.attachments[0]?.content ?? new ArrayBuffer()) as ArrayBuffer).equals(page)).toBe(true);
    expect(customers.kept[0]?.envelope.from).toBe('service@shop.example');
    // Colleagues see it in the mailbox, byte for byte as it left.
    await expect.poll(() => dovecot.mailsIn('out@shop.example', 'Sent').length, { timeout: 10_000 }).toBe(1);
    const [copy] = dovecot.mailsIn('out@shop.example', 'Sent');
    expect(copy?.flags).toBe('S');
    expect((await PostalMime.parse(copy?.text ?? '')).messageId).toBe('<one@shop.example>');
    expect(lines.notes()).toEqual([]);
    const automatic = anOutgoingMail({ mailboxId: 'out', isAutomatic: true, internetMessageId: '<two@shop.example>' });
    expect((await lines.send(automatic, never)).kind).toBe('taken');
    await customersJournal.wait('got 2', 10_000);
    expect(customers.kept[1]?.envelope.from).toBe('');
    const gone = anOutgoingMail({ mailboxId: 'out', to: [{ address: 'gone@customer.example', name: null }] });
    expect(await lines.send(gone, never)).toEqual({ kind: 'refused', why: expect.stringMatching(/nobody of that name/) });
  });

  it('that could not be stored stays there unread, and is taken in by the next run', async () => {
    const first = house([mailbox('stored')]);
    await first.journal.wait('stored up', 10_000);
    first.store.before = () => {
      first.journal.note('cannot store');
      throw new Error('disk full');
    };
    await write('stored', 'one');
    await first.journal.wait('cannot store', 10_000);
    await write('stored', 'two');
    await first.stop();
    const next = house([mailbox('stored')]);
    await next.journal.wait('kept 2', 10_000);
    expect(subjects(next.store)).toEqual(['one', 'two']);
  });

  it('is not taken in again where the server numbers it anew', async () => {
    const { store, journal, stop } = house([mailbox('anew')]);
    await journal.wait('anew up', 10_000);
    for (const subject of ['one', 'two']) await write('anew', subject);
    await journal.wait('kept 2', 10_000);
    await expect.poll(() => store.marks.get('anew')?.lastUid).toBe(2);
    const before = store.marks.get('anew')?.uidValidity;
    await stop();
    dovecot.forgetNumbers('anew@shop.example');
    await write('anew', 'three');
    const next = house([mailbox('anew')]);
    Object.assign(next.store, { kept: store.kept, marks: store.marks });
    await expect.poll(() => subjects(store), { timeout: 10_000 }).toEqual(['one', 'two', 'three']);
    await expect.poll(() => store.marks.get('anew')?.uidValidity, { timeout: 10_000 }).not.toBe(before);
    await write('anew', 'four');
    await next.journal.wait(/^kept/, 10_000, next.journal.length);
    expect(subjects(store)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('says in plain words why it cannot come: password, folder, certificate', async () => {
    const { journal, lines } = house([mailbox('wrong', { password: 'OTHER' }), mailbox('folder', { folder: 'Tickets' })]);
    await journal.wait(/^wrong down .*does not accept the name wrong@shop\.example with its password/, 10_000);
    await journal.wait(/^folder down folder@shop\.example has no folder Tickets/, 10_000);
    const stranger = house([mailbox('tls'), mailbox('upgraded', { security: 'startTls' })], { authority: selfSigned().cert });
    for (const name of ['tls', 'upgraded'])
      await stranger.journal.wait(new RegExp(`^${name} down The certificate of 127\\.0\\.0\\.1:\\d+ is signed by nobody we know`), 10_000);
    expect(JSON.stringify(lines.states())).not.toContain('not the password');
    // Mended, it works at once, and the mailbox that is no more is no trouble.
    lines.configure([mailbox('wrong')]);
    await journal.wait('wrong up', 10_000);
    await expect.poll(() => lines.states().map(({ sourceId }) => sourceId)).toEqual(['wrong']);
  });

  it('waits while its server is killed, for as long as that takes, and comes in when it is back', async () => {
    const clock = new VirtualClock();
    const { store, journal } = house([mailbox('killed')], { clock });
    await journal.wait('killed up', 10_000);
    await write('killed', 'before');
    await journal.wait('kept 1', 10_000);
    await dovecot.kill();
    await journal.wait(/^killed down/, 10_000);
    clock.advance(59_000);
    await dovecot.run();
    await write('killed', 'after');
    clock.advance(1_000);
    await journal.wait('kept 2', 10_000);
    expect(subjects(store)).toEqual(['before', 'after']);
  });
});
