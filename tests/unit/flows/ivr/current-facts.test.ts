import { describe, expect, it } from 'vitest';
import { currentFacts, wallClock } from '../../../../cti-bridge/flows/ivr/current-facts.ts';
import { storedTraces } from '../../../../cti-bridge/flows/ivr/stored-traces.ts';
import { wayFromFlow } from '../../../../cti-bridge/flows/ivr/way-from-flow.ts';
import type { PassedNode } from '../../../../cti-bridge/ivr/index.ts';
import { silentLog } from '../../../../cti-bridge/kernel/index.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { asId } from '../../../../shared/ids.ts';
import { Floor } from '../../acd/floor.ts';

/** A Sunday, and a holiday in Shanghai, where it is 08:30 the day after. */
const at = Date.UTC(2026, 10, 22, 0, 30);
const hours = [
  {
    ...{ id: 'office.main', name: { en: 'Office', zh: '办公' }, timeZone: 'Asia/Shanghai' },
    weekly: { sun: [{ from: '08:00', to: '12:00' }] },
    holidays: [{ date: '2026-11-23', name: { en: 'Day', zh: '日' }, spans: [] }],
  },
] as Configuration['hours'];

function house(floor = new Floor(), now = at) {
  const organisation = { timeZone: 'Asia/Shanghai' } as Configuration['organisation'];
  return currentFacts({ clock: { now: () => now }, configuration: () => ({ hours, organisation }), routerState: () => floor.state });
}

describe('what the house knows of itself', () => {
  it.each([
    ['hours.office.main.open', 'yes'],
    ['hours.office.main.holiday', 'no'],
    ['hours.office.main.other', undefined],
    ['hours.unknown.open', undefined],
    ['now.time', '08:30'],
    ['now.day', 'sun'],
    ['now.date', '2026-11-22'],
    ['now.constructor', undefined],
    ['now', undefined],
    ['customer.tier', undefined],
  ])('%s is %s on a Sunday morning', (name, value) => {
    expect(house().fact(name)).toBe(value);
  });

  it('has its holidays on the clock of the hours', () => {
    const monday = house(new Floor(), at + 86_400_000);
    expect([monday.fact('hours.office.main.holiday'), monday.fact('hours.office.main.open')]).toEqual(['yes', 'no']);
  });

  it('counts who waits, who is free, and how long somebody who came now would wait', () => {
    const floor = new Floor().queue('billing').agent('lena');
    const facts = house(floor);
    const all = () => ['waiting', 'freeAgents', 'expectedWaitSeconds'].map((what) => facts.fact(`queue.billing.${what}`));
    expect(all()).toEqual(['0', '1', '0']);
    floor.talks('ann', 'billing');
    expect(all()).toEqual(['0', '0', undefined]);
    floor.pass(60_000).workEnds('lena', 'ann');
    floor.talks('bob', 'billing');
    floor.caller('cy', 'billing');
    expect(all()).toEqual(['1', '0', '120']);
    expect(facts.fact('queue.unknown.waiting')).toBeUndefined();
  });

  it('reads a clock in any zone', () => {
    expect(wallClock('America/New_York', at)).toEqual({ date: '2026-11-21', time: '19:30', day: 'sat' });
  });
});

describe('the ways of callers', () => {
  it('are kept by the day of the organisation, and one that cannot be kept is nobody’s trouble', async () => {
    const kept: (PassedNode & { readonly day: number })[] = [];
    const passed = {
      interactionId: asId('i'),
      at,
      flowId: 'f',
      version: 1,
      nodeId: 'n',
      exit: 'next',
      tookMs: 1,
      keys: null,
      facts: {},
    } as PassedNode;
    let fails = false;
    const note = async (node: PassedNode & { readonly day: number }) => {
      if (fails) throw new Error('disk full');
      kept.push(node);
    };
    const traces = storedTraces({ repository: { note }, timeZone: () => 'Asia/Shanghai', log: silentLog });
    traces.note(passed);
    fails = true;
    traces.note(passed);
    await Promise.resolve();
    expect(kept).toEqual([{ ...passed, day: Date.UTC(2026, 10, 21, 16) }]);
  });
});

describe('the way to a number that a flow calls', () => {
  const routes = [{ trunkId: 't', number: '4420', shown: '+8657400000000', isWithheld: false, codecs: ['PCMA' as const] }];
  it('is by the trunks that carry it, else the way the call came, else there is none', () => {
    const call = { peer: '192.0.2.7:5060', dialled: '1000' };
    expect(wayFromFlow('+4420', call, { routesBack: () => routes })).toEqual({
      number: '+4420',
      peer: '',
      shownAs: '+8657400000000',
      routes,
    });
    expect(wayFromFlow('+4420', call, { routesBack: () => [] })).toEqual({ number: '+4420', peer: '192.0.2.7:5060', shownAs: '1000' });
    expect(wayFromFlow('+4420', { ...call, peer: null }, { routesBack: () => [] })).toBeNull();
  });
});
