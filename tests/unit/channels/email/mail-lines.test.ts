import { expect, test } from 'vitest';
import { MailLines, Spool } from '../../../../cti-bridge/channels/email/index.ts';
import { err, silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { MailboxConfiguration } from '../../../../shared/contracts/messages/settings.ts';
import { ArrivalsInMemory } from '../../../support/mailbox-in-memory.ts';
import { anOutgoingMail } from '../../../support/outgoing-mail.ts';

const never = new AbortController().signal;
const service: MailboxConfiguration = {
  id: 'service',
  name: { en: 'Service', zh: '服务' },
  address: 'Service@shop.example',
  sender: { en: 'Shop', zh: '商店' },
  queue: 'mail',
  kind: 'mail',
  incoming: null,
  outgoing: null,
  signature: { en: '', zh: '' },
  autoReply: null,
};
const server = { host: 'mail.example', port: 25, security: 'none', username: 'service', password: { env: 'MAIL_PASSWORD' } } as const;

function house(clock = new VirtualClock()) {
  const store = new ArrivalsInMemory();
  const resolveSecret = () => err('The environment variable MAIL_PASSWORD is not set.');
  return new MailLines({
    resolveSecret,
    arrivals: store,
    marks: store,
    spool: new Spool('/nowhere'),
    clock,
    log: silentLog,
    mailBytes: 1_000,
  });
}

test('knows the address of a mailbox in whatever case and with whatever detail, and no other', () => {
  const lines = house();
  lines.configure([service]);
  for (const address of ['service@shop.example', 'SERVICE@Shop.Example', 'service+4711@shop.example', 'service+a+b@shop.example'])
    expect(lines.mailboxOf(address)).toBe('service');
  for (const address of ['services@shop.example', '+service@shop.example', 'service@other.example', 'service@shop.example+x', ''])
    expect(lines.mailboxOf(address)).toBeNull();
  lines.configure([]);
  expect(lines.mailboxOf('service@shop.example')).toBeNull();
});

test('refuses to send from a mailbox that cannot send, or that is none', async () => {
  const lines = house();
  lines.configure([service]);
  for (const mailboxId of ['service', 'nobody'])
    expect(await lines.send(anOutgoingMail({ mailboxId }), never)).toEqual({
      kind: 'refused',
      why: 'Nothing can be sent from this mailbox.',
    });
});

test('says which password is missing, of both directions; a mailbox that is taken away is no longer told of, and leaves no timer', async () => {
  const clock = new VirtualClock();
  const lines = house(clock);
  const both = { ...service, incoming: { ...server, folder: 'INBOX' }, outgoing: server };
  lines.configure([both]);
  await clock.run(0);
  expect(lines.states()).toMatchObject([
    { sourceId: 'service', state: 'down', why: expect.stringMatching(/MAIL_PASSWORD.*to send.*MAIL_PASSWORD/) },
  ]);
  expect(await lines.send(anOutgoingMail({ mailboxId: 'service' }), never)).toMatchObject({ kind: 'notNow', retryAfterMs: 60_000 });
  lines.configure([{ ...both, outgoing: null }]);
  await clock.run(0);
  expect(lines.states()[0]?.why).not.toMatch(/to send/);
  lines.configure([]);
  await clock.run(0);
  expect(lines.states()).toEqual([]);
  expect(clock.pending).toBe(0);
  await lines.stop();
});
