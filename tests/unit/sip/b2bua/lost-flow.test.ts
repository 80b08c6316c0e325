import { beforeEach, expect, test } from 'vitest';
import { silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { awaitReturn } from '../../../../cti-bridge/sip/b2bua/lost-flow.ts';
import type { Flow } from '../../../../cti-bridge/sip/index.ts';
import { Bindings } from '../../../../cti-bridge/sip/registrar/index.ts';

interface TestFlow extends Flow {
  closed: boolean;
}

function flow(id: string): TestFlow {
  const listeners = new Set<() => void>();
  const made: TestFlow = {
    id,
    transport: 'WS',
    isReliable: true,
    remote: { host: '127.0.0.1', port: 1 },
    closed: false,
    get isClosed() {
      return made.closed;
    },
    send() {},
    close() {
      made.closed = true;
      for (const listener of [...listeners]) listener();
    },
    onClose(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
  return made;
}

let clock: VirtualClock;
let bindings: Bindings;
let heard: string[];
const bind = (extension: string, on: Flow, seconds = 600) =>
  bindings.put({ extension, contactUri: `sip:${on.id}`, flow: on, callId: on.id, cseq: 1, expiresAt: clock.monotonic() + seconds * 1_000 });
const wait = (extension = '1001') =>
  awaitReturn(
    bindings,
    clock,
    extension,
    (binding) => heard.push(binding.flow.id),
    () => heard.push('gone'),
  );

beforeEach(() => {
  clock = new VirtualClock();
  bindings = new Bindings(clock, silentLog);
  heard = [];
});

test('a call whose phone does not come back within 20 s is gone', () => {
  wait();
  clock.advance(19_999);
  bind('1002', flow('other'));
  expect(heard).toEqual([]);
  clock.advance(1);
  expect(heard).toEqual(['gone']);
  bind('1001', flow('late'));
  expect(heard).toEqual(['gone']);
});

test('a call moves to the flow on which its extension registers again', () => {
  wait();
  clock.advance(19_999);
  bind('1001', flow('new'));
  clock.advance(60_000);
  expect(heard).toEqual(['new']);
});

test('a binding that is there already is taken at once, unless its own flow is closed', () => {
  const first = flow('first');
  bind('1001', first);
  wait();
  expect(heard).toEqual(['first']);
  first.closed = true;
  wait();
  expect(heard).toEqual(['first']);
});

test('a call that ended while it waited hears nothing more', () => {
  void wait().dispose();
  bind('1001', flow('new'));
  clock.advance(60_000);
  expect(heard).toEqual([]);
  expect(clock.pending).toBe(1); // the binding's own expiry
});

test('a binding goes with its flow, with its time, and when its flow registers somebody else', () => {
  const one = flow('one');
  bind('1001', one, 60);
  clock.advance(60_000);
  expect(bindings.find('1001')).toBeNull();
  bind('1001', one);
  one.close('test');
  expect(bindings.find('1001')).toBeNull();
  const two = flow('two');
  bind('1001', two);
  bind('1002', two);
  expect(bindings.find('1001')).toBeNull();
  expect(bindings.find('1002')?.flow.id).toBe('two');
});

test('a newer flow replaces the older and closes it; a refresh does neither', () => {
  const old = flow('old');
  bindings.on('bound', (binding) => heard.push(`bound ${binding.flow.id}`));
  bindings.on('unbound', (binding) => heard.push(`unbound ${binding.flow.id}`));
  bind('1001', old);
  bind('1001', old);
  expect(old.closed).toBe(false);
  bind('1001', flow('new'));
  expect(old.closed).toBe(true);
  expect(heard).toEqual(['bound old', 'bound new']);
  expect(bindings.find('1001')?.flow.id).toBe('new');
});
