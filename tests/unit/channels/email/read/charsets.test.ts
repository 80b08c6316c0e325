import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../../../cti-bridge/channels/email/read/charsets.ts';
import { readMail } from '../../../../../cti-bridge/channels/email/read/read-mail.ts';
import { encodeAs, encodedWord, mailBytes, usualHeaders } from '../../../../support/made-mail.ts';

const chinese = '您好，我的宽带从昨天晚上开始就不能上网了，请尽快派人来修。';
const rare = '您好，我叫朱镕基，住在深圳。'; // 镕 is in GBK and not in GB 2312
const traditional = '您好，我的網路從昨天晚上開始就不能用了，請儘快派人來修。';
const japanese = 'お世話になっております。インターネットが昨日から使えません。';
const russian = 'Здравствуйте, интернет не работает со вчерашнего вечера.';
const french = 'Bonjour, ma connexion est coupée depuis hier. Merci de réparer très vite, ça presse.';
const german = 'Guten Tag, das Gerät für München läuft seit gestern nicht, bitte prüfen.';

/** `declared` null: nothing is said of it. */
const bodies: readonly (readonly [what: string, declared: string | null, encoding: string, text: string])[] = [
  ['GB 2312', 'gb2312', 'gbk', chinese],
  ['GBK that says GB 2312', 'gb2312', 'gbk', rare],
  ['GB 18030', 'gb18030', 'gbk', rare],
  ['GBK by a number of its own', 'cp936', 'gbk', chinese],
  ['GBK that says it is western', 'iso-8859-1', 'gbk', chinese],
  ['GBK that says it is ASCII', 'us-ascii', 'gbk', chinese],
  ['GBK that says nothing', null, 'gbk', chinese],
  ['GBK that says a word of no meaning', 'unknown-8bit', 'gbk', chinese],
  ['GBK that says UTF-8', 'utf-8', 'gbk', chinese],
  ['UTF-8 that says GBK', 'gbk', 'utf-8', chinese],
  ['UTF-8 that says nothing', null, 'utf-8', chinese],
  ['UTF-8 that says it is western', 'iso-8859-1', 'utf-8', french],
  ['Big5', 'big5', 'big5', traditional],
  ['Big5 that says nothing', null, 'big5', traditional],
  ['ISO-2022-JP', 'iso-2022-jp', 'iso-2022-jp', japanese],
  ['ISO-2022-JP that says ASCII', 'us-ascii', 'iso-2022-jp', japanese],
  ['Shift_JIS', 'shift_jis', 'shift_jis', japanese],
  ['Shift_JIS that says nothing', null, 'shift_jis', japanese],
  ['EUC-JP', 'euc-jp', 'euc-jp', japanese],
  ['KOI8-R', 'koi8-r', 'koi8-r', russian],
  ['KOI8-R that says nothing', null, 'koi8-r', russian],
  ['windows-1251', 'windows-1251', 'windows-1251', russian],
  ['windows-1251 that says nothing', null, 'windows-1251', russian],
  ['windows-1252', 'windows-1252', 'windows-1252', french],
  ['western that says nothing', null, 'windows-1252', german],
  ['western that says UTF-8', 'utf-8', 'windows-1252', french],
];

const bytesOf = (encoding: string, text: string) => (encoding === 'utf-8' ? Buffer.from(text) : encodeAs(encoding, text));

