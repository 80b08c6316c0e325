import { expect, test } from 'vitest';
import { mailboxFor, ownSources } from '../../../../cti-bridge/flows/messages/sources.ts';
import { demoWrittenContacts } from '../../../../cti-bridge/store/seed/written-contacts.ts';
import type { MailboxConfiguration } from '../../../../shared/contracts/messages/settings.ts';

const [demo] = demoWrittenContacts(true).mailboxes;
if (!demo) throw new Error('The demo has no mailbox.');
const server = { host: 'mail', port: 25, security: 'none', username: null, password: null } as const;
const box = (id: string, more: Partial<MailboxConfiguration> = {}): MailboxConfiguration => ({
  ...demo,
  ...{ id, address: `${id}@house.example`, kind: 'mail', outgoing: server },
  ...more,
});

test('a mail goes from the mailbox that was written to, and from the first that can send where that cannot', () => {
  const [care, billing, quiet, fax] = [box('care'), box('billing'), box('quiet', { outgoing: null }), box('fax', { kind: 'fax' })];
  const all = [quiet, care, billing, fax];
  expect(mailboxFor('billing', all)).toBe(billing);
  expect(mailboxFor('fax', all)).toBe(care);
  expect(mailboxFor('quiet', all)).toBe(care);
  expect(mailboxFor('gone', all)).toBe(care);
  // Nothing can be sent at all: the outbox says so of a mailbox that is theirs.
  expect(mailboxFor('quiet', [quiet, fax])).toBe(quiet);
  expect(mailboxFor('gone', [])).toBeUndefined();
});

test('an agent is told of every address of ours, and from which of them they can write', () => {
  const { smsLines } = demoWrittenContacts(true);
  const sources = ownSources({ mailboxes: [box('care'), box('fax', { kind: 'fax' })], smsLines });
  expect(sources).toMatchObject([
    { id: 'care', channel: 'email', address: 'care@house.example', sends: true },
    { id: 'fax', channel: 'email', sends: false },
    ...smsLines.map(({ id, number }) => ({ id, channel: 'sms', address: number, sends: true })),
  ]);
  expect(JSON.stringify(sources)).not.toContain('password');
});
