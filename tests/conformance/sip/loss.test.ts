import { expect, test } from 'vitest';
import { answer, createWorld, trunkHost } from './scripted-peer.ts';

/** What is never answered, in virtual time. Calls through a network that loses some of it are in `call-set-up.test.ts`. */
const longestMs = 64 * 500 + 5_000;

test('a 200 that is never acknowledged ends the call within 33 s, by BYE', async () => {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  peer.acknowledges = false;
  const call = peer.call();
  await world.clock.run(31_900);
  expect(world.calls[0]?.end).toBeNull();
  await world.clock.run(1_100);
  expect(world.calls[0]?.end).toMatchObject({ cause: 'noAck', by: 'network' });
  // 200 at 0, 0.5, 1.5, 3.5, then every 4 s (RFC 3261 §13.3.1.4).
  expect(call.statuses.filter((status) => status === 200)).toHaveLength(11);
  expect(peer.requests.map((each) => each.request.method)).toEqual(['BYE']);
});

test('a network that carries nothing ends every call and forgets it', async () => {
  const world = await createWorld((leg) => leg.progress(180), { loss: 1 });
  const call = world.peer(trunkHost).call();
  await world.clock.run(longestMs);
  expect(call.final).toBe(0);
  expect(world.clock.pending).toBe(0);
});
