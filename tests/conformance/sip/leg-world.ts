import { silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { LegParts, OutgoingInvite } from '../../../cti-bridge/sip/b2bua/index.ts';
import { createOutgoingLeg, LegRegistry } from '../../../cti-bridge/sip/b2bua/index.ts';
import type { Credentials, OutgoingLeg } from '../../../cti-bridge/sip/index.ts';
import { Counters, createNames, parseMessage, rfcTimers, stampVia, TransactionLayer } from '../../../cti-bridge/sip/index.ts';
import { Bindings } from '../../../cti-bridge/sip/registrar/index.ts';
import { MemoryNetwork, seeded } from './memory-network.ts';
import { offer, ScriptedPeer, stackHost, trunkHost } from './scripted-peer.ts';

/** A call out over a provider's line, without the stack around it: a leg, its transactions, and a provider that does as it is told. */
export async function createLegWorld(onRequest: (provider: ScriptedPeer) => ScriptedPeer['onRequest']) {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const provider = new ScriptedPeer(clock, network, trunkHost, 7);
  provider.onRequest = onRequest(provider);
  const endpoint = network.endpoint(stackHost, 5060);
  const random = seeded(3);
  const names = createNames(
    (size) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256)),
    () => ({ host: stackHost, port: 5060 }),
  );
  const legs = new LegRegistry();
  const outlets = { datagram: endpoint.flowTo, stream: ({ host, port }: { host: string; port: number }) => endpoint.flowTo(host, port) };
  const layerParts = { clock, log: silentLog, timers: rfcTimers, names, counters: new Counters(), outlets, product: 'Crosspoint/test' };
  const transactions = new TransactionLayer(layerParts, {
    screen: () => null,
    onRequest(transaction) {
      const leg = legs.find(transaction.request.toTag ?? '');
      if (leg) leg.receive(transaction);
      else transaction.respond(481);
    },
    onAck: (ack) => legs.find(ack.toTag ?? '')?.receiveAck(ack),
  });
  await endpoint.start((bytes, flow, at) => {
    const parsed = parseMessage(bytes);
    if (parsed.ok) transactions.receive(parsed.value.kind === 'request' ? stampVia(parsed.value, flow) : parsed.value, flow, at);
  });
  const parts: LegParts = { ...layerParts, transactions, bindings: new Bindings(clock, silentLog), legs, credentialsAt: () => null };
  return {
    clock,
    provider,
    dial(credentials: Credentials | null = null, more: Partial<OutgoingInvite> = {}): OutgoingLeg {
      const wanted: OutgoingInvite = { extension: '+4420', from: { user: '+1555', displayName: 'Crosspoint' }, offer, ...more };
      const way = { extension: null, contactUri: `sip:+4420@${trunkHost}`, flow: endpoint.flowTo(trunkHost, 5060) };
      return createOutgoingLeg(parts, 'example.com', wanted, way, () => {}, credentials);
    },
  };
}
