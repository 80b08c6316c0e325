import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanHtml } from '../../../../../cti-bridge/channels/email/read/clean-html.ts';

const cleaned = (html: string) => cleanHtml(html).html;

/** Nothing that acts, whatever it is written in. */
const acts =
  /<\/?(?:script|style|form|input|button|iframe|frame|object|embed|base|meta|link|svg|math|video|audio|template|noscript)\b|\son[a-z]+\s*=|javascript:|vbscript:|position\s*:|z-index|url\s*\(|expression\s*\(|@import/i;
/** An attribute that makes a browser ask for something. */
const asks = /<[^<>]*\s(?:src|srcset|background|poster|data|action|formaction|ping|xlink:href)\s*=\s*"?(?!data:image\/)/i;

const hostile = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img/src="x"/onerror=alert(1)>',
  '<svg onload=alert(1)><script>1</script></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" java\nscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>1</script>">x</a>',
  '<a href="file:///etc/passwd">x</a>',
  '<a href="smb://host/share">x</a>',
  '<a href="ms-word:ofe|u|http://x">x</a>',
  '<a href="//example.org/x">x</a>',
  '<base href="https://example.org/"><a href="x">x</a>',
  '<meta http-equiv="refresh" content="0;url=https://example.org/">',
  '<link rel="stylesheet" href="https://example.org/x.css">',
  '<form action="https://example.org/"><input name=password><button formaction=x>Log in</button></form>',
  '<iframe src="https://example.org/"></iframe><object data=x></object><embed src=x>',
  '<iframe srcdoc="<script>1</script>"></iframe>',
  '<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9999;background:url(https://example.org/x)">Log in again</div>',
  '<div style="margin-top:-900px;position:absolute">over</div>',
  '<div style="background:expression(alert(1));-moz-binding:url(x)">x</div>',
  '<div style="behavior:url(x.htc);color:red">x</div>',
  '<style>@import url(https://example.org/x.css); body{display:none}</style>',
  '<style><!--</style><img src=x onerror=alert(1)>-->',
  '<table background="https://example.org/x.png"><tr><td background=x>x</td></tr></table>',
  '<video poster="https://example.org/x" src="https://example.org/y" autoplay></video>',
  '<img srcset="https://example.org/x 2x" data-remote-src="javascript:1" data-cid="x">',
  '<a href="https://example.org/" ping="https://example.org/ping" onclick="x()">x</a>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><script>1</script></template><xmp><script>1</script></xmp>',
  '<!--[if mso]><script>1</script><![endif]--><p>x</p>',
  '<p id="bridge" name="desktop" class="overlay">x</p>',
];

describe('HTML of a mail', () => {
  it.each(hostile)('can do nothing: %s', (html) => {
    const result = cleaned(html);
    expect(result).not.toMatch(acts);
    expect(result).not.toMatch(asks);
    expect(result).not.toMatch(/\s(?:id|name|class|target)=/i);
    for (const [, href] of result.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^(?:https?|mailto|tel):/);
  });

  it('cleaned a second time stays what it is, pictures aside', () => {
    for (const html of hostile) expect(cleaned(cleaned(html))).toBe(cleaned(html));
  });

  it('keeps what is written and how it looks', () => {
    const html =
      '<p style="color:#c00;margin:4px 0;font-weight:bold">Hello <b>you</b></p><table border="1"><tr><td colspan="2">39</td></tr></table><a href="https://example.org/x?a=1&amp;b=2">bill</a> <a href="tel:+8613900004126">call</a>';
    const result = cleaned(html);
    expect(result).toContain('style="color:#c00;margin:4px 0;font-weight:bold"');
    expect(result).toContain('<td colspan="2">39</td>');
    expect(result).toContain('href="https://example.org/x?a=1&amp;b=2"');
    expect(result).toContain('href="tel:+8613900004126"');
  });

  it('keeps pictures from elsewhere waiting, and says that there are some', () => {
    for (const html of [
      '<img src="https://example.org/a.png?id=7">',
      '<img src="//example.org/a.png?id=7">',
      '<IMG SRC=" HTTPS://example.org/a.png?id=7">',
    ]) {
      const { html: result, hasRemoteContent } = cleanHtml(html);
      expect(result.toLowerCase()).toBe('<img data-remote-src="https://example.org/a.png?id=7" />');
      expect(hasRemoteContent).toBe(true);
    }
  });

  it.each([
    ['a background', '<table background="https://example.org/x.png"></table>'],
    ['a style', '<p style="background:url(https://example.org/x.png)">x</p>'],
    ['a style sheet', '<style>p{background:url(https://example.org/x)}</style><p>x</p>'],
    ['a font', '<link href="https://fonts.example.org/x" rel=stylesheet>'],
    ['a film', '<video src="https://example.org/x"></video>'],
  ])('that asks for %s from elsewhere says so', (_what, html) => expect(cleanHtml(html).hasRemoteContent).toBe(true));

  it('without anything from elsewhere says so', () => {
    expect(cleanHtml('<p style="color:red">x</p><a href="https://example.org">x</a><img src="cid:a">').hasRemoteContent).toBe(false);
  });

  it('names the pictures of the mail that it shows', () => {
    const { html, shows } = cleanHtml('<img src="cid:logo%40example.org" alt="Logo"><img src="CID:photo1">');
    expect(html).toBe('<img alt="Logo" data-cid="logo@example.org" /><img data-cid="photo1" />');
    expect([...shows]).toEqual(['logo@example.org', 'photo1']);
  });

  it('keeps small pictures that it carries itself, and no other data', () => {
    expect(cleaned('<img src="data:image/png;base64,iVBORw0KGgo=">')).toContain('src="data:image/png;base64,iVBORw0KGgo="');
    expect(cleaned('<img src="data:image/svg+xml;base64,PHN2Zz4=">')).not.toContain('svg');
    expect(cleaned('<img src="data:text/html,<script>1</script>">')).not.toContain('data:');
  });

  it('never acts, however it is put together', () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostile),
      fc.constantFrom('<', '>', '"', "'", '</p>', '<!--', '-->', '<![CDATA[', ']]>', '&lt;', '&#x3c;', '\u0000', '/'),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const result = cleaned(pieces.join(''));
        // What stands in text between tags is only text.
        const tags = [...result.matchAll(/<[^<>]*>/g)].map(([tag]) => tag).join('\n');
        expect(
          tags.replaceAll(/"[^"]*"/g, (value) => (/^"(?:https?|mailto|tel|data):/i.test(value) ? '""' : value.replaceAll(/[<>]/g, ''))),
        ).not.toMatch(/<\/?(?:script|style|form|input|iframe|base|meta|link|svg|object)\b|\son[a-z]+\s*=|="\s*javascript:/i);
        expect(tags).not.toMatch(asks);
      }),
      { numRuns: 150 },
    );
  });
});
