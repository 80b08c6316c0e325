/**
 * The windows of the program and how they ask for attention: the agent's own, and the strip that stays above other programs.
 *
 * Two things to know: they are created hidden and shown when they have something to show; and an offer brings them to sight without ever taking
 * the keyboard from whatever the agent is typing in. Only the agent's own doing focuses the window; the strip cannot have the focus at all.
 */
export { CallStrip, stripOptions } from './call-strip.ts';
export { closingMeans, isStripShown, type LeavingFacts } from './leaving.ts';
export { MainWindow } from './main-window.ts';
export { type Badge, OfferAttention } from './offer-attention.ts';
export { type Screen, type StripPlaces, stripBounds, stripSize, withPlace } from './strip-place.ts';
export { boundsOnScreen } from './window-bounds.ts';
export { windowOptions } from './window-options.ts';
