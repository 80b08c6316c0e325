import { describe, expect, it } from 'vitest';
import { emptyPage, fillFrame, mailFragment, standInFor } from '../../../../renderer/features/inbox/mail-document.ts';

const drawn = (html: string) => {
  const box = document.createElement('div');
  box.append(mailFragment(html, window));
  return box;
};

describe('the HTML of a mail', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<form action="https://far.example"><input name="password"><button>Go</button></form>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<style>@import url(https://far.example)</style><link rel="stylesheet" href="https://far.example">',
    '<base href="https://far.example"><meta http-equiv="refresh" content="0;url=https://far.example">',
    '<div style="background:url(https://far.example/a.png)" onclick="alert(1)" id="root" class="dialog" name="x">x</div>',
    '<video src="https://far.example/a.mp4" poster="https://far.example/a.png"></video>',
    '<img srcset="https://far.example/a.png 2x" src="https://far.example/a.png">',
  ])('can do nothing and asks for nothing: %s', (html) => {
    const box = drawn(html);
    expect(
      box.querySelectorAll('script, style, iframe, form, input, button, link, base, meta, svg, math, video, [src], [srcset], [style]'),
    ).toHaveLength(0);
    expect(
      [...box.querySelectorAll('*')].flatMap((each) => each.getAttributeNames()).filter((name) => /^on|^id$|^class$|^name$/.test(name)),
    ).toEqual([]);
    for (const link of box.querySelectorAll('a')) expect(link.getAttribute('href')).toBeNull();
  });

  it('keeps words, tables, colours and links that lead outside', () => {
    const box = drawn(
      '<table border="1"><tr><td>Room</td></tr></table><p style="color:red">Hi <a href="https://shop.example/x?a=1">there</a></p>',
    );
    expect(box.querySelector('table')?.getAttribute('border')).toBe('1');
    expect(box.querySelector('p')?.dataset.style).toBe('color:red');
    const link = box.querySelector('a');
    expect([link?.getAttribute('href'), link?.title, link?.target, link?.rel]).toEqual([
      'https://shop.example/x?a=1',
      'https://shop.example/x?a=1',
      '_blank',
      'noopener noreferrer nofollow',
    ]);
  });

  it('has its pictures waiting: those from elsewhere and those within it, never drawn by themselves', () => {
    const box = drawn('<img data-remote-src="https://far.example/a.png"><img data-cid="logo"><img src="data:image/png;base64,AAAA">');
    const [remote, within, own] = box.querySelectorAll('img');
    expect([remote?.hasAttribute('src'), remote?.dataset.remoteSrc, within?.dataset.cid]).toEqual([
      false,
      'https://far.example/a.png',
      'logo',
    ]);
    expect(own?.getAttribute('src')).toMatch(/^data:image\/png/);
  });

  it('lies in a page that may load nothing from elsewhere and runs nothing', () => {
    expect(emptyPage).toContain("default-src 'none'; img-src data: blob:;");
    expect(emptyPage).not.toMatch(/https:|script-src/);
  });

  it('is styled within its own place: nothing lies over what is not its own, nothing is asked for by a style', () => {
    const page = document.implementation.createHTMLDocument();
    fillFrame(
      page,
      mailFragment(
        '<p style="color:red">a</p><p style="position:fixed;top:0">b</p><p style="background:url(https://far.example)">c</p>',
        window,
      ),
      {
        isDark: true,
        font: '13px sans-serif',
        ink: 'black',
        paper: 'white',
      },
    );
    expect([...page.body.querySelectorAll('p')].map(({ style }) => style.cssText)).toEqual(['color: red;', '', '']);
    expect(page.body.innerHTML).not.toContain('data-style');
  });

  it('has words in the room of a picture that is not fetched, and nothing for a dot that counts readers', () => {
    const box = drawn(
      '<p><img data-remote-src="https://far.example/logo.png" alt="Our logo" width="120" height="600"></p><img width="1" height="1">',
    );
    for (const picture of box.querySelectorAll('img')) standInFor(picture, `Picture: ${picture.alt}`);
    expect(box.querySelectorAll('img')).toHaveLength(0);
    expect(box.textContent).toBe('Picture: Our logo');
    const { width, minHeight, maxWidth } = box.querySelector('span')?.style ?? {};
    expect([width, minHeight, maxWidth]).toEqual(['120px', '96px', '100%']);
  });
});
