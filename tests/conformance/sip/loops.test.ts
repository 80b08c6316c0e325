import { expect, test } from 'vitest';
import type { Header, SipRequest } from '../../../cti-bridge/sip/index.ts';
import { headerOf, serializeMessage } from '../../../cti-bridge/sip/index.ts';
import { answer, createWorld, offer, stackHost, trunkHost } from './scripted-peer.ts';

/** The same request twice, by two ways, and requests that go round: RFC 3261 §8.2.2.2, §16.3, §16.6; RFC 7332. */

const start = async () => {
  const world = await createWorld((leg) => leg.progress(180));
  const peer = world.peer(trunkHost);
  const statuses: number[] = [];
  /** Sends bytes of its own making, and remembers the final answers. */
  const send = async (request: SipRequest, via: readonly string[]) => {
    const headers = [...via.map((value): Header => ({ name: 'Via', value })), ...request.headers.filter(({ name }) => name !== 'Via')];
    const encoded = serializeMessage({ ...request, headers });
    if (!encoded.ok) throw new Error(encoded.error);
    const end = world.network.endpoint('192.0.2.10', 5080);
    await end.start((bytes) => statuses.push(Number(bytes.toString('latin1').split(' ')[1])));
    end.flowTo(stackHost, 5060).send(encoded.value);
    await world.clock.run(20);
    return statuses.splice(0).filter((status) => status >= 200);
  };
  return { world, peer, send };
};

const way = (branch: string): string => `SIP/2.0/UDP 192.0.2.10:5080;branch=${branch}`;

test('an INVITE that took two ways makes one call; the second copy is told of the loop', async () => {
  const { world, peer, send } = await start();
  const invite = peer.request('INVITE', 'sip:4001@example.com', 'sip:1@example.net', [peer.contact], offer);
  expect(await send(invite, [way('z9hG4bK1'), way('z9hG4bK0')])).toEqual([]);
  expect(await send(invite, [way('z9hG4bK2'), way('z9hG4bK0')])).toEqual([482]);
  expect(world.calls).toHaveLength(1);
});

test('a retransmission is no second copy, whatever the way it takes', async () => {
  const { world, peer, send } = await start();
  const invite = peer.request('INVITE', 'sip:4001@example.com', 'sip:1@example.net', [peer.contact], offer);
  await send(invite, [way('z9hG4bK1')]);
  expect(await send(invite, [way('z9hG4bK1')])).toEqual([]);
  expect(world.stack.counters().retransmissionsIn).toBe(1);
});

test('the same is new once the first is over, and so is another number of the sequence', async () => {
  const { world, peer, send } = await start();
  const options = peer.request('OPTIONS', 'sip:example.com', 'sip:1@example.net');
  expect(await send(options, [way('z9hG4bK1')])).toEqual([200]);
  expect(await send(options, [way('z9hG4bK2')])).toEqual([482]);
  await world.clock.run(64 * 500);
  expect(await send(options, [way('z9hG4bK3')])).toEqual([200]);
});

test('what of ours comes back as it left is a loop; with another Request-URI it is a spiral and a call', async () => {
  const { world, peer, send } = await start();
  const phone = world.peer('192.0.2.20');
  const registered = phone.register('1001');
  await world.clock.run(20);
  await registered;
  phone.onRequest = () => {};
  world.stack.invite({ extension: '1001', from: { user: 'x', displayName: 'x' }, offer });
  await world.clock.run(20);
  const ours = phone.requests.at(-1)?.request;
  if (!ours) throw new Error('no INVITE');
  const again: SipRequest = { kind: 'request', method: 'INVITE', uri: ours.uri, headers: [...ours.headers, peer.contact], body: ours.body };
  const ownVia = headerOf(ours, 'Via') ?? '';
  expect(await send(again, [way('z9hG4bKback'), ownVia])).toEqual([482]);
  const calls = world.calls.length;
  expect(await send({ ...again, uri: 'sip:4001@example.com' }, [way('z9hG4bKspiral'), ownVia])).toEqual([]);
  expect(world.calls).toHaveLength(calls + 1);
});

test('a call with no hop left is told so; who asks what we can do is answered', async () => {
  const { world, peer, send } = await start();
  const withoutHops = (request: SipRequest): SipRequest => ({
    ...request,
    headers: request.headers.map((header) => (header.name === 'Max-Forwards' ? { ...header, value: '0' } : header)),
  });
  const invite = peer.request('INVITE', 'sip:4001@example.com', 'sip:1@example.net', [peer.contact], offer);
  expect(await send(withoutHops(invite), [way('z9hG4bK1')])).toEqual([483]);
  expect(world.calls).toHaveLength(0);
  const options = peer.request('OPTIONS', 'sip:4001@example.com', 'sip:1@example.net');
  expect(await send(withoutHops(options), [way('z9hG4bK2')])).toEqual([200]);
});

test('a loop does not grow: at most one message leaves for each that comes in', async () => {
  const world = await createWorld((leg) => void leg.answer(answer));
  const peer = world.peer(trunkHost);
  const invite = peer.request('INVITE', 'sip:4001@example.com', 'sip:1@example.net', [peer.contact], offer);
  const end = world.network.endpoint(trunkHost, 5060);
  let out = 0;
  await end.start(() => out++);
  const total = 500;
  for (let copy = 0; copy < total; copy++) {
    const headers = [{ name: 'Via', value: `SIP/2.0/UDP ${trunkHost};branch=z9hG4bKloop${copy}` }, ...invite.headers];
    const encoded = serializeMessage({ ...invite, headers });
    if (encoded.ok) end.flowTo(stackHost, 5060).send(encoded.value);
  }
  await world.clock.run(100);
  expect(world.calls).toHaveLength(1);
  // The one call is told 100 and 200.
  expect(out).toBeLessThanOrEqual(total + 1);
});
