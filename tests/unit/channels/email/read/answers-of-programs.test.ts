import { describe, expect, it } from 'vitest';
import { readMail } from '../../../../../cti-bridge/channels/email/read/read-mail.ts';
import { htmlMail, textMail } from '../../../../support/made-mail.ts';

async function split(raw: Buffer) {
  const read = await readMail(raw);
  if (!read.ok) throw new Error(read.why);
  return { text: read.mail.text, quoted: read.mail.quoted };
}

const ours = 'Your bill is 39 yuan.\nCrosspoint';
const marked = ours.replaceAll(/^/gm, '> ');

/** What each program puts between an answer and what it answers; `quoted` begins with it. */
const answers: readonly (readonly [program: string, text: string, quotedBegins: string])[] = [
  ['Gmail', `Thank you!\n\nOn Wed, Mar 4, 2026 at 3:21 PM Service <service@crosspoint.example> wrote:\n\n${marked}`, 'On Wed'],
  [
    'Gmail, its line broken in two',
    `Thank you!\n\nOn Wed, Mar 4, 2026 at 3:21 PM Service of the Shenzhen Branch <\nservice@crosspoint.example> wrote:\n\n${marked}`,
    'On Wed',
  ],
  ['Gmail in Chinese', `谢谢！\n\nService <service@crosspoint.example> 于2026年3月4日周三 15:21写道：\n\n${marked}`, 'Service <'],
  ['Apple Mail', `Thank you!\n\n> On 4 Mar 2026, at 15:21, Service <service@crosspoint.example> wrote:\n> \n${marked}`, '> On 4 Mar'],
  [
    'Apple Mail on a telephone in Chinese',
    `谢谢！\n\n发自我的iPhone\n\n> 在 2026年3月4日，15:21，Service <service@crosspoint.example> 写道：\n> \n${marked}`,
    '> 在 2026',
  ],
  [
    'Outlook',
    `Thank you!\n\nFrom: Service <service@crosspoint.example>\nSent: Wednesday, March 4, 2026 3:21 PM\nTo: Wang\nSubject: Bill\n\n${ours}`,
    'From: Service',
  ],
  [
    'Outlook on the web',
    `Thank you!\n\n________________________________\nFrom: Service <service@crosspoint.example>\nSent: Wednesday, March 4, 2026\nTo: Wang\nSubject: Bill\n\n${ours}`,
    '________',
  ],
  [
    'Outlook on a telephone',
    `Thank you!\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Service <service@crosspoint.example>\nSent: Wednesday\nTo: Wang\nSubject: Bill\n\n${ours}`,
    '________',
  ],
  ['old Outlook', `Thank you!\n\n-----Original Message-----\nFrom: Service\nSent: Wednesday\nTo: Wang\n\n${ours}`, '-----Original'],
  ['Outlook in bold', `Thank you!\n\n*From:* Service\n*Sent:* Wednesday\n*To:* Wang\n*Subject:* Bill\n\n${ours}`, '*From:*'],
  [
    'Outlook in Chinese',
    `谢谢！\n\n发件人: Service <service@crosspoint.example>\n发送时间: 2026年3月4日 15:21\n收件人: Wang\n主题: 账单\n\n${ours}`,
    '发件人',
  ],
  [
    'old Outlook in Chinese',
    `谢谢！\n\n-----邮件原件-----\n发件人: Service\n发送时间: 2026年3月4日\n收件人: Wang\n\n${ours}`,
    '-----邮件原件',
  ],
  ['Foxmail', `谢谢！\n\n\n\nWang\n \n发件人： Service\n发送时间： 2026-03-04 15:21\n收件人： Wang\n主题： 账单\n${ours}`, '发件人'],
  [
    'QQ Mail',
    `谢谢！\n\n\n------------------ 原始邮件 ------------------\n发件人: "Service" <service@crosspoint.example>;\n发送时间: 2026年3月4日(星期三) 下午3:21\n收件人: "Wang"<wang@example.cn>;\n主题: 账单\n\n${ours}`,
    '------------------ 原始邮件',
  ],
  [
    'QQ Mail in English',
    `Thank you!\n\n------------------&nbsp;Original&nbsp;------------------\nFrom: Service\nDate: Wed\nTo: Wang\n\n${ours}`.replaceAll(
      '&nbsp;',
      ' ',
    ),
    '----',
  ],
  ['163', `谢谢！\n\n在 2026-03-04 15:21:00，"Service" <service@crosspoint.example> 写道：\n\n${marked}`, '在 2026'],
  ['163 without marks', `谢谢！\n\n在 2026-03-04 15:21:00，"Service" <service@crosspoint.example> 写道：\n\n${ours}`, '在 2026'],
  ['126 in English', `Thank you!\n\nAt 2026-03-04 15:21:00, "Service" <service@crosspoint.example> wrote:\n\n${ours}`, 'At 2026'],
  ['Sina', `谢谢！\n\n----- 原始邮件 -----\n发件人：Service\n收件人：Wang\n主题：账单\n\n${ours}`, '----- 原始'],
  ['Thunderbird', `Thank you!\n\nOn 04.03.26 15:21, Service wrote:\n${marked}`, 'On 04'],
  ['Thunderbird in German', `Danke!\n\nAm 04.03.26 um 15:21 schrieb Service:\n${marked}`, 'Am 04'],
  ['Gmail in French', `Merci !\n\nLe mer. 4 mars 2026 à 15:21, Service <service@crosspoint.example> a écrit :\n\n${marked}`, 'Le mer'],
  ['Gmail in Russian', `Спасибо!\n\nср, 4 мар. 2026 г. в 15:21, Service <service@crosspoint.example>:\n\n${marked}`, 'ср'],
  [
    'Samsung',
    `Thank you!\n\n-------- Original message --------\nFrom: Service\nDate: 04/03/2026 15:21\nTo: Wang\nSubject: Bill\n\n${ours}`,
    '-------- Original',
  ],
  [
    'Yahoo',
    `Thank you!\n\n    On Wednesday, March 4, 2026 at 03:21:00 PM GMT+8, Service <service@crosspoint.example> wrote:  \n \n ${ours}`,
    'On Wednesday',
  ],
  [
    'Lotus Notes',
    `Thank you!\n\nFrom:\tService <service@crosspoint.example>\nTo:\tWang\nDate:\t04.03.2026 15:21\nSubject:\tBill\n\n${ours}`,
    'From:',
  ],
  ['Japanese Outlook', `ありがとう。\n\n差出人: Service\n送信日時: 2026年3月4日\n宛先: Wang\n件名: 請求\n\n${ours}`, '差出人'],
  ['a plain terminal', `Thank you!\n\n${marked}`, '> Your'],
];

