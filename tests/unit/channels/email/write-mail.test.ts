import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { refusalOf, writeMail } from '../../../../cti-bridge/channels/email/smtp/write-mail.ts';
import type { OutgoingMail } from '../../../../cti-bridge/interactions/index.ts';
import { anOutgoingFile, anOutgoingMail } from '../../../support/outgoing-mail.ts';

const now = Date.UTC(2026, 10, 23, 9, 0, 0);

async function write(changed: Partial<OutgoingMail>) {
  const mail = anOutgoingMail(changed);
  const files = await Promise.all(mail.files.map(async (file) => ({ file, content: Readable.from(file.open()) })));
  const written = writeMail(mail, files, now);
  if (!written.ok) throw new Error(written.error);
  const bytes = await buffer(written.value.content());
  return { ...written.value, bytes, text: bytes.toString('latin1') };
}

const parse = ({ bytes }: { readonly bytes: Buffer }) => PostalMime.parse(bytes);

/** Names of the headers of the mail itself, each line that begins one. */
const headerNames = (text: string): readonly string[] =>
  (text.split('\r\n\r\n', 1)[0] ?? '').split(/\r\n|\r|\n/).flatMap((line) => (/^[ \t]/.test(line) ? [] : [line.split(':', 1)[0] ?? '']));

describe('writing a mail', () => {
  it('says who, to whom, about what and as an answer to which, with the id that it was given', async () => {
    const written = await write({
      subject: '您的订单 已发出',
      cc: [{ address: 'boss@customer.example', name: null }],
      bcc: [{ address: 'archive@shop.example', name: null }],
      inReplyTo: '<question@customer.example>',
      references: ['<first@customer.example>', '<question@customer.example>'],
      text: '已发出。\nBest regards',
      html: '<p>已发出。</p>',
    });
    const { envelope, text } = written;
    const parsed = await parse(written);
    expect(parsed).toMatchObject({
      subject: '您的订单 已发出',
      messageId: '<one@shop.example>',
      inReplyTo: '<question@customer.example>',
      references: '<first@customer.example> <question@customer.example>',
      date: new Date(now).toISOString(),
      from: { address: 'service@shop.example', name: 'Shop service' },
      to: [{ address: 'mei@customer.example', name: '陈美' }],
      cc: [{ address: 'boss@customer.example' }],
    });
    expect(parsed.text?.trim()).toBe('已发出。\nBest regards');
    expect(parsed.html?.trim()).toBe('<p>已发出。</p>');
    expect(envelope).toEqual({
      from: 'service@shop.example',
      to: ['mei@customer.example', 'boss@customer.example', 'archive@shop.example'],
    });
    expect(text).not.toContain('archive@shop.example');
    expect(text.split('\r\n').every((line) => line.length <= 998 && !line.includes('\n'))).toBe(true);
  });

  it('brings files byte for byte, those within the text beside it', async () => {
    const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 31) % 256));
    const written = await write({
      html: '<img src="cid:logo">',
      files: [
        anOutgoingFile(bytes, { name: '发票 “2026”.pdf', mediaType: 'application/pdf' }),
        anOutgoingFile(Buffer.from('line\nline\r\n'), { name: 'notes.txt', mediaType: 'text/plain' }),
        anOutgoingFile(Buffer.from('From: x\n\nbody é'), { name: 'old.eml', mediaType: 'message/rfc822' }),
        anOutgoingFile(bytes, { name: 'logo.png', mediaType: 'image/png', contentId: 'logo' }),
      ],
    });
    const { attachments } = await parse(written);
    expect(attachments.map(({ filename, mimeType, disposition, contentId }) => [filename, mimeType, disposition, contentId])).toEqual([
      ['logo.png', 'image/png', 'inline', '<logo>'],
      ['发票 “2026”.pdf', 'application/pdf', 'attachment', undefined],
      ['notes.txt', 'text/plain', 'attachment', undefined],
      ['old.eml', 'application/octet-stream', 'attachment', undefined],
    ]);
    const contents = attachments.map(({ content }) => Buffer.from(content as ArrayBuffer));
    expect(contents.map((content) => content.equals(bytes))).toEqual([true, true, false, false]);
    expect(contents.slice(2).map(String)).toEqual(['line\nline\r\n', 'From: x\n\nbody é']);
  });

  it('says that nobody wrote it, and has a null sender, where that is so', async () => {
    const answer = await write({ isAutomatic: true, inReplyTo: '<q@customer.example>' });
    expect(answer.envelope.from).toBe(false);
    expect(answer.text).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    expect((await write({ isAutomatic: true })).text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect((await write({})).text).not.toMatch(/Auto-Submitted/i);
  });

  it('leaves out what others wrote as a reference and is none', async () => {
    const { text } = await write({ inReplyTo: 'none of that', references: ['<ok@a.example>', 'x', '<a b@c>', `<${'l'.repeat(2_000)}@c>`] });
    expect(text).toMatch(/^References: <ok@a\.example>\r$/m);
    expect(text).not.toMatch(/In-Reply-To|llll/);
  });
});

