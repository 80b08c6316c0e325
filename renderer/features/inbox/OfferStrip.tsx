import { useStore } from 'zustand';
import type { Offer } from '../../../shared/contracts/screen-pop.ts';
import { callerName, channelSigns, useText } from '../../i18n/index.ts';
import type { Stores } from '../../stores/index.ts';
import { type Action, Button, useNow } from '../../ui/index.ts';
import './offer-strip.css';

export interface OfferStripProps {
  readonly stores: Stores;
  readonly offer: Offer;
  readonly actions: Readonly<Record<'inbox.accept' | 'inbox.decline', Action>>;
}

/** Written work is offered while something else is on the screen: one line above it, and nothing under the hands moves its meaning. */
export function OfferStrip({ stores, offer, actions }: OfferStripProps) {
  const { t, formats } = useText();
  const now = useNow(useStore(stores.connection, (connection) => connection.clockOffsetMs));
  const { pop, channel } = offer;
  if (channel === 'voice') return null;
  const Sign = channelSigns[channel];
  const { 'inbox.accept': accept, 'inbox.decline': decline } = actions;
  return (
    <section className="offer-strip" aria-label={t(`inbox.offer.${channel}`)}>
      <Sign className="icon" aria-hidden="true" />
      <button
        type="button"
        className="offer-strip-words"
        onClick={() => stores.view.setState({ place: 'work', selectedId: offer.interactionId })}
      >
        <span className="medium cut">{t('inbox.offer.strip', { what: t(`inbox.offer.${channel}`), name: callerName(t, pop) })}</span>
        <span className="small cut text-2">{pop.written?.subject ?? pop.written?.preview ?? pop.queueName[formats.language]}</span>
      </button>
      <span className="figures medium">{formats.clock(offer.ringsUntil - now)}</span>
      <Button size="small" kind="answer" shortcut={accept.shortcut} disabled={!accept.isEnabled} onClick={accept.perform}>
        {accept.label}
      </Button>
      <Button size="small" shortcut={decline.shortcut} disabled={!decline.isEnabled} onClick={decline.perform}>
        {decline.label}
      </Button>
    </section>
  );
}
