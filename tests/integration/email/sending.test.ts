import { afterEach, describe, expect, it } from 'vitest';
import type { LineReport } from '../../../cti-bridge/channels/email/line-states.ts';
import type { SmtpServer } from '../../../cti-bridge/channels/email/smtp/hand-over.ts';
import { MailSender } from '../../../cti-bridge/channels/email/smtp/mail-sender.ts';
import type { SendOutcome } from '../../../cti-bridge/interactions/index.ts';
import { type Clock, err, ok, type Result, silentLog, systemClock, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { anOutgoingFile, anOutgoingMail } from '../../support/outgoing-mail.ts';
import { Journal } from '../../support/scripted-phone/journal.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../../support/scripted-smtp.ts';

const never = new AbortController().signal;
const limits = { connectMs: 2_000, silenceMs: 2_000, wholeMs: 10_000 };
const ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

async function house(
  script: ScriptedSmtp['script'],
  changed: Partial<SmtpServer> = {},
  options: { clock?: Clock; limits?: typeof limits; server?: () => Result<SmtpServer, string> } = {},
) {
  const smtp = await startScriptedSmtp(script);
  ending.push(() => smtp.stop());
  const line = new Journal('line');
  const report: LineReport = {
    connecting: () => line.note('connecting'),
    up: () => line.note('up'),
    down: (why) => line.note(`down: ${why}`),
  };
  const server: SmtpServer = {
    host: '127.0.0.1',
    port: smtp.port,
    security: 'none',
    credentials: null,
    ownName: 'shop.example',
    ...changed,
  };
  const sender = new MailSender({
    server: options.server ?? (() => ok(server)),
    clock: options.clock ?? systemClock,
    log: silentLog,
    report,
    limits: options.limits ?? limits,
  });
  ending.push(() => sender.stop());
  return { smtp, sender, line, server };
}

describe('how sending a mail ends', () => {
  const broken = /closed the connection|broke the connection/;
  const cases: readonly [string, ScriptedSmtp['script'], SendOutcome['kind'], RegExp | null][] = [
    ['taken, with the place in the queue', {}, 'taken', null],
    ['not now, when the line breaks before the greeting', { greeting: 'drop' }, 'notNow', broken],
    ['not now, when it does not want to talk', { greeting: '554 go away' }, 'notNow', /554 go away/],
    ['not now, when the line breaks after EHLO', { ehlo: 'drop' }, 'notNow', broken],
    ['not now, when the line breaks after MAIL', { mail: 'drop' }, 'notNow', broken],
    ['not now, when the line breaks after RCPT', { rcpt: 'drop' }, 'notNow', broken],
    ['not now, when the line breaks after DATA and before 354', { data: 'drop' }, 'notNow', broken],
    ['unknown, when the line breaks within the content', { content: 'drop' }, 'unknown', broken],
    ['unknown, when the line breaks after the last dot and before 250', { dot: 'drop' }, 'unknown', broken],
    ['unknown, when the answer to the last dot is cut short', { dot: 'cut:250-on its\r\n25' }, 'unknown', null],
    ['unknown, when a refusal of the whole mail is cut short', { dot: 'cut:554 5' }, 'unknown', null],
    ['refused, when the sender is', { mail: '550 5.7.1 not you' }, 'refused', /^550 5\.7\.1 not you$/],
    ['not now, when the sender is put off', { mail: '451 later' }, 'notNow', /^451 later$/],
    ['not now, when the server wants another log-in', { mail: '530 5.7.0 authentication required' }, 'notNow', /authentication required/],
    ['refused, when nobody of that name is there', { rcpt: '550 5.1.1 no such user' }, 'refused', /no such user/],
    ['not now, when the recipient is put off', { rcpt: '450 greylisted' }, 'notNow', /greylisted/],
    ['refused, when the data is', { data: '554 no' }, 'refused', /^554 no$/],
    ['refused, when the whole mail is', { dot: '554 5.7.1 spam\r\n' }, 'refused', /spam/],
    ['not now, when the whole mail is put off', { dot: '452 4.3.1 full' }, 'notNow', /full/],
    ['not now, when the server closes down after the last dot', { dot: '421 closing' }, 'notNow', /closing/],
    ['refused, when it is larger than the server takes', { ehlo: '250-test\r\n250 SIZE 10' }, 'refused', /larger/],
  ];
  for (const pipelining of [false, true]) {
    it.each(cases)(`%s${pipelining ? ' (commands in one go)' : ''}`, async (_name, script, kind, why) => {
      const ehlo = script.ehlo ?? '250 test';
      const { smtp, sender } = await house({ ...script, ehlo: pipelining ? ehlo.replace('250', '250-PIPELINING\r\n250') : ehlo });
      const outcome = await sender.send(anOutgoingMail(), never);
      expect(outcome.kind).toBe(kind);
      if (why) expect('why' in outcome ? outcome.why : '').toMatch(why);
      if (kind === 'taken') expect(outcome).toEqual({ kind: 'taken', providerIds: ['4711'] });
      if (kind === 'notNow' && script.dot === undefined) expect(smtp.mails).toHaveLength(0);
    });
  }

  it('goes to nobody when one of several recipients is refused, so that nobody gets it twice', async () => {
    for (const ehlo of ['250 test', '250-test\r\n250 PIPELINING']) {
      const { smtp, sender } = await house({ ehlo, rcpt: (line) => (line.includes('gone@') ? '550 5.1.1 gone@ is gone' : '250 fine') });
      const to = ['one@a.example', 'gone@a.example'].map((address) => ({ address, name: null }));
      expect(await sender.send(anOutgoingMail({ to }), never)).toEqual({ kind: 'refused', why: 'gone@a.example: 550 5.1.1 gone@ is gone' });
      expect(smtp.mails).toHaveLength(0);
    }
  });

  it('is unknown when the server says nothing after the last dot, and not now when it says nothing before', async () => {
    const short = { ...limits, silenceMs: 100 };
    const after = await house({ dot: 'silence' }, {}, { limits: short });
    expect((await after.sender.send(anOutgoingMail(), never)).kind).toBe('unknown');
    const before = await house({ mail: 'silence' }, {}, { limits: short });
    expect(await before.sender.send(anOutgoingMail(), never)).toMatchObject({ kind: 'notNow', why: expect.stringMatching(/in time/) });
  });

  it('stopped: not now while nothing has left, unknown when something has', async () => {
    const before = await house({ mail: 'silence' });
    const stopBefore = new AbortController();
    const sending = before.sender.send(anOutgoingMail(), stopBefore.signal);
    const waiting = before.sender.send(anOutgoingMail(), stopBefore.signal);
    await before.smtp.journal.wait(/^MAIL/, 5_000);
    stopBefore.abort();
    expect([(await sending).kind, (await waiting).kind]).toEqual(['notNow', 'notNow']);
    const after = await house({ dot: 'silence' });
    const stopAfter = new AbortController();
    const onItsWay = after.sender.send(anOutgoingMail(), stopAfter.signal);
    await after.smtp.journal.wait('(dot)', 5_000);
    stopAfter.abort();
    expect((await onItsWay).kind).toBe('unknown');
  });

  it('is not now when a file of it cannot be opened, before anybody is asked; and unknown when it breaks on the way', async () => {
    const { smtp, sender } = await house({});
    const gone = anOutgoingFile(Buffer.from('x'), {
      // biome-ignore lint/correctness/useYield: it fails before
      async *open() {
        throw new Error('ENOENT');
      },
    });
    expect(await sender.send(anOutgoingMail({ files: [gone] }), never)).toMatchObject({
      kind: 'notNow',
      why: 'A file of it cannot be read.',
    });
    expect(smtp.journal.notes).toHaveLength(0);
    const torn = anOutgoingFile(Buffer.from('x'), {
      async *open() {
        yield Buffer.alloc(100_000);
        throw new Error('EIO');
      },
    });
    expect((await sender.send(anOutgoingMail({ files: [torn] }), never)).kind).toBe('unknown');
    expect(smtp.mails).toHaveLength(0);
  });
});

describe('a server that cannot be used', () => {
  it('is asked at most once a minute, however much is to be sent; then everything goes, in order, once', async () => {
    const clock = new VirtualClock();
    const { smtp, sender, line } = await house({ greeting: '421 out of service' }, {}, { clock });
    const connections = () => smtp.journal.notes.filter(({ what }) => what === '(connected)').length;
    expect((await sender.send(anOutgoingMail(), never)).kind).toBe('notNow');
    for (let minute = 1; minute <= 240; minute++) {
      const told = line.length;
      clock.advance(60_000);
      await line.wait(/down/, 5_000, told);
      if (minute % 40 !== 0) continue;
      // An impatient outbox.
      for (let i = 0; i < 20; i++) expect((await sender.send(anOutgoingMail(), never)).kind).toBe('notNow');
    }
    expect(connections()).toBe(241);
    smtp.script = {};
    clock.advance(60_000);
    await line.wait('up', 5_000);
    const ids = Array.from({ length: 5 }, (_, i) => `<m${i}@shop.example>`);
    const outcomes = await Promise.all(ids.map((internetMessageId) => sender.send(anOutgoingMail({ internetMessageId }), never)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(ids.map(() => 'taken'));
    expect(smtp.mails.map((mail) => /^Message-ID: (.*)$/m.exec(mail)?.[1]?.trim())).toEqual(ids);
  });

  it('that does not accept our password is asked less and less often, in the end each quarter of an hour', async () => {
    const clock = new VirtualClock();
    const credentials = { username: 'service', password: 'wrong' };
    const { smtp, sender, line } = await house({ auth: '535 5.7.8 bad credentials' }, { credentials }, { clock });
    sender.start();
    await line.wait(/does not accept the name service/, 5_000);
    expect(line.toString()).not.toContain('wrong');
    for (const [i, minutes] of [1, 2, 4, 8, 15, 15, 15].entries()) {
      clock.advance(minutes * 60_000 - 1);
      expect((await sender.send(anOutgoingMail(), never)).kind).toBe('notNow');
      expect(smtp.journal.notes.filter(({ what }) => what === '(connected)')).toHaveLength(i + 1);
      const told = line.length;
      clock.advance(1);
      await line.wait(/down/, 5_000, told);
    }
  });

  it('without STARTTLS gets neither mail nor password where it is asked for', async () => {
    const { smtp, sender } = await house({}, { security: 'startTls', credentials: { username: 'service', password: 'secret' } });
    expect(await sender.send(anOutgoingMail(), never)).toMatchObject({ kind: 'notNow' });
    expect(smtp.journal.has(/AUTH|MAIL|secret/)).toBe(false);
  });

  it('gets a token where the mailbox has one, and is told once that it is not accepted', async () => {
    const credentials = { username: 'service', password: 'ya29.token', isToken: true };
    const { smtp, sender } = await house({}, { credentials });
    expect((await sender.send(anOutgoingMail(), never)).kind).toBe('taken');
    const said = Buffer.from('user=service\x01auth=Bearer ya29.token\x01\x01').toString('base64');
    expect(smtp.journal.has(`AUTH XOAUTH2 ${said}`)).toBe(true);
    const refused = await house({ auth: '535 5.7.3 Authentication unsuccessful' }, { credentials });
    expect(await refused.sender.send(anOutgoingMail(), never)).toMatchObject({ kind: 'notNow', why: /does not accept the name service/ });
    expect(refused.smtp.journal.notes.filter(({ what }) => what.startsWith('AUTH')).length).toBe(1);
  });

  it('says why its password cannot be had', async () => {
    const { sender, line } = await house({}, {}, { server: () => err('The environment variable MAIL_PASSWORD is not set.') });
    expect(await sender.send(anOutgoingMail(), never)).toMatchObject({ kind: 'notNow', why: /MAIL_PASSWORD/ });
    expect(line.has(/MAIL_PASSWORD/)).toBe(true);
  });
});
