import { serializeMessage } from '../../../cti-bridge/sip/index.ts';
import { seeded } from '../../conformance/sip/memory-network.ts';
import { answer, createWorld, offer, stackHost, trunkHost } from '../../conformance/sip/scripted-peer.ts';
import type { FaultRow } from './fault-row.ts';
import { Expectations } from './fault-row.ts';

const longestMs = 64 * 500 + 5_000;

/** CANCEL and 200 leave at moments that cross; each call must have one end, and the same on both sides. */
const cancelRace: FaultRow = {
  name: 'cancel-race',
  about: 'a CANCEL crosses the 200: every call has one end on both sides, nothing is left',
  count: 1_000,
  async run({ count, seed }) {
    const expectations = new Expectations();
    const random = seeded(seed);
    const world = await createWorld((leg) => {
      world.clock.timer(random() * 12, () => void leg.answer(answer));
    });
    const peer = world.peer(trunkHost);
    const made = [];
    for (let i = 0; i < count; i++) {
      const call = peer.call();
      made.push(call);
      // A caller whose CANCEL came too late ends the call as any other.
      world.clock.timer(2 + random() * 12, () => call.transaction?.cancel());
      world.clock.advance(5);
    }
    await world.clock.run(1_000);
    for (const call of made) if (call.dialog) peer.hangUp(call);
    await world.clock.run(longestMs);
    const answered = made.filter((call) => call.final === 200).length;
    const cancelled = made.filter((call) => call.final === 487).length;
    const ends = (cause: string) => world.calls.filter(({ end }) => end?.cause === cause).length;
    expectations.expect(answered + cancelled === count, `${count - answered - cancelled} calls ended in another way`);
    expectations.expect(ends('bye') === answered, `${answered} were answered, ${ends('bye')} hung up`);
    expectations.expect(ends('cancel') === cancelled, `${cancelled} were cancelled, ${ends('cancel')} ended so with us`);
    expectations.expect(Math.min(answered, cancelled) * 10 > count, 'the race was won by one side nearly always');
    const { transactionsLive, dialogsLive, legsRemembered } = world.stack.counters();
    expectations.expect(transactionsLive === 0 && dialogsLive === 0 && legsRemembered === 0, 'something is left');
    const at = `seed ${seed}`;
    return {
      figures: [
        { name: 'answered', value: answered, unit: 'calls', at },
        { name: 'cancelled', value: cancelled, unit: 'calls', at },
      ],
      failures: expectations.failures,
    };
  },
};

/** Each message of a call comes again and again, doubled by the network and repeated by its sender. */
const retransmissions: FaultRow = {
  name: 'retransmissions',
  about: 'INVITE, BYE and REGISTER come many times each: one call, one registration, the same answer repeated',
  count: 1_000,
  async run({ count, seed }) {
    const expectations = new Expectations();
    const world = await createWorld((leg) => void leg.answer(answer), { seed, duplicate: 1, reorder: 0.3 });
    const peer = world.peer(trunkHost);
    const made = [];
    for (let i = 0; i < count; i++) {
      made.push(peer.call());
      await world.clock.run(20);
    }
    // From an address of its own: what comes late from a phone of ours would be its call, not the trunk's.
    const registering = world.peer('192.0.2.77').register('1001', { expires: '60' });
    await world.clock.run(longestMs);
    expectations.expect((await registering).status === 200, 'the phone is not registered');
    for (const call of made) if (call.dialog) peer.hangUp(call);
    await world.clock.run(longestMs + 70_000);
    const setUp = made.filter((call) => call.final === 200).length;
    const ended = world.calls.filter(({ end }) => end?.cause === 'bye').length;
    const hungUp = made.filter((call) => call.byeStatus === 200).length;
    expectations.expect(world.calls.length === count, `${world.calls.length} calls out of ${count} INVITEs`);
    expectations.expect(setUp === count && ended === count && hungUp === count, `${setUp} set up, ${ended} ended, ${hungUp} times 200`);
    const { transactionsLive, legsRemembered, retransmissionsIn = 0 } = world.stack.counters();
    expectations.expect(transactionsLive === 0 && legsRemembered === 0, 'something is left');
    return {
      figures: [{ name: 'repeats taken', value: retransmissionsIn, unit: 'messages', at: `seed ${seed}` }],
      failures: expectations.failures,
    };
  },
};

const neverAcknowledged: FaultRow = {
  name: 'never-acknowledged',
  about: 'the ACK of a 200 never comes: repeated up to 32 s, then BYE; the leg is gone within 33 s',
  count: 200,
  async run({ count, seed }) {
    const expectations = new Expectations();
    const world = await createWorld((leg) => void leg.answer(answer), { seed });
    const peer = world.peer(trunkHost);
    peer.acknowledges = false;
    for (let i = 0; i < count; i++) peer.call();
    await world.clock.run(31_000);
    const early = world.calls.filter(({ end }) => end !== null).length;
    await world.clock.run(2_000);
    const gone = world.calls.filter(({ end }) => end?.cause === 'noAck').length;
    expectations.expect(early === 0, `${early} legs ended before their time`);
    expectations.expect(gone === count, `${count - gone} legs are still there after 33 s`);
    const byes = peer.requests.filter(({ request }) => request.method === 'BYE').length;
    expectations.expect(byes === count, `${byes} BYEs for ${count} calls`);
    return { figures: [{ name: 'legs gone within 33 s', value: gone, unit: 'legs', at: `of ${count}` }], failures: expectations.failures };
  },
};

const loop: FaultRow = {
  name: 'loop',
  about: 'the same Call-ID with ever new branches: 482 for all but the first, less than two messages out for each one in',
  count: 5_000,
  async run({ count, seed }) {
    const expectations = new Expectations();
    const world = await createWorld((leg) => void leg.answer(answer), { seed });
    const peer = world.peer(trunkHost);
    const invite = peer.request('INVITE', 'sip:4001@example.com', 'sip:1@example.net', [peer.contact], offer);
    const end = world.network.endpoint(trunkHost, 5060);
    let out = 0;
    await end.start(() => out++);
    for (let copy = 0; copy < count; copy++) {
      const headers = [{ name: 'Via', value: `SIP/2.0/UDP ${trunkHost};branch=z9hG4bKloop${copy}` }, ...invite.headers];
      const encoded = serializeMessage({ ...invite, headers });
      if (encoded.ok) end.flowTo(stackHost, 5060).send(encoded.value);
    }
    await world.clock.run(100);
    expectations.expect(world.calls.length === 1, `${world.calls.length} calls`);
    expectations.expect(out < 2 * count, `${out} messages out for ${count} in`);
    return {
      figures: [{ name: 'messages out for each one in', value: out / count, unit: '', at: `${count} copies` }],
      failures: expectations.failures,
    };
  },
};

export const raceRows: readonly FaultRow[] = [cancelRace, retransmissions, neverAcknowledged, loop];
