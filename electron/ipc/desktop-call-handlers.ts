import type { DesktopSettings, desktopCalls } from '../../shared/contracts/desktop-api.ts';
import type { OutsideState, OutsideWords, RingThrough } from '../../shared/contracts/outside.ts';
import type { SettingsFile } from '../settings/index.ts';
import type { CallLinks, MainRinger } from '../system/index.ts';
import type { OfferAttention } from '../windows/index.ts';
import type { CallHandlers } from './handle-calls.ts';

export interface DesktopCallMeans {
  readonly settings: Pick<SettingsFile, 'desktop' | 'change'>;
  readonly attention: Pick<OfferAttention, 'show' | 'clear'>;
  readonly ringer: Pick<MainRinger, 'offered' | 'ended' | 'silence'>;
  readonly links: Pick<CallLinks, 'take'>;
  /** What the desk shows outside the window. */
  readonly outside: {
    show(state: OutsideState | null, words: OutsideWords): void;
    ringThrough(through: RingThrough): void;
    settingsChanged(settings: DesktopSettings): void;
  };
  download(address: string): void;
}

/** What each call of the main page does. */
export function desktopCallHandlers(means: DesktopCallMeans): CallHandlers<typeof desktopCalls> {
  const { settings, attention, ringer, links, outside, download } = means;
  return {
    'settings:read': () => settings.desktop,
    'settings:write': (change) => {
      const changed = settings.change(change);
      outside.settingsChanged(changed);
      return changed;
    },
    'offer:shown': ({ ringsForMs, ...offer }) => {
      attention.show(offer);
      if (ringsForMs !== undefined) ringer.offered(offer.reservationId, ringsForMs);
      return {};
    },
    // Only ever from the bridge that is set: the page says which file, not from where.
    'file:download': ({ path }) => {
      download(new URL(path, settings.desktop.bridgeUrl).href);
      return {};
    },
    'offer:gone': ({ reservationId }) => {
      ringer.ended(reservationId);
      attention.clear(reservationId);
      return {};
    },
    'ring:through': (through) => {
      outside.ringThrough(through);
      return {};
    },
    'ring:stop': () => {
      ringer.silence();
      return {};
    },
    'outside:show': ({ state, words }) => {
      outside.show(state, words);
      return {};
    },
    'link:take': () => ({ number: links.take() }),
  };
}
