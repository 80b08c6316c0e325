import { expect, it } from 'vitest';
import { itemOf } from '../../../../cti-bridge/acd/index.ts';
import { hours, minutes, seconds } from '../../../../shared/duration.ts';
import { writtenHouse } from './written-house.ts';

it.each([-hours(1), hours(1)])('a clock that jumped by %i ms makes no mail wait longer or shorter than it did', async (jumpMs) => {
  const house = writtenHouse();
  const { clock, routing } = house;
  await house.mail({ internetMessageId: '<before@example.cn>' });
  clock.jump(jumpMs);
  await house.mail({ internetMessageId: '<after@example.cn>' });
  await clock.run(minutes(2));
  const items = [...house.store.works.values()].map(({ workItemId }) => itemOf(routing.state, workItemId));
  const waited = items.map((item) => item && Math.round((routing.now() - item.queuedAt) / seconds(1)));
  expect(waited).toEqual([120, 120]);
});
