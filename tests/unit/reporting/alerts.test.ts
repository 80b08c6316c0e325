import { describe, expect, it } from 'vitest';
import {
  type AgentNow,
  assembleBoard,
  BoardAlerts,
  boardRows,
  type QueueNow,
  type WatchedQueue,
} from '../../../cti-bridge/reporting/index.ts';
import { boardSchema } from '../../../shared/contracts/board.ts';
import { minutes, seconds } from '../../../shared/duration.ts';
import { quietAgent, quietQueue, watchedBilling } from './board-rows.ts';
import { DayUnderTest } from './day-under-test.ts';

/** A board of one queue and one person, looked at again and again. */
class Watch {
  readonly day = new DayUnderTest();
  readonly alerts = new BoardAlerts();
  watched: WatchedQueue = watchedBilling;

  look(queue: Partial<QueueNow> = {}, agent: Partial<AgentNow> = {}): boolean {
    return this.alerts.look(this.#rows(queue, agent), this.day.at);
  }

  /** Looks each second for so long, and once more. */
  lookFor(ms: number, queue: Partial<QueueNow> = {}, agent: Partial<AgentNow> = {}): this {
    for (const end = this.day.at + ms; this.day.at < end; this.day.after(seconds(1))) this.look(queue, agent);
    this.look(queue, agent);
    return this;
  }

  get codes(): readonly string[] {
    return this.alerts.raised().map(({ code }) => code);
  }

  #rows(queue: Partial<QueueNow>, agent: Partial<AgentNow>) {
    const now = { queues: [{ ...quietQueue, ...queue }], agents: [{ ...quietAgent, since: this.day.at, ...agent }] };
    return boardRows(this.day.report, now, () => this.watched, this.day.at);
  }
}