describe('a text', () => {
  it.each(bodies)('in %s is read', async (_what, declared, encoding, text) => {
    const type = declared === null ? 'text/plain' : `text/plain; charset=${declared}`;
    const read = await readMail(mailBytes({ ...usualHeaders, 'Content-Type': type }, bytesOf(encoding, text)));
    expect(read.ok && read.mail.text).toBe(text);
  });

  it('in UTF-16 is read, with its mark and without', async () => {
    const wide = Buffer.from(chinese, 'utf16le');
    for (const [bytes, declared] of [
      [Buffer.concat([Buffer.from([0xff, 0xfe]), wide]), 'utf-16'],
      [wide, 'utf-16le'],
      [Buffer.from(wide).swap16(), 'utf-16be'],
    ] as const) {
      const headers = { ...usualHeaders, 'Content-Type': `text/plain; charset=${declared}`, 'Content-Transfer-Encoding': 'base64' };
      const read = await readMail(mailBytes(headers, bytes.toString('base64')));
      expect(read.ok && read.mail.text).toBe(chinese);
    }
  });

  it('in the seven bits of HZ and UTF-7 is read', () => {
    const hz = `~{${String.fromCharCode(...encodeAs('gbk', '您好').map((byte) => byte & 0x7f))}~} ~~ ok`;
    expect(decodeText(Buffer.from(hz), 'hz-gb-2312')).toBe('您好 ~ ok');
    const wide = Buffer.from('您好', 'utf16le').swap16().toString('base64').replaceAll('=', '');
    expect(decodeText(Buffer.from(`Hi +${wide}- 1 +- 1`), 'utf-7')).toBe('Hi 您好 1 + 1');
  });

  it('of HTML is read by what the HTML says where the mail says nothing', async () => {
    const html = Buffer.concat([Buffer.from('<meta charset="koi8-r"><p>'), encodeAs('koi8-r', 'Тест'), Buffer.from('</p>')]);
    const read = await readMail(mailBytes({ ...usualHeaders, 'Content-Type': 'text/html' }, html));
    expect(read.ok && read.mail.text).toBe('Тест');
  });

  it('cut in the middle of a character loses that character alone', () => {
    expect(decodeText(Buffer.from(chinese).subarray(0, -1), 'utf-8').slice(0, 10)).toBe(chinese.slice(0, 10));
    expect(decodeText(encodeAs('gbk', chinese).subarray(0, -1), 'iso-8859-1').slice(0, 10)).toBe(chinese.slice(0, 10));
  });
});

describe('a subject and the names of people', () => {
  const gbk = (text: string) => encodeAs('gbk', text);
  it.each([
    ['encoded words', encodedWord('utf-8', Buffer.from('宽带故障'))],
    [
      'several encoded words',
      `${encodedWord('utf-8', Buffer.from('宽带').subarray(0, 3))}\r\n ${encodedWord('utf-8', Buffer.from('带故障').subarray(0, 6))}\r\n ${encodedWord('utf-8', Buffer.from('障'))}`,
    ],
    ['a character whose bytes two words share', `=?gbk?Q?=BF=ED=B4?=\r\n =?gbk?Q?=F8=B9=CA=D5=CF?=`],
    ['GBK that says GB 2312', encodedWord('gb2312', gbk('宽带故障'))],
    ['GBK that says it is western', encodedWord('iso-8859-1', gbk('宽带故障'))],
    ['UTF-8 that says it is western', encodedWord('iso-8859-1', Buffer.from('宽带故障'))],
    ['bytes without any encoding', gbk('宽带故障')],
    ['UTF-8 without any encoding', Buffer.from('宽带故障')],
    ['quoted printable', '=?gbk?Q?=BF=ED=B4=F8=B9=CA=D5=CF?='],
  ])('in %s are read', async (_what, subject) => {
    const read = await readMail(mailBytes({ ...usualHeaders, Subject: subject }, 'x'));
    expect(read.ok && read.mail.subject).toBe('宽带故障');
  });

  it('keep western letters that are western', async () => {
    const read = await readMail(
      mailBytes({ ...usualHeaders, Subject: encodedWord('iso-8859-1', encodeAs('windows-1252', 'Réclamation à vérifier')) }, 'x'),
    );
    expect(read.ok && read.mail.subject).toBe('Réclamation à vérifier');
  });

  it('are one line without anything that turns or ends it', async () => {
    const hostile = Buffer.from('Bill\r\nBcc: all@example.org\u0000\u001b[31m').toString('base64');
    const read = await readMail(
      mailBytes({ ...usualHeaders, Subject: `=?utf-8?B?${hostile}?=`, From: `=?utf-8?B?${hostile}?= <a@b.example>` }, 'x'),
    );
    expect(read.ok && read.mail.subject).toBe('Bill Bcc: all@example.org [31m');
    expect(read.ok && read.mail.from).toEqual({ address: 'a@b.example', name: 'Bill Bcc: all@example.org [31m' });
  });
});
