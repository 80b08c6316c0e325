import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countingIds, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { encodeBencode } from '../../../../cti-bridge/media/rtpengine/bencode.ts';
import type { NgReply } from '../../../../cti-bridge/media/rtpengine/ng-client.ts';
import { NgClient } from '../../../../cti-bridge/media/rtpengine/ng-client.ts';

function setUp() {
  const clock = new VirtualClock();
  const ids = countingIds('c');
  const sent: string[] = [];
  const client = new NgClient({ clock, cookie: () => ids.next(), send: (datagram) => sent.push(datagram.toString()) });
  const cookie = (index = 0) => sent[index]?.split(' ')[0] ?? '';
  const answer = (name: string, reply: Record<string, string>) => client.receive(Buffer.from(`${name} ${encodeBencode(reply)}`));
  return { clock, client, sent, cookie, answer };
}

test('a command is one datagram: cookie, space, dictionary', async () => {
  const { client, sent, cookie, answer } = setUp();
  const asked = client.ask('ping');
  expect(sent).toEqual([`${cookie()} d7:command4:pinge`]);
  answer(cookie(), { result: 'pong' });
  expect(await asked).toEqual({ kind: 'ok', reply: { result: 'pong' } });
});

test('what gets no answer is sent again, byte for byte, at growing distances, and given up in time', async () => {
  const { clock, client, sent } = setUp();
  const asked = client.ask('delete', { 'call-id': 'one' });
  const counts = [249, 1, 500, 1_000, 1_249].map((ms) => {
    clock.advance(ms);
    return sent.length;
  });
  expect(counts).toEqual([1, 2, 3, 4, 4]);
  expect(new Set(sent).size).toBe(1);
  clock.advance(1);
  expect(await asked).toEqual({ kind: 'silent' });
  expect(client.waiting).toBe(0);
  clock.advance(60_000);
  expect(sent).toHaveLength(4);
});

test('an answered command is not sent again', async () => {
  const { clock, client, sent, cookie, answer } = setUp();
  const asked = client.ask('ping');
  answer(cookie(), { result: 'pong' });
  await asked;
  clock.advance(10_000);
  expect(sent).toHaveLength(1);
});

test('a refusal carries the reason of the daemon', async () => {
  const { client, cookie, answer } = setUp();
  const asked = client.ask('query', { 'call-id': 'gone' });
  answer(cookie(), { result: 'error', 'error-reason': 'Unknown call-id' });
  expect(await asked).toEqual({ kind: 'error', reason: 'Unknown call-id' });
});

test('answers that come in another order, twice or for nobody find the right command', async () => {
  const { client, cookie, answer } = setUp();
  const first = client.ask('offer');
  const second = client.ask('answer');
  answer('nobody', { result: 'ok' });
  answer(cookie(1), { result: 'ok', sdp: 'second' });
  answer(cookie(1), { result: 'ok', sdp: 'again' });
  answer(cookie(0), { result: 'ok', sdp: 'first' });
  expect([await first, await second]).toEqual([
    { kind: 'ok', reply: { result: 'ok', sdp: 'first' } },
    { kind: 'ok', reply: { result: 'ok', sdp: 'second' } },
  ]);
});

test('an answer that cannot be read is an error and no crash', async () => {
  const { client, cookie } = setUp();
  const asked = client.ask('ping');
  client.receive(Buffer.from(`${cookie()} i1e`));
  expect(await asked).toMatchObject({ kind: 'error' });
});

test('no datagram of a stranger settles or harms anything', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const { client } = setUp();
      void client.ask('ping');
      client.receive(bytes);
      expect(client.waiting).toBe(1);
    }),
  );
});

test('who stops leaves nobody waiting', async () => {
  const { client } = setUp();
  const asked: Promise<NgReply>[] = [client.ask('ping'), client.ask('query')];
  client.stop();
  expect(await Promise.all(asked)).toEqual([{ kind: 'silent' }, { kind: 'silent' }]);
});
