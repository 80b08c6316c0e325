import type { DesktopApi } from '../../shared/contracts/desktop-api.ts';
import type { Ringer } from '../phone/index.ts';

/** In Electron the program rings, so that it is heard whatever this page is doing; it begins with `offer:shown`. Only Answer ends it from here. */
export function outsideRinger(desktop: Pick<DesktopApi, 'call'>): Ringer {
  return {
    start: () => undefined,
    stop: () => void desktop.call('ring:stop', {}),
    use: ({ ringer, ringerVolume }) => void desktop.call('ring:through', { deviceId: ringer.slice(0, 200), volume: ringerVolume }),
  };
}
