import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { Composed } from '../../../shared/contracts/messages/conversation.ts';
import type { Figure } from '../../../tools/figures.ts';
import { figure, percentiles, progress } from '../../support/bridge-under-load.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { LoadProcess } from './load-process.ts';
import type { NetworkOrders } from './sms-network.ts';
import { clockMs, evenly, stamped, stampOf, Tally, until } from './stamps.ts';
import { inWrittenHouse, withRoomFor } from './written-house.ts';

export interface TextSizes {
  readonly perSecond: number;
  readonly measuredMs: number;
  readonly customers: number;
  readonly customersOfAnAgent: number;
}

const ourNumber = '10655901';
const password = 'BENCH_SMS_PASSWORD';
const warmUpMs = 3_000;
/** What the network takes to say that a message was delivered. */
const receiptAfterMs = 300;
/** Numbers the agents give to what they write: apart from those of the telephones. */
const firstAnswer = 1_000_000;

/** Text messages both ways over one line, each answered by its receipt: whether the rate is held, how long each way takes, nothing lost or doubled. */
export async function textFigures({ perSecond, measuredMs, customers, customersOfAnAgent }: TextSizes): Promise<Figure[]> {
  const network = new LoadProcess<NetworkOrders>('sms-network.ts');
  try {
    const port = await network.ask('serve', receiptAfterMs);
    const agents = Math.ceil(customers / customersOfAnAgent);
    const change = (demo: Configuration) => withLine(withRoomFor(demo, 'sms', customersOfAnAgent), port);
    return await inWrittenHouse({ agents, change, env: { [password]: 'bench' } }, async (house) => {
      const { bridge, desktops } = house;
      const desk = new TextDesk(desktops);
      const phones = Array.from({ length: customers }, (_, index) => `+8613800${String(100_000 + index)}`);
      progress(`${customers} customers write for the first time`);
      await network.ask('write', phones, ourNumber, 25, (customers * 1_000) / 25);
      if (!(await until(() => desk.inHand.length >= customers, 30_000)))
        throw new Error(`only ${desk.inHand.length} of ${customers} conversations are with an agent`);
      progress(`${perSecond} texts a second each way`);
      const both = async (forMs: number) => {
        const [came, answered] = await Promise.all([
          network.ask('write', phones, ourNumber, perSecond, forMs),
          desk.write(perSecond, forMs),
        ]);
        return { came, answered };
      };
      await desk.settled((await both(warmUpMs)).came, 5_000);
      await network.ask('judge', []);
      desk.forget();
      await house.loopP99Ms();
      const [processorBefore, startedAt] = [bridge.processorMs(), performance.now()];
      const { came, answered } = await both(measuredMs);
      const tookMs = performance.now() - startedAt;
      const processor = ((bridge.processorMs() - processorBefore) * 100) / tookMs;
      const loop = await house.loopP99Ms();
      const lagMs = await desk.settled(came, 20_000);
      const out = await network.ask('judge', answered);
      const [inbound, receipts] = [desk.came.judge(came), desk.delivered.judge(answered)];
      const at = `${perSecond} a second each way, ${customers} conversations`;
      return [
        figure('sms: held', answered.length / ((tookMs + lagMs) / 1_000), 'a second', `each way, receipts included; aim ${perSecond}`),
        ...percentiles('sms: telephone to the agent', desk.receivedMs, at),
        ...percentiles('sms: agent to the network', out.tookMs, at),
        ...percentiles('sms: agent to the receipt on the desktop', desk.receiptsMs, `${at}; ${receiptAfterMs} of them are the network's`),
        figure('sms: lost coming in', inbound.lost, '', `of ${came.length}; twice ${inbound.doubled}`),
        figure('sms: lost going out', out.lost, '', `of ${answered.length}; twice ${out.doubled}; refused ${desk.failed}`),
        figure('sms: without a receipt', receipts.lost, '', `of ${answered.length}`),
        figure('sms: until everything was there', lagMs, 'ms', 'after the last was written'),
        figure('sms: event loop of the bridge, p99', loop, 'ms', 'its lateness'),
        figure('sms: processor of the bridge', processor, '%', 'of one core, all threads'),
      ];
    });
  } finally {
    await network.stop();
  }
}

