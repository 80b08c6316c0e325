import type { IncomingLeg, OutgoingLeg } from '../../../cti-bridge/sip/index.ts';
import { repeatUntilAck, rfcTimers } from '../../../cti-bridge/sip/index.ts';
import type { NetworkFaults } from '../../conformance/sip/memory-network.ts';
import type { ScriptedPeer, World } from '../../conformance/sip/scripted-peer.ts';
import { answer, createWorld, offer, trunkHost } from '../../conformance/sip/scripted-peer.ts';
import type { FaultOutcome, FaultRow } from './fault-row.ts';
import { Expectations, percent } from './fault-row.ts';

/** 64*T1, and what the longest delay of the network adds to a message and its answer. */
const settleMs = 64 * rfcTimers.t1 + 5_000;
const betweenCallsMs = 20;
const registrationMs = 60_000;

export interface LossPlan {
  readonly count: number;
  readonly seed: number;
  readonly network: NetworkFaults;
  /** Least share of calls that must be set up. */
  readonly atLeast: number;
}

export interface LossResult {
  readonly inSetUp: number;
  readonly outSetUp: number;
  readonly registered: number;
  readonly cancelled: number;
  readonly failures: readonly string[];
}

/**
 * Registers, and sets up and ends calls in both directions over a network in memory that loses, doubles and reorders, in virtual time. Half of
 * the calls are hung up by us and half by the far side; one in ten of those that come in is cancelled while it rings. When 64*T1 have gone by
 * after the last of it, nothing may be left of anything.
 */
export async function callsThroughLoss({ count, seed, network, atLeast }: LossPlan): Promise<LossResult> {
  const expectations = new Expectations();
  const world = await createWorld((leg) => takeCall(world, leg), { seed });
  const registered = await registerThrough(world, network, Math.max(20, Math.floor(count / 10)));

  world.network.faults = {};
  const phone = world.peer('192.0.2.20');
  const binding = phone.register('1001', { expires: '7200' });
  await world.clock.run(20);
  await binding;
  answerCalls(world, phone);
  world.network.faults = network;

  const trunk = world.peer(trunkHost);
  const incoming: ReturnType<ScriptedPeer['call']>[] = [];
  const outgoing: OutgoingLeg[] = [];
  const cancelled: ReturnType<ScriptedPeer['call']>[] = [];
  for (let made = 0; made < count; made++) {
    const call = trunk.call(made % 10 === 9 ? { headers: [{ name: 'Subject', value: 'ring' }] } : {});
    if (made % 10 === 9) {
      cancelled.push(call);
      world.clock.timer(3_000, () => call.transaction?.cancel());
    } else incoming.push(call);
    const leg = world.stack.invite({ extension: '1001', from: { user: 'x', displayName: 'x' }, offer });
    if (leg) outgoing.push(leg);
    await world.clock.run(betweenCallsMs);
  }
  await world.clock.run(settleMs);
  const outcomes = await Promise.all(outgoing.map((leg) => leg.outcome));
  const inSetUp = incoming.filter((call) => call.final === 200 && call.dialog);
  const outSetUp = outcomes.filter((outcome) => outcome.ok).length;
  // Both sides may think differently of a call whose 200 or CANCEL was lost on and on, but it has one end.
  const wronglyAnswered = cancelled.filter((call) => call.final === 200 && !call.dialog);
  expectations.expect(wronglyAnswered.length === 0, `${wronglyAnswered.length} cancelled calls without an end`);

  for (const [at, call] of inSetUp.entries()) if (at % 2 === 0) trunk.hangUp(call);
  for (const call of world.calls) call.leg.hangUp();
  for (const leg of outgoing) leg.hangUp();
  await Promise.all(outgoing.map((leg) => leg.ended));
  // A phone that is registered is asked every 30 s whether it is there, for as long as it is.
  world.stack.unregister('1001');
  await world.clock.run(settleMs + 5_000);
  const stuck = world.calls.filter(({ end }) => end === null).length;
  expectations.expect(stuck === 0, `${stuck} calls never ended`);
  const { transactionsLive, dialogsLive, legsRemembered, faults } = world.stack.counters();
  expectations.expect(faults === undefined, 'something was thrown');
  expectations.expect(transactionsLive === 0, `${transactionsLive} transactions are stuck`);
  expectations.expect(dialogsLive === 0 && legsRemembered === 0, `${legsRemembered} legs are stuck`);
  expectations.expect(inSetUp.length >= atLeast * incoming.length, `only ${inSetUp.length} of ${incoming.length} calls in were set up`);
  expectations.expect(outSetUp >= atLeast * outgoing.length, `only ${outSetUp} of ${outgoing.length} calls out were set up`);
  expectations.expect(outgoing.length === count, `${count - outgoing.length} calls out were not even tried`);
  expectations.expect(registered >= atLeast, `only ${(100 * registered).toFixed(2)} % of the phones are registered`);
  const stopping = world.stack.stop();
  await world.clock.run(2_000);
  await stopping;
  return {
    inSetUp: inSetUp.length / incoming.length,
    outSetUp: outSetUp / outgoing.length,
    registered,
    cancelled: cancelled.filter((call) => call.final === 487).length / Math.max(1, cancelled.length),
    failures: expectations.failures,
  };
}

