import type { Notification } from 'electron';
import type { DesktopRequest } from '../../shared/contracts/desktop-api.ts';

/** Electron's class, as far as it is used. */
export interface NotificationMaker {
  new (options: {
    title: string;
    body: string;
    silent: boolean;
    urgency: 'critical';
    timeoutType: 'never';
  }): Pick<Notification, 'show' | 'close' | 'on'>;
  isSupported(): boolean;
}

/** One notification per offer, taken away with it. Clicking it is the agent's wish to see the window. */
export class OfferNotifications {
  readonly #make: NotificationMaker;
  readonly #onClick: () => void;
  readonly #shown = new Map<string, Pick<Notification, 'close'>>();

  constructor(make: NotificationMaker, onClick: () => void) {
    this.#make = make;
    this.#onClick = onClick;
  }

  show({ reservationId, title, body }: DesktopRequest<'offer:shown'>): void {
    if (!this.#make.isSupported()) return;
    const notification = new this.#make({ title, body, silent: true, urgency: 'critical', timeoutType: 'never' });
    notification.on('click', this.#onClick);
    this.close(reservationId);
    this.#shown.set(reservationId, notification);
    notification.show();
  }

  close(reservationId: string): void {
    this.#shown.get(reservationId)?.close();
    this.#shown.delete(reservationId);
  }
}
