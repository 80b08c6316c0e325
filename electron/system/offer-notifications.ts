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
  readonly #platform: NodeJS.Platform;
  readonly #onClick: () => void;
  readonly #shown = new Map<string, Pick<Notification, 'close'>>();

  constructor(make: NotificationMaker, platform: NodeJS.Platform, onClick: () => void) {
    this.#make = make;
    this.#platform = platform;
    this.#onClick = onClick;
  }

  show({ reservationId, title, body }: DesktopRequest<'offer:shown'>): void {
    if (!this.#make.isSupported()) return;
    const said = { title: oneLine(title), body: notificationBody(oneLine(body), this.#platform) };
    const notification = new this.#make({ ...said, silent: true, urgency: 'critical', timeoutType: 'never' });
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

const longest = 200;

/** Who calls gives themselves their name: whatever breaks lines or turns the direction of writing is a space, and there is an end to it. */
function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]+/gu, ' ')
    .trim()
    .slice(0, longest);
}

/** On Linux the body is read as markup (Desktop Notifications Specification), links and pictures included; the title is not, nor either elsewhere. */
export function notificationBody(text: string, platform: NodeJS.Platform): string {
  return platform === 'linux' ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}
