import sanitize from 'sanitize-html';
import { asksForMore, cleanStyle } from './clean-style.ts';

export interface CleanHtml {
  readonly html: string;
  /** It asks for something from elsewhere, which tells its sender that it was opened. */
  readonly hasRemoteContent: boolean;
  /** Content ids of the parts it shows, as they stand in `data-cid`. */
  readonly shows: ReadonlySet<string>;
}

const deepest = 200;

/**
 * HTML of a mail without all that could act. No script, form, frame, style sheet or base; styles that only colour and space their own element.
 * Nothing in it makes a browser ask for anything: a picture from elsewhere waits in `data-remote-src`, a picture of the mail in `data-cid`, and
 * whoever shows it turns them into `src`. Links lead to http, https, mailto and tel.
 */
export function cleanHtml(html: string): CleanHtml {
  let hasRemoteContent = false;
  const shows = new Set<string>();

  const options: sanitize.IOptions & { readonly logger: object } = {
    allowedTags: [...tags],
    disallowedTagsMode: 'discard',
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template', 'svg', 'math', 'xmp', 'iframe', 'object'],
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'title', 'align', 'valign', 'width', 'height', 'bgcolor', 'color'],
      a: ['href', 'rel'],
      img: ['src', 'alt', 'data-remote-src', 'data-cid', 'border'],
      table: ['border', 'cellpadding', 'cellspacing', 'summary'],
      td: ['colspan', 'rowspan', 'nowrap'],
      th: ['colspan', 'rowspan', 'nowrap'],
      ol: ['start', 'type'],
      li: ['value'],
      font: ['face', 'size'],
      blockquote: ['type'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowedSchemesAppliedToAttributes: ['href', 'src'],
    allowProtocolRelative: false,
    // `cleanStyle` is stricter, and many times faster than a parser of style sheets.
    parseStyleAttributes: false,
    nestingLimit: deepest,
    transformTags: {
      '*': (tagName, { style = '', ...attributes }) => {
        if (attributes.background || asksForMore(style)) hasRemoteContent = true;
        const kept = style === '' ? '' : cleanStyle(style);
        return { tagName, attribs: kept === '' ? attributes : { ...attributes, style: kept } };
      },
      a: (tagName, { href = '', rel: _rel, ...attributes }) => {
        // One that is relative would lead into whatever shows it.
        const leads = /^(?:https?:\/\/|mailto:|tel:)/i.test(href.trim());
        return { tagName, attribs: leads ? { ...attributes, href: href.trim(), rel: 'noopener noreferrer nofollow' } : attributes };
      },
      img: (tagName, { src = '', srcset, 'data-cid': _cid, 'data-remote-src': _remote, ...attributes }) => {
        const source = src.trim();
        if (/^cid:/i.test(source)) {
          const contentId = decoded(source.slice(4)).replaceAll(/[<>\s]/g, '');
          shows.add(contentId);
          return { tagName, attribs: { ...attributes, 'data-cid': contentId } };
        }
        if (/^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]*$/i.test(source))
          return { tagName, attribs: { ...attributes, src: source } };
        const remote = /^https?:\/\//i.test(source) ? source : /^\/\/\w/.test(source) ? `https:${source}` : null;
        if (remote || srcset) hasRemoteContent = true;
        return { tagName, attribs: remote ? { ...attributes, 'data-remote-src': remote } : attributes };
      },
      link: (tagName, attributes) => {
        hasRemoteContent ||= Boolean(attributes.href);
        return { tagName, attribs: attributes };
      },
      ...remoteWhereNamed(['video', 'audio', 'source', 'iframe', 'embed', 'object', 'input', 'track', 'image'], () => {
        hasRemoteContent = true;
      }),
    },
    logger: silent,
  };
  const cleaned = sanitize(html, options);
  // What is inside a style sheet is not parsed any more: it goes as a whole, and may have asked for a picture or another sheet.
  if (!hasRemoteContent && /<style/i.test(html) && /url\(\s*['"]?\s*(?:https?:)?\/\/|@import/i.test(html)) hasRemoteContent = true;
  return { html: cleaned.trim(), hasRemoteContent, shows };
}

const silent = { log() {}, warn() {}, error() {} };

const tags = [
  ...['a', 'abbr', 'address', 'article', 'aside', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col'],
  ...[
    'colgroup',
    'dd',
    'del',
    'dfn',
    'div',
    'dl',
    'dt',
    'em',
    'figcaption',
    'figure',
    'font',
    'footer',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
  ],
  ...['header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'ol', 'p', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'section'],
  ...[
    'small',
    'span',
    'strike',
    'strong',
    'sub',
    'sup',
    'table',
    'tbody',
    'td',
    'tfoot',
    'th',
    'thead',
    'time',
    'tr',
    'tt',
    'u',
    'ul',
    'var',
    'wbr',
  ],
];

function remoteWhereNamed(tagNames: readonly string[], found: () => void): Record<string, sanitize.Transformer> {
  const transform: sanitize.Transformer = (tagName, attribs) => {
    if (attribs.src || attribs.data || attribs.poster || attribs.srcset || attribs.href) found();
    return { tagName, attribs };
  };
  return Object.fromEntries(tagNames.map((name) => [name, transform]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins nothing stands for itself.
    return text;
  }
}
