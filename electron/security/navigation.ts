import type { Shell, WebContents } from 'electron';
import { mailPagePath } from '../../shared/contracts/messages/mail-page.ts';
import type { Report } from '../electron-api.ts';
import { isAppUrl } from './app-origin.ts';

const outsideProtocols: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
/** This program is offered to the system for these: handed outside, they would come back as a second start of it. */
const numberProtocols: ReadonlySet<string> = new Set(['tel:', 'sip:', 'callto:']);

/**
 * Where a page may go: nowhere but to itself. A frame that it fills itself, as that of a mail, goes nowhere either; one that shows a mail with its
 * pictures begins at a page of the bridge (`bridgeUrl`).
 */
export function decideNavigation(address: string, frame: { readonly bridgeUrl: string } | null = null): 'stay' | 'refuse' {
  return isAppUrl(address) || address === 'about:srcdoc' || (frame && isMailPage(address, frame.bridgeUrl)) ? 'stay' : 'refuse';
}

function isMailPage(address: string, bridgeUrl: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.origin === URL.parse(bridgeUrl)?.origin && url.pathname.startsWith(mailPagePath);
}

/**
 * What becomes of a link that wants a new window: the system opens it, the number in it is asked about here, or nothing happens. `href` is the address as
 * it is handed on.
 */
export function decideWindowOpen(
  address: string,
): { readonly kind: 'outside' | 'number'; readonly href: string } | { readonly kind: 'refuse' } {
  const url = URL.parse(address);
  if (url === null || url.href.length > 2_000) return { kind: 'refuse' };
  if (numberProtocols.has(url.protocol)) return { kind: 'number', href: url.href };
  return outsideProtocols.has(url.protocol) ? { kind: 'outside', href: url.href } : { kind: 'refuse' };
}

type Guarded = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

export interface GuardMeans {
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly report: Report;
  /** Null before the settings are read. */
  bridgeUrl(): string | null;
  /** Asks the agent about the number of a link; false when it names none. */
  openNumber(link: string): boolean;
}

/** Holds every page of the program, whoever made it, to the two decisions above, and lets none embed another but the bridge's pages of mails. */
export function guardContents(contents: Guarded, { shell, report, bridgeUrl, openNumber }: GuardMeans): void {
  const refuse = (event: { readonly url: string; preventDefault(): void }) => {
    event.preventDefault();
    report('navigation:refused', { protocol: URL.parse(event.url)?.protocol ?? 'none' });
  };
  const keep = (event: { readonly url: string; preventDefault(): void }) => {
    if (decideNavigation(event.url) === 'refuse') refuse(event);
  };
  contents.on('will-navigate', keep);
  contents.on('will-redirect', keep);
  contents.on('will-frame-navigate', (event) => {
    const url = bridgeUrl();
    const frame = event.isMainFrame || url === null ? null : { bridgeUrl: url };
    if (decideNavigation(event.url, frame) === 'refuse') refuse(event);
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const decision = decideWindowOpen(url);
    if (decision.kind === 'outside') {
      shell.openExternal(decision.href).catch((error: unknown) => report('link:not-opened', { why: String(error) }));
    } else if (decision.kind === 'refuse' || !openNumber(decision.href)) {
      report('link:refused', { protocol: URL.parse(url)?.protocol ?? 'none' });
    }
    return { action: 'deny' };
  });
}
