import { describe, expect, test } from 'vitest';
import { whyItem } from '../../../cti-bridge/acd/index.ts';
import { type AgentId, asId, type WorkItemId } from '../../../shared/ids.ts';
import { deeds, Floor, settingsOf } from './floor.ts';

const french = { needs: 'french >= 3' };

describe('an item that asks for more than its queue does', () => {
  test('is offered to those alone who meet both, however long others are free', () => {
    const floor = new Floor().queue('billing', { needs: 'billing' }).agent('wei', { billing: 5 }).agent('tom', { french: 5 });
    expect(deeds(floor.caller('ann', 'billing', null, french))).toEqual([]);
    floor.agent('lena', { billing: 1, french: 3 });
    expect(floor.offers()).toEqual(['ann > lena']);
    expect(floor.offered().reasons).toContainEqual({ code: 'skillMatched', facts: { skill: 'french', level: 3 } });
    expect(floor.offered().reasons).toContainEqual({ code: 'onlyAgentFree', facts: {} });
  });

  test('does not keep those behind it waiting', () => {
    const floor = new Floor().queue('billing');
    floor.caller('ann', 'billing', null, french);
    floor.caller('bob', 'billing');
    floor.agent('wei');
    expect(floor.offers()).toEqual(['bob > wei']);
  });

  test('is offered when somebody learns what it asks for', () => {
    const floor = new Floor().queue('billing').agent('wei');
    floor.caller('ann', 'billing', null, french);
    floor.tell({ type: 'agent:configured', agentId: asId<AgentId>('wei'), settings: settingsOf({ french: 4 }) });
    expect(floor.offers()).toEqual(['ann > wei']);
  });

  test('asks for it still after it overflowed, after a missed offer and after its agent was lost', () => {
    const floor = new Floor().queue('spare').queue('billing', { overflow: { afterSeconds: 10, queue: 'spare' }, needs: 'billing' });
    floor.caller('ann', 'billing', null, french);
    floor.pass(10_000).tick();
    floor.agent('wei').agent('lena', { french: 3 });
    expect(floor.offers()).toEqual(['ann > lena']);
    floor.fail(floor.offered(), 'noAnswer');
    expect(floor.offers()).toEqual([]);

    const other = new Floor().queue('billing').agent('lena', { french: 3 }).agent('wei');
    const { at } = other;
    other.caller('ann', 'billing', null, french);
    other.accept(other.offered());
    other.tell({
      ...{ type: 'item:returned', agentId: asId<AgentId>('lena'), workItemId: asId<WorkItemId>('ann'), isDeviceFault: true },
      ...{ interactionId: asId('i-ann'), queueId: asId('billing'), priority: 5, queuedAt: at, needs: french.needs },
    });
    expect(other.offers()).toEqual([]);
  });

  test('is not kept for who had them last and does not meet it, and is for the account manager', () => {
    const settings = { lastAgent: { waitSeconds: 60, withinDays: 7 }, accountManager: { waitSeconds: 60 } };
    const preferences = (kind: 'lastAgent' | 'accountManager') => [{ agentId: asId<AgentId>('wei'), kind }];
    const floor = new Floor().queue('billing', settings).agent('wei').agent('lena', { french: 3 });
    floor.caller('ann', 'billing', null, { ...french, preferences: preferences('lastAgent') });
    expect(floor.offers()).toEqual(['ann > lena']);
    floor.caller('bob', 'billing', null, { ...french, preferences: preferences('accountManager') });
    expect(floor.offers()).toEqual(['bob > wei']);
  });

  test('says whom it asks for when somebody asks why it waits', () => {
    const floor = new Floor().queue('billing', { needs: 'billing' }).agent('wei', { billing: 5 });
    floor.caller('ann', 'billing', null, french);
    const why = whyItem(floor.state, asId<WorkItemId>('ann'), floor.at);
    expect(why).toContainEqual({ code: 'nobodyQualifies', facts: { needs: 'billing >= 1 and french >= 3' } });
  });

  test.each(['', 'french >=', 'french >= 99', '((('])('asks for nothing by an expression that is none: "%s"', (needs) => {
    const floor = new Floor().queue('billing').agent('wei');
    floor.caller('ann', 'billing', null, { needs });
    expect(floor.offers()).toEqual(['ann > wei']);
  });
});