function withLine(demo: Configuration, port: number): Configuration {
  const line: Configuration['smsLines'][number] = {
    ...{ id: 'service-number', name: { en: 'Service number', zh: '短信服务号' }, number: ourNumber, queue: 'texts' },
    carrier: {
      ...{ kind: 'smpp', host: '127.0.0.1', port, tls: false, systemId: 'bench', password: { env: password } },
      ...{ systemType: '', window: 20, perSecond: 150 },
    },
    stopped: { en: 'You will get no more.', zh: '您已退订。' },
    resumed: { en: 'You will get messages again.', zh: '您已恢复。' },
  };
  return { ...demo, smsLines: [line] };
}

const composed = (text: string): Composed => ({
  ...{ kind: 'reply', about: null, to: [], cc: [], bcc: [], subject: '', text, html: null, fileIds: [] },
});

/** Agents who take every conversation, see what comes in it, and write into it. */
class TextDesk {
  readonly inHand: { readonly desktop: ScriptedDesktop; readonly interactionId: string }[] = [];
  came = new Tally();
  delivered = new Tally();
  receivedMs: number[] = [];
  receiptsMs: number[] = [];
  failed = 0;
  #asked = 0;
  #answers = 0;

  constructor(desktops: readonly ScriptedDesktop[]) {
    for (const desktop of desktops) {
      desktop.onPush((push) => {
        if (push.name === 'reservation:offered') void this.#take(desktop, push.payload.reservationId);
        if (push.name !== 'message:changed') return;
        const { kind, text, state } = push.payload;
        const stamp = stampOf(text);
        if (!stamp) return;
        const tookMs = clockMs() - stamp.atMs;
        if (kind === 'in') {
          this.came.add(stamp.number);
          this.receivedMs.push(tookMs);
        } else if (state?.name === 'delivered') {
          this.delivered.add(stamp.number);
          this.receiptsMs.push(tookMs);
        }
      });
    }
  }

  /** Into each conversation in its turn. The numbers of what was written. */
  async write(perSecond: number, forMs: number): Promise<readonly number[]> {
    const sent: number[] = [];
    const commands: Promise<void>[] = [];
    await evenly(perSecond, forMs, (index) => {
      const work = this.inHand[index % this.inHand.length];
      if (!work) return;
      const number = firstAnswer + this.#answers++;
      sent.push(number);
      this.#asked++;
      commands.push(this.#send(work, number));
    });
    await Promise.all(commands);
    return sent;
  }

  /** How long it took until as many receipts as answers were there, and all texts that were written. */
  async settled(written: readonly number[], limitMs: number): Promise<number> {
    const from = performance.now();
    await until(() => this.delivered.size >= this.#asked && this.came.judge(written).lost === 0, limitMs);
    return performance.now() - from;
  }

  forget(): void {
    [this.came, this.delivered, this.receivedMs, this.receiptsMs] = [new Tally(), new Tally(), [], []];
    [this.failed, this.#asked] = [0, 0];
  }

  async #take(desktop: ScriptedDesktop, reservationId: string): Promise<void> {
    const taken = await desktop.command('reservation:accept', { reservationId }).catch(() => null);
    if (taken?.ok) this.inHand.push({ desktop, interactionId: taken.value.interactionId });
  }

  async #send({ desktop, interactionId }: (typeof this.inHand)[number], number: number): Promise<void> {
    const text = stamped('Yes, since this morning.', number);
    const request = { interactionId, clientId: `text-${number}`, composed: composed(text) };
    const sent = await desktop.command('message:send', request).catch(() => null);
    if (!sent?.ok) this.failed++;
  }
}
