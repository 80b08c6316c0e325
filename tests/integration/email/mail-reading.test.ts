import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MailReading, type MailReadingParts } from '../../../cti-bridge/channels/email/read/index.ts';
import { silentLog, systemClock, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import { encodeAs, filePart, multipartMail, plainPart, textMail } from '../../support/made-mail.ts';

const megabyte = 1024 * 1024;
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'crosspoint-mail-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let reading: MailReading | null = null;
afterEach(() => reading?.stop());

function readingWith(parts: Partial<MailReadingParts> = {}) {
  const made = (reading = new MailReading({ clock: systemClock, log: silentLog, ...parts }));
  let count = 0;
  return (raw: Uint8Array | string, signal = new AbortController().signal) => {
    const name = `mail-${++count}`;
    const file = typeof raw === 'string' ? raw : join(folder, name);
    if (typeof raw !== 'string') writeFileSync(file, raw);
    return made.read(file, join(folder, `${name}-files`), signal);
  };
}

/** Takes a good part of a second of processor time, and more memory than a small one. */
const large = multipartMail('mixed', [
  plainPart('A large one.'),
  filePart('film.bin', 'application/x-thing', Buffer.alloc(25 * megabyte, 7)),
]);

describe('mails read in a process of their own', () => {
  it('come back as what they say, their files under our names in the folder that was given', async () => {
    const read = readingWith();
    const outcome = await read(
      multipartMail('mixed', [plainPart('Hello'), filePart('../../bill.pdf', 'application/pdf', Buffer.from('%PDF-1.4'))]),
    );
    expect(outcome.ok && outcome.mail.text).toBe('Hello');
    expect(outcome.ok && outcome.mail.files[0]).toMatchObject({ fileName: 'file-1', name: 'bill.pdf', mediaType: 'application/pdf' });
    expect(readFileSync(join(folder, 'mail-1-files', 'file-1'), 'latin1')).toBe('%PDF-1.4');
    expect(readdirSync(join(folder, 'mail-1-files'))).toEqual(['file-1']);
  });

  it('are read in one process after the other, 25 MB within 512 MB, and hostile ones with their reason', async () => {
    const read = readingWith();
    const nested = Array.from({ length: 3000 }, (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`).join('');
    const outcomes = await Promise.all([
      read(large),
      read(Buffer.from(nested)),
      read(Buffer.from(`${'X-A: b\r\n'.repeat(50_000)}\r\nx`)),
      read(textMail('x'.repeat(8_000_000))),
      read(textMail('the text', { To: 'g:a@b'.repeat(27_000) })),
      read(Buffer.concat([textMail('x'), Buffer.alloc(41 * megabyte)])),
      read(textMail('after all of them')),
    ]);
    expect(outcomes.map((each) => (each.ok ? each.mail.text : each.why))).toEqual([
      'A large one.',
      'tooDeep',
      'tooManyHeaders',
      'tooLarge',
      'the text',
      'tooLarge',
      'after all of them',
    ]);
  });

  it('whose files cannot be laid down are left for later, and say nothing about the mail', async () => {
    const read = readingWith();
    // Where the folder for its files would be, something else is.
    rmSync(join(folder, 'mail-1-files'), { recursive: true, force: true });
    writeFileSync(join(folder, 'mail-1-files'), '');
    const file = filePart('bill.pdf', 'application/pdf', Buffer.from('%PDF-1.4'));
    expect(await read(multipartMail('mixed', [plainPart('Hello'), file]))).toEqual({ ok: false, why: 'notNow' });
    rmSync(join(folder, 'mail-1-files'));
  });

  it('that take too long are given up with their text, and the next is read', async () => {
    const clock = new VirtualClock();
    const read = readingWith({ clock, perMailMs: 20_000 });
    expect(await read(textMail('a small one'))).toMatchObject({ ok: true });
    const hanging = read(large);
    clock.advance(20_000);
    const outcome = await hanging;
    expect(outcome).toMatchObject({ ok: false, why: 'tookTooLong' });
    expect('text' in outcome && outcome.text).toContain('A large one.');
    expect(await read(textMail('a small one'))).toMatchObject({ ok: true });
  });

  it.runIf(process.platform === 'linux')('that take too much memory are given up, and the next is read', async () => {
    const read = readingWith({ memoryBytes: 110 * megabyte });
    expect(await read(textMail('a small one'))).toMatchObject({ ok: true });
    expect(await read(large)).toMatchObject({ ok: false, why: 'tookTooMuch' });
    expect(await read(textMail('a small one'))).toMatchObject({ ok: true });
  });

  it('that are gone, or that nobody waits for any more, are told so', async () => {
    const read = readingWith();
    expect(await read(join(folder, 'nowhere'))).toEqual({ ok: false, why: 'broken', text: '' });
    expect(await read(textMail('x'), AbortSignal.abort())).toMatchObject({ ok: false });
    expect(await read(textMail('x'))).toMatchObject({ ok: true });
  });

  it('wait for nobody who stops', async () => {
    const read = readingWith();
    const waiting = [read(large), read(large), read(encodeAs('gbk', '账单'))];
    await reading?.stop();
    for (const outcome of await Promise.all(waiting)) expect(outcome).toMatchObject({ ok: false });
  });
});
