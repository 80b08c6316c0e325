import { expect, test } from 'vitest';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { plainAddress, StrangerGuard } from '../../../../cti-bridge/sip/b2bua/admission.ts';

test('a stranger who sends more than 100 requests in 2 s is not answered for 5 minutes; others are', () => {
  const clock = new VirtualClock();
  const guard = new StrangerGuard(clock);
  for (let i = 0; i < 100; i++) expect(guard.mayPass('192.0.2.66')).toBe(true);
  expect(guard.mayPass('192.0.2.66')).toBe(false);
  expect(guard.mayPass('192.0.2.67')).toBe(true);
  clock.advance(299_999);
  expect(guard.mayPass('192.0.2.66')).toBe(false);
  clock.advance(1);
  expect(guard.mayPass('192.0.2.66')).toBe(true);
});

test('one who sends no more than 100 in 2 s is never banned', () => {
  const clock = new VirtualClock();
  const guard = new StrangerGuard(clock);
  for (let i = 0; i < 1_000; i++) {
    expect(guard.mayPass('192.0.2.66')).toBe(true);
    clock.advance(21);
  }
});

test('an IPv4 address in IPv6 clothes is the same neighbour', () => {
  expect(plainAddress('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(plainAddress('2001:db8::1')).toBe('2001:db8::1');
});
