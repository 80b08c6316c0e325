import type { BrowserWindow } from 'electron';
import type { DesktopRequest } from '../../shared/contracts/desktop-api.ts';
import type { OfferNotifications } from '../system/index.ts';

type Shown = Pick<BrowserWindow, 'isDestroyed' | 'isFocused' | 'showInactive' | 'moveTop' | 'flashFrame'>;

/** How many wait, on the program's sign in the task bar or dock. */
export interface Badge {
  setBadgeCount(count: number): void;
}

/**
 * Makes an offer seen while the agent is elsewhere: the window comes up without the focus, its task bar entry flashes, a badge counts, a
 * notification names the caller. The agent may be typing in another program at this moment, so `focus` and `show` are never used here.
 */
export class OfferAttention {
  readonly #window: Shown;
  readonly #badge: Badge;
  readonly #notifications: Pick<OfferNotifications, 'show' | 'close'>;
  readonly #offers = new Set<string>();

  constructor(window: Shown, badge: Badge, notifications: Pick<OfferNotifications, 'show' | 'close'>) {
    this.#window = window;
    this.#badge = badge;
    this.#notifications = notifications;
  }

  show(offer: DesktopRequest<'offer:shown'>): void {
    if (this.#window.isDestroyed() || this.#offers.has(offer.reservationId)) return;
    this.#offers.add(offer.reservationId);
    this.#badge.setBadgeCount(this.#offers.size);
    if (this.#window.isFocused()) return;
    this.#window.showInactive(); // also brings a minimised window back
    this.#window.moveTop();
    this.#window.flashFrame(true);
    this.#notifications.show(offer);
  }

  clear(reservationId: string): void {
    if (!this.#offers.delete(reservationId)) return;
    this.#notifications.close(reservationId);
    this.#badge.setBadgeCount(this.#offers.size);
    if (this.#offers.size === 0 && !this.#window.isDestroyed()) this.#window.flashFrame(false);
  }

  /** The page that told of them is gone. */
  clearAll(): void {
    for (const reservationId of [...this.#offers]) this.clear(reservationId);
  }
}
