import { describe, expect, it } from 'vitest';
import { type MailLimits, mailLimits } from '../../../../../cti-bridge/channels/email/read/mail-limits.ts';
import { readMail } from '../../../../../cti-bridge/channels/email/read/read-mail.ts';
import { encodeAs, encodedWord, filePart, htmlPart, multipartMail, plainPart } from '../../../../support/made-mail.ts';

const png = Buffer.from(
  '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000154a24f5d0000000049454e44ae426082',
  'hex',
);
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF');
const tiff = Buffer.concat([Buffer.from('49492a0008000000', 'hex'), Buffer.alloc(40)]);
const tnef = Buffer.concat([Buffer.from('789f3e22', 'hex'), Buffer.alloc(40, 1)]);
const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(100)]);

async function read(raw: Buffer, limits: MailLimits = mailLimits) {
  const taken = await readMail(raw, limits);
  if (!taken.ok) throw new Error(taken.why);
  return taken;
}

describe('a file of a mail', () => {
  it('lies under a name of ours and keeps the one it had', async () => {
    const { mail, contents } = await read(
      multipartMail('mixed', [plainPart('See the bill.'), filePart('bill.pdf', 'application/pdf', pdf)]),
    );
    expect(mail.text).toBe('See the bill.');
    expect(mail.files).toEqual([
      { fileName: 'file-1', name: 'bill.pdf', mediaType: 'application/pdf', bytes: pdf.length, contentId: null, isInline: false },
    ]);
    expect(Buffer.from(contents[0]?.content ?? [])).toEqual(pdf);
  });

  it.each<[string, string, Buffer, string]>([
    ['a program that says it is a picture', 'image/png', program, 'application/x-msdownload'],
    ['a picture that says it is nothing', 'application/octet-stream', png, 'image/png'],
    ['a fax', 'image/tiff', tiff, 'image/tiff'],
    ['a fax that says it is a text', 'text/plain', tiff, 'image/tiff'],
    ['HTML', 'text/html', Buffer.from('<script>1</script>'), 'text/plain'],
    ['a drawing that can act', 'image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'text/plain'],
    ['winmail.dat', 'application/ms-tnef', tnef, 'application/vnd.ms-tnef'],
    ['a table', 'text/csv', Buffer.from('a,b\n1,2'), 'text/csv'],
    ['an invitation', 'application/ics', Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR'), 'text/calendar'],
    ['a card', 'text/x-vcard', Buffer.from('BEGIN:VCARD\r\nEND:VCARD'), 'text/vcard'],
    ['nobody knows what', 'application/x-thing', Buffer.from([0, 1, 2, 3]), 'application/octet-stream'],
  ])('is what its bytes are: %s', async (_what, says, content, expected) => {
    const { mail } = await read(multipartMail('mixed', [plainPart('x'), filePart('x', says, content)]));
    expect(mail.files[0]?.mediaType).toBe(expected);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\bill.pdf', 'bill.pdf'],
    ['/etc/cron.d/x', 'x'],
    ['..', 'attachment-1.pdf'],
    ['', 'attachment-1.pdf'],
    ['bill\u202efdp.exe', 'billfdp.exe'],
    ['bill\u0000.pdf', 'bill .pdf'],
    ['a<b>:"|?*.pdf', 'a_b_'],
    ['.htaccess', 'htaccess'],
    [`${'账'.repeat(400)}.pdf`, `${'账'.repeat(188)}…${'账'.repeat(7)}.pdf`],
  ])('never has a name that leads elsewhere: %j', async (name, expected) => {
    const headers = { 'Content-Type': 'application/pdf', 'Content-Disposition': `attachment; filename="${name.replaceAll('\\', '\\\\')}"` };
    const { mail } = await read(multipartMail('mixed', [plainPart('x'), filePart('', '', pdf, headers)]));
    expect(mail.files[0]?.fileName).toBe('file-1');
    expect(mail.files[0]?.name.startsWith(expected)).toBe(true);
    expect(mail.files[0]?.name).not.toMatch(/[\\/\p{C}]/u);
  });

  it.each([
    ['RFC 2231', `attachment; filename*=utf-8''%E8%B4%A6%E5%8D%95.pdf`],
    ['RFC 2231 in pieces', `attachment; filename*0*=utf-8''%E8%B4%A6;\r\n filename*1*=%E5%8D%95; filename*2=.pdf`],
    ['an encoded word, as Outlook writes', `attachment; filename="${encodedWord('utf-8', Buffer.from('账单.pdf'))}"`],
    ['an encoded word of GBK, as Foxmail writes', `attachment;\r\n filename="${encodedWord('gb2312', encodeAs('gbk', '账单.pdf'))}"`],
    ['UTF-8 as it is', 'attachment; filename="账单.pdf"'],
  ])('is called what its sender called it, by %s', async (_how, disposition) => {
    const headers = { 'Content-Type': 'application/pdf', 'Content-Disposition': disposition };
    const { mail } = await read(multipartMail('mixed', [plainPart('x'), filePart('', '', pdf, headers)]));
    expect(mail.files[0]?.name).toBe('账单.pdf');
  });

  it('that the HTML shows is inline; one beside it is not', async () => {
    const { mail } = await read(
      multipartMail('related', [
        htmlPart('<p>Look</p><img src="cid:photo@example.cn">'),
        filePart('photo.png', 'image/png', png, { 'Content-ID': '<photo@example.cn>', 'Content-Disposition': 'inline' }),
        filePart('other.png', 'image/png', png, { 'Content-ID': '<other@example.cn>' }),
      ]),
    );
    expect(mail.files.map(({ contentId, isInline }) => [contentId, isInline])).toEqual([
      ['photo@example.cn', true],
      ['other@example.cn', false],
    ]);
    expect(mail.html).toContain('data-cid="photo@example.cn"');
  });

  it('that is a mail stays whole, and its text is not taken for the text', async () => {
    const inner =
      'From: a@example.org\r\nSubject: inner\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\ninner text\r\n--i--\r\n';
    const { mail, contents } = await read(
      multipartMail('mixed', [plainPart('See the mail.'), { headers: { 'Content-Type': 'message/rfc822' }, body: inner }]),
    );
    expect(mail.text).toBe('See the mail.');
    expect(mail.files[0]).toMatchObject({ name: 'message-1.eml', mediaType: 'message/rfc822' });
    expect(Buffer.from(contents[0]?.content ?? []).toString()).toBe(inner);
  });

  it('of a fax gateway is there with nothing but a file', async () => {
    const { mail } = await read(multipartMail('mixed', [filePart('fax.tif', 'image/tiff', tiff)], { From: '<fax@gateway.example>' }));
    expect(mail.text).toBe('');
    expect(mail.files.map(({ mediaType }) => mediaType)).toEqual(['image/tiff']);
  });

  it('alone, without parts around it, is a file as well', async () => {
    const { mail } = await read(multipartMail('mixed', [filePart('a.pdf', 'application/pdf', pdf)]));
    expect(mail.files).toHaveLength(1);
  });

  it('too large, too many or empty is left out, and told', async () => {
    const parts = [
      plainPart('x'),
      filePart('big.pdf', 'application/pdf', Buffer.alloc(200, 1)),
      filePart('empty.pdf', 'application/pdf', Buffer.alloc(0)),
    ];
    const many = Array.from({ length: 4 }, (_, at) => filePart(`f${at}.pdf`, 'application/pdf', pdf));
    const { mail } = await read(multipartMail('mixed', [...parts, ...many]), { ...mailLimits, fileBytes: 100, files: 3 });
    expect(mail.files.map(({ name }) => name)).toEqual(['f0.pdf', 'f1.pdf', 'f2.pdf']);
    expect(mail.leftOut).toEqual([
      { name: 'big.pdf', why: 'tooLarge' },
      { name: 'empty.pdf', why: 'unreadable' },
      { name: 'f3.pdf', why: 'tooMany' },
    ]);
  });
});

describe('the text of a mail of several parts', () => {
  it('is the plain one, and the HTML beside it', async () => {
    const { mail } = await read(multipartMail('alternative', [plainPart('Hello'), htmlPart('<p>Hello <b>you</b></p>')]));
    expect(mail.text).toBe('Hello');
    expect(mail.html).toBe('<p>Hello <b>you</b></p>');
  });

  it('is that of the HTML where the plain one is empty', async () => {
    const { mail } = await read(multipartMail('alternative', [plainPart(' \n'), htmlPart('<p>Hello <b>you</b></p>')]));
    expect(mail.text).toBe('Hello you');
  });

  it('goes on behind a picture, as Apple Mail writes it', async () => {
    const { mail } = await read(
      multipartMail('alternative', [
        plainPart('before after'),
        {
          headers: { kind: 'mixed' },
          body: [
            htmlPart('<p>before</p>'),
            filePart('p.png', 'image/png', png, { 'Content-Disposition': 'inline' }),
            htmlPart('<p>after</p>'),
          ],
        },
      ]),
    );
    expect(mail.text).toBe('before after');
    expect(mail.html).toContain('before');
    expect(mail.html).toContain('after');
    expect(mail.files).toHaveLength(1);
  });

  it('is what stands around a list’s own part', async () => {
    const { mail } = await read(multipartMail('mixed', [plainPart('Hello'), plainPart('-- \nThe list')]));
    expect(mail.text).toBe('Hello\n\n-- \nThe list');
  });

  it('signed stays readable, the signature is a file', async () => {
    const { mail } = await read(
      multipartMail('signed; protocol="application/pgp-signature"', [
        plainPart('Hello'),
        filePart('sig.asc', 'application/pgp-signature', Buffer.from('-----BEGIN')),
      ]),
    );
    expect(mail.text).toBe('Hello');
    expect(mail.files).toHaveLength(1);
  });

  it.each<[string, Buffer, boolean]>([
    ['as long as is read', multipartMail('mixed', [plainPart('x'.repeat(50))]), false],
    ['longer', multipartMail('mixed', [plainPart('x'.repeat(51))]), true],
    ['longer in all its parts', multipartMail('mixed', [plainPart('x'.repeat(40)), plainPart('y'.repeat(40))]), true],
    ['longer as HTML', multipartMail('mixed', [htmlPart(`<p>${'x'.repeat(51)}</p>`)]), true],
    ['with more HTML than is read', multipartMail('mixed', [htmlPart(`<p>x</p>${' '.repeat(100)}`)]), true],
  ])('says that its end was left out where it was: %s', async (_what, raw, isCut) => {
    const { mail } = await read(raw, { ...mailLimits, text: 50, html: 100 });
    expect(mail.text.length).toBeLessThanOrEqual(50);
    expect(mail.leftOut).toEqual(isCut ? [{ name: '', why: 'textTooLong' }] : []);
  });
});
