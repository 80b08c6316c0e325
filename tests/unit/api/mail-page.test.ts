import { describe, expect, it } from 'vitest';
import { mailPage, mailPagePolicy } from '../../../cti-bridge/api/http/mail-page.ts';
import { cleanHtml } from '../../../cti-bridge/channels/email/read/clean-html.ts';

const pictures = [{ contentId: 'logo@x', fileId: 'file-1' }];
const drawn = (html: string) => {
  const [, body = ''] = /<body>([\s\S]*)<\/body>/.exec(mailPage({ html: cleanHtml(html).html, pictures }, '/api/mail-pages/t')) ?? [];
  return body;
};

describe('a mail on a page of its own', () => {
  it.each([
    ['https://far.example/a.png?x=1&y=2', '<img src="https://far.example/a.png?x=1&amp;y=2" />'],
    ['http://far.example/a.png', '<img src="https://far.example/a.png" />'],
    ['//far.example/a.png', '<img src="https://far.example/a.png" />'],
    ['cid:logo@x', '<img src="/api/mail-pages/t/file-1" />'],
    ['cid:other@x', '<img data-cid="other@x" />'],
    ['data:image/png;base64,AAAA', '<img src="data:image/png;base64,AAAA" />'],
    ['file:///etc/passwd', '<img />'],
    ['/api/health', '<img />'],
  ])('shows pictures over TLS and those it has with it: %s', (source, expected) => {
    expect(drawn(`<img src="${source}">`)).toBe(expected);
  });

  it('says of a link where it leads, whatever it calls itself', () => {
    expect(drawn('<a title="our bank" href="https://far.example/?a=1&b=2">bank.example</a>')).toMatch(
      /^<a title="https:\/\/far\.example\/\?a=1&amp;b=2" /,
    );
    expect(drawn('<a href="javascript:alert(1)">x</a>')).not.toContain('title');
  });

  it('takes words that look like markup for words', () => {
    const words = '<p title=\'" data-remote-src="https://far.example/a.png\'>&lt;img data-remote-src="https://far.example/b.png"&gt;</p>';
    expect(drawn(words)).not.toMatch(/\ssrc=/);
    expect(drawn('<img alt=\' data-remote-src="https://far.example/a.png"\' src="cid:logo@x">')).not.toContain('src="https:');
  });

  it('may ask for pictures and for nothing else, is of no origin, and lies only in frames of our desktops', () => {
    const policy = mailPagePolicy(['app://crosspoint', 'https://desk.example']);
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "img-src 'self' https: data:",
      "style-src 'unsafe-inline'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self' app://crosspoint https://desk.example",
      'sandbox allow-popups allow-popups-to-escape-sandbox',
    ]);
  });
});
