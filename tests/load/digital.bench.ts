import { loadavg } from 'node:os';
import type { Bench } from '../../tools/figures.ts';
import { figure } from '../support/bridge-under-load.ts';
import { chatFigures } from './digital/chats.ts';
import { mailFigures } from './digital/mails.ts';
import { textFigures } from './digital/texts.ts';

/**
 * Written contacts by the hundred, each channel at a bridge of its own that was started as `npm start` starts it. Whoever writes is another
 * process and speaks what customers' programs speak; agents hold the sockets of real desktops, take what is offered, and answer or close it.
 *
 * Aims: a line of a chat is with the agent within 50 ms for 95 in 100, 500 chats being open; 50 mails a second are taken in on two cores with
 * the event loop, which calls need, no later than 20 ms for 99 in 100; 100 texts a second each way with their receipts.
 *
 * `BENCH_ONLY=chat` (or `mail`, `sms`) measures one channel.
 */
export const bench: Bench = {
  name: 'digital',
  async run() {
    const { BENCH_ONLY } = process.env;
    const isWanted = (channel: string) => BENCH_ONLY === undefined || BENCH_ONLY === channel;
    const before = figure('load of the machine', loadavg()[0] ?? 0, '', 'before, one minute');
    return [
      ...(isWanted('chat') ? await chatFigures({ chats: 500, chatsOfAnAgent: 10, everyMs: 10_000, measuredMs: 20_000, painted: 40 }) : []),
      ...(isWanted('mail') ? await mailFigures({ perSecond: 50, measuredMs: 20_000, agents: 20 }) : []),
      ...(isWanted('sms') ? await textFigures({ perSecond: 100, measuredMs: 20_000, customers: 100, customersOfAnAgent: 4 }) : []),
      before,
    ];
  },
};
