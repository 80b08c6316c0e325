import type { DesktopApi } from '../../shared/contracts/desktop-api.ts';
import type { Offer } from '../../shared/contracts/screen-pop.ts';
import type { Bridge } from '../bridge/index.ts';
import type { Phone, Ringer } from '../phone/index.ts';
import { currentCall, type Stores } from '../stores/index.ts';
import { afterPaint } from '../ui/index.ts';

export interface RingingOffersMeans {
  readonly stores: Stores;
  readonly bridge: Pick<Bridge, 'command'>;
  readonly phone: Pick<Phone, 'offered' | 'offerEnded'>;
  readonly ringer: Ringer;
  /** A short sound: written work is offered. */
  readonly chime: () => void;
  readonly desktop: Pick<DesktopApi, 'call'>;
  /** Who is calling, for the notice of the program around the page. */
  readonly describe: (offer: Offer) => { title: string; body: string };
  /** The agent has asked for this one: it is answered without a click. */
  isAskedFor(offer: Offer): boolean;
  answer(reservationId: string): void;
}

export interface RingingOffers {
  offered(offer: Offer): void;
  gone(reservationId: string, isAnswered: boolean): void;
  /** After a pause in the connection: what rings here and is offered no more is gone, answered where it is among `assigned`. */
  keepOnly(offers: readonly Offer[], assigned: ReadonlySet<string>): void;
  clear(): void;
}

const longestRingMs = 600_000;

/** Offers on this screen: each is told as delivered and as painted once, and rings until it is gone. */
export function ringingOffers(means: RingingOffersMeans): RingingOffers {
  const { stores, bridge, phone, ringer, desktop } = means;
  /** Offers whose delivery has been told, so that each is told once, whatever is resumed in between. */
  const delivered = new Set<string>();
  const painted = new Set<string>();
  const ringing = new Set<string>();
  /** Those among them for which the phone rings. */
  const calling = new Set<string>();

  function tellDelivery({ reservationId, pop }: Offer): void {
    if (delivered.has(reservationId)) return;
    delivered.add(reservationId);
    void bridge.command('pop:delivered', { reservationId, popId: pop.popId }).then((outcome) => {
      // It may not have arrived: the next resume tells it again.
      if (!outcome.ok && (outcome.error.code === 'offline' || outcome.error.code === 'no_answer')) delivered.delete(reservationId);
    });
  }

  function tellPainting({ reservationId, pop }: Offer): void {
    if (painted.has(reservationId)) return;
    painted.add(reservationId);
    afterPaint(() => {
      if (stores.desk.getState().offers.some((each) => each.reservationId === reservationId))
        void bridge.command('pop:painted', { reservationId, popId: pop.popId });
    });
  }

  function gone(reservationId: string, isAnswered: boolean): void {
    phone.offerEnded(reservationId, isAnswered);
    const isCall = calling.delete(reservationId);
    if (stores.call.getState().answering === reservationId) stores.call.setState({ answering: null });
    if (!ringing.delete(reservationId)) return;
    if (isCall && calling.size === 0) ringer.stop();
    void desktop.call('offer:gone', { reservationId });
  }

  return {
    offered(offer) {
      const { reservationId, interactionId } = offer;
      tellDelivery(offer);
      tellPainting(offer);
      if (offer.channel === 'voice') phone.offered(reservationId);
      if (ringing.has(reservationId)) return;
      ringing.add(reservationId);
      if (offer.channel !== 'voice') {
        means.chime();
        void desktop.call('offer:shown', { reservationId, ...means.describe(offer) });
        return;
      }
      calling.add(reservationId);
      const { phone: ownPhone, clockOffsetMs } = stores.connection.getState();
      // A telephone on the desk rings for itself.
      const rings = ownPhone !== 'desk';
      if (rings) ringer.start();
      // Beside a call the screen stays with whoever is talked with; the second line says who rings.
      if (currentCall(stores.desk.getState())?.kind === 'ringing') stores.view.setState({ place: 'work', selectedId: interactionId });
      const ringsForMs = Math.min(Math.max(0, offer.ringsUntil - clockOffsetMs - Date.now()), longestRingMs);
      void desktop.call('offer:shown', { reservationId, ...means.describe(offer), ...(rings ? { ringsForMs } : {}) });
      if (means.isAskedFor(offer)) means.answer(reservationId);
    },
    gone,
    keepOnly(offers, assigned) {
      for (const reservationId of ringing) {
        if (!offers.some((offer) => offer.reservationId === reservationId)) gone(reservationId, assigned.has(reservationId));
      }
    },
    clear() {
      for (const reservationId of [...ringing]) gone(reservationId, false);
      delivered.clear();
      painted.clear();
    },
  };
}
