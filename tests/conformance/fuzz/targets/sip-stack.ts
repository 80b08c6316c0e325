import assert from 'node:assert/strict';
import type { Flow } from '../../../../cti-bridge/sip/index.ts';
import { answer, createWorld, stackHost, trunkHost } from '../../sip/scripted-peer.ts';
import type { FuzzTarget } from '../fuzz.ts';
import { sipMessage } from './sip-message.ts';

const world = await createWorld((leg) => {
  if (world.calls.length % 2 === 0) leg.refuse(486);
  else void leg.answer(answer);
  if (world.calls.length > 100) world.calls.length = 0;
});

/** Messages of one case, sent and received, and no more out than a call legitimately makes. */
let sent = 0;
const flows = (['UDP', 'TCP', 'TLS', 'WS', 'WSS'] as const).map(
  (transport, index): Flow => ({
    id: `${transport}:fuzz`,
    transport,
    isReliable: transport !== 'UDP',
    remote: { host: index % 2 === 0 ? trunkHost : '192.0.2.66', port: 5060 },
    isClosed: false,
    send: () => sent++,
    close() {},
    onClose: () => ({ dispose() {} }),
  }),
);
let turn = 0;

/** The whole of it, in virtual time: parser, transactions, registrar and calls, over every kind of transport in turn. */
export const sipStack: FuzzTarget = {
  name: 'sip-stack',
  samples: sipMessage.samples,
  generate: sipMessage.generate,
  check(bytes) {
    const flow = flows[turn++ % flows.length];
    if (!flow) return;
    sent = 0;
    world.network.arriveOver(flow, bytes, stackHost, 5060);
    assert.ok(sent <= 3, `${sent} messages out for one in`);
    world.clock.advance(50);
    const { faults, transactionsLive = 0, legsRemembered = 0 } = world.stack.counters();
    assert.equal(faults, undefined, 'nothing was thrown');
    assert.ok(transactionsLive < 3_000 && legsRemembered < 1_500, `${transactionsLive} transactions, ${legsRemembered} legs`);
  },
};
