import type { Dial, WireEvents } from '../../cti-bridge/channels/sms/smpp/wire.ts';
import type { Clock } from '../../cti-bridge/kernel/index.ts';
import type { SimulatedSmsc } from '../../tools/sms/smsc.ts';

/** A millisecond each way. */
const delayMs = 1;

/** Connects to a simulated network in this process, in the time of the clock. `isReachable`: whether a connection comes about. */
export function dialInMemory(clock: Clock, smsc: SimulatedSmsc, isReachable: () => boolean = () => true): Dial {
  return (events: WireEvents) => {
    let isOver = false;
    const later = (then: () => void) => {
      clock.timer(delayMs, () => {
        if (!isOver) then();
      });
    };
    const atTheirs = { bytes: (_chunk: Uint8Array) => {}, closed: () => {} };
    later(() => {
      if (!isReachable()) {
        isOver = true;
        return events.closed('no connection');
      }
      const theirs = smsc.accept({
        write: (bytes) => later(() => events.bytes(bytes)),
        close: () =>
          later(() => {
            isOver = true;
            events.closed('it closed the connection');
          }),
      });
      atTheirs.bytes = theirs.bytes;
      atTheirs.closed = theirs.closed;
      events.opened();
    });
    return {
      // What left before the end arrives.
      write: (bytes) => void clock.timer(delayMs, () => atTheirs.bytes(bytes)),
      close() {
        isOver = true;
        // Those who leave say so, a moment later.
        clock.timer(delayMs, () => atTheirs.closed());
      },
    };
  };
}
