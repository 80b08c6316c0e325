import { mailPagePath } from '../../shared/contracts/messages/mail-page.ts';

/**
 * What the page may load and reach: its own files, and the one bridge it is set to. No inline or evaluated script, no frames but
 * the bridge's pages of mails, no forms sent anywhere. Only the origin of the bridge's address is used, so that no setting can write a directive.
 */
export function contentSecurityPolicy(bridgeUrl: string): string {
  const { origin, host, protocol } = new URL(bridgeUrl);
  const socket = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    `media-src 'self' blob: mediastream: ${origin}`,
    "worker-src 'self'",
    `connect-src 'self' ${origin} ${socket}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-src ${origin}${mailPagePath}`,
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
