import type { DesktopApi } from '../../shared/contracts/desktop-api.ts';
import type { Ringer } from '../phone/index.ts';

/** In Electron the program rings, so that it is heard whatever this page is doing; it begins with `offer:shown`. Only Answer ends it from here. */
export function outsideRinger(desktop: Pick<DesktopApi, 'call'>): Ringer {
  const nothing = () => undefined;
  // Which device and how loud, the program reads in the settings.
  return { start: nothing, use: nothing, stop: () => void desktop.call('ring:stop', {}) };
}
