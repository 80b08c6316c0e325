import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billing, callInQueue, lena, newHouse, wei } from './fakes.ts';

/** At most one live attempt per customer and reason, however often they ring, press and are called, and whenever the bridge starts anew. */

type House = ReturnType<typeof newHouse>;
const offering = (): House => newHouse({ ...billing, callbackAfterSeconds: 60, maxWaiting: 50 });
const margaret = { number: '+447700900142', presentedName: null };

/** Two calls of the same number wait at once, and both press 1. */
async function twice(house = offering()) {
  const first = await callInQueue(house, margaret);
  await house.clock.run(5_000);
  const second = await callInQueue(house, margaret);
  await house.clock.run(60_000);
  second.call.press('1');
  await house.clock.run(10);
  first.call.press('1');
  await house.clock.run(10);
  await house.clock.run(10_000);
  await Promise.all([first.story, second.story]);
  return house;
}

const pending = (house: House) => [...house.promises.rows.values()].filter(({ state }) => state === 'pending');

describe('one customer who was promised a call in two calls', () => {
  it('is owed one, at the better of the two places', async () => {
    const house = await twice();
    expect(house.promises.states.toSorted()).toEqual(['calledAgain', 'pending']);
    const queuedAts = [...house.promises.rows.values()].map(({ queuedAt }) => queuedAt);
    expect(pending(house)[0]?.queuedAt).toBe(Math.min(...queuedAts));
    await house.ready(lena, '6012');
    await house.ready(wei, '6013');
    for (const leg of house.phones.legs) leg.answers();
    await house.clock.run(10);
    expect(house.customers.dialled).toHaveLength(1);
    expect(house.callbacks.count).toBe(1);
  });

  it('is owed one after a restart too, should two be on disk', async () => {
    const house = await twice();
    const restarted = offering();
    for (const [id, row] of house.promises.rows) restarted.promises.rows.set(id, { ...row, state: 'pending' });
    expect(await restarted.callbacks.resume()).toBe(1);
    expect(pending(restarted)).toHaveLength(1);
  });

  it('is not called once more when they ring us while we call them in vain', async () => {
    const house = await twice();
    await house.ready(lena, '6012');
    house.phones.last.answers();
    await house.clock.run(10);
    await callInQueue(house, margaret);
    expect(house.callbacks.count).toBe(1);
    house.customers.dialled[0]?.finish({ by: 'caller', reason: 'notReached', fault: 'caller' });
    await house.clock.run(10);
    expect(house.callbacks.count).toBe(0);
    expect(pending(house)).toEqual([]);
  });
});

type Act = 'agentsCome' | 'rings' | 'presses' | 'waits' | 'agentAnswers' | 'customerAnswers' | 'customerIsBusy' | 'hangsUp' | 'restarts';
const acts: readonly Act[] = [
  'agentsCome',
  'rings',
  'presses',
  'waits',
  'agentAnswers',
  'customerAnswers',
  'customerIsBusy',
  'hangsUp',
  'restarts',
];

describe('whatever happens', () => {
  it('no two calls to one customer are under way, and none beside a promise of the same queue', { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...acts), { minLength: 5, maxLength: 25 }), async (deeds) => {
        let house = offering();
        const calls: Awaited<ReturnType<typeof callInQueue>>[] = [];
        const agentsCome = async () => {
          await house.ready(lena, '6012');
          await house.ready(wei, '6013');
        };
        for (const deed of deeds) {
          const dialled = house.customers.dialled.at(-1);
          if (deed === 'agentsCome') await agentsCome();
          if (deed === 'rings' && calls.length < 4) calls.push(await callInQueue(house, margaret));
          if (deed === 'presses') for (const { call } of calls) call.press('1');
          if (deed === 'waits') await house.clock.run(61_000);
          if (deed === 'agentAnswers') house.phones.legs.at(-1)?.answers();
          if (deed === 'customerAnswers') dialled?.customerAnswers();
          if (deed === 'customerIsBusy') dialled?.finish({ by: 'caller', reason: 'notReached', fault: 'caller' });
          if (deed === 'hangsUp') for (const { call } of calls.splice(0)) if (!call.end) call.callerHangsUp();
          if (deed === 'restarts') {
            const { rows } = house.promises;
            house = offering();
            calls.length = 0;
            for (const [id, row] of rows) house.promises.rows.set(id, row);
            await house.callbacks.resume();
            await house.ready(lena, '6012');
            await house.ready(wei, '6013');
          }
          await house.clock.run(10);
          expect(house.customers.dialled.filter(({ end }) => end === null).length).toBeLessThanOrEqual(1);
          expect(house.callbacks.count).toBeLessThanOrEqual(1);
          expect(pending(house).length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 100 },
    );
  });
});
