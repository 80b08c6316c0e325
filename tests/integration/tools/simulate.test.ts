import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { playDays, readScenario } from '../../../cti-bridge/simulation/index.ts';
import { type AgentId, asId, type QueueId, type ReservationId, type WorkItemId } from '../../../shared/ids.ts';
import { inProject } from '../../../tools/project.ts';
import { runCommand } from '../../../tools/run-command.ts';
import { knownScenarios, loadScenario } from '../../../tools/scenario-file.ts';
import { event, openDemo } from '../store/store-under-test.ts';

/** The command as people type it, and the scenarios it comes with. */
const simulate = (...args: readonly string[]) =>
  runCommand(process.execPath, [inProject('tools', 'simulate.ts'), ...args], { cwd: folder, limitMs: 60_000 });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crosspoint-simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const quietDay = `
name: Quiet day
date: 2026-03-02
timeZone: Asia/Shanghai
from: "09:00"
to: "11:00"
configuration: { skills: [a], queues: [{ id: hotline, needs: a >= 1 }] }
demand:
  - queue: hotline
    arrivals: { kind: rates, rates: [{ from: "09:00", perHour: 30 }] }
    handling: { kind: exponential, meanSeconds: 120 }
    wrapUp: null
    patience: null
agents:
  - { group: team, who: { kind: alike, count: 2, skills: { a: 5 } }, shifts: [{ from: "09:00", to: "11:00" }] }
`;

describe('the scenarios that come with the project', () => {
  it.each(knownScenarios())('%s can be read and played, and loses nobody', (name) => {
    const loaded = loadScenario(name, folder);
    if (!loaded.ok) throw new Error(loaded.error);
    const reading = readScenario(loaded.value);
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const { all } = playDays(reading.scenario, reading.configuration, [1]);
    const sum = [all.answered, all.abandoned, all.diverted, all.unserved].reduce((total, { mean }) => total + (mean ?? 0), 0);
    expect(sum).toBe(all.offered.mean);
    expect(all.offered.mean).toBeGreaterThan(100);
  });

  it('show what overflow does, on the same customers', () => {
    const play = (name: string) => {
      const loaded = loadScenario(name, folder);
      const reading = readScenario(loaded.ok ? loaded.value : null);
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      return playDays(reading.scenario, reading.configuration, [1, 2]);
    };
    const [none, overflow] = [play('overflow-none'), play('overflow')];
    expect(overflow.all.offered.values).toEqual(none.all.offered.values);
    expect(overflow.all.movedAndAnswered.mean).toBeGreaterThan(0);
    expect(overflow.all.abandonedPercent.mean).toBeLessThan((none.all.abandonedPercent.mean ?? 0) - 2);
  });
});

