import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { Flow, Outlets, ReceivedRequest, ReceivedResponse } from '../../../../cti-bridge/sip/index.ts';
import {
  Dialog,
  formatReplaces,
  headerLines,
  headerOf,
  parseMessage,
  parseReplaces,
  readSessionInterval,
  SessionTimer,
} from '../../../../cti-bridge/sip/index.ts';

const flowTo = (host: string, port: number): Flow => ({
  id: `udp:${host}:${port}`,
  transport: 'UDP',
  isReliable: false,
  remote: { host, port },
  isClosed: false,
  send() {},
  close() {},
  onClose: () => ({ dispose() {} }),
});
const outlets: Outlets = {
  datagram: flowTo,
  stream: ({ transport, host, port }) => ({
    ...flowTo(host, port),
    id: `${transport.toLowerCase()}:${host}:${port}`,
    transport,
    isReliable: true,
  }),
};

function invite(headers: readonly string[] = [], via = '192.0.2.10:5060'): ReceivedRequest {
  const lines = [
    'INVITE sip:4001@192.0.2.1 SIP/2.0',
    `Via: SIP/2.0/UDP ${via};branch=z9hG4bK-1`,
    'From: "A" <sip:a@x>;tag=far',
    'To: <sip:4001@x>',
    'Call-ID: c',
    'CSeq: 7 INVITE',
    'Contact: <sip:a@192.0.2.30:5070>',
    ...headers,
  ];
  const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
  if (!parsed.ok || parsed.value.kind !== 'request') throw new Error('bad INVITE');
  return parsed.value;
}

const heard = flowTo('192.0.2.10', 5060);
const serverDialog = (headers: readonly string[] = [], via?: string) => Dialog.asServer(invite(headers, via), 'near', heard);

describe('a dialog we answered', () => {
  test('numbers its own requests and turns From and To around', () => {
    const dialog = serverDialog();
    const first = dialog.request('INFO');
    const second = dialog.request('BYE');
    expect([headerOf(first, 'CSeq'), headerOf(second, 'CSeq')]).toEqual(['1 INFO', '2 BYE']);
    expect(headerOf(first, 'From')).toBe('<sip:4001@x>;tag=near');
    expect(headerOf(first, 'To')).toBe('"A" <sip:a@x>;tag=far');
    expect(first.uri).toBe('sip:a@192.0.2.30:5070');
  });

  test('takes each sequence number once, in rising order', () => {
    const dialog = serverDialog();
    const at = (number: number) => dialog.acceptsSequence({ ...invite(), cseq: { number, method: 'INFO' } });
    expect([7, 8, 8, 20, 19].map(at)).toEqual([false, true, false, true, false]);
  });

  test('goes to the Contact where it is an address, and follows a target refresh', () => {
    const dialog = serverDialog();
    expect(dialog.flow(outlets).id).toBe('udp:192.0.2.30:5070');
    dialog.refreshTarget({ ...invite(), headers: [{ name: 'Contact', value: '<sip:a@192.0.2.31>' }] });
    expect(dialog.request('BYE').uri).toBe('sip:a@192.0.2.31');
    expect(dialog.flow(outlets).id).toBe('udp:192.0.2.31:5060');
  });

  test('goes back where it was heard from, when the far side is behind NAT or names a host', () => {
    expect(serverDialog([], '10.0.0.5:5060').flow(outlets)).toBe(heard);
    const named = serverDialog(['Record-Route: <sip:proxy.example.com;lr>']);
    expect(named.flow(outlets)).toBe(heard);
  });

  test('keeps the route set in order, and goes to the first of it', () => {
    const dialog = serverDialog(['Record-Route: <sip:192.0.2.40;lr>, <sip:192.0.2.41:5080;lr>']);
    const bye = dialog.request('BYE');
    expect(headerLines(bye, 'Route')).toEqual(['<sip:192.0.2.40;lr>', '<sip:192.0.2.41:5080;lr>']);
    expect(dialog.flow(outlets).id).toBe('udp:192.0.2.40:5060');
  });

  test('puts a strict router into the Request-URI and the target at the end (RFC 3261 §12.2.1.1)', () => {
    const dialog = serverDialog(['Record-Route: <sip:192.0.2.40>, <sip:192.0.2.41;lr>']);
    const bye = dialog.request('BYE');
    expect(bye.uri).toBe('sip:192.0.2.40');
    expect(headerLines(bye, 'Route')).toEqual(['<sip:192.0.2.41;lr>', '<sip:a@192.0.2.30:5070>']);
  });
});

test('a dialog we started reverses the route set and stays on the flow of the binding', () => {
  const request = {
    kind: 'request',
    method: 'INVITE',
    uri: 'sip:x@abc.invalid',
    headers: [{ name: 'From', value: '<sip:b@x>;tag=near' }],
    body: Buffer.alloc(0),
  } as const;
  const response: ReceivedResponse = {
    ...invite(['Record-Route: <sip:one;lr>', 'Record-Route: <sip:two;lr>']),
    kind: 'response',
    status: 200,
    reason: 'OK',
    toTag: 'far',
    fromTag: 'near',
  };
  const dialog = Dialog.asClient(request, response, heard);
  expect(headerLines(dialog.request('BYE'), 'Route')).toEqual(['<sip:two;lr>', '<sip:one;lr>']);
  expect(headerOf(dialog.request('ACK', {}, 7), 'CSeq')).toBe('7 ACK');
  expect(dialog.flow(outlets)).toBe(heard);
});