describe('what may not stand in a header', () => {
  const breaks = ['\r\n', '\n', '\r', '\r\n ', '\n\t', '\r\r\n', '\n\n', '\0', '\u2028', '\u2029', '\u0085', '\v', '\f'];
  const looks = [
    '%0d%0a',
    '\\r\\n',
    '=0D=0A',
    '=?utf-8?q?=0D=0A?=',
    '=?utf-8?b?DQo=?=',
    '&#13;&#10;',
    '嘊',
    '\t',
    '; ',
    ', ',
    '" ',
    '<',
    '\\"',
  ];
  const added = [
    'Bcc: victim@other.example',
    'Content-Type: text/html',
    'X-Added: 1',
    'From: boss@shop.example',
    ' Bcc: a@b.example',
    'RCPT TO:<a@b.example>',
    '.',
    'DATA',
    '\r\n<script>',
    'Subject: other',
  ];
  const around: readonly ((text: string) => string)[] = [(text) => `Hi${text}`, (text) => text];
  const hostile = [...breaks, ...looks].flatMap((cut) => added.flatMap((text) => around.map((wrap) => wrap(`${cut}${text}`))));
  const fields: readonly ((text: string) => Partial<OutgoingMail>)[] = [
    (subject) => ({ subject }),
    (name) => ({ from: { address: 'service@shop.example', name } }),
    (name) => ({ to: [{ address: 'mei@customer.example', name }] }),
    (address) => ({ to: [{ address, name: null }] }),
    (text) => ({ cc: [{ address: `a@${text}`, name: null }] }),
    (internetMessageId) => ({ internetMessageId: `<${internetMessageId}@x>` }),
    (inReplyTo) => ({ inReplyTo }),
    (reference) => ({ references: [reference] }),
    (name) => ({ files: [anOutgoingFile(Buffer.from('x'), { name })] }),
    (mediaType) => ({ files: [anOutgoingFile(Buffer.from('x'), { mediaType })] }),
    (contentId) => ({ html: '<p>x</p>', files: [anOutgoingFile(Buffer.from('x'), { contentId })] }),
  ];
  const usual = [
    ...['From', 'To', 'Cc', 'Subject', 'Message-ID', 'In-Reply-To', 'References', 'Date'],
    ...['MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'],
  ];

  it(`is refused, or harmless, in all ${hostile.length} strings`, async () => {
    expect(hostile.length).toBeGreaterThanOrEqual(515);
    for (const [i, text] of hostile.entries()) {
      const place = fields[i % fields.length] as (typeof fields)[number];
      // Every string in the subject, and each field with its share.
      for (const changed of [{ subject: text }, place(text)]) {
        const refusal = refusalOf(anOutgoingMail(changed));
        if (/[\r\n\0]/.test(text)) expect(refusal, JSON.stringify(text)).not.toBeNull();
        if (refusal !== null) continue;
        const { text: wire, envelope } = await write(changed);
        expect(headerNames(wire).filter((name) => !usual.includes(name))).toEqual([]);
        expect(new Set(headerNames(wire)).size).toBe(headerNames(wire).length);
        expect(JSON.stringify(envelope)).not.toContain('victim');
      }
    }
  });

  it('every field refuses a line break', () => {
    for (const field of fields) expect(refusalOf(anOutgoingMail(field('a\r\nBcc: victim@other.example')))).toMatch(/line break|address/);
  });

  it('is told in words: nobody, no address, no id', () => {
    expect(refusalOf(anOutgoingMail({ to: [] }))).toMatch(/nobody/);
    expect(refusalOf(anOutgoingMail({ to: [{ address: 'a@b, c@d', name: null }] }))).toMatch(/not an e-mail address/);
    expect(refusalOf(anOutgoingMail({ internetMessageId: 'one@shop.example' }))).toMatch(/Message-ID/);
  });
});
