import type { Clock, Log } from '../kernel/index.ts';
import { supervise, withTimeLimit } from '../kernel/index.ts';
import type { MediaConfig, MediaEngine, MediaSession } from './api.ts';
import { overloadLimits } from './worker/overload.ts';
import { RemoteSession } from './worker/remote-session.ts';
import { WorkerProcess } from './worker/worker-process.ts';

const startLimitMs = 15_000;

/** Starts the media workers, keeps them alive, and puts each call into the one with the fewest. */
export function createMediaEngine({ config, clock, log }: { config: MediaConfig; clock: Clock; log: Log }): MediaEngine {
  const workers = shareRange(config.portRange, config.workers).map(
    (portRange, index) =>
      new WorkerProcess(
        `media-${index + 1}`,
        {
          host: config.host,
          advertisedHost: config.advertisedHost ?? null,
          portRange,
          rtpTimeoutMs: config.rtpTimeoutMs,
          overload: { ...overloadLimits, ...config.overload },
        },
        clock,
        log,
      ),
  );
  let supervised: { stop(): Promise<void> }[] = [];
  let isStopping = false;

  return {
    async start() {
      supervised = workers.map((worker) => supervise(worker, clock, log, (name) => log.error('media:worker-given-up', { worker: name })));
      await withTimeLimit(clock, startLimitMs, 'start of the media workers', Promise.all(workers.map((worker) => worker.whenReady())));
    },

    createSession(sessionId, call = 'new'): MediaSession | null {
      const free = workers.filter(
        (worker) => worker.isReady && worker.sessions < config.callsPerWorker && (call === 'established' || !worker.isOverloaded),
      );
      const [calmest] = free.sort((a, b) => Number(a.isOverloaded) - Number(b.isOverloaded) || a.sessions - b.sessions);
      return calmest && !isStopping ? new RemoteSession(sessionId, calmest, clock, log) : null;
    },

    readiness: () => ({
      ready: workers.filter((worker) => worker.isReady).length,
      of: workers.length,
      overloaded: workers.filter((worker) => worker.isReady && worker.isOverloaded).length,
    }),

    async stats() {
      const answers = await Promise.allSettled(
        workers
          .filter((worker) => worker.isReady)
          .map(async (worker) => ({ pid: worker.pid, stats: (await worker.ask({ order: 'stats' })).stats })),
      );
      return answers.flatMap((answer) =>
        answer.status === 'fulfilled' && answer.value.stats ? [{ pid: answer.value.pid, ...answer.value.stats }] : [],
      );
    },

    async stop() {
      isStopping = true;
      await Promise.all(supervised.map((each) => each.stop()));
    },
  };
}

/** Each worker has its own part of the ports, so that they never meet. [0, 0] leaves the choice to the system. */
function shareRange([first, last]: readonly [number, number], parts: number): [number, number][] {
  const size = Math.floor((last - first + 1) / parts / 2) * 2;
  return Array.from({ length: parts }, (_, index) => (last === 0 ? [0, 0] : [first + index * size, first + (index + 1) * size - 1]));
}
