/**
 * Floor 1: sound. RTP and G.711 towards trunks, WebRTC (werift) towards desktops, DTMF by RFC 4733, prompts, music, a jitter buffer.
 *
 * Two things to know: all packets live in worker processes (`worker.ts`), the signalling process only sends them short messages; and one
 * call is one `MediaSession`, whose legs live in the same worker, so that joining two legs never crosses a process.
 *
 * Promises: ignorant of SIP and of the business; ending a session frees its ports, sockets and timers; a dead worker is told as the end of
 * its sessions.
 */
export * from './engine.ts';
