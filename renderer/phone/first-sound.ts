const lookEveryMs = 10;
const limitMs = 10_000;

/**
 * Waits until the caller's sound has come out of the jitter buffer towards the speaker and returns when that was, in `performance.now()`
 * terms; null when nothing was heard in ten seconds. A synchronisation source appears only once audio of it has been delivered to the
 * track (W3C WebRTC, RTCRtpReceiver.getSynchronizationSources), so a mere packet on the wire does not count. Seen up to 10 ms late.
 */
export function firstSound(receiver: RTCRtpReceiver, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const look = () => {
      if (receiver.getSynchronizationSources().length > 0) return settle(performance.now());
      if (signal.aborted || performance.now() - startedAt > limitMs) return settle(null);
    };
    const settle = (at: number | null) => {
      clearInterval(timer);
      resolve(at);
    };
    const timer = setInterval(look, lookEveryMs);
    look();
  });
}
