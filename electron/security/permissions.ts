import type { DevicePermissionHandlerHandlerDetails, HIDDevice, Session } from 'electron';
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
const granted: ReadonlySet<string> = new Set([
  'notifications',
  'local-network',
  'local-network-access',
  'loopback-network',
  // The ringer plays elsewhere than the headset, and the headset has buttons.
  'speaker-selection',
  'hid',
]);

/** Our own page may use these and the microphone. Nobody gets anything else. */
export function decidePermission({ permission, origin, media }: PermissionWish): boolean {
  if (!isAppUrl(origin)) return false;
  if (granted.has(permission)) return true;
  return permission === 'media' && media.length > 0 && media.every((kind) => kind === 'audio');
}

/** Telephony of the HID usage tables: the buttons and lights of headsets and telephones, and no keyboard. */
const telephonyPage = 0x0b;
const isTelephone = ({ collections }: Pick<HIDDevice, 'collections'>): boolean =>
  collections.some(({ usagePage }) => usagePage === telephonyPage);

/** Our own page may use headsets. No other device, and nobody else. */
export function decideDevice({ deviceType, origin, device }: DevicePermissionHandlerHandlerDetails): boolean {
  return deviceType === 'hid' && isAppUrl(origin) && isTelephone(device as HIDDevice);
}

/** The headset that a page gets which asks for one; null where none is plugged in. The page says by `frameUrl` who it is. */
export function chooseHeadset(devices: readonly HIDDevice[], frameUrl: string | null): string | null {
  if (frameUrl === null || !isAppUrl(frameUrl)) return null;
  return devices.find(isTelephone)?.deviceId ?? null;
}

type Granting = Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'>;

export function grantPermissions(session: Granting): void {
  session.setPermissionRequestHandler((_, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    answer(decidePermission({ permission, origin: details.requestingUrl, media }));
  });
  session.setPermissionCheckHandler((_, permission, origin, details) => {
    return decidePermission({ permission, origin, media: details.mediaType === undefined ? [] : [details.mediaType] });
  });
  session.setDevicePermissionHandler(decideDevice);
  session.on('select-hid-device', (event, { deviceList, frame }, choose) => {
    event.preventDefault();
    choose(chooseHeadset(deviceList, frame?.url ?? null));
  });
}
