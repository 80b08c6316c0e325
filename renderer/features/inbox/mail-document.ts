import createPurify, { type Config } from 'dompurify';

/**
 * The HTML of a mail for its frame. It was sanitised by the bridge; this is done once more where it is drawn. Nothing in the result makes a
 * browser ask for anything by itself: pictures from elsewhere wait in `data-remote-src`, those of the mail in `data-cid`.
 */
const rules: Config = {
  // Last what is no address at all: the library asks this of every attribute.
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|data:image\/(?:png|jpe?g|gif|webp|bmp);base64,|[^a-z]|[a-z+.-]+(?:[^a-z+.:-]|$))/i,
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
  FORBID_CONTENTS: ['style', 'script', 'title', 'template', 'xmp', 'noscript', 'iframe'],
  RETURN_DOM_FRAGMENT: true,
};

export function mailFragment(html: string, window: Window & typeof globalThis): DocumentFragment {
  const purify = createPurify(window);
  // The page around forbids styles in markup, and says so of each: they travel under another name and are set through the object model.
  const parked = html.replaceAll(/<[a-z][^<>]*>/gi, (tag) => tag.replaceAll(/\sstyle=/gi, ' data-style='));
  const fragment = purify.sanitize(parked, rules) as unknown as DocumentFragment;
  for (const picture of fragment.querySelectorAll('img')) {
    // Only what is in the mail itself is drawn without being asked for.
    if (!/^data:/i.test(picture.getAttribute('src') ?? '')) picture.removeAttribute('src');
    picture.referrerPolicy = 'no-referrer';
  }
  for (const link of fragment.querySelectorAll('a')) {
    if (!/^(?:https?:|mailto:|tel:)/i.test(link.getAttribute('href') ?? '')) link.removeAttribute('href');
    // Where it goes is told by the link, not by its words.
    link.title = link.getAttribute('href') ?? '';
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  return fragment;
}

/** The empty page of the frame. Its own policy is the strictest there is; whatever the page around it may load, this one may not. */
export const emptyPage = `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"><meta name="referrer" content="no-referrer"></head><body></body></html>`;

/** What a style asks for from elsewhere, or by what it leaves its place. */
const notOwnPlace = /url\s*\(|image-set|@import|expression|position|z-index|transform/i;

/** What the frame, which knows no tokens, is told of them. */
export interface MailLook {
  readonly isDark: boolean;
  readonly font: string;
  readonly ink: string;
  readonly paper: string;
}

/** Puts the mail into the frame's page: colours and room of its own elements, nothing outside the frame, pictures no wider than it. */
export function fillFrame(page: Document, fragment: DocumentFragment, look: MailLook): void {
  const body = page.importNode(fragment, true);
  for (const element of body.querySelectorAll<HTMLElement>('[data-style]')) {
    const style = element.dataset.style ?? '';
    element.removeAttribute('data-style');
    if (!notOwnPlace.test(style)) element.style.cssText = style;
  }
  Object.assign(page.documentElement.style, { colorScheme: 'light', background: 'transparent' });
  Object.assign(page.body.style, {
    // The margins of what is in it count as its own height.
    ...{
      display: 'flow-root',
      margin: '0',
      padding: look.isDark ? '12px' : '0',
      overflowX: 'auto',
      overflowY: 'hidden',
      overflowWrap: 'anywhere',
    },
    ...{ font: look.font, color: look.ink, borderRadius: '6px' },
    // What a mail colours, it colours for white paper: in the dark it lies on a sheet of its own.
    background: look.isDark ? look.paper : 'transparent',
  });
  page.body.replaceChildren(body);
  for (const picture of page.body.querySelectorAll('img'))
    Object.assign(picture.style, { maxWidth: '100%', height: picture.style.height || 'auto' });
}

/** As wide as the picture, and so high that the mail keeps its shape without keeping its emptiness. */
const highestStandIn = 96;

/** Words where a picture is not fetched, in place of the browser's sign for a broken one. A dot, which only counts readers, leaves nothing. */
export function standInFor(picture: HTMLImageElement, words: string): void {
  const [width, height] = (['width', 'height'] as const).map((side) => /^\d+/.exec(picture.getAttribute(side) ?? '')?.[0]);
  if (Number(width ?? 4) < 4 || Number(height ?? 4) < 4) return picture.remove();
  const standIn = picture.ownerDocument.createElement('span');
  standIn.textContent = words;
  const isShare = picture.getAttribute('width')?.endsWith('%');
  Object.assign(standIn.style, {
    ...{ display: 'inline-flex', alignItems: 'center', justifyContent: 'center', boxSizing: 'border-box', maxWidth: '100%' },
    ...{
      width: width === undefined ? '' : `${width}${isShare ? '%' : 'px'}`,
      minHeight: `${Math.min(Number(height ?? 0), highestStandIn)}px`,
    },
    ...{ padding: '2px 8px', border: '1px dashed currentColor', borderRadius: '4px', fontSize: '0.9em', opacity: '0.7' },
  });
  picture.replaceWith(standIn);
}
