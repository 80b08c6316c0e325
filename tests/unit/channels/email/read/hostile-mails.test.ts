import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MailLimits, mailLimits } from '../../../../../cti-bridge/channels/email/read/mail-limits.ts';
import { readMail } from '../../../../../cti-bridge/channels/email/read/read-mail.ts';
import { unreadableText } from '../../../../../cti-bridge/channels/email/read/unreadable-text.ts';
import { filePart, htmlPart, mailBytes, multipartMail, plainPart, textMail, usualHeaders } from '../../../../support/made-mail.ts';

async function mailOf(raw: Buffer, limits: MailLimits = mailLimits) {
  const read = await readMail(raw, limits);
  if (!read.ok) throw new Error(read.why);
  return read.mail;
}

describe('a mail beyond the limits', () => {
  const nested = Buffer.from(
    Array.from({ length: 3000 }, (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n`).join(''),
  );
  it.each<[string, Buffer, string]>([
    ['3,000 parts within each other', nested, 'tooDeep'],
    [
      '3,000 parts beside each other',
      multipartMail(
        'mixed',
        Array.from({ length: 3000 }, () => plainPart('x')),
      ),
      'tooManyParts',
    ],
    ['50,000 headers', Buffer.from(`${'X-A: b\r\n'.repeat(50_000)}\r\nx`), 'tooManyHeaders'],
    ['a header of 3 MB', mailBytes({ 'X-Long': `${'a'.repeat(1000)}\r\n `.repeat(3000) }, 'x'), 'tooManyHeaders'],
    ['a line of 8 MB', mailBytes(usualHeaders, 'x'.repeat(8_000_000)), 'tooLarge'],
    ['a million empty lines', mailBytes(usualHeaders, Buffer.alloc(1_000_000, '\n')), 'tooLarge'],
  ])('is not taken apart: %s', async (_what, raw, why) => expect(await readMail(raw)).toEqual({ ok: false, why }));

  it('is too large as a whole', async () => {
    expect(await readMail(textMail('x'.repeat(2000)), { ...mailLimits, bytes: 1000 })).toEqual({ ok: false, why: 'tooLarge' });
  });

  it('shows its beginning, as text and nothing else', () => {
    expect(unreadableText(Buffer.from('Subject: \u0007账单\r\n\r\nx\u0000\u202ey'))).toBe('Subject: 账单\n\nxy');
  });
});

it('a file that would unpack to a thousand times its size is kept as it came, and opened by nobody', async () => {
  const bomb = gzipSync(Buffer.alloc(8_000_000));
  const { files, text } = await mailOf(
    multipartMail('mixed', [plainPart('See the file.'), filePart('bills.gz', 'application/gzip', bomb)]),
  );
  expect(text).toBe('See the file.');
  expect(files.map(({ bytes }) => bytes)).toEqual([bomb.length]);
  expect(bomb.length).toBeLessThan(10_000);
});

describe('addresses that kill parsers', () => {
  it.each([
    ['groups within groups', 'g: '.repeat(45_000)],
    ['groups and addresses without end', 'g:a@b'.repeat(27_000)],
    ['136,000 parentheses', '('.repeat(136_000)],
    ['136,000 angle brackets', '<'.repeat(136_000)],
    ['quotes and brackets', '"<'.repeat(68_000)],
    ['closed groups', 'x:y:z;'.repeat(22_000)],
    ['commas', ','.repeat(136_000)],
  ])('leave the rest of the mail readable: %s', async (_what, to) => {
    const mail = await mailOf(mailBytes({ ...usualHeaders, To: to }, 'the text'));
    expect(mail.text).toBe('the text');
    expect(mail.to.length).toBeLessThanOrEqual(mailLimits.addresses);
  });

  it.each<[string, string, unknown]>([
    ['a name in quotes', '"Wang, Xiaoming" <wang@example.cn>', [{ address: 'wang@example.cn', name: 'Wang, Xiaoming' }]],
    [
      'a group',
      'Team: a@example.org, B <b@example.org>;, c@example.org',
      [
        { address: 'a@example.org', name: null },
        { address: 'b@example.org', name: 'B' },
        { address: 'c@example.org', name: null },
      ],
    ],
    ['nobody', 'undisclosed-recipients:;', []],
    [
      'an encoded name with a comma',
      '=?utf-8?Q?Wang=2C_Xiaoming?= <wang@example.cn>',
      [{ address: 'wang@example.cn', name: 'Wang, Xiaoming' }],
    ],
    [
      'an encoded name that holds an address',
      '=?utf-8?Q?boss=40bank.example?= <x@evil.example>',
      [{ address: 'x@evil.example', name: 'boss@bank.example' }],
    ],
    ['a name that is the address', '"a@example.org" <a@example.org>', [{ address: 'a@example.org', name: null }]],
    ['punycode, shown as it is', 'x@xn--fiqs8s.example', [{ address: 'x@xn--fiqs8s.example', name: null }]],
    ['the same twice', 'a@example.org, A@example.org', [{ address: 'a@example.org', name: null }]],
    ['no address', 'hello', []],
    ['a name that turns round', '=?utf-8?B?4oCuZ25h?= <a@example.org>', [{ address: 'a@example.org', name: 'gna' }]],
  ])('are read: %s', async (_what, to, expected) =>
    expect((await mailOf(mailBytes({ ...usualHeaders, To: to }, 'x'))).to).toEqual(expected),
  );

  it('without a From are those of the Sender, or nobody', async () => {
    expect((await mailOf(mailBytes({ Sender: 'a@example.org' }, 'x'))).from?.address).toBe('a@example.org');
    expect((await mailOf(mailBytes({ Subject: 'x' }, 'x'))).from).toBeNull();
  });
});

describe('ids and dates', () => {
  it.each([
    ['<a@b>', '<a@b>'],
    ['a@b', '<a@b>'],
    ['<a b@\r\n c>', '<ab@c>'],
    ['  ', null],
    ['<>', null],
    [`<${'x'.repeat(5000)}@b>`, null],
    ['<a@b> <c@d>', '<a@b>'],
  ])('a Message-ID %j is %j', async (value, expected) => {
    expect((await mailOf(mailBytes({ ...usualHeaders, 'Message-ID': value }, 'x'))).internetMessageId).toBe(expected);
  });

  it('references are kept in their order, of very many the first and the last', async () => {
    const ids = Array.from({ length: 3000 }, (_, at) => `<${at}@example.org>`);
    const { references, inReplyTo } = await mailOf(
      textMail('x', { References: ids.join('\r\n '), 'In-Reply-To': 'Your message of Monday <2999@example.org>' }),
    );
    expect(references).toHaveLength(mailLimits.references);
    expect([references[0], references.at(-1)]).toEqual(['<0@example.org>', '<2999@example.org>']);
    expect(inReplyTo).toEqual(['<2999@example.org>']);
  });

  it.each([
    ['Wed, 04 Mar 2026 15:21:00 +0800 (CST)', Date.UTC(2026, 2, 4, 7, 21)],
    ['4 Mar 26 07:21 GMT', Date.UTC(2026, 2, 4, 7, 21)],
    ['yesterday', null],
    ['Wed, 04 Mar 9999 15:21:00 +0800', null],
    ['', null],
  ])('a date %j is read', async (value, expected) => expect((await mailOf(textMail('x', { Date: value }))).date).toBe(expected));
});

describe('HTML that costs too much to clean', () => {
  it.each([
    ['elements within each other', '<b><i>'.repeat(100_000)],
    ['as many elements as fit', '<span>x</span>'.repeat(100_000)],
    ['nothing that ever closes', '<a '.repeat(300_000)],
  ])('is read as text: %s', async (_what, html) => {
    const mail = await mailOf(multipartMail('alternative', [plainPart('Hello'), htmlPart(html)]));
    expect(mail.text).toBe('Hello');
    expect(mail.html).toBeNull();
  });
});

describe('whatever the bytes are', () => {
  it('there is a mail or a reason', async () => {
    const bytes = fc.uint8Array({ maxLength: 600 }).map((each) => Buffer.from(each));
    const header = fc.constantFrom(
      'From',
      'To',
      'Subject',
      'Content-Type',
      'Content-Transfer-Encoding',
      'Content-Disposition',
      'Message-ID',
      'References',
      'Date',
      'X',
    );
    const value = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom(
        'multipart/mixed; boundary=b',
        'multipart/alternative; boundary="b"',
        'text/html; charset=gbk',
        'text/plain; format=flowed',
        'base64',
        'quoted-printable',
        'message/rfc822',
        'multipart/report; report-type=delivery-status; boundary=b',
        '=?gbk?Q?=FF=?=',
        '=?x?B?!!!?=',
        "attachment; filename*=x''%",
      ),
    );
    const line = fc.oneof(
      fc.tuple(header, value).map(([name, said]) => `${name}: ${said}`),
      fc.constantFrom(
        '',
        '--b',
        '--b--',
        '> quoted',
        'On 1 Mar 2026 at 1:00 x wrote:',
        '<p style="x',
        '</p><script>',
        'Action: failed',
        'Final-Recipient: rfc822; a@b',
      ),
      fc.string({ maxLength: 40 }),
    );
    const made = fc.array(line, { maxLength: 30 }).map((lines) => Buffer.from(lines.join('\r\n')));
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, made), async (raw) => {
        const read = await readMail(raw);
        if (!read.ok) return;
        const { subject, text, html, from, files } = read.mail;
        expect(subject + (from?.address ?? '') + (from?.name ?? '')).not.toMatch(/\p{Cc}/u);
        expect(text.isWellFormed() && !text.includes('\u0000')).toBe(true);
        expect(html ?? '').not.toMatch(/<script/i);
        for (const { fileName, name } of files) expect(`${fileName}${name}`).not.toMatch(/[\\/]|\p{Cc}/u);
      }),
      { numRuns: 400 },
    );
  });

  it('a whole mail that is cut anywhere is read', async () => {
    const whole = multipartMail('mixed', [
      plainPart('您好'),
      { headers: { kind: 'alternative' }, body: [plainPart('a'), htmlPart('<p>a</p>')] },
    ]);
    for (let length = 0; length <= whole.length; length += 7) expect((await readMail(whole.subarray(0, length))).ok).toBe(true);
  });
});