describe('session timers, as asked for by others (RFC 4028 §9)', () => {
  const ours = (seconds: number) => ({ kind: 'agreed', agreed: { seconds, isOursToRefresh: true } });
  const theirs = (seconds: number) => ({ kind: 'agreed', agreed: { seconds, isOursToRefresh: false } });
  test.each([
    ['nobody asks, and the caller knows none', [], { kind: 'none' }],
    ['a proxy asks for a caller that knows none', ['Session-Expires: 1800'], ours(1_800)],
    ['whom the caller names as refresher', ['Supported: timer', 'Session-Expires: 600;refresher=uas'], ours(600)],
    ['itself', ['Supported: timer', 'Session-Expires: 600;refresher=uac'], theirs(600)],
    ['nobody in particular', ['Supported: timer', 'Session-Expires: 90'], theirs(90)],
    ['demanded, in the compact form', ['Require: timer', 'x: 1800;refresher=uac'], theirs(1_800)],
    ['too short', ['Supported: timer', 'Session-Expires: 89'], { kind: 'tooSmall' }],
    ['not asked for by one that knows them: ours', ['Supported: timer'], ours(1_800)],
    ['not asked for, but no shorter than', ['Supported: timer', 'Min-SE: 3600'], ours(3_600)],
    ['unreadable is as not asked for', ['Supported: timer', 'Session-Expires: soon'], ours(1_800)],
  ] as const)('%s', (_, headers, expected) => {
    expect(readSessionInterval(invite(headers))).toMatchObject(expected);
  });

  test('our 2xx names the refresher, and demands timers only of one that has to refresh', () => {
    const headersFor = (...headers: string[]) => {
      const interval = readSessionInterval(invite(headers));
      return interval.kind === 'agreed' ? interval.headers.map(({ name, value }) => `${name}: ${value}`) : [];
    };
    expect(headersFor('Supported: timer', 'Session-Expires: 90')).toEqual(['Session-Expires: 90;refresher=uac', 'Require: timer']);
    expect(headersFor('Session-Expires: 1800')).toEqual(['Session-Expires: 1800;refresher=uas']);
  });
});

describe('the clock of a session (RFC 4028 §10)', () => {
  const run = (seconds: number, isOursToRefresh: boolean) => {
    const clock = new VirtualClock();
    const happened: string[] = [];
    const at = (what: string) => happened.push(`${what} at ${clock.monotonic() / 1_000}`);
    const timer = new SessionTimer(clock, { refresh: () => at('refresh'), expired: () => at('expired') });
    timer.restart({ seconds, isOursToRefresh });
    return { clock, happened, timer };
  };

  test.each([
    [1_800, true, ['refresh at 900', 'expired at 1768']],
    [90, true, ['refresh at 45', 'expired at 60']],
    [1_800, false, ['expired at 1768']],
    [90, false, ['expired at 60']],
  ])('%i s, ours to refresh: %s', (seconds, isOurs, expected) => {
    const { clock, happened } = run(seconds, isOurs);
    clock.advance(10_000_000);
    expect(happened).toEqual(expected);
    expect(clock.pending).toBe(0);
  });

  test('begins anew with every refresh, and stops where none is agreed on any more', () => {
    const { clock, happened, timer } = run(1_800, false);
    clock.advance(1_000_000);
    timer.restart({ seconds: 600, isOursToRefresh: true });
    clock.advance(300_000);
    expect(happened).toEqual(['refresh at 1300']);
    timer.restart(null);
    clock.advance(10_000_000);
    expect(happened).toHaveLength(1);
  });

  test('a refresh that failed is tried again while the session lasts', () => {
    const { clock, happened, timer } = run(90, true);
    clock.advance(45_000);
    timer.refreshAgainIn(10_000);
    clock.advance(100_000);
    expect(happened).toEqual(['refresh at 45', 'refresh at 55', 'expired at 60']);
  });
});

describe('Replaces (RFC 3891 §6.1)', () => {
  test.each([
    ['c@x;to-tag=a;from-tag=b', { callId: 'c@x', toTag: 'a', fromTag: 'b', isEarlyOnly: false }],
    ['c;from-tag=b;early-only;to-tag=a', { callId: 'c', toTag: 'a', fromTag: 'b', isEarlyOnly: true }],
    ['c;to-tag=a', null],
    ['c', null],
    [';to-tag=a;from-tag=b', null],
    ['', null],
  ])('%s', (value, expected) => {
    expect(parseReplaces(value)).toEqual(expected);
    if (expected) expect(parseReplaces(formatReplaces(expected))).toEqual(expected);
  });
});