describe('alerts', () => {
  it('are raised when the threshold has been passed for two seconds, and no sooner', () => {
    const watch = new Watch();
    expect(watch.look({ waiting: 4 })).toBe(false);
    watch.day.after(1_999);
    expect(watch.look({ waiting: 4 })).toBe(false);
    watch.day.after(1);
    expect(watch.look({ waiting: 4 })).toBe(true);
    expect(watch.alerts.raised()).toEqual([
      {
        alertId: 'waiting:billing',
        since: watch.day.at - 2_000,
        severity: 'warning',
        subject: { kind: 'queue', queueId: 'billing' },
        code: 'waiting',
        facts: { waiting: 4, above: 3 },
      },
    ]);
  });

  it('do not ring for what flickers', () => {
    const watch = new Watch();
    for (let second = 0; second < 20; second++, watch.day.after(seconds(1)))
      expect(watch.look({ waiting: second % 2 ? 4 : 3 })).toBe(false);
    expect(watch.codes).toEqual([]);
  });

  it('stay through a gap of less than five seconds, with the time they were raised, and go after it', () => {
    const watch = new Watch().lookFor(seconds(3), { waiting: 4 });
    const [raised] = watch.alerts.raised();
    watch.lookFor(seconds(4), { waiting: 0 }).lookFor(seconds(1), { waiting: 7 });
    expect(watch.alerts.raised()).toEqual([{ ...raised, severity: 'critical', facts: { waiting: 7, above: 3 } }]);
    expect(watch.lookFor(seconds(4), { waiting: 0 }).codes).toEqual(['waiting']);
    watch.day.after(seconds(2));
    expect(watch.look({ waiting: 0 })).toBe(true);
    expect(watch.codes).toEqual([]);
  });

  it('exactly at the threshold are not raised, nor where none is set', () => {
    const watch = new Watch().lookFor(seconds(5), { waiting: 3, longestWaitSince: null });
    expect(watch.codes).toEqual([]);
    watch.watched = { ...watchedBilling, alerts: { waitingAbove: null, longestWaitAboveMs: null, serviceLevelBelowPercent: null } };
    watch.day.comes('a').after(seconds(30)).answered('a');
    watch.lookFor(seconds(5), { waiting: 99, longestWaitSince: watch.day.at - minutes(30) });
    expect(watch.codes).toEqual([]);
  });

  it('tell how long somebody has waited too long, also when nobody looked until now', () => {
    const watch = new Watch();
    const longestWaitSince = watch.day.at - seconds(90);
    expect(watch.look({ waiting: 1, longestWaitSince })).toBe(true);
    expect(watch.alerts.raised()).toMatchObject([{ code: 'longestWait', since: longestWaitSince + seconds(60), severity: 'warning' }]);
    watch.lookFor(seconds(40), { waiting: 1, longestWaitSince });
    expect(watch.alerts.raised()).toMatchObject([{ since: longestWaitSince + seconds(60), severity: 'critical' }]);
  });

  it('watch the service level of the last half hour', () => {
    const watch = new Watch();
    watch.day.comes('a').after(seconds(30)).answered('a');
    expect(watch.lookFor(seconds(2)).codes).toEqual(['serviceLevel']);
    watch.day.after(minutes(31));
    expect(watch.lookFor(seconds(6)).codes).toEqual([]);
  });

  it('tell of people: out of reach though signed in, set not ready after missed offers, long at work', () => {
    const watch = new Watch();
    const since = watch.day.at - seconds(10);
    expect(watch.lookFor(0, {}, { workState: 'notReachable', since }).codes).toEqual(['agentNotReachable']);
    expect(new Watch().lookFor(seconds(9), {}, { presence: 'loggedOut', workState: 'notReachable', since }).codes).toEqual([]);
    expect(new Watch().lookFor(0, {}, { presence: 'notReady', notReadyReason: 'noAnswer', since }).codes).toEqual(['agentMissedOffers']);
    expect(new Watch().lookFor(0, {}, { presence: 'notReady', notReadyReason: 'meal', since }).codes).toEqual([]);
  });

  it('call work long beyond twice the mean of its queue, and never under five minutes', () => {
    const watch = new Watch();
    const work = { interactionId: 'i', queueId: 'billing', channel: 'voice', state: 'engaged' } as const;
    const sinceMinutes = (count: number) => ({ works: [{ ...work, since: watch.day.at - minutes(count) }] });
    expect(watch.lookFor(0, {}, sinceMinutes(4.9)).codes).toEqual([]);
    expect(watch.lookFor(0, {}, sinceMinutes(5.1)).codes).toEqual(['longWork']);
    const usual = new Watch();
    usual.day.comes('a').answered('a').after(minutes(4)).ends('a').completed('a');
    const sinceThen = (count: number) => ({ works: [{ ...work, since: usual.day.at - minutes(count) }] });
    expect(usual.lookFor(0, {}, sinceThen(7.9)).codes).toEqual([]);
    expect(usual.lookFor(0, {}, sinceThen(8.1)).codes).toEqual(['longWork']);
  });

  it('are not held back when the clock is set, and never begin in the future', () => {
    const watch = new Watch().lookFor(seconds(1), { waiting: 4 });
    watch.day.after(-minutes(60));
    expect(watch.lookFor(seconds(2), { waiting: 4 }).codes).toEqual(['waiting']);
    for (const { since } of watch.alerts.raised()) expect(since).toBeLessThanOrEqual(watch.day.at);
  });
});

describe('the board', () => {
  it('is what the contract says, with the figures of the day and the alerts at their queue', () => {
    const watch = new Watch();
    watch.day.comes('a').after(seconds(5)).answered('a').ends('a').completed('a').comes('b').missed('b', 'noAnswer');
    const now = {
      queues: [
        { ...quietQueue, waiting: 9 },
        { ...quietQueue, queueId: 'gone' },
      ],
      agents: [quietAgent],
    };
    const rows = boardRows(watch.day.report, now, (queueId) => (queueId === 'billing' ? watchedBilling : null), watch.day.at);
    watch.alerts.look(rows, watch.day.at);
    watch.day.after(seconds(3));
    watch.alerts.look(rows, watch.day.at);
    const board = assembleBoard(rows, watch.alerts.raised(), watch.day.at);
    expect(boardSchema.parse(JSON.parse(JSON.stringify(board)))).toEqual(board);
    expect(board.queues).toMatchObject([
      { queueId: 'billing', waiting: 9, answered: 1, averageAnswerMs: 5_000, alerts: ['waiting'], target: { percent: 80 } },
    ]);
    expect(board.agents).toMatchObject([{ agentId: 'lena', handledToday: 1, lastMissed: { cause: 'noAnswer' } }]);
    expect(board.alerts.map(({ code, severity }) => [code, severity])).toEqual([['waiting', 'critical']]);
  });
});