function takeCall(world: World, leg: IncomingLeg): void {
  leg.progress(180);
  if (leg.header('Subject') === 'ring') return;
  world.clock.timer(200, () => void leg.answer(answer));
}

/** A phone that rings, answers, and repeats its 200 until it hears the ACK. */
function answerCalls(world: World, phone: ScriptedPeer): void {
  const unacked = new Map<string, () => void>();
  phone.onAck = (ack) => unacked.get(ack.callId)?.();
  phone.onRequest = (transaction) => {
    const { method, callId } = transaction.request;
    if (method !== 'INVITE') return transaction.respond(200);
    transaction.respond(180, { headers: [phone.contact] });
    world.clock.timer(200, () => {
      transaction.respond(200, { headers: [phone.contact], body: { type: 'application/sdp', content: answer } });
      unacked.set(
        callId,
        repeatUntilAck(transaction, world.clock, rfcTimers, () => {}),
      );
    });
  };
}

/** A phone whose REGISTER comes to nothing tries again after half a minute, as phones do. */
async function registerThrough(world: World, network: NetworkFaults, count: number): Promise<number> {
  world.network.faults = network;
  let done = 0;
  let isOver = false;
  for (let made = 0; made < count; made++) {
    const phone = world.peer(`10.0.${Math.floor(made / 250)}.${made % 250}`);
    const knock = (): void => {
      void phone.register(String(5_000 + made), { expires: '120' }).then(
        ({ status }) => {
          if (status === 200) done++;
        },
        () => {
          if (!isOver) world.clock.timer(500, knock);
        },
      );
    };
    knock();
    await world.clock.run(betweenCallsMs);
  }
  await world.clock.run(registrationMs);
  const registered = done;
  isOver = true;
  await world.clock.run(180_000);
  return registered / count;
}

const row = (name: string, loss: number, atLeast: number, count: number): FaultRow => ({
  name,
  about: `${100 * loss} % of all datagrams lost, a tenth doubled, a tenth reordered: at least ${100 * atLeast} % of calls set up each way, nothing stuck after 64*T1`,
  count,
  async run({ count: calls, seed }): Promise<FaultOutcome> {
    const result = await callsThroughLoss({ count: calls, seed, network: { loss, duplicate: 0.1, reorder: 0.1 }, atLeast });
    const at = `${100 * loss} % loss, seed ${seed}, goal ${100 * atLeast} %`;
    return {
      figures: [
        { name: 'calls', value: 2 * calls, unit: '', at: 'in and out' },
        { name: 'calls in set up', value: percent(result.inSetUp, 1), unit: '%', at },
        { name: 'calls out set up', value: percent(result.outSetUp, 1), unit: '%', at },
        { name: 'phones registered within a minute', value: percent(result.registered, 1), unit: '%', at },
        { name: 'ringing calls cancelled', value: percent(result.cancelled, 1), unit: '%', at },
      ],
      failures: result.failures,
    };
  },
});

/** At 30 % nothing is promised but that all of it ends; what is reached is told. */
export const lossRows: readonly FaultRow[] = [
  row('loss-1', 0.01, 0.999, 1_000),
  row('loss-5', 0.05, 0.999, 1_000),
  row('loss-20', 0.2, 0.99, 1_000),
  row('loss-30', 0.3, 0.9, 1_000),
];
