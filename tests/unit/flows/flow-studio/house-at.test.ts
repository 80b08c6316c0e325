import { expect, it } from 'vitest';
import type { FlowTest } from '../../../../shared/contracts/ivr/flow.ts';
import { flow, studioHouse } from './studio-house.ts';

const byHours = flow('hotline', 'billing', {
  nodes: {
    answer: { kind: 'answer', exits: { next: 'hours' } },
    hours: { kind: 'hours', hoursId: 'office', exits: { open: 'queue', closed: 'bye' } },
    queue: { kind: 'queue', queueId: 'billing', priority: null, exits: {} },
    bye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
  },
});
const given = (at: string): FlowTest['given'] => ({ number: null, dialled: '95', at, locale: null, facts: {}, answers: {} });
const test = (name: string, at: string, end: 'queue' | 'hangUp'): FlowTest => ({ name, given: given(at), steps: [], expect: { end } });

it('a flow is stepped through at any hour, by the hours as they are set up, on the clock of the organisation', async () => {
  const { studio, adam } = studioHouse();
  const endAt = async (at: string) => {
    const run = await studio['flow:simulate'](adam, { flow: byHours, given: given(at), steps: [] });
    return run.ok ? run.value.end?.kind : run.error;
  };
  expect([await endAt('2026-11-23T08:59'), await endAt('2026-11-23T09:00'), await endAt('2026-11-23T17:30')]).toEqual([
    'hangUp',
    'queue',
    'hangUp',
  ]);
});

it("a flow's own tests are run when it is published, and one that fails keeps it from callers", async () => {
  const { studio, adam, save } = studioHouse();
  const tests = [test('in the morning', '2026-11-23T10:00', 'queue'), test('at night', '2026-11-23T23:00', 'queue')];
  const saved = await save({ ...byHours, tests });
  expect(saved).toMatchObject({ value: { saved: true, problems: [{ code: 'testFailed', field: 'tests/1' }] } });
  const refused = await studio['flow:publish'](adam, { flowId: 'hotline', draftRevision: 1, note: '' });
  expect(refused).toMatchObject({ value: { published: false, problems: [{ code: 'testFailed', facts: { test: 'at night' } }] } });
  await save({ ...byHours, tests: [test('at night', '2026-11-23T23:00', 'hangUp')] }, 1);
  const published = await studio['flow:publish'](adam, { flowId: 'hotline', draftRevision: 2, note: '' });
  expect(published).toEqual({ ok: true, value: { published: true, version: 1 } });
});

it('whatever is sent as a flow is answered with what is wrong with it', async () => {
  const { studio, adam } = studioHouse();
  const odd = JSON.parse(
    '{"format":1,"flowId":"x","nodes":{"__proto__":{"kind":"answer","exits":{}}},"polluted":{"__proto__":{"polluted":1}}}',
  ) as unknown;
  for (const sent of [odd, null, [], 'x'.repeat(10_000), { format: 1e9 }, { nodes: Array.from({ length: 600 }, () => 1) }]) {
    const checked = await studio['flow:check'](adam, { flow: sent });
    expect(checked.ok && checked.value.problems.length).toBeGreaterThan(0);
    expect(await studio['flow:save-draft'](adam, { flow: sent, basedOn: null, writingId: 'adams' })).toMatchObject({
      ok: true,
      value: { saved: false },
    });
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

it('callers are attended to between the tests of a flow that has many', async () => {
  const { studio, adam, turns } = studioHouse();
  const tests = Array.from({ length: 40 }, (_, index) => test(`test ${index}`, '2026-11-23T10:00', 'queue'));
  expect(await studio['flow:check'](adam, { flow: { ...byHours, tests } })).toEqual({ ok: true, value: { problems: [] } });
  expect(turns.count).toBeGreaterThan(40);
});
