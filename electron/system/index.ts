/**
 * The operating system: its sleep and its notifications.
 *
 * Two things to know: the page is told of sleep before and after, because a phone that slept must register again at once; and a
 * notification makes no sound of its own, because the page is already ringing.
 */
export { OfferNotifications } from './offer-notifications.ts';
export { sendPowerSignals } from './power-signals.ts';
