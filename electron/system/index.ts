/**
 * The operating system: its sleep and locked screen, its notifications, the place beside its clock, keys that work in every program, links that
 * other programs open, starting with the computer; and the ring, which must be heard whatever the page is doing.
 *
 * Two things to know: the page is told of sleep before and after, because a phone that slept must register again at once; and a notification
 * makes no sound of its own, because exactly one thing rings.
 */
export { CallLinks, type CallLinksMeans, linkSchemes, numberFromLink, offerForLinks } from './call-links.ts';
export { DeskTray, type DeskTrayMeans, stateChoices, trayMenu, trayTip } from './desk-tray.ts';
export { HotKeys, type HotKeysMeans } from './hot-keys.ts';
export { type Bell, MainRinger } from './main-ringer.ts';
export { OfferNotifications } from './offer-notifications.ts';
export { sendPowerSignals } from './power-signals.ts';
export { autostartEntry, type StartAtLoginMeans, startAtLogin } from './start-at-login.ts';
export { type StateSign, stateIcon } from './state-icon.ts';
export { taskBadge } from './task-badge.ts';
