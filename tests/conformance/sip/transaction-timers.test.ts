import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type { ClientInput, Machine, ServerInput } from '../../../cti-bridge/sip/index.ts';
import { inviteClient, inviteServer, MachineRunner, nonInviteClient, nonInviteServer, rfcTimers } from '../../../cti-bridge/sip/index.ts';

/** Runs a machine in virtual time and writes down what it does when: `500 transmit`. */
function run<State extends { readonly name: string }, Input>(machine: Machine<State, Input>, isReliable: boolean) {
  const clock = new VirtualClock();
  const diary: string[] = [];
  const note = (what: string) => diary.push(`${clock.monotonic()} ${what}`);
  const runner = new MachineRunner<State, Input>(
    machine as never,
    { ...rfcTimers, isReliable },
    clock,
    (effect) => note(effect.do === 'fail' ? `fail ${effect.why}` : effect.do),
    () => note('terminated'),
  );
  runner.start();
  return { clock, diary, runner, input: (input: Input) => runner.input(input) };
}

const response = (status: number): ClientInput => ({ kind: 'response', status });
const respond = (status: number): ServerInput => ({ kind: 'respond', status });

describe('INVITE client (RFC 3261 §17.1.1, RFC 6026)', () => {
  test('A doubles from T1 without a cap, B gives up after 64*T1', () => {
    const { clock, diary } = run(inviteClient, false);
    clock.advance(100_000);
    expect(diary).toEqual(
      [0, 500, 1500, 3500, 7500, 15_500, 31_500].map((at) => `${at} transmit`).concat('32000 terminated', '32000 fail timeout'),
    );
    expect(clock.pending).toBe(0);
  });

  test('over a reliable transport nothing is repeated, B still counts', () => {
    const { clock, diary } = run(inviteClient, true);
    clock.advance(100_000);
    expect(diary).toEqual(['0 transmit', '32000 terminated', '32000 fail timeout']);
  });

  test('a provisional response stops A and B; ringing has no limit', () => {
    const { clock, diary, input, runner } = run(inviteClient, false);
    clock.advance(400);
    input(response(180));
    clock.advance(600_000);
    expect(diary).toEqual(['0 transmit', '400 deliver']);
    expect(runner.state).toBe('proceeding');
    expect(clock.pending).toBe(0);
  });

  test('M keeps an accepted INVITE for 64*T1 and delivers every further 2xx', () => {
    const { clock, diary, input } = run(inviteClient, false);
    input(response(200));
    clock.advance(31_999);
    input(response(200));
    input(response(486));
    clock.advance(1);
    input(response(200));
    expect(diary).toEqual(['0 transmit', '0 deliver', '31999 deliver', '32000 terminated']);
  });

  test('D keeps a refused INVITE 32 s to acknowledge every repeat, none over a reliable transport', () => {
    const lossy = run(inviteClient, false);
    lossy.input(response(486));
    lossy.clock.advance(10_000);
    lossy.input(response(486));
    lossy.clock.advance(22_000);
    expect(lossy.diary).toEqual(['0 transmit', '0 acknowledge', '0 deliver', '10000 acknowledge', '32000 terminated']);
    const reliable = run(inviteClient, true);
    reliable.input(response(486));
    expect(reliable.diary).toEqual(['0 transmit', '0 terminated', '0 acknowledge', '0 deliver']);
  });
});

describe('non-INVITE client (RFC 3261 §17.1.2)', () => {
  test('E doubles up to T2, F gives up after 64*T1', () => {
    const { clock, diary } = run(nonInviteClient, false);
    clock.advance(100_000);
    const repeats = [0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500];
    expect(diary).toEqual(repeats.map((at) => `${at} transmit`).concat('32000 terminated', '32000 fail timeout'));
  });

  test('after a provisional response E runs at T2, and F still gives up', () => {
    const { clock, diary, input } = run(nonInviteClient, false);
    clock.advance(600);
    input(response(100));
    clock.advance(100_000);
    const repeats = [0, 500].map((at) => `${at} transmit`);
    const after = [1500, 5500, 9500, 13_500, 17_500, 21_500, 25_500, 29_500].map((at) => `${at} transmit`);
    expect(diary).toEqual([...repeats, '600 deliver', ...after, '32000 terminated', '32000 fail timeout']);
  });

  test('K absorbs repeats of the answer for T4', () => {
    const { clock, diary, input } = run(nonInviteClient, false);
    input(response(200));
    input(response(200));
    clock.advance(10_000);
    expect(diary).toEqual(['0 transmit', '0 deliver', '5000 terminated']);
  });
});

describe('INVITE server (RFC 3261 §17.2.1, RFC 6026)', () => {
  test('G repeats a refusal from T1 up to T2, H gives up without ACK after 64*T1', () => {
    const { clock, diary, input } = run(inviteServer, false);
    input(respond(486));
    clock.advance(100_000);
    const repeats = [0, 500, 1500, 3500, 7500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500];
    expect(diary).toEqual(repeats.map((at) => `${at} transmit`).concat('32000 terminated', '32000 fail timeout'));
  });

  test('an ACK stops G and H; I absorbs repeated ACKs for T4', () => {
    const { clock, diary, input } = run(inviteServer, false);
    input(respond(486));
    clock.advance(100);
    input({ kind: 'ack' });
    input({ kind: 'ack' });
    input({ kind: 'request' });
    clock.advance(100_000);
    expect(diary).toEqual(['0 transmit', '5100 terminated']);
  });

  test('L swallows repeats of an accepted INVITE for 64*T1', () => {
    const { clock, diary, input } = run(inviteServer, false);
    input(respond(200));
    clock.advance(20_000);
    input({ kind: 'request' });
    input(respond(200));
    clock.advance(12_000);
    expect(diary).toEqual(['0 transmit', '20000 transmit', '32000 terminated']);
  });

  test('over a reliable transport a refusal is sent once', () => {
    const { clock, diary, input } = run(inviteServer, true);
    input(respond(486));
    clock.advance(10_000);
    input({ kind: 'ack' });
    expect(diary).toEqual(['0 transmit', '10000 terminated']);
  });
});

describe('non-INVITE server (RFC 3261 §17.2.2)', () => {
  test('J answers every repeat the same way for 64*T1', () => {
    const { clock, diary, input } = run(nonInviteServer, false);
    input({ kind: 'request' });
    input(respond(200));
    clock.advance(31_999);
    input({ kind: 'request' });
    clock.advance(1);
    input({ kind: 'request' });
    expect(diary).toEqual(['0 transmit', '31999 transmit', '32000 terminated']);
  });

  test('over a reliable transport it ends with its answer', () => {
    const { diary, input } = run(nonInviteServer, true);
    input(respond(200));
    expect(diary).toEqual(['0 terminated', '0 transmit']);
  });
});
