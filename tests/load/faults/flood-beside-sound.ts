import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { RtpMedia } from '../../support/scripted-phone/index.ts';
import { CallHouse } from './call-house.ts';
import { Expectations, type FaultRow, percent } from './fault-row.ts';
import type { FloodOrder } from './flood-sender.ts';

const perSecond = 5_000;
const frameMs = 20;
const quietMs = 5_000;
const settleMs = 1_000;
/** The goal of the matrix for the jitter of calls that talk. */
const jitterLimitMs = 30;

interface Heard {
  readonly lossPercent: number;
  /** How much later than its place after the packet before it one came, p99. */
  readonly lateMs: number;
}

/** What a phone received, against one packet each 20 ms. From packet to packet: a phone whose own clock lags does not count for ever. */
function judge(arrivals: NonNullable<RtpMedia['arrivals']>): Heard {
  const [first, ...others] = arrivals;
  if (!first) return { lossPercent: 100, lateMs: Number.POSITIVE_INFINITY };
  const places = new Set([0]);
  const late: number[] = [];
  let before = first;
  for (const packet of others) {
    places.add((packet.sequence - first.sequence) & 0xffff);
    late.push(packet.at - before.at - ((packet.sequence - before.sequence) & 0xffff) * frameMs);
    before = packet;
  }
  late.sort((one, other) => one - other);
  return { lossPercent: 100 - percent(places.size, Math.max(...places) + 1), lateMs: late[Math.floor(late.length * 0.99)] ?? 0 };
}

/** Both sides of a call for a while, the worse of the two. */
async function listen(phones: readonly RtpMedia[], until: () => Promise<unknown>): Promise<Heard> {
  for (const phone of phones) phone.arrivals = [];
  await until();
  const heard = phones.map((phone) => judge(phone.arrivals ?? []));
  for (const phone of phones) phone.arrivals = null;
  return {
    lossPercent: Math.max(...heard.map(({ lossPercent }) => lossPercent)),
    lateMs: Math.max(...heard.map(({ lateMs }) => lateMs)),
  };
}

/** The sound of a call through a whole bridge while strangers flood its SIP port. */
export const floodBesideSound: FaultRow = {
  name: 'flood-beside-sound',
  about: `INVITEs from 500 addresses, ${perSecond} a second, beside a call that talks through a whole bridge: no packet of its sound is lost for it, and 99 of 100 come within ${jitterLimitMs} ms of their time`,
  count: 50_000,
  async run({ count }) {
    const expectations = new Expectations();
    const house = await CallHouse.open();
    try {
      await house.start();
      const { caller, desk } = await house.talking();
      const phones = [caller.media, desk.media].filter((media) => media instanceof RtpMedia);
      expectations.expect(phones.length === 2, 'the phones speak no plain RTP');
      // The first second of a call is not what it is like.
      await pause(settleMs);
      const before = await listen(phones, () => pause(quietMs));
      const order: FloodOrder = { port: house.sipPort, perSecond, total: count, addresses: 500 };
      const sender = new Worker(new URL('./flood-sender.ts', import.meta.url), { workerData: order });
      const flooded = once(sender, 'message') as Promise<[{ sent: number; seconds: number }]>;
      const during = await listen(phones, () => flooded);
      const [{ sent, seconds }] = await flooded;
      await sender.terminate();
      const isAlive = caller.isTalking && desk.isTalking;
      caller.mouth.playTone(520);
      const isHeard = await desk.ears.tone(520, 5_000).then(
        () => true,
        () => false,
      );
      expectations.expect(isAlive && isHeard, 'the call did not live through it');
      expectations.expect(during.lossPercent <= before.lossPercent, `${during.lossPercent.toFixed(2)} % of the sound was lost`);
      expectations.expect(during.lateMs < jitterLimitMs, `of 100 packets the latest came ${during.lateMs.toFixed(0)} ms late`);
      const at = `${Math.round(sent / seconds)} INVITEs a second for ${seconds.toFixed(0)} s`;
      return {
        figures: [
          { name: 'sound lost, before', value: before.lossPercent, unit: '%', at: 'no flood' },
          { name: 'sound lost', value: during.lossPercent, unit: '%', at },
          { name: 'later than steady, p99 before', value: before.lateMs, unit: 'ms', at: 'no flood, the phones’ own unsteadiness in it' },
          { name: 'later than steady, p99', value: during.lateMs, unit: 'ms', at: `${at}; goal ${jitterLimitMs}` },
        ],
        failures: expectations.failures,
      };
    } finally {
      await house.close();
    }
  },
};
