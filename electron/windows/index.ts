/**
 * The one window of the program and how it asks for attention.
 *
 * Two things to know: it is created hidden and shown when it has something to show; and an offer brings it to sight without ever taking the
 * keyboard from whatever the agent is typing in. Only a click of the agent focuses it.
 */
export { MainWindow } from './main-window.ts';
export { OfferAttention } from './offer-attention.ts';
export { boundsOnScreen } from './window-bounds.ts';
export { windowOptions } from './window-options.ts';
