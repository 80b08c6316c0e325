import type { Session } from 'electron';
import { isAppUrl } from './app-origin.ts';

/** One wish of a page, whether asked (`mediaTypes`) or only checked (`mediaType`). */
export interface PermissionWish {
  readonly permission: string;
  readonly origin: string;
  readonly media: readonly string[];
}

/** Our own page may use the microphone and show notifications. Nobody gets anything else. */
export function decidePermission({ permission, origin, media }: PermissionWish): boolean {
  if (!isAppUrl(origin)) return false;
  if (permission === 'notifications') return true;
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
