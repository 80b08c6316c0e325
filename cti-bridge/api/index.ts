/**
 * Floor 4: speaks to desktops. One HTTP server carries log-in, the built desktop, health and metrics, the desktops' sockets (socket.io),
 * and hands SIP-over-WebSocket upgrades on.
 *
 * Two things to know: everything declares the right it needs (`commands/` by the contract's table, HTTP routes by their config) and is
 * closed otherwise; and a desktop's events are numbered on its `DesktopLine`, which outlives sockets, so that a resume has no gap.
 *
 * Promises: what a desktop sends never throws, is refused with a reason, and costs only its own socket.
 */

export type { Api, ApiOptions } from './api.ts';
export { createApi } from './api.ts';
export { identitySessions } from './identity-sessions.ts';
export type { GaugeSources, Metrics } from './metrics.ts';
export { createMetrics } from './metrics.ts';
export type { ClientBearers, HealthReasons, LogInRefusal, Sessions } from './ports.ts';
export { DesktopRegistry } from './publishers/desktop-registry.ts';
export { type Relay, SoundPaths } from './publishers/sound-paths.ts';
export type { AcceptUpgrade } from './sockets/upgrade-router.ts';
export { StartError } from './start-error.ts';
