import { useState } from 'react';
import { useStore } from 'zustand';
import { usualSettings } from '../../../shared/contracts/desktop-api.ts';
import type { Offer } from '../../../shared/contracts/screen-pop.ts';
import { callerName, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import './offer-alert.css';

export interface OfferAlertProps {
  readonly stores: Stores;
  /** The keys that answer a call and take written work. */
  readonly keys: { readonly call: string | null; readonly written: string | null };
}

/**
 * Says what is offered to who does not see it, and shows it to who does not hear it, at whatever place the screen is: an announcement, once for
 * each offer, and, where somebody chose it, a border that flashes once a second (at most three are allowed: WCAG 2.2, 2.3.1).
 */
export function OfferAlert({ stores, keys }: OfferAlertProps) {
  const offers = useStore(stores.desk, (desk) => desk.offers);
  const isFlashing = useStore(stores.settings, (settings) => settings.flash) ?? usualSettings.flash;
  return (
    <>
      {offers.map((offer) => (
        <Announcement key={offer.reservationId} offer={offer} keys={keys} />
      ))}
      {isFlashing && offers.length > 0 ? <div className="offer-flash" aria-hidden="true" /> : null}
    </>
  );
}

/** As it was when it was first offered: what is filled in later is not said again. */
function Announcement({ offer, keys }: Pick<OfferAlertProps, 'keys'> & { readonly offer: Offer }) {
  const { t, formats } = useText();
  const [said] = useState(() => {
    const { pop, channel } = offer;
    const contact = pop.match.kind === 'certain' ? pop.match.contact : null;
    const tier = contact && contact.tier !== 'standard' ? t(`customer.tier.${contact.tier}`) : null;
    const key = channel === 'voice' ? keys.call : keys.written;
    return [
      `${t(channel === 'voice' ? 'offer.incoming' : `inbox.offer.${channel}`)}: ${callerName(t, pop)}`,
      ...(tier === null ? [] : [contact?.isKeyAccount ? t('customer.keyAccount', { tier }) : tier]),
      pop.queueName[formats.language],
      ...(key === null ? [] : [t('offer.alert.key', { key })]),
    ].join(t('offer.alert.between'));
  });
  return (
    <p className="sr-only" role="alert">
      {said}
    </p>
  );
}