describe('npm run simulate', () => {
  it('prints each queue hour by hour, and the same for the same seed', async () => {
    write('quiet.yaml', quietDay);
    const [once, again, other] = [await simulate('quiet.yaml'), await simulate('quiet.yaml'), await simulate('quiet.yaml', '--seed', '2')];
    expect(once.code).toBe(0);
    expect(once.stdout).toMatch(/09:00 +\d+ +\d+ .*\n +10:00 +\d+/);
    expect(once.stdout).toContain('in time %');
    expect(again.stdout).toBe(once.stdout);
    expect(other.stdout).not.toBe(once.stdout);
  });

  it('prints two scenarios side by side with what the second has more', async () => {
    write('quiet.yaml', quietDay);
    write(
      'fewer.yaml',
      'name: Fewer people\nlike: quiet.yaml\nagents: [{ group: team, who: { kind: alike, count: 1, skills: { a: 5 } }, shifts: [{ from: "09:00", to: "11:00" }] }]',
    );
    const done = await simulate('quiet.yaml', '--against', 'fewer.yaml', '--json');
    const { a, b, differences } = JSON.parse(done.stdout);
    expect(b.days.queues[0].day.offered.mean).toBe(a.days.queues[0].day.offered.mean);
    const { averageAnswerMs } = differences[0].day;
    expect(averageAnswerMs.mean).toBeCloseTo(b.days.queues[0].day.averageAnswerMs.mean - a.days.queues[0].day.averageAnswerMs.mean, 6);
    expect(averageAnswerMs.mean).toBeGreaterThan(1_000);
    expect((await simulate('quiet.yaml', '--against', 'fewer.yaml')).stdout).toContain('B-A');
  });

  it('takes an exported configuration, in a scenario and against one', async () => {
    write('quiet.yaml', quietDay);
    const reading = readScenario(parse(quietDay));
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    const { configuration } = reading;
    const queues = configuration.queues.map((queue) => ({ ...queue, maxWaiting: 1 }));
    write('organisation.yaml', stringify(configuration));
    write('full.yaml', stringify({ ...configuration, queues }));
    write('kept.yaml', 'like: quiet.yaml\nconfiguration: organisation.yaml');

    const done = await simulate('kept.yaml', '--against', 'full.yaml', '--json');
    const { a, b } = JSON.parse(done.stdout);
    const alone = JSON.parse((await simulate('quiet.yaml', '--json')).stdout);
    expect(a.days).toEqual(alone.days);
    expect(b.name).toBe('full.yaml');
    expect(b.days.customers).toBe(a.days.customers);
  });

  it('says how sure a mean of several days is', async () => {
    write('quiet.yaml', quietDay);
    const done = await simulate('quiet.yaml', '--days', '4');
    expect(done.stdout).toContain('mean of 4 days, seeds 1 to 4');
    expect(done.stdout).toMatch(/day .*±/);
  });

  it('plays a day that a bridge has kept, while the bridge runs, and saves it as a scenario', async () => {
    const store = await openDemo(folder);
    const day = (id: string, at: string, answered: string, ended: string) => {
      const [queuedAt, answeredAt, endedAt] = [at, answered, ended].map((time) => Date.parse(`2026-03-02T${time}Z`)) as [
        number,
        number,
        number,
      ];
      const ids = {
        workItemId: asId<WorkItemId>(`w-${id}`),
        reservationId: asId<ReservationId>(`r-${id}`),
        agentId: asId<AgentId>('agent-lena-hartmann'),
      };
      return [
        event(id, { type: 'workItem:queued', workItemId: ids.workItemId, queueId: asId<QueueId>(queueId), priority: 0 }, queuedAt),
        event(id, { type: 'interaction:answered', reservationId: ids.reservationId, agentId: ids.agentId }, answeredAt),
        event(id, { type: 'interaction:ended', end: { by: 'caller', reason: 'hungUp', fault: 'caller' } }, endedAt),
      ];
    };
    const { configuration } = await store.configuration.read();
    const queueId = configuration.queues.find(({ channel }) => channel === 'voice')?.id ?? '';
    await store.journal.commit([...day('one', '10:00:00', '10:00:10', '10:02:00'), ...day('two', '10:05:00', '10:05:20', '10:06:00')]);

    const done = await simulate('--recorded', folder, '--day', '2026-03-02', '--save', 'kept.yaml');
    expect(done.output).toContain('Recorded 2026-03-02');
    expect(done.output).toContain('2 customers');
    const again = await simulate('kept.yaml');
    expect(again.stdout).toBe(done.stdout);
    expect((await simulate('--recorded', folder, '--day', '2026-03-03')).output).toContain('nobody was queued on 2026-03-03');
  });

  it('names every problem of a scenario and plays nothing', async () => {
    write('wrong.yaml', quietDay.replace('needs: a >= 1', 'needs: b >= 1').replace('count: 2', 'count: 0'));
    const done = await simulate('wrong.yaml');
    expect(done.code).toBe(2);
    expect(done.stdout).toBe('');
    expect(done.output).toContain('wrong.yaml has 2 problems:');
    expect(done.output).toContain('scenario/agents/0/who/count: found 0; expected 1 or more');
  });

  it('says so when there is no such file, and when scenarios are like each other in a circle', async () => {
    expect((await simulate('nowhere.yaml')).output).toContain('there is no such file');
    write('one.yaml', 'like: two.yaml');
    write('two.yaml', 'like: one.yaml');
    expect((await simulate('one.yaml')).output).toContain('without end');
    expect((await simulate()).output).toContain('Usage: npm run simulate');
  });
});
