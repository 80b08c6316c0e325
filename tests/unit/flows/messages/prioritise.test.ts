import { expect, test } from 'vitest';
import type { QueueId } from '../../../../shared/ids.ts';
import { lena } from '../fakes.ts';
import { writtenHouse } from './written-house.ts';

test('a mail that was given another priority has it in the list of whoever could take it at once, and after a start', async () => {
  const { messages, routing, desktops, store, mail } = writtenHouse();
  const capacity = { email: { max: 1, weight: 20, interrupts: [] } };
  const settings = { skills: {}, capacity, teamId: null, orgUnitId: null, leftQueueIds: [] as QueueId[], weight: 1 };
  routing.tell({ type: 'agent:configured', agentId: lena, settings });
  await mail({});
  const [waiting] = messages.inboxOf(lena).waiting;
  await messages.prioritise(waiting?.workItemId ?? '', 90);
  expect(desktops.of('inbox:waiting', lena).map(({ priority }) => priority)).toEqual([waiting?.priority, 90]);
  expect(messages.inboxOf(lena).waiting).toMatchObject([{ priority: 90 }]);
  expect([...store.works.values()]).toMatchObject([{ priority: 90 }]);
  await messages.prioritise('a call', 90);
});
