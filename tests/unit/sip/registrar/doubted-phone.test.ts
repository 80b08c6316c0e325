import { expect, test } from 'vitest';
import { silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { Flow } from '../../../../cti-bridge/sip/index.ts';
import { createNames } from '../../../../cti-bridge/sip/names.ts';
import { Bindings, KeepAlive, type KeepAliveParts } from '../../../../cti-bridge/sip/registrar/index.ts';
import { FakeFlow } from './fake-flow.ts';

type Heard = Parameters<KeepAliveParts['transactions']['send']>[2];

/** A phone that has registered, and what it was asked. */
function registered(transport: Flow['transport']) {
  const clock = new VirtualClock();
  const bindings = new Bindings(clock, silentLog);
  const asked: Heard[] = [];
  const transactions: KeepAliveParts['transactions'] = {
    send(_request, _flow, heard) {
      asked.push(heard);
      return { cancel() {} } as never;
    },
  };
  const names = createNames(
    (size) => new Uint8Array(size),
    () => ({ host: '127.0.0.1', port: 5060 }),
  );
  const keepAlive = new KeepAlive({ clock, names, transactions, bindings, domain: 'example.com', product: 'Crosspoint' });
  const flow = new FakeFlow('a', transport);
  const register = () =>
    bindings.put({ extension: '1', contactUri: 'sip:1@a', flow, callId: 'c', cseq: 1, expiresAt: clock.monotonic() + 600_000 });
  register();
  const answer = (status: number) => asked.at(-1)?.onResponse({ status } as Parameters<Heard['onResponse']>[0], clock.monotonic());
  return { keepAlive, bindings, asked, answer, register };
}

test('nobody is sent to the phone of a desktop that has lost its line, until it answers whatever it answers', () => {
  const { keepAlive, bindings, asked, answer } = registered('WSS');
  keepAlive.doubt('1');
  expect(bindings.find('1')).toBeNull();
  expect(asked).toHaveLength(1);
  answer(100);
  expect(bindings.find('1')).toBeNull();
  answer(405);
  expect(bindings.find('1')).not.toBeNull();
});

test('it is there again when it registers', () => {
  const { keepAlive, bindings, register } = registered('WSS');
  keepAlive.doubt('1');
  register();
  expect(bindings.find('1')).not.toBeNull();
});

test('a telephone on the desk has its own line, and nobody is asked for who is not there', () => {
  const { keepAlive, bindings, asked } = registered('UDP');
  keepAlive.doubt('1');
  keepAlive.doubt('2');
  expect(bindings.find('1')).not.toBeNull();
  expect(asked).toEqual([]);
});
