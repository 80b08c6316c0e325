import type { Clock, TimerHandle } from './clock.ts';
import type { Log } from './log.ts';

/** A long-lived service: started, and told about its own death through `onExit`. */
export interface Supervised {
  readonly name: string;
  start(onExit: (why: string) => void): void;
  stop(): Promise<void>;
}

/**
 * Restarts a service that died, with back-off 100 ms to 5 s. More than 5 restarts a minute escalate: it is left down and `onGiveUp` is told,
 * so that a broken part does not burn the machine.
 */
export function supervise(service: Supervised, clock: Clock, log: Log, onGiveUp: (name: string) => void): { stop(): Promise<void> } {
  let restarts: number[] = [];
  let pause: TimerHandle | undefined;
  let isStopped = false;

  const start = () => {
    try {
      service.start(onExit);
    } catch (error) {
      onExit(String(error));
    }
  };
  const onExit = (why: string) => {
    if (isStopped) return;
    const now = clock.monotonic();
    restarts = [...restarts.filter((at) => now - at < 60_000), now];
    log.error('service:died', { service: service.name, why, restarts: restarts.length });
    if (restarts.length > 5) return onGiveUp(service.name);
    pause = clock.timer(Math.min(5_000, 100 * 3 ** (restarts.length - 1)), start);
  };
  start();

  return {
    async stop() {
      isStopped = true;
      pause?.cancel();
      await service.stop();
    },
  };
}
