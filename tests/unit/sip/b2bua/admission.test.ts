import { expect, test } from 'vitest';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import { comeBackAfter, plainAddress, SharedLimits, StrangerGuard } from '../../../../cti-bridge/sip/b2bua/admission.ts';

const start = () => {
  const clock = new VirtualClock();
  const guard = new StrangerGuard(clock);
  /** Sends so many a second for so long; tells how many passed. */
  const flood = (host: string, perSecond: number, seconds: number): number => {
    let passed = 0;
    for (let sent = 0; sent < perSecond * seconds; sent++) {
      if (guard.mayPass(host)) passed++;
      clock.advance(1_000 / perSecond);
    }
    return passed;
  };
  return { clock, guard, flood };
};

test('a stranger may send 100 at once and 50 a second; what is above is not answered, others are', () => {
  const { guard, flood } = start();
  expect(flood('192.0.2.66', 500, 2)).toBe(199);
  expect(guard.mayPass('192.0.2.67')).toBe(true);
});

test('one who goes on for 10 s without a password is not heard for 5 minutes', () => {
  const { clock, guard, flood } = start();
  flood('192.0.2.66', 500, 11);
  expect(guard.isBanned('192.0.2.66')).toBe(true);
  expect(guard.mayPass('192.0.2.66')).toBe(false);
  clock.advance(290_000);
  expect(guard.isBanned('192.0.2.66')).toBe(true);
  clock.advance(10_000);
  expect(guard.isBanned('192.0.2.66')).toBe(false);
  expect(guard.mayPass('192.0.2.66')).toBe(true);
});

test('an office whose phones all come back at once is not shut out: the first password proved is enough', () => {
  const { guard, flood } = start();
  flood('192.0.2.66', 2_000, 1);
  guard.proved('192.0.2.66');
  expect(flood('192.0.2.66', 500, 60)).toBeGreaterThan(29_000);
  expect(guard.isBanned('192.0.2.66')).toBe(false);
});

test('one who sends no more than 50 a second is never refused, a burst now and then is no excess', () => {
  const { clock, flood } = start();
  expect(flood('192.0.2.66', 49, 60)).toBe(49 * 60);
  for (let burst = 0; burst < 20; burst++) {
    flood('192.0.2.67', 1_000, 1);
    clock.advance(5_000);
  }
  expect(flood('192.0.2.67', 10, 1)).toBe(10);
});

test('a banned address stays banned while ten thousand others come by, and no more are remembered than that', () => {
  const { guard, flood } = start();
  flood('192.0.2.66', 500, 11);
  for (let other = 0; other < 9_999; other++) guard.mayPass(`host-${other}`);
  expect(guard.isBanned('192.0.2.66')).toBe(true);
  guard.mayPass('one-more');
  expect(guard.isBanned('192.0.2.66')).toBe(false);
});

test('strangers from many addresses together are refused 200 times a second at most', () => {
  const clock = new VirtualClock();
  const limits = new SharedLimits(clock);
  let refused = 0;
  for (let sent = 0; sent < 50_000; sent++) {
    if (limits.mayBeRefused()) refused++;
    clock.advance(0.2);
  }
  expect(refused).toBeGreaterThanOrEqual(2_000);
  expect(refused).toBeLessThanOrEqual(2_201);
});

test('phones that come back at once are told to come again at moments that differ', () => {
  const seconds = new Set(Array.from({ length: 100 }, (_, at) => comeBackAfter(at / 100)));
  expect(Math.min(...seconds)).toBe(5);
  expect(Math.max(...seconds)).toBe(29);
  expect(seconds.size).toBe(25);
});

test('an IPv4 address in IPv6 clothes is the same neighbour', () => {
  expect(plainAddress('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(plainAddress('2001:db8::1')).toBe('2001:db8::1');
});
