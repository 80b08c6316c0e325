/**
 * Bytes in and out (RFC 3261 §18): UDP, TCP, TLS, and WebSocket behind somebody else's HTTP server (RFC 7118).
 *
 * Two things to know: everything is addressed by `Flow`; and the moment of arrival is taken here, at the socket, because every later figure
 * is measured from it.
 */
export type { ConnectionLimitsOptions, Place } from './connection-limits.ts';
export { ConnectionLimits } from './connection-limits.ts';
export { EdgeFlows, isBrowsers, readOrigin } from './edge-flow.ts';
export type { BytesListener, DatagramTransport, Flow, FlowTransport, Origin, Outlets, SocketAddress, StreamTarget } from './flow.ts';
export { closedFlow, isWebSocket, originOf } from './flow.ts';
export type { Framed } from './message-framer.ts';
export { MessageFramer, maxBodyBytes, maxHeadBytes } from './message-framer.ts';
export type { StreamListener, Streams } from './streams.ts';
export { createStreams } from './streams.ts';
export type { Listener, Transports } from './transports.ts';
export { createTransports } from './transports.ts';
export { createUdpTransport } from './udp.ts';
export type { UdpListeners } from './udp-listeners.ts';
export { nextHopFlow, responseFlow, stampTopVia, stampVia } from './via-hop.ts';
export type { WebSocketFlow, WebSocketTransport } from './websocket.ts';
export { createWebSocketTransport } from './websocket.ts';
