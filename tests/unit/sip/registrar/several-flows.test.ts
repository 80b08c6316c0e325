import { beforeEach, describe, expect, test } from 'vitest';
import { silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { Bindings } from '../../../../cti-bridge/sip/registrar/index.ts';
import { FakeFlow } from './fake-flow.ts';

/** A phone that keeps several flows (RFC 5626): one rings, the others are in reserve. */

let clock: VirtualClock;
let bindings: Bindings;
let told: string[];
beforeEach(() => {
  clock = new VirtualClock();
  bindings = new Bindings(clock, silentLog);
  told = [];
  bindings.on('bound', ({ flow }) => {
    told.push(`bound ${flow.id}`);
    flow.markAuthenticated?.(true);
  });
  bindings.on('unbound', ({ flow }) => {
    told.push(`unbound ${flow.id}`);
    flow.markAuthenticated?.(false);
  });
});

function register(id: string, outbound: { instance: string; regId: number } | null, lastsMs = 600_000): FakeFlow {
  const flow = new FakeFlow(id);
  bindings.put({ extension: '1', contactUri: `sip:${id}`, flow, callId: 'c', cseq: 1, expiresAt: clock.monotonic() + lastsMs, outbound });
  return flow;
}

const rung = () => bindings.find('1')?.flow.id ?? null;
const one = (regId: number) => ({ instance: 'one', regId });

describe('two flows of one phone', () => {
  test('live side by side; the first rings, and the other when it closes', () => {
    const first = register('a', one(1));
    const second = register('b', one(2));
    expect([rung(), first.isClosed, second.isAuthenticated, bindings.size, bindings.at(second)?.contactUri]).toEqual([
      'a',
      false,
      true,
      2,
      'sip:b',
    ]);
    first.close();
    expect([rung(), told]).toEqual(['b', ['bound a', 'bound b']]);
    second.close();
    expect([rung(), told.at(-1), clock.pending]).toEqual([null, 'unbound b', 0]);
  });

  test('the same reg-id from elsewhere replaces its own flow and leaves the other', () => {
    const first = register('a', one(1));
    const second = register('b', one(2));
    register('c', one(1));
    expect([rung(), first.isClosed, second.isClosed]).toEqual(['c', true, false]);
    register('d', one(2));
    expect([rung(), second.isClosed, bindings.size]).toEqual(['c', true, 2]);
  });

  test('one that expires is a stranger again, one that rings gives way to the other', () => {
    const first = register('a', one(1), 60_000);
    const second = register('b', one(2), 120_000);
    clock.advance(60_000);
    expect([rung(), first.isAuthenticated, second.isAuthenticated]).toEqual(['b', false, true]);
    clock.advance(60_000);
    expect([rung(), second.isAuthenticated, bindings.size]).toEqual([null, false, 0]);
  });

  test('one that no longer answers gives way to the other', () => {
    register('a', one(1));
    register('b', one(2));
    const silent = bindings.find('1');
    if (silent) bindings.mark(silent, false);
    expect([rung(), bindings.size]).toEqual(['b', 1]);
  });
});

test.each([
  ['another phone', { instance: 'two', regId: 1 }],
  ['a phone that does not say', null],
])('%s takes the place of all flows there were, and they close', (_who, outbound) => {
  const flows = [register('a', one(1)), register('b', one(2)), register('c', one(3))];
  register('d', outbound);
  expect([rung(), flows.map(({ isClosed }) => isClosed), bindings.size]).toEqual(['d', [true, true, true], 1]);
});
