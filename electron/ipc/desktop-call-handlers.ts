import type { SettingsFile } from '../settings/index.ts';
import type { OfferAttention } from '../windows/index.ts';
import type { CallHandlers } from './handle-calls.ts';

/** What each call does. */
export function desktopCallHandlers(
  settings: Pick<SettingsFile, 'desktop' | 'change'>,
  attention: Pick<OfferAttention, 'show' | 'clear'>,
  download: (address: string) => void,
): CallHandlers {
  return {
    'settings:read': () => settings.desktop,
    'settings:write': (change) => settings.change(change),
    'offer:shown': (offer) => {
      attention.show(offer);
      return {};
    },
    // Only ever from the bridge that is set: the page says which file, not from where.
    'file:download': ({ path }) => {
      download(new URL(path, settings.desktop.bridgeUrl).href);
      return {};
    },
    'offer:gone': ({ reservationId }) => {
      attention.clear(reservationId);
      return {};
    },
  };
}
