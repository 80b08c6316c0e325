/** The network of text messages with its telephones in one process, started by `texts.ts`. */
import { type ServedSmsc, serveSmsc } from '../../../tools/sms/serve-smsc.ts';
import { serveOrders } from './load-process.ts';
import { clockMs, evenly, stamped, stampOf, Tally } from './stamps.ts';

export type NetworkOrders = typeof orders;

let served: ServedSmsc | null = null;
let lastNumber = 0;
let taken: { readonly number: number; readonly tookMs: number }[] = [];

function network(): ServedSmsc {
  if (!served) throw new Error('the network does not run');
  return served;
}

const orders = {
  /** Says that a message was delivered so long after it took it. Its port. */
  async serve(deliveredAfterMs: number): Promise<number> {
    served = await serveSmsc({ host: '127.0.0.1', port: 0, phonesPort: null, deliveredAfterMs });
    served.smsc.onTaken(({ text }) => {
      const stamp = stampOf(text);
      if (stamp) taken.push({ number: stamp.number, tookMs: clockMs() - stamp.atMs });
    });
    return served.port;
  },

  /** Each telephone in its turn writes. The numbers of what was written. */
  async write(phones: readonly string[], to: string, perSecond: number, forMs: number): Promise<readonly number[]> {
    const sent: number[] = [];
    await evenly(perSecond, forMs, (index) => {
      const number = ++lastNumber;
      sent.push(number);
      network().smsc.text(phones[index % phones.length] ?? '', to, stamped('Is the mast repaired?', number));
    });
    return sent;
  },

  /** Of these numbers, what the network took, with the time since each was ordered, and what it took twice. */
  async judge(sent: readonly number[]) {
    const tally = new Tally();
    for (const { number } of taken) tally.add(number);
    const wanted = new Set(sent);
    const judged = { ...tally.judge(sent), tookMs: taken.filter(({ number }) => wanted.has(number)).map(({ tookMs }) => tookMs) };
    taken = [];
    return judged;
  },
};

serveOrders(orders);