describe('an answer', () => {
  it.each(answers)('of %s is parted from what it answers', async (_program, text, quotedBegins) => {
    const { text: own, quoted } = await split(textMail(text));
    expect(own).not.toContain('39 yuan');
    expect(own.split('\n')[0]).toBe(text.split('\n')[0]);
    expect(quoted.startsWith(quotedBegins)).toBe(true);
    expect(quoted).toContain('39 yuan');
  });

  it('keeps its signature', async () => {
    const { text } = await split(textMail(`Yes.\n\n-- \nWang Xiaoming\n+86 139 0000 4126\n\nOn 04.03.26 15:21, Service wrote:\n${marked}`));
    expect(text).toBe('Yes.\n\n--\nWang Xiaoming\n+86 139 0000 4126'.replace('--\n', '-- \n'));
  });

  it('between the lines it answers stays with them', async () => {
    const text = 'On 04.03.26 15:21, Service wrote:\n> Which number?\n\n139 0000 4126\n\n> Since when?\n\nYesterday.';
    expect(await split(textMail(text))).toEqual({ text, quoted: '' });
  });

  it('between the lines loses only what an older mail left at its end', async () => {
    const text = 'See below.\n\n> Which number?\n139\n\n> Since when?\nYesterday.\n\n-----Original Message-----\nFrom: x\nTo: y\nold';
    const { text: own, quoted } = await split(textMail(text));
    expect(own.endsWith('Yesterday.')).toBe(true);
    expect(quoted.startsWith('-----Original')).toBe(true);
  });

  it('below what it answers is the text', async () => {
    const { text, quoted } = await split(textMail(`On 04.03.26 15:21, Service wrote:\n${marked}\n\nThank you!`));
    expect(text).toBe('Thank you!');
    expect(quoted).toContain('39 yuan');
  });

  it('with nothing of its own has an empty text, and its quotation', async () => {
    const { text, quoted } = await split(textMail(`\n\nOn 04.03.26 15:21, Service wrote:\n${marked}`));
    expect(text).toBe('');
    expect(quoted).toContain('39 yuan');
  });
});

