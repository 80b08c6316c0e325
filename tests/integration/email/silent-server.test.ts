import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImapServer } from '../../../cti-bridge/channels/email/imap/imap-server.ts';
import { MailboxReader } from '../../../cti-bridge/channels/email/imap/mailbox-reader.ts';
import { Spool } from '../../../cti-bridge/channels/email/index.ts';
import { ok, silentLog, systemClock, VirtualClock, withTimeLimit } from '../../../cti-bridge/kernel/index.ts';
import { ArrivalsInMemory } from '../../support/mailbox-in-memory.ts';
import { type ScriptedImap, startScriptedImap } from '../../support/scripted-imap.ts';
import { Journal } from '../../support/scripted-phone/journal.ts';

const minuteMs = 60_000;
const clock = new VirtualClock();
let imap: ScriptedImap;
let line: Journal;
let reader: MailboxReader;

beforeEach(async () => {
  imap = await startScriptedImap();
  line = new Journal('line');
  const store = new ArrivalsInMemory();
  const settings = { host: '127.0.0.1', port: imap.port, security: 'none', username: 'service', password: 'x', folder: 'INBOX' } as const;
  reader = new MailboxReader({
    mailboxId: 'service',
    server: () => ok(new ImapServer(settings, clock)),
    arrivals: store,
    marks: store,
    spool: new Spool(join(tmpdir(), 'crosspoint-unused')),
    clock,
    log: silentLog,
    report: { connecting: () => {}, up: () => line.note('up'), down: (why) => line.note(`down: ${why}`) },
    mailBytes: 1_000,
  });
});

afterEach(async () => {
  await reader.stop();
  await imap.stop();
});

const connections = () => imap.journal.notes.filter(({ what }) => what === '(connected)').length;

describe('a mail server that falls silent', () => {
  it('while it should tell of mail, is found out within five minutes, and asked again', async () => {
    reader.start();
    await imap.journal.wait('IDLE', 5_000);
    await line.wait('up', 5_000);
    imap.isSilent = true;
    clock.advance(4 * minuteMs);
    await imap.journal.wait('DONE', 5_000);
    clock.advance(minuteMs);
    await line.wait(/^down: .* does not answer in time/, 5_000);
    imap.isSilent = false;
    const told = line.length;
    clock.advance(minuteMs);
    await line.wait('up', 5_000, told);
    expect(connections()).toBe(2);
  });

  it('before it has said a word, is left after a minute', async () => {
    imap.isSilent = true;
    reader.start();
    await imap.journal.wait('(connected)', 5_000);
    clock.advance(minuteMs);
    await line.wait(/^down: .* does not answer in time/, 5_000);
    expect(connections()).toBe(1);
    clock.advance(1_000);
    await expect.poll(connections).toBe(2);
    // Nobody who stops waits for it.
    await expect(withTimeLimit(systemClock, 5_000, 'stopping', reader.stop())).resolves.toBeUndefined();
  });

  it('because it cannot tell of mail at all, is asked each minute', async () => {
    imap.capabilities = 'IMAP4rev1';
    reader.start();
    await line.wait('up', 5_000);
    for (let minute = 0; minute < 3; minute++) {
      const [said, told] = [imap.journal.length, line.length];
      clock.advance(minuteMs);
      await imap.journal.wait(/^UID SEARCH/, 5_000, said);
      await line.wait('up', 5_000, told);
    }
    expect(imap.journal.has('IDLE')).toBe(false);
  });
});
