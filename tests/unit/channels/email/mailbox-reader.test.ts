import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { MailboxReader } from '../../../../cti-bridge/channels/email/imap/mailbox-reader.ts';
import { LineStates } from '../../../../cti-bridge/channels/email/line-states.ts';
import { Spool } from '../../../../cti-bridge/channels/email/spool.ts';
import { ok, silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { ArrivalsInMemory, MailboxInMemory } from '../../../support/mailbox-in-memory.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const mailboxId = 'service';
const running: MailboxReader[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((reader) => reader.stop()));
});

function house() {
  const clock = new VirtualClock();
  const server = new MailboxInMemory(clock);
  const store = new ArrivalsInMemory();
  const lines = new LineStates(clock);
  const begin = () => {
    const reader = new MailboxReader({
      mailboxId,
      server: () => ok(server),
      arrivals: store,
      marks: store,
      spool: new Spool('/nowhere'),
      clock,
      log: silentLog,
      report: lines.report(mailboxId, 'in'),
      mailBytes: 10_000,
    });
    running.push(reader);
    reader.start();
    return reader;
  };
  const texts = () => store.kept.map(({ text }) => text);
  const unread = () => server.mails.filter(({ isRead }) => !isRead).map(({ content }) => content);
  return { clock, server, store, lines, begin, texts, unread };
}

const mail = (name: string) => `Subject: ${name}\n\n${name}`;
const mails = (...names: readonly string[]) => names.map(mail);

describe('taking in a mailbox', () => {
  it('keeps what arrives in its order, then marks it, then shows that it is taken', async () => {
    const { clock, server, store, lines, begin, texts, unread } = house();
    begin();
    await clock.run(0);
    expect(lines.states()).toEqual([{ sourceId: mailboxId, state: 'up', why: null, since: clock.now() }]);
    for (const name of ['1', '2', '3', '4', '5']) server.deliver(mail(name), { receivedAt: Number(name) });
    await clock.run(0);
    expect(texts()).toEqual(mails('1', '2', '3', '4', '5'));
    expect(store.kept[0]).toMatchObject({
      channel: 'email',
      sourceId: mailboxId,
      receivedAt: 1,
      envelope: { from: null, to: [], fileName: null },
    });
    expect(store.marks.get(mailboxId)).toEqual({ uidValidity: '1', lastUid: 5 });
    expect(unread()).toEqual([]);
    expect(server.openedAt).toHaveLength(1);
  });

  it('looks for itself where the server tells nothing', async () => {
    const { clock, server, begin, texts } = house();
    begin();
    await clock.run(0);
    server.mails.push({ uid: server.uidNext++, content: mail('untold'), bytes: 10, receivedAt: 0, isRead: false });
    await clock.run(5 * minuteMs);
    expect(texts()).toEqual(mails('untold'));
  });

  it('takes of a mailbox that it never saw what nobody has read, of the last 30 days', async () => {
    const { clock, server, begin, texts } = house();
    server.deliver(mail('old'), { receivedAt: clock.now() - 40 * dayMs });
    server.deliver(mail('read'), { isRead: true });
    server.deliver(mail('waiting'), { receivedAt: clock.now() - 3 * dayMs });
    begin();
    await clock.run(0);
    server.deliver(mail('new'));
    await clock.run(0);
    expect(texts()).toEqual(mails('waiting', 'new'));
  });

  it('takes nothing again when the server numbers its messages anew, not even where it forgot what was read', async () => {
    for (const forgets of [false, true]) {
      const { clock, server, store, begin, texts } = house();
      begin();
      await clock.run(0);
      server.deliver(mail('old and read'), { isRead: true });
      server.deliver(mail('one'));
      server.deliver(mail('two'));
      await clock.run(0);
      server.renumber();
      if (forgets) for (const each of server.mails) each.isRead = false;
      server.deliver(mail('while we were away'));
      await clock.run(2 * minuteMs);
      server.deliver(mail('later'));
      await clock.run(0);
      expect(texts()).toEqual(mails('old and read', 'one', 'two', 'while we were away', 'later'));
      expect(store.marks.get(mailboxId)).toEqual({ uidValidity: '2', lastUid: 104 });
    }
  });

  it('keeps two mails of one Message-ID whose text is not the same', async () => {
    const { clock, server, begin, texts } = house();
    begin();
    await clock.run(0);
    const twins = ['one', 'two'].map((text) => `Message-ID: <same@x>\n\n${text}`);
    for (const twin of twins) server.deliver(twin);
    await clock.run(0);
    expect(texts()).toEqual(twins);
  });

  it('leaves in the mailbox what is too large, and keeps a note with its header', async () => {
    const { clock, server, begin, texts, unread } = house();
    begin();
    await clock.run(0);
    const large = `Subject: plans\nContent-Type: multipart/mixed; boundary=x\nMIME-Version: 1.0\nFrom: a@b.example\n\n${'x'.repeat(20_000)}`;
    server.deliver(large);
    server.deliver(`Subject: lies about its size\n\n${'y'.repeat(20_000)}`, { bytes: 10 });
    server.deliver(mail('small'));
    await clock.run(0);
    expect(unread()).toHaveLength(2);
    const [note, lying, small] = texts();
    expect(note).toMatch(
      /^Subject: plans\r\nFrom: a@b\.example\r\nX-Crosspoint-Left-Out: tooLarge\r\nMIME-Version: 1\.0\r\nContent-Type: text\/plain/,
    );
    expect(note).toMatch(/larger than what is taken in here[\s\S]*超过接收上限/);
    expect(lying).toMatch(/^Subject: lies/);
    expect(small).toBe(mail('small'));
  });

  it('is not held up by a mail that cannot be read: after three attempts a note takes its place', async () => {
    const { clock, server, begin, texts } = house();
    begin();
    await clock.run(0);
    server.before = (step, uid) => {
      if (uid === 2 && (step === 'read' || step === 'readHeader')) throw new Error('cannot read that');
    };
    for (const name of ['1', '2', '3']) server.deliver(mail(name));
    await clock.run(2 * minuteMs);
    expect(texts()).toEqual(mails('1'));
    await clock.run(2 * minuteMs);
    expect(texts()).toHaveLength(3);
    expect(texts()[1]).toMatch(/could not be read from the mailbox/);
  });
});

