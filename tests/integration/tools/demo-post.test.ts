import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MailSender } from '../../../cti-bridge/channels/email/smtp/mail-sender.ts';
import { ok, silentLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import { startDemoPost } from '../../../tools/mail/demo-post.ts';
import { anOutgoingMail } from '../../support/outgoing-mail.ts';

test('mail that the demo sends lies in a folder, one file for each, and leaves no machine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-post-'));
  const post = await startDemoPost({ folder: join(folder, 'sent-mail'), port: 0 });
  const server = { host: '127.0.0.1', port: post.port, security: 'none', credentials: null, ownName: 'shop.example' } as const;
  const report = { connecting: () => {}, up: () => {}, down: () => {} };
  const sender = new MailSender({ server: () => ok(server), clock: systemClock, log: silentLog, report });
  try {
    const ids = ['<one@shop.example>', '<two@shop.example>'];
    for (const internetMessageId of ids)
      expect(await sender.send(anOutgoingMail({ internetMessageId }), AbortSignal.timeout(10_000))).toMatchObject({ kind: 'taken' });
    const files = readdirSync(join(folder, 'sent-mail')).sort();
    expect(files.map((name) => /\.eml$/.test(name))).toEqual([true, true]);
    for (const [at, id] of ids.entries())
      expect(readFileSync(join(folder, 'sent-mail', files[at] ?? ''), 'utf8')).toContain(`Message-ID: ${id}\r\n`);
  } finally {
    await sender.stop();
    await post.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
