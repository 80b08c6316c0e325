import type { Session } from 'electron';
import { isAppUrl } from './app-origin.ts';

/** One wish of a page, whether asked (`mediaTypes`) or only checked (`mediaType`). */
export interface PermissionWish {
  readonly permission: string;
  readonly origin: string;
  readonly media: readonly string[];
}

/**
 * What our page needs: to notify, and to reach a bridge on this machine or in the house. Chromium asks for the latter since Electron 43
 * and refuses it by default; which bridge it is, the content security policy says.
 */
const granted: ReadonlySet<string> = new Set(['notifications', 'local-network', 'local-network-access', 'loopback-network']);

/** Our own page may use these and the microphone. Nobody gets anything else. */
export function decidePermission({ permission, origin, media }: PermissionWish): boolean {
  if (!isAppUrl(origin)) return false;
  if (granted.has(permission)) return true;
  return permission === 'media' && media.length > 0 && media.every((kind) => kind === 'audio');
}

type Granting = Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>;

export function grantPermissions(session: Granting): void {
  session.setPermissionRequestHandler((_, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(decidePermission({ permission, origin: details.requestingUrl, media }));
  });
  session.setPermissionCheckHandler((_, permission, origin, details) => {
    return decidePermission({ permission, origin, media: details.mediaType === undefined ? [] : [details.mediaType] });
  });
  session.setDevicePermissionHandler(() => false);
}
