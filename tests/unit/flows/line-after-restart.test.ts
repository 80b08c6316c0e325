import { expect, it } from 'vitest';
import { limits } from '../../../cti-bridge/flows/context.ts';
import { placesInLine } from '../../../cti-bridge/flows/places-in-line.ts';
import { resumeCall } from '../../../cti-bridge/flows/resume-call.ts';
import type { PlayOutcome, Sound, StoredCall } from '../../../cti-bridge/interactions/index.ts';
import { minutes } from '../../../shared/duration.ts';
import { asId, type InteractionId, type QueueId, type WorkItemId } from '../../../shared/ids.ts';
import { alone, billing, FakeCall, lena, newHouse } from './fakes.ts';

/** A bridge just started in whose crash callers waited: each answers its new media when the test says so. */
function lineOf(...waitedMinutes: readonly number[]) {
  const house = newHouse(billing);
  const stored = waitedMinutes.map(
    (waited, n): StoredCall => ({
      interactionId: asId<InteractionId>(`waits-${n}`),
      workItemId: asId<WorkItemId>(`item-${n}`),
      queueId: asId<QueueId>(billing.id),
      queuedAt: house.clock.now() - minutes(waited),
      ...{ agentId: null, talkingSince: null, priority: 5, locale: 'en', isHeld: false, menu: null, legs: '' },
    }),
  );
  const placeOf = placesInLine(stored, house.clock);
  const callers = stored.map((each) => {
    const answer = Promise.withResolvers<boolean>();
    const call = new (class extends FakeCall {
      override answer = () => answer.promise;
    })(house.clock, '1000');
    void resumeCall(each, call, placeOf(each.interactionId), house.context);
    return { call, isBack: (is = true) => answer.resolve(is) };
  });
  return { house, callers };
}

it('who answers first does not stand before who waited longer', async () => {
  const { house, callers } = lineOf(3, 1, 2);
  await house.ready(lena, '6012');
  for (const caller of [1, 2, 0]) {
    callers[caller]?.isBack();
    await house.clock.run(20);
  }
  house.phones.last.answers();
  await house.clock.run(10);
  expect(callers.map(({ call }) => call.joined !== null)).toEqual([true, false, false]);
  expect(house.errors).toEqual([]);
});

it('who is not back within a second keeps nobody waiting, and who has gone nobody at all', async () => {
  const { house, callers } = lineOf(3, 2, 1);
  await house.ready(lena, '6012');
  callers[1]?.isBack(false);
  callers[2]?.isBack();
  await house.clock.run(900);
  expect(house.phones.legs).toEqual([]);
  await house.clock.run(200);
  house.phones.last.answers();
  await house.clock.run(10);
  expect(callers.map(({ call }) => call.joined !== null)).toEqual([false, false, true]);
  callers[0]?.isBack();
  await house.clock.run(10);
  expect(house.errors).toEqual([]);
});

it('who left a message and is not back is told nothing, and is let go at once', async () => {
  const house = newHouse(billing);
  const at = { workItemId: asId<WorkItemId>('item'), interactionId: asId<InteractionId>('cut off'), queueId: asId<QueueId>(billing.id) };
  house.promises.rows.set('item', {
    ...at,
    ...{ number: '', numberKey: '', peer: null, trunkId: asId('trunk'), dialled: '1000', locale: 'en', priority: 5, attempts: 0 },
    ...{ queuedAt: 0, promisedAt: 0, recordingId: 'said', findings: null, state: 'pending' },
  });
  house.recordings.durationMs = async () => 4_000 as never;
  await house.callbacks.resume();
  const said: Sound[] = [];
  const call = new (class extends FakeCall {
    override answer = () => new Promise<boolean>(() => {});
    override play = (sound: Sound) => {
      said.push(sound);
      return new Promise<PlayOutcome>(() => {});
    };
  })(house.clock, '1000');
  const stored = {
    ...at,
    agentId: null,
    talkingSince: null,
    queuedAt: 0,
    priority: 5,
    locale: 'en',
    isHeld: false,
    menu: null,
    legs: '',
  } as const;
  const story = resumeCall(stored, call, alone, house.context);
  await house.clock.run(limits.customerReturn + 10);
  await story;
  expect(said).toEqual([]);
  expect(call.end).toMatchObject({ reason: 'messageLeft' });
  expect(house.types()).toContain('interaction:ended');
  expect(house.callbacks.count).toBe(1);
  expect(house.errors).toEqual([]);
});
