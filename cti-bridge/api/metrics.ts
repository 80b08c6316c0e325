import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { seconds } from '../../shared/duration.ts';
import type { EventListener } from '../interactions/index.ts';
import type { Clock } from '../kernel/index.ts';
import { withTimeLimit } from '../kernel/index.ts';

/** Where the gauges of the page are read from. Asked when somebody reads the page, never on the way of a call. */
export interface GaugeSources {
  sessions(): number;
  waiting(): readonly { readonly queueId: string; readonly waiting: number }[];
  agents(): readonly { readonly presence: string; readonly workState: string }[];
  store(): { readonly pendingCommits: number; readonly lastCommitMs: number; readonly backlog: number; readonly isDegraded: boolean };
  sip(): Readonly<Record<string, number>>;
  mediaWorkers(): Promise<
    readonly { readonly pid: number; readonly sessions: number; readonly residentBytes: number; readonly eventLoopP99Ms: number }[]
  >;
}

export interface Metrics {
  /** A fold of what happened: pops and endings are counted from the committed events. */
  readonly listener: EventListener;
  observeClickToAudio(clickToAudioMs: number): void;
  /** Adds sources for the gauges; a gauge without a source is left out of the page. */
  watch(sources: Partial<GaugeSources>): void;
  /** The page in Prometheus' text format. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
  stop(): void;
}

const buckets = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2, 5];
const workerLimitMs = seconds(1);

/** The figures of this bridge: durations in seconds, as Prometheus wants them. */
export function createMetrics(clock: Clock): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const histogram = (name: string, help: string) => new Histogram({ name, help, buckets, registers });
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames, registers });

  const popDelivered = histogram('crosspoint_pop_delivered_seconds', "From the INVITE's arrival to the pop in the desktop's store.");
  const popPainted = histogram('crosspoint_pop_painted_seconds', "From the INVITE's arrival to the pop painted on a visible desktop.");
  const offerDelivered = histogram(
    'crosspoint_offer_to_delivered_seconds',
    'From the offer leaving to its delivery acknowledged by the desktop.',
  );
  const offerPainted = histogram('crosspoint_offer_to_painted_seconds', 'From the offer leaving to its paint acknowledged by the desktop.');
  const answerAudio = new Histogram({
    name: 'crosspoint_answer_audio_seconds',
    help: "From the agent's 200 OK to the first audio packet, each way.",
    labelNames: ['direction'],
    buckets,
    registers,
  });
  const clickAudio = histogram(
    'crosspoint_click_to_audio_seconds',
    'From the click on Answer to the first sound heard, measured by the desktop.',
  );
  const identify = histogram('crosspoint_identify_seconds', 'How long it took to say who is calling.');
  const calls = new Counter({
    name: 'crosspoint_calls_total',
    help: 'Ended calls by reason and fault.',
    labelNames: ['end_reason', 'fault'],
    registers,
  });
  const received = new Counter({
    name: 'crosspoint_received_total',
    help: 'Interactions received, by channel.',
    labelNames: ['channel'],
    registers,
  });
  const offers = new Counter({
    name: 'crosspoint_offers_ended_total',
    help: 'Offers to agents by how they ended.',
    labelNames: ['cause'],
    registers,
  });

  const sessions = gauge('crosspoint_sessions', 'Signed-in sessions.');
  const waiting = gauge('crosspoint_waiting', 'Waiting work by queue.', ['queue']);
  const agents = gauge('crosspoint_agents', 'Agents by presence and work state.', ['presence', 'work_state']);
  const pending = gauge('crosspoint_store_pending_commits', 'Commits waiting for the disk.');
  const lastCommit = gauge('crosspoint_store_last_commit_seconds', 'Duration of a recent commit.');
  const backlog = gauge('crosspoint_store_backlog', 'Events held in memory while the disk stalls.');
  const degraded = gauge('crosspoint_store_degraded', '1 while events are kept in memory only.');
  const sip = gauge('crosspoint_sip', 'Counters of the SIP stack, by name.', ['name']);
  const lag = gauge('crosspoint_event_loop_lag_p99_seconds', 'Event-loop delay since the page was last read, by process.', ['process']);
  const resident = gauge('crosspoint_resident_bytes', 'Resident memory by process.', ['process']);
  const mediaSessions = gauge('crosspoint_media_sessions', 'Calls with media, by worker process.', ['process']);

  const loopDelay = monitorEventLoopDelay({ resolution: 10 });
  loopDelay.enable();
  let sources: Partial<GaugeSources> = {};

  const readGauges = () => {
    for (const one of [waiting, agents, sip, lag, resident, mediaSessions]) one.reset();
    if (sources.sessions) sessions.set(sources.sessions());
    for (const { queueId, waiting: count } of sources.waiting?.() ?? []) waiting.set({ queue: queueId }, count);
    for (const { presence, workState } of sources.agents?.() ?? []) agents.inc({ presence, work_state: workState });
    for (const [name, count] of Object.entries(sources.sip?.() ?? {})) sip.set({ name }, count);
    const store = sources.store?.();
    if (store) {
      pending.set(store.pendingCommits);
      lastCommit.set(store.lastCommitMs / 1_000);
      backlog.set(store.backlog);
      degraded.set(store.isDegraded ? 1 : 0);
    }
    lag.set({ process: 'bridge' }, Math.max(0, loopDelay.percentile(99) / 1e9 - 0.01));
    loopDelay.reset();
    resident.set({ process: 'bridge' }, process.memoryUsage.rss());
  };

  const readWorkers = async () => {
    if (!sources.mediaWorkers) return;
    // A worker that does not answer is missing from the page; the page itself never waits for it longer than the limit.
    const workers = await withTimeLimit(clock, workerLimitMs, 'media statistics', sources.mediaWorkers()).catch(() => []);
    for (const [index, worker] of workers.entries()) {
      const name = { process: `media-${index + 1}` };
      resident.set(name, worker.residentBytes);
      lag.set(name, worker.eventLoopP99Ms / 1_000);
      mediaSessions.set(name, worker.sessions);
    }
  };

  return {
    listener(event) {
      if (event.type === 'pop:delivered') {
        popDelivered.observe(event.sinceReceivedMs / 1_000);
        offerDelivered.observe(event.sinceOfferMs / 1_000);
      } else if (event.type === 'pop:painted') {
        popPainted.observe(event.sinceReceivedMs / 1_000);
        offerPainted.observe(event.sinceOfferMs / 1_000);
      } else if (event.type === 'call:audioFlowing') {
        answerAudio.observe({ direction: 'toAgent' }, event.toAgentMs / 1_000);
        answerAudio.observe({ direction: 'toCaller' }, event.toCallerMs / 1_000);
      } else if (event.type === 'interaction:received' && event.continues === undefined) received.inc({ channel: event.channel });
      else if (event.type === 'interaction:identified') identify.observe(event.tookMs / 1_000);
      else if (event.type === 'reservation:ended') offers.inc({ cause: event.cause });
      else if (event.type === 'interaction:ended') calls.inc({ end_reason: event.end.reason, fault: event.end.fault });
    },
    observeClickToAudio(clickToAudioMs) {
      // Measured by somebody else's clock: what cannot be is left out.
      if (clickToAudioMs >= 0 && clickToAudioMs < seconds(60)) clickAudio.observe(clickToAudioMs / 1_000);
    },
    watch(more) {
      sources = { ...sources, ...more };
    },
    async page() {
      readGauges();
      await readWorkers();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    stop: () => loopDelay.disable(),
  };
}