describe('when something is not there', () => {
  it('asks a server that is down for four hours once a minute, and then takes all in, in order, once', async () => {
    const { clock, server, lines, begin, texts } = house();
    begin();
    await clock.run(0);
    server.trouble = { why: 'Nothing listens on mail.example:993.', isLogin: false };
    server.breakOff();
    const names: string[] = [];
    for (let quarter = 0; quarter < 16; quarter++) {
      await clock.run(15 * minuteMs);
      names.push(`q${quarter}`);
      server.deliver(mail(`q${quarter}`));
    }
    expect(lines.states()).toMatchObject([{ state: 'down', why: 'Nothing listens on mail.example:993.' }]);
    expect(server.openedAt.length).toBeGreaterThan(230);
    server.trouble = null;
    await clock.run(minuteMs);
    expect(texts()).toEqual(mails(...names));
    expect(lines.states()).toMatchObject([{ state: 'up', why: null }]);
    const apart = server.openedAt.slice(1).map((at, i) => at - (server.openedAt[i] ?? 0));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(minuteMs);
  });

  it('opens a connection that stood for long again at once, and one that falls at once only after a minute', async () => {
    const { clock, server, begin } = house();
    begin();
    await clock.run(10 * minuteMs);
    server.breakOff();
    await clock.run(1_000);
    expect(server.openedAt).toHaveLength(2);
    for (let i = 0; i < 10; i++) {
      server.breakOff();
      await clock.run(5_000);
    }
    expect(server.openedAt).toHaveLength(2);
  });

  it('tries a wrong password less and less often', async () => {
    const { clock, server, begin } = house();
    server.trouble = { why: 'wrong', isLogin: true };
    begin();
    await clock.run(2 * 60 * minuteMs);
    const apart = server.openedAt.slice(1).map((at, i) => (at - (server.openedAt[i] ?? 0)) / minuteMs);
    expect(apart).toEqual([1, 2, 4, 8, 15, 15, 15, 15, 15, 15, 15]);
  });

  it('leaves what cannot be stored unread in the mailbox, says so, and takes it when it can, without asking the server anew', async () => {
    const { clock, server, store, lines, begin, texts, unread } = house();
    begin();
    await clock.run(0);
    store.before = () => {
      throw new Error('disk full');
    };
    for (const name of ['1', '2']) server.deliver(mail(name));
    await clock.run(10 * minuteMs);
    expect(unread()).toEqual(mails('1', '2'));
    expect(lines.states()).toMatchObject([{ state: 'down', why: expect.stringMatching(/cannot be stored/) }]);
    store.before = () => {};
    await clock.run(minuteMs);
    expect(texts()).toEqual(mails('1', '2'));
    expect(unread()).toEqual([]);
    expect(server.openedAt).toHaveLength(1);
    expect(lines.states()).toMatchObject([{ state: 'up' }]);
  });

  it('does not wait for ever for a store that says nothing, and gives it nothing when it comes too late', async () => {
    const { clock, server, store, lines, begin, texts } = house();
    begin();
    await clock.run(0);
    const keep = store.keep.bind(store);
    const late: (() => Promise<unknown>)[] = [];
    store.keep = (arrival) => {
      late.push(() => keep(arrival));
      return new Promise(() => {});
    };
    server.deliver(mail('1'));
    await clock.run(2 * minuteMs);
    expect(lines.states()).toMatchObject([{ state: 'down' }]);
    store.keep = keep;
    await expect(late[0]?.()).rejects.toThrow(/no longer/);
    server.deliver(mail('2'));
    await clock.run(minuteMs);
    expect(texts()).toEqual(mails('1', '2'));
    expect(store.answers).toEqual(['kept', 'kept']);
  });

  it('killed between any two steps, keeps each mail once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (kills, renumbers) => {
          const { clock, server, store, begin, texts } = house();
          let left = Number.POSITIVE_INFINITY;
          // Everything after the kill fails: the process is no more.
          const step = () => {
            if (left-- <= 0) throw new Error('killed');
          };
          server.before = step;
          store.before = step;
          store.after = step;
          const names: string[] = [];
          const deliver = () => {
            const name = String(names.length);
            names.push(name);
            server.deliver(mail(name));
          };
          deliver();
          for (const kill of kills) {
            left = kill;
            const reader = begin();
            await clock.run(0);
            deliver();
            await clock.run(0);
            deliver();
            await clock.run(0);
            await reader.stop();
            server.breakOff();
          }
          if (renumbers) server.renumber();
          left = Number.POSITIVE_INFINITY;
          begin();
          await clock.run(minuteMs);
          expect(texts()).toEqual(mails(...names));
        },
      ),
      { numRuns: 40 },
    );
  });
});
