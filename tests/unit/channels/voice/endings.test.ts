import { describe, expect, it } from 'vitest';
import {
  callEndOf,
  goneOf,
  legFailureOf,
  reasonOfEnd,
  reasonOfRelease,
  refusalOf,
  unreachedOf,
} from '../../../../cti-bridge/channels/voice/endings.ts';
import type { LegEnd } from '../../../../cti-bridge/sip/api.ts';

const legEnd = (end: Partial<LegEnd> & Pick<LegEnd, 'cause'>): LegEnd => ({ by: 'remote', status: null, text: null, ...end });

describe("endings of the caller's leg", () => {
  it.each([
    ['bye', { by: 'caller', reason: 'hungUp', fault: 'caller' }],
    ['cancel', { by: 'caller', reason: 'abandoned', fault: 'caller' }],
    ['timeout', { by: 'system', reason: 'peerLost', fault: 'upstream' }],
    ['flowClosed', { by: 'system', reason: 'peerLost', fault: 'upstream' }],
    ['noAck', { by: 'system', reason: 'peerLost', fault: 'upstream' }],
    ['protocolError', { by: 'system', reason: 'peerLost', fault: 'upstream' }],
    ['rejected', { by: 'system', reason: 'rejected', fault: 'upstream' }],
    ['local', { by: 'system', reason: 'shutdown', fault: 'ours' }],
  ] as const)('%s is told as it was', (cause, end) => {
    expect(callEndOf(legEnd({ cause }))).toEqual(end);
  });
});

it('a dialog that the far side does not know any more is a lost peer', () => {
  expect(callEndOf(legEnd({ cause: 'rejected', status: 481 }))).toEqual({ by: 'system', reason: 'peerLost', fault: 'upstream' });
});

describe('why a number that was called is not reached', () => {
  it.each([
    [legEnd({ cause: 'rejected', status: 486 }), 'busy'],
    [legEnd({ cause: 'rejected', status: 600 }), 'busy'],
    [legEnd({ cause: 'rejected', status: 480 }), 'noAnswer'],
    [legEnd({ cause: 'rejected', status: 408 }), 'noAnswer'],
    [legEnd({ cause: 'timeout' }), 'noAnswer'],
    [legEnd({ cause: 'rejected', status: 404 }), 'noNumber'],
    [legEnd({ cause: 'rejected', status: 484 }), 'noNumber'],
    [legEnd({ cause: 'rejected', status: 603 }), 'refused'],
    [legEnd({ cause: 'rejected', status: 403 }), 'refused'],
    [legEnd({ cause: 'rejected', status: 503 }), 'noWay'],
    [legEnd({ cause: 'rejected', by: 'local', text: 'no way to the trunk' }), 'noWay'],
  ])('%o is %s', (end, expected) => {
    expect(unreachedOf(end)).toBe(expected);
  });
});

describe("why ringing an agent's phone came to nothing", () => {
  it.each([
    [legEnd({ cause: 'rejected', status: 486 }), 'rejected'],
    [legEnd({ cause: 'rejected', status: 600 }), 'rejected'],
    [legEnd({ cause: 'rejected', status: 603 }), 'rejected'],
    [legEnd({ cause: 'rejected', status: 480, text: 'Temporarily Unavailable' }), 'rejected'],
    [legEnd({ cause: 'rejected', status: 480, text: 'Not Registered' }), 'deviceUnreachable'],
    [legEnd({ cause: 'rejected', status: 480, text: 'No offer here' }), 'deviceUnreachable'],
    [legEnd({ cause: 'rejected', status: 404 }), 'deviceUnreachable'],
    [legEnd({ cause: 'rejected', status: 430 }), 'deviceUnreachable'],
    [legEnd({ cause: 'rejected', status: 503 }), 'deviceUnreachable'],
    [legEnd({ cause: 'rejected', status: 500 }), 'deviceUnreachable'],
    [legEnd({ cause: 'flowClosed', by: 'network' }), 'deviceUnreachable'],
    [legEnd({ cause: 'protocolError' }), 'deviceUnreachable'],
    [legEnd({ cause: 'rejected', status: 408 }), 'noAnswer'],
    [legEnd({ cause: 'timeout', by: 'network' }), 'noAnswer'],
    [legEnd({ cause: 'rejected', status: 488 }), 'mediaFailed'],
    [legEnd({ cause: 'rejected', status: 487 }), 'canceled'],
    [legEnd({ cause: 'cancel', by: 'local' }), 'canceled'],
    [legEnd({ cause: 'local', by: 'local' }), 'canceled'],
  ] as const)('%j -> %s', (end, failure) => {
    expect(legFailureOf(end)).toBe(failure);
  });
});

describe('an answered agent leg that is over', () => {
  it.each([
    ['bye', 'remote', 'hungUp'],
    ['flowClosed', 'network', 'lost'],
    ['timeout', 'network', 'lost'],
    ['protocolError', 'remote', 'lost'],
    ['noAck', 'network', 'lost'],
    ['local', 'local', 'released'],
  ] as const)('%s by %s -> %s', (cause, by, gone) => {
    expect(goneOf(legEnd({ cause, by }))).toBe(gone);
  });
});

describe('what the far side is told', () => {
  it('a phone whose call was taken elsewhere is told not to list it as missed', () => {
    expect(reasonOfRelease.answeredElsewhere).toEqual({ protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' });
  });

  it('a normal ending clears normally, a failure as a temporary failure', () => {
    expect(reasonOfEnd('hungUp').cause).toBe(16);
    expect(reasonOfEnd('mediaLost')).toEqual({ protocol: 'Q.850', cause: 41, text: 'No media' });
  });

  it('an unanswered call gets the status of its reason', () => {
    expect(
      ['unknownNumber', 'overload', 'shutdown', 'fault', 'rejected', 'completedInIvr'].map((reason) => refusalOf(reason as 'fault')),
    ).toEqual([404, 503, 503, 500, 486, 480]);
  });
});
