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
/** The goal of the matrix for the jitter of calls that talk. */
const jitterLimitMs = 30;

interface Heard {
  readonly lossPercent: number;
  /** How much later than a steady stream the packets came, p99. */
  readonly lateMs: number;
}

/** What a phone received, against one packet each 20 ms. */
function judge(arrivals: NonNullable<RtpMedia['arrivals']>): Heard {
  const first = arrivals[0];
  if (!first) return { lossPercent: 100, lateMs: Number.POSITIVE_INFINITY };
  const placed = arrivals.map(({ sequence, at }) => {
    const place = (sequence - first.sequence) & 0xffff;
    return { place, late: at - first.at - place * frameMs };
  });
  const earliest = Math.min(...placed.map(({ late }) => late));
  const late = placed.map((each) => each.late - earliest).sort((one, other) => one - other);
  const expected = Math.max(...placed.map(({ place }) => place)) + 1;
  return {
    lossPercent: 100 - percent(new Set(placed.map(({ place }) => place)).size, expected),
    lateMs: late[Math.floor(late.length * 0.99)] ?? 0,
  };
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
  about: `INVITEs from 500 addresses, ${perSecond} a second, beside a call that talks through a whole bridge: no packet of its sound is lost for it, and 99 of 100 come within ${jitterLimitMs} ms, or as steadily as before it`,
  count: 50_000,
  async run({ count }) {
    const expectations = new Expectations();
    const house = await CallHouse.open();
    try {
      await house.start();
      const { caller, desk } = await house.talking();
      const phones = [caller.media, desk.media].filter((media) => media instanceof RtpMedia);
      expectations.expect(phones.length === 2, 'the phones speak no plain RTP');
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
      // On a machine that is busy with other things the phones themselves are late, flood or not.
      expectations.expect(
        during.lateMs < Math.max(jitterLimitMs, 1.5 * before.lateMs),
        `of 100 packets the latest came ${during.lateMs.toFixed(0)} ms late`,
      );
      const at = `${Math.round(sent / seconds)} INVITEs a second for ${seconds.toFixed(0)} s`;
      return {
        figures: [
          { name: 'sound lost, before', value: before.lossPercent, unit: '%', at: 'no flood' },
          { name: 'sound lost', value: during.lossPercent, unit: '%', at },
          { name: 'later than steady, p99 before', value: before.lateMs, unit: 'ms', at: 'no flood, the phones’ own pace in it' },
          { name: 'later than steady, p99', value: during.lateMs, unit: 'ms', at: `${at}; goal ${jitterLimitMs}` },
        ],
        failures: expectations.failures,
      };
    } finally {
      await house.close();
    }
  },
};
