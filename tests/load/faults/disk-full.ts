import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { CallHouse, until } from './call-house.ts';
import { Expectations, type FaultRow } from './fault-row.ts';

const alarmLimitMs = 10_000;
const backlogLimitMs = 10_000;

const recorded = (configuration: Configuration): Configuration => ({
  ...configuration,
  queues: configuration.queues.map((queue) =>
    queue.channel === 'voice' ? { ...queue, recording: { mode: 'always', announcement: null } } : queue,
  ),
});

/** The bridge and its children. */
function processesOf(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && new RegExp(`^PPid:\\s+${pid}$`, 'm').test(readFileSync(`/proc/${name}/status`, 'utf8'));
    } catch {
      return false; // it ended meanwhile
    }
  });
  return [pid, ...children.map(Number)];
}

/** No file of theirs can grow beyond this any more: what a full disk does to a process, for these alone. */
function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  for (const each of processesOf(pid)) execFileSync('prlimit', ['--pid', String(each), `--fsize=${bytes}:`]);
}

/**
 * Full for as long as a call lasts. The limit of the system tells a write that fails (EFBIG) where a full disk says ENOSPC; to the bridge both
 * are a disk that takes no more.
 */
export const diskFull: FaultRow = {
  name: 'disk-full',
  about: `the disk takes no more while one calls and another waits: they talk and hear music, the page says so within ${alarmLimitMs / 1_000} s, and all is written when there is room again`,
  count: 3,
  async run({ count }) {
    const expectations = new Expectations();
    const alarms: number[] = [];
    const written: number[] = [];
    const house = await CallHouse.open(recorded);
    const rows = (type: string): number =>
      house.read<{ found: number }>(`select count(*) as found from interaction_event where type = '${type}'`)[0]?.found ?? 0;
    try {
      await house.start();
      for (let n = 1; n <= count; n++) {
        const expect = (holds: boolean, otherwise: string) => expectations.expect(holds, `round ${n}: ${otherwise}`);
        const before = { ended: rows('interaction:ended'), answered: rows('interaction:answered') };
        await house.ready();
        limitFiles(house.pid, 1);
        const fullAt = performance.now();
        const first = await house.answer(await house.call());
        const waiter = await house.call();
        const isWaiting = await Promise.allSettled([waiter.ears.music(10_000)]);
        expect(isWaiting[0].status === 'fulfilled', 'who comes meanwhile hears no music');
        let isTold = false;
        while (!isTold && performance.now() - fullAt < alarmLimitMs) isTold = (await house.health()).includes('disk');
        expect(isTold, 'the page does not say that the disk takes no more');
        alarms.push(performance.now() - fullAt);
        const isHeard = await Promise.allSettled([first.caller.ears.tone(700), first.desk.ears.tone(440)]);
        expect(
          isHeard.every(({ status }) => status === 'fulfilled'),
          'the two who talk do not hear each other',
        );
        expect(!house.hasExited, 'the bridge is gone');

        limitFiles(house.pid, 'unlimited');
        const roomAt = performance.now();
        const isAll = await until(() => rows('interaction:answered') === before.answered + 1, backlogLimitMs);
        written.push(performance.now() - roomAt);
        expect(isAll, 'the answer of the call was not written');
        expect(/"msg":"recording:(refused|cutShort)"/.test(house.log), 'no recording was refused aloud');
        expect(!(await house.health()).includes('disk'), 'the page goes on saying that the disk takes no more');
        await first.caller.hangUp();
        await first.desk.over;
        await house.ready();
        const second = await house.answer(waiter);
        await second.caller.hangUp();
        await second.desk.over;
        const isClosed = await until(() => rows('interaction:ended') === before.ended + 2, backlogLimitMs);
        expect(isClosed, `${rows('interaction:ended') - before.ended} endings of 2 calls`);
      }
    } finally {
      await house.close();
    }
    return {
      figures: [
        { name: 'told on the health page, slowest', value: Math.max(...alarms), unit: 'ms', at: `budget ${alarmLimitMs}` },
        {
          name: 'backlog written, slowest',
          value: Math.max(...written),
          unit: 'ms',
          at: `after there is room again, budget ${backlogLimitMs}`,
        },
      ],
      failures: expectations.failures,
    };
  },
};
