import { expect, it, onTestFinished } from 'vitest';
import { createMetrics } from '../../../cti-bridge/api/index.ts';
import type { InteractionFact } from '../../../cti-bridge/interactions/index.ts';
import { VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { AgentId, EventId, InteractionId, ReservationId } from '../../../shared/ids.ts';
import { asId } from '../../../shared/ids.ts';

function open() {
  const clock = new VirtualClock();
  const metrics = createMetrics(clock);
  onTestFinished(() => metrics.stop());
  const happen = (fact: InteractionFact) =>
    metrics.listener({ ...fact, id: asId<EventId>('event'), at: 0, interactionId: asId<InteractionId>('interaction') });
  const lines = async () => (await metrics.page()).text.split('\n');
  return { clock, metrics, happen, lines };
}

it('counts pops and endings from the events, in seconds', async () => {
  const { happen, lines } = open();
  const reservationId = asId<ReservationId>('reservation');
  happen({ type: 'pop:delivered', reservationId, sinceReceivedMs: 80, sinceOfferMs: 4 });
  happen({ type: 'pop:painted', reservationId, sinceReceivedMs: 120, sinceOfferMs: 44 });
  happen({ type: 'call:audioFlowing', agentId: asId<AgentId>('agent'), toAgentMs: 40, toCallerMs: 60 });
  happen({ type: 'interaction:ended', end: { by: 'caller', reason: 'abandoned', fault: 'caller' } });
  happen({ type: 'interaction:ended', end: { by: 'caller', reason: 'abandoned', fault: 'caller' } });
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'crosspoint_pop_delivered_seconds_sum 0.08',
      'crosspoint_offer_to_delivered_seconds_sum 0.004',
      'crosspoint_answer_audio_seconds_sum{direction="toAgent"} 0.04',
      'crosspoint_answer_audio_seconds_sum{direction="toCaller"} 0.06',
      'crosspoint_pop_painted_seconds_bucket{le="0.15"} 1',
      'crosspoint_calls_total{end_reason="abandoned",fault="caller"} 2',
    ]),
  );
});

it('leaves out what a desktop cannot have measured', async () => {
  const { metrics, lines } = open();
  for (const impossible of [-1, Number.NaN, 1e9]) metrics.observeClickToAudio(impossible);
  metrics.observeClickToAudio(250);
  expect(await lines()).toContain('crosspoint_click_to_audio_seconds_count 1');
});

it('reads the gauges when asked, and forgets what is no more', async () => {
  const { metrics, lines } = open();
  let agents = [{ presence: 'available', workState: 'idle' }];
  metrics.watch({
    sessions: () => 3,
    waiting: () => [{ queueId: 'billing', waiting: 2 }],
    agents: () => agents,
    store: () => ({ pendingCommits: 1, lastCommitMs: 5, backlog: 0, isDegraded: true }),
    mediaWorkers: async () => [{ pid: 1, sessions: 4, residentBytes: 1_000, eventLoopP99Ms: 12 }],
  });
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'crosspoint_sessions 3',
      'crosspoint_waiting{queue="billing"} 2',
      'crosspoint_agents{presence="available",work_state="idle"} 1',
      'crosspoint_store_degraded 1',
      'crosspoint_resident_bytes{process="media-1"} 1000',
      'crosspoint_event_loop_lag_p99_seconds{process="media-1"} 0.012',
    ]),
  );
  agents = [];
  expect((await lines()).filter((line) => line.startsWith('crosspoint_agents{'))).toEqual([]);
});

it('does not wait for a media worker that is silent', async () => {
  const { clock, metrics } = open();
  metrics.watch({ mediaWorkers: () => new Promise(() => {}) });
  const page = metrics.page();
  clock.advance(1_000);
  expect((await page).text).toContain('crosspoint_resident_bytes{process="bridge"}');
});
