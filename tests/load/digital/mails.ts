import type { Configuration } from '../../../shared/contracts/configuration.ts';
import type { Figure } from '../../../tools/figures.ts';
import { figure, percentiles, progress } from '../../support/bridge-under-load.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { CallsBeside } from './calls-beside.ts';
import { LoadProcess } from './load-process.ts';
import type { MailOrders } from './mail-senders.ts';
import { clockMs, pause, stampOf, Tally, until } from './stamps.ts';
import { inWrittenHouse, withRoomFor } from './written-house.ts';

export interface MailSizes {
  readonly perSecond: number;
  readonly measuredMs: number;
  /** They take every mail that is offered and close it a moment later. */
  readonly agents: number;
}

const quietMs = 8_000;
const closesAfterMs = 500;
const mailsOfAnAgent = 10;

/** Mails that keep coming, while somebody calls every second: what is taken in, how soon it is there, and what calls feel of it. */
export async function mailFigures({ perSecond, measuredMs, agents }: MailSizes): Promise<Figure[]> {
  const senders = new LoadProcess<MailOrders>('mail-senders.ts');
  try {
    const outgoing = await senders.ask('serve');
    const change = (demo: Configuration) => withServer(withRoomFor(demo, 'email', mailsOfAnAgent), outgoing);
    const env = { CROSSPOINT_MAIL_INTAKE: JSON.stringify({ host: '127.0.0.1', port: 0 }) };
    return await inWrittenHouse({ agents, env, change }, async (house) => {
      const { bridge, desktops } = house;
      const intake = Number((await bridge.logged('mail:intake')).port);
      const desk = new MailDesk(desktops);
      const calls = await CallsBeside.start(house);
      progress('calls alone');
      // The first mails start the process that reads them.
      await senders.ask('bring', intake, 5, 2_000);
      await pause(3_000);
      calls.popFigures('');
      await house.loopP99Ms();
      await pause(quietMs);
      const quietLoop = await house.loopP99Ms();
      const quietPops = calls.popFigures('no mails, a call a second');
      progress(`${perSecond} mails a second`);
      const [processorBefore, startedAt] = [bridge.processorMs(), performance.now()];
      const brought = await senders.ask('bring', intake, perSecond, measuredMs);
      const tookMs = performance.now() - startedAt;
      const loop = await house.loopP99Ms();
      const processor = ((bridge.processorMs() - processorBefore) * 100) / tookMs;
      const readAfterMs = await desk.untilSeen(brought.acknowledged.map(([number]) => number));
      const pops = calls.popFigures(`${perSecond} mails a second beside`);
      const sent = brought.acknowledged.map(([number]) => number);
      const at = `${perSecond} mails a second`;
      const automatic = await senders.ask('received', sent.length, 5_000);
      return [
        figure(
          'mail: acknowledged',
          (sent.length * 1_000) / tookMs,
          'a second',
          `${brought.sent} mails of ${kilobytes(brought)} kB, aim 50`,
        ),
        figure(
          'mail: not acknowledged',
          brought.sent - sent.length,
          '',
          brought.refusals.join(' | ').slice(0, 200) || `of ${brought.sent}`,
        ),
        ...percentiles('mail: connection to 250', brought.took, at),
        ...percentiles('mail: 250 to everybody seeing it wait', desk.since(brought.acknowledged, desk.waitingAt), at),
        ...percentiles(
          'mail: 250 to the offer',
          desk.since(brought.acknowledged, desk.offeredAt),
          `${at}, ${agents} agents who take and close all`,
        ),
        figure('mail: lost', desk.waiting.judge(sent).lost, '', `of ${sent.length}, or not read ${readAfterMs === null ? 'in time' : ''}`),
        figure('mail: offered to nobody', desk.offered.judge(sent).lost, '', `of ${sent.length}`),
        figure('mail: until the last was read', readAfterMs ?? Number.POSITIVE_INFINITY, 'ms', 'after the last 250'),
        figure('mail: automatic answers sent', automatic, '', 'meanwhile; once to a sender'),
        figure('mail: event loop of the bridge, p99', loop, 'ms', `${at} and a call a second, aim <= 20`),
        figure('mail: the same without mails', quietLoop, 'ms', 'a call a second'),
        figure('mail: processor of the bridge', processor, '%', 'of one core, all threads; without the process that reads mails'),
        figure('mail: the senders were late by', brought.ownLatenessMs, 'ms', 'at the most; a busy machine'),
        ...quietPops,
        ...pops,
      ];
    });
  } finally {
    await senders.stop();
  }
}

const kilobytes = ({ bytes, sent }: { readonly bytes: number; readonly sent: number }) => Math.round(bytes / sent / 1_000);

/** The demo's mailboxes with a server that takes what they send. */
function withServer(demo: Configuration, port: number): Configuration {
  const outgoing = { host: '127.0.0.1', port, security: 'none' as const, username: null, password: null };
  return { ...demo, mailboxes: demo.mailboxes.map((mailbox) => ({ ...mailbox, outgoing })) };
}

/** What agents see of mails, by the numbers in their subjects. */
class MailDesk {
  readonly waitingAt = new Map<number, number>();
  readonly offeredAt = new Map<number, number>();
  readonly waiting = new Tally();
  readonly offered = new Tally();

  constructor(desktops: readonly ScriptedDesktop[]) {
    for (const desktop of desktops) {
      const isFirst = desktop === desktops[0];
      desktop.onPush((push) => {
        if (push.name === 'inbox:waiting' && isFirst) note(push.payload.subject, this.waitingAt, this.waiting);
        if (push.name !== 'reservation:offered' || push.payload.channel !== 'email') return;
        note(push.payload.pop.written?.subject ?? null, this.offeredAt, this.offered);
        void takeAndClose(desktop, push.payload.reservationId);
      });
    }
  }

  /** How long after now all of them had been seen; null: not within a while. */
  async untilSeen(numbers: readonly number[]): Promise<number | null> {
    const from = performance.now();
    const isSeen = await until(() => numbers.every((number) => this.waitingAt.has(number)), 30_000);
    await until(() => numbers.every((number) => this.offeredAt.has(number)), 10_000);
    return isSeen ? Math.max(0, Math.max(...this.waitingAt.values()) - performance.timeOrigin - from) : null;
  }

  since(acknowledged: readonly (readonly [number: number, atMs: number])[], seen: ReadonlyMap<number, number>): number[] {
    return acknowledged.flatMap(([number, at]) => {
      const seenAt = seen.get(number);
      return seenAt === undefined ? [] : [Math.max(0, seenAt - at)];
    });
  }
}

function note(subject: string | null, at: Map<number, number>, tally: Tally): void {
  const stamp = stampOf(subject ?? '');
  if (!stamp) return;
  tally.add(stamp.number);
  if (!at.has(stamp.number)) at.set(stamp.number, clockMs());
}

async function takeAndClose(desktop: ScriptedDesktop, reservationId: string): Promise<void> {
  try {
    const { interactionId } = await desktop.ask('reservation:accept', { reservationId });
    await pause(closesAfterMs);
    await desktop.ask('inbox:close', { interactionId, dispositionCode: 'billExplained', note: '' });
  } catch {
    // A call came between, or the bench is over: somebody else is offered it.
  }
}
