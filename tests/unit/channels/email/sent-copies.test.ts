import { expect, test } from 'vitest';
import { SentCopies, type SentFolder } from '../../../../cti-bridge/channels/email/imap/sent-copies.ts';
import type { LineTrouble } from '../../../../cti-bridge/channels/email/line-trouble.ts';
import { err, ok, silentLog, systemClock, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { hours, minutes } from '../../../../shared/duration.ts';
import { anOutgoingMail } from '../../../support/outgoing-mail.ts';

/** A folder that takes copies, or says why it does not. */
function stage(clock: VirtualClock) {
  const said: { trouble: LineTrouble | null } = { trouble: null };
  const tried: { readonly id: string; readonly at: number }[] = [];
  const notes: (string | null)[] = [];
  let wake = () => {};
  const folder: SentFolder = {
    async append(content) {
      tried.push({ id: /^Message-ID: (.*)\r$/m.exec(content.toString())?.[1] ?? '', at: clock.now() });
      return said.trouble;
    },
  };
  const note = (why: string | null) => {
    notes.push(why);
    wake();
  };
  const copies = new SentCopies({ mailboxId: 'service', folder: () => ok(folder), clock, log: silentLog, note });
  /** A mail is written by streams, which take their own turns. */
  const noted = (count: number) =>
    new Promise<void>((resolve) => {
      wake = () => notes.length >= count && resolve();
      wake();
    });
  return { copies, said, tried, notes, noted };
}

test('lays a copy of each mail into the folder, one after the other', async () => {
  const clock = new VirtualClock();
  const { copies, tried, noted } = stage(clock);
  for (const id of ['<one@shop.example>', '<two@shop.example>']) copies.keep(anOutgoingMail({ internetMessageId: id }), 0);
  await noted(2);
  expect(tried.map(({ id }) => id)).toEqual(['<one@shop.example>', '<two@shop.example>']);
  await copies.stop();
});

test('says why there is no copy until there is one, tries again for a while, and leaves no timer', async () => {
  const clock = new VirtualClock();
  const { copies, said, tried, notes, noted } = stage(clock);
  said.trouble = { why: 'The folder is full.', isLogin: false };
  copies.keep(anOutgoingMail(), 0);
  await noted(1);
  expect(notes).toEqual(['The folder is full.']);
  for (const [index, pause] of [minutes(1), minutes(10), hours(1)].entries()) {
    await clock.run(pause);
    await noted(index + 2);
  }
  await clock.run(hours(24));
  expect(tried).toHaveLength(4);
  said.trouble = null;
  copies.keep(anOutgoingMail(), 0);
  await noted(5);
  expect(notes.at(-1)).toBeNull();
  await copies.stop();
  expect(clock.pending).toBe(0);
});

test('is stopped while it waits to try again, and says how many copies there will never be', async () => {
  const warned: unknown[] = [];
  const log = { ...silentLog, warn: (...said: unknown[]) => void warned.push(said) };
  const notes: (string | null)[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const copies = new SentCopies({
    ...{ mailboxId: 'service', clock: systemClock, log, folder: () => err('MAIL_PASSWORD is not set.') },
    note: (why) => {
      notes.push(why);
      resolve();
    },
  });
  copies.keep(anOutgoingMail(), 0);
  copies.keep(anOutgoingMail(), 0);
  await promise;
  await copies.stop();
  expect(notes).toEqual(['MAIL_PASSWORD is not set.', null]);
  expect(warned.at(-1)).toEqual(['mail:copiesGivenUp', { mailbox: 'service', count: 2 }]);
});
