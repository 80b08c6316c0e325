import { describe, expect, test } from 'vitest';
import type { Flow, Outlets, ReceivedRequest, ReceivedResponse } from '../../../../cti-bridge/sip/index.ts';
import { Dialog, headerLines, headerOf, parseMessage, readSessionInterval } from '../../../../cti-bridge/sip/index.ts';

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

describe('session timers (RFC 4028)', () => {
  test.each([
    [[], 'none'],
    [['Session-Expires: 1800'], 'none'],
    [['Supported: timer', 'Session-Expires: 1800;refresher=uas'], 'none'],
    [['Supported: timer', 'Session-Expires: 89'], 'tooSmall'],
    [['Supported: timer', 'Session-Expires: 90'], 'watched'],
    [['Require: timer', 'x: 1800;refresher=uac'], 'watched'],
    [['Supported: timer', 'Session-Expires: soon'], 'none'],
  ])('%j: %s', (headers, kind) => {
    expect(readSessionInterval(invite(headers)).kind).toBe(kind);
  });

  test('the watcher gives up 32 s, or a third, before the session would expire', () => {
    expect(readSessionInterval(invite(['Supported: timer', 'Session-Expires: 1800']))).toMatchObject({ endsAfterMs: 1_768_000 });
    expect(readSessionInterval(invite(['Supported: timer', 'Session-Expires: 90']))).toMatchObject({ endsAfterMs: 60_000 });
  });
});
