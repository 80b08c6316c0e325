import createPurify, { type Config } from 'dompurify';

/**
 * The HTML of a mail for its frame. It was sanitised by the bridge; this is done once more where it is drawn. Nothing in the result makes a
 * browser ask for anything by itself: pictures from elsewhere wait in `data-remote-src`, those of the mail in `data-cid`.
 */
const rules: Config = {
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|data:image\/(?:png|jpe?g|gif|webp|bmp);base64,)/i,
  FORBID_TAGS: [
    'style',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'svg',
    'math',
    'video',
    'audio',
    'source',
    'iframe',
    'object',
    'embed',
    'link',
    'base',
    'meta',
  ],
  FORBID_ATTR: ['srcset', 'background', 'class', 'id', 'name', 'action', 'ping', 'poster'],
  ALLOW_ARIA_ATTR: false,
  ADD_ATTR: ['data-remote-src', 'data-cid'],
  RETURN_DOM_FRAGMENT: true,
};

export function mailFragment(html: string, window: Window & typeof globalThis): DocumentFragment {
  const purify = createPurify(window);
  const fragment = purify.sanitize(html, rules) as unknown as DocumentFragment;
  for (const picture of fragment.querySelectorAll('img')) {
    // Only what is in the mail itself is drawn without being asked for.
    if (!/^data:/i.test(picture.getAttribute('src') ?? '')) picture.removeAttribute('src');
    picture.referrerPolicy = 'no-referrer';
  }
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  return fragment;
}

/**
 * The empty page of the frame. Its own policy is the strictest there is; whatever the page around it may load, this one may not. Pictures from
 * elsewhere only where somebody asked for them.
 */
export function framePage(showsPictures: boolean): string {
  const pictures = showsPictures ? 'data: blob: https: http:' : 'data: blob:';
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src ${pictures}; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"><meta name="referrer" content="no-referrer"></head><body></body></html>`;
}

/**
 * Puts the mail into the frame's page. Styles are set through the object model: the page around forbids those in markup. Wide tables shrink to
 * the frame, nothing stands outside it.
 */
export function fillFrame(page: Document, fragment: DocumentFragment, look: { readonly isDark: boolean; readonly font: string }): void {
  const body = page.importNode(fragment, true);
  for (const element of body.querySelectorAll<HTMLElement>('[style]')) {
    const style = element.getAttribute('style') ?? '';
    element.removeAttribute('style');
    element.style.cssText = style;
  }
  Object.assign(page.documentElement.style, { colorScheme: 'light', background: 'transparent' });
  Object.assign(page.body.style, {
    ...{ margin: '0', padding: look.isDark ? '12px' : '0', overflowX: 'auto', overflowY: 'hidden', overflowWrap: 'anywhere' },
    ...{ font: look.font, color: '#14171c', borderRadius: '6px' },
    // What a mail colours, it colours for white paper: in the dark it lies on a sheet of its own.
    background: look.isDark ? '#f3f4f6' : 'transparent',
  });
  page.body.replaceChildren(body);
  for (const picture of page.body.querySelectorAll('img'))
    Object.assign(picture.style, { maxWidth: '100%', height: picture.style.height || 'auto' });
}