describe('what is passed on', () => {
  it.each([
    ['Gmail', '---------- Forwarded message ---------\nFrom: A <a@example.org>\nDate: Wed\nSubject: x\nTo: b\n\nPlease look.'],
    ['Apple Mail', 'Begin forwarded message:\n\nFrom: A\nSubject: x\nDate: Wed\nTo: b\n\nPlease look.'],
    ['QQ Mail', '------------------ 转发邮件 ------------------\n发件人: A\n发送时间: 2026\n收件人: b\n\nPlease look.'],
  ])('by %s without a word is the text; with a word it is quoted', async (_program, forwarded) => {
    expect(await split(textMail(forwarded))).toEqual({ text: forwarded, quoted: '' });
    expect(await split(textMail(`What is this?\n\n${forwarded}`))).toEqual({ text: 'What is this?', quoted: forwarded });
  });
});

describe('text that only looks like a quotation', () => {
  it.each([
    ['a sentence about who wrote', 'On 3 May your colleague wrote:\nwe will call you.\nNobody called.'],
    ['a line that begins with an angle bracket', 'My speed is\n> 100 Mbit\nin the morning, and slow at night.'],
    ['a word before a colon', 'From: the beginning it was slow.\nNothing helps.'],
    ['dashes', 'My data\n------\nnumber 139\n------\nthank you'],
  ])('%s is the text', async (_what, text) => {
    expect(await split(textMail(text))).toEqual({ text, quoted: '' });
  });
});

describe('flowed text', () => {
  it('is joined where it was broken, each depth of quoting by itself', async () => {
    const raw = textMail('This is one \nline.\n\nOn 04.03.26 15:21, S wrote:\n> first \n> line\n>> older \n>> one', {
      'Content-Type': 'text/plain; charset=utf-8; format=flowed',
    });
    expect(await split(raw)).toEqual({ text: 'This is one line.', quoted: 'On 04.03.26 15:21, S wrote:\n> first line\n>> older one' });
  });

  it('in a language without blanks is joined without them', async () => {
    const raw = textMail('您好，我的宽 \n带很慢。', { 'Content-Type': 'text/plain; charset=utf-8; format=flowed; delsp=yes' });
    expect((await split(raw)).text).toBe('您好，我的宽带很慢。');
  });
});

describe('a mail that has only HTML', () => {
  it.each([
    [
      'Outlook',
      '<div class=WordSection1><p class=MsoNormal>Thank you!<o:p></o:p></p><div style="border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Service<br><b>Sent:</b> Wednesday<br><b>To:</b> Wang<br><b>Subject:</b> Bill</p></div><p>Your bill is 39 yuan.</p></div>',
    ],
    [
      'Gmail',
      '<div dir="ltr">Thank you!</div><br><div class="gmail_quote"><div class="gmail_attr">On Wed, Mar 4, 2026 at 3:21 PM Service &lt;<a href="mailto:s@c.example">s@c.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote">Your bill is 39 yuan.</blockquote></div>',
    ],
    [
      'QQ Mail',
      '<div>Thank you!</div><div><br></div><div style="font-size:12px">------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b> Service</div><div><b>发送时间:</b> 2026</div><div>Your bill is 39 yuan.</div>',
    ],
    [
      '163',
      '<div>Thank you!</div><p>在 2026-03-04 15:21:00，"Service" &lt;s@c.example&gt; 写道：</p><blockquote id="isReplyContent">Your bill is 39 yuan.</blockquote>',
    ],
    [
      'Apple Mail',
      '<html><body>Thank you!<div><br><blockquote type="cite"><div>On 4 Mar 2026, at 15:21, Service &lt;s@c.example&gt; wrote:</div><br><div>Your bill is 39 yuan.</div></blockquote></div></body></html>',
    ],
  ])('of %s is read as text, and parted', async (_program, html) => {
    const { text, quoted } = await split(htmlMail(html));
    expect(text).toBe('Thank you!');
    expect(quoted).toContain('39 yuan');
  });

  it('has its lists, tables and links in the text', async () => {
    const { text } = await split(
      htmlMail(
        '<style>p{}</style><p>Hello &amp; <b>good</b>\n day</p><ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr></table><pre>x\n  y</pre>',
      ),
    );
    expect(text).toBe('Hello & good day\n\n- one\n- two\na\tb\nx\n  y');
  });
});
