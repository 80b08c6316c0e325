import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../../cti-bridge/channels/chat/widget/links.ts';

const linksIn = (text: string) => partsOf(text).flatMap(({ href }) => href ?? []);

describe('links in what somebody wrote', () => {
  it.each([
    ['see https://northline.example/move.', 'https://northline.example/move'],
    ['(https://northline.example/a_(b))', 'https://northline.example/a_(b)'],
    ['详情见 https://northline.example/move。谢谢', 'https://northline.example/move'],
    ['HTTP://Example.ORG/A?b=c&d=%20#e', 'http://example.org/A?b=c&d=%20#e'],
    ['https://[2001:db8::1]/x', 'https://[2001:db8::1]/x'],
    ['<https://example.org/>', 'https://example.org/'],
    ['https://例子.example/路', 'https://xn--fsqu00a.example/%E8%B7%AF'],
  ])('are found in %s', (text, href) => {
    expect(linksIn(text)).toEqual([href]);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt://example.org/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'vbscript:x smb://host/share ms-msdt:/id',
    'http:javascript:alert(1)',
    'https://bank.example@elsewhere.example/',
    'https://user:secret@example.org/',
    'https://example.org\u202egro.elpmaxe',
    'https://exam\u200bple.org',
    'https://',
    'https://nodots',
    'www.example.org without a scheme',
  ])('are not made of %s', (text) => {
    expect(linksIn(text)).toEqual([]);
  });

  it('are not made of what nobody would type', () => {
    expect(linksIn(`https://example.org/${'a'.repeat(3_000)}`)).toEqual([]);
  });

  it('never lead elsewhere than http and https, and lose no letter of any text', () => {
    const text = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('https://', 'http://a.b', '@', ')', '"><img src=x onerror=alert(1)>', '\u202e', 'javascript:'),
      ),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(text, (pieces) => {
        const whole = pieces.join('');
        const parts = partsOf(whole);
        expect(parts.map((part) => part.text).join('')).toBe(whole);
        for (const { href } of parts) if (href !== null) expect(href).toMatch(/^https?:\/\/[^@/]+(\/|$)/);
      }),
      { numRuns: 40 },
    );
  });

  it('are looked for in time that grows with the text', () => {
    const looks = (text: string) => partsOf(text).length;
    expect(looks('https://'.repeat(500))).toBeGreaterThan(0);
    expect(looks(`https://a.b/${')'.repeat(3_900)}`)).toBeGreaterThan(0);
    expect(looks(`https://a.b/${'.'.repeat(3_900)}x`)).toBeGreaterThan(0);
  });
});
