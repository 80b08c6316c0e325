import type { MailPage } from '../../flows/messages/mail-pages.ts';
import { escapeHtml } from './escape-html.ts';

/**
 * A mail as a page of its own. Its HTML was sanitised as it was read; here pictures from elsewhere get their `src`, over TLS alone, and those of
 * the mail one beside this page (`base`). Links say where they lead and leave the frame. What it may do is in its policy, not in here.
 */
export function mailPage({ html, pictures }: MailPage, base: string): string {
  const fileOf = new Map(pictures.map(({ contentId, fileId }) => [escapeHtml(contentId), fileId]));
  // The sanitiser writes every tag whole, its attributes in double quotes and their signs escaped: no `<` and `>` but those of tags.
  const shown = html.replaceAll(/<(img|a)\s[^<>]*>/gi, (tag) =>
    tag
      .replace(/\sdata-remote-src="(?:http:|https:)?([^"]*)"/i, (_, address: string) => ` src="https:${address}"`)
      .replace(/\sdata-cid="([^"]*)"/i, (cid, contentId: string) => {
        const fileId = fileOf.get(contentId);
        return fileId === undefined ? cid : ` src="${base}/${encodeURIComponent(fileId)}"`;
      })
      // Before any other title: of two, the first one counts.
      .replace(/^<a(\s(?:[^<>]*\s)?href="([^"]*)")/i, (_, rest: string, address: string) => `<a title="${address}"${rest}`),
  );
  return `<!doctype html>
<html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><base target="_blank">
<style>:root{color-scheme:light;background:transparent}body{margin:0;font:13px/1.55 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#14171c;overflow-wrap:anywhere}img{max-width:100%;height:auto}</style>
</head><body>${shown}</body></html>
`;
}

/**
 * What the page of a mail may do: show pictures, from elsewhere over TLS, its own, and those in its text. It is of no origin (`sandbox`), runs
 * nothing, sends nothing; only our own desktops may have it in a frame.
 */
export function mailPagePolicy(desktops: readonly string[]): string {
  return [
    "default-src 'none'",
    "img-src 'self' https: data:",
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${["'self'", ...desktops].join(' ')}`,
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
}
