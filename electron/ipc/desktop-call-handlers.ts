import type { SettingsFile } from '../settings/index.ts';
import type { OfferAttention } from '../windows/index.ts';
import type { CallHandlers } from './handle-calls.ts';

/** What each call does. */
export function desktopCallHandlers(
  settings: Pick<SettingsFile, 'desktop' | 'change'>,
  attention: Pick<OfferAttention, 'show' | 'clear'>,
): CallHandlers {
  return {
    'settings:read': () => settings.desktop,
    'settings:write': (change) => settings.change(change),
    'offer:shown': (offer) => {
      attention.show(offer);
      return {};
    },
    'offer:gone': ({ reservationId }) => {
      attention.clear(reservationId);
      return {};
    },
  };
}
