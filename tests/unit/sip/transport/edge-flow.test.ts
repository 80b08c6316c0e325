import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow, ReceivedRequest } from '../../../../cti-bridge/sip/index.ts';
import { EdgeFlows, isBrowsers, originOf, parseMessage, readOrigin } from '../../../../cti-bridge/sip/index.ts';

const edgeHost = '198.51.100.1';

function flowFrom(host: string): Flow & { readonly sent: string[]; closes: number } {
  const flow = {
    id: `udp ${host}`,
    transport: 'UDP' as const,
    isReliable: false,
    remote: { host, port: 5060 },
    isClosed: false,
    sent: [] as string[],
    closes: 0,
    send: (bytes: Buffer) => void flow.sent.push(bytes.toString()),
    close: () => void flow.closes++,
    onClose: () => ({ dispose() {} }),
  };
  return flow;
}

function request(...origins: readonly string[]): ReceivedRequest {
  const parsed = parseMessage(
    Buffer.from(
      [
        'OPTIONS sip:1@crosspoint.invalid SIP/2.0',
        'Via: SIP/2.0/UDP 198.51.100.1;branch=z9hG4bK1',
        'From: <sip:a@example.com>;tag=a',
        'To: <sip:b@example.com>',
        'Call-ID: c',
        'CSeq: 1 OPTIONS',
        ...origins.map((origin) => `X-Received-From: ${origin}`),
        '',
        '',
      ].join('\r\n'),
    ),
  );
  if (!parsed.ok || parsed.value.kind !== 'request') throw new Error('bad test message');
  return parsed.value;
}

test.each([
  ['203.0.113.7:5060;transport=udp', { host: '203.0.113.7', port: 5060, transport: 'UDP' }],
  ['203.0.113.7:5060', { host: '203.0.113.7', port: 5060, transport: 'UDP' }],
  ['[2001:DB8::7]:40000;transport=wss', { host: '2001:db8::7', port: 40_000, transport: 'WSS' }],
  ['203.0.113.7', null],
  ['203.0.113.7:70000', null],
  ['999.0.113.7:5060', null],
  ['[203.0.113.7]:5060', null],
  ['2001:db8::7:5060', null],
  ['desk.example.com:5060', null],
  ['203.0.113.7:5060;transport=sctp', null],
  ['203.0.113.7:5060 203.0.113.8:5060', null],
])('an origin of %j is %j', (value, origin) => {
  expect(readOrigin(value)).toEqual(origin);
});

test('no text harms the reader of origins', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const origin = readOrigin(text);
      if (origin) expect(origin.port).toBeLessThan(65_536);
    }),
  );
});

describe('who is behind a proxy of ours', () => {
  const edges = new EdgeFlows([edgeHost]);

  test('has a flow of his own that leads to the proxy', () => {
    const edge = flowFrom(edgeHost);
    const one = edges.flowOf(request('203.0.113.7:5060;transport=udp'), edge);
    const other = edges.flowOf(request('203.0.113.8:5060;transport=ws'), edge);
    expect(new Set([one.id, other.id, edge.id]).size).toBe(3);
    expect(originOf(one)).toEqual({ host: '203.0.113.7', port: 5060, transport: 'UDP' });
    expect([isBrowsers(one), isBrowsers(other)]).toEqual([false, true]);
    expect(one.remote).toEqual(edge.remote);
    one.send(Buffer.from('hello'));
    expect(edge.sent).toEqual(['hello']);
  });

  test('is known again by the next message', () => {
    const first = edges.flowOf(request('203.0.113.9:5060'), flowFrom(edgeHost));
    const watch = first.onClose(() => {});
    expect(edges.flowOf(request('203.0.113.9:5060'), flowFrom(edgeHost))).toBe(first);
    void watch.dispose();
    const later = edges.flowOf(request('203.0.113.9:5060'), flowFrom(edgeHost));
    expect(later).not.toBe(first);
    expect(later.id).toBe(first.id);
  });

  test('is closed alone: it is told once, sends nothing more, and the proxy stays', () => {
    const edge = flowFrom(edgeHost);
    const flow = edges.flowOf(request('203.0.113.10:5060'), edge);
    let told = 0;
    flow.onClose(() => told++);
    flow.close('logged out');
    flow.close('again');
    flow.send(Buffer.from('too late'));
    flow.onClose(() => told++);
    expect([told, flow.isClosed, edge.closes, edge.sent]).toEqual([2, true, 0, []]);
    expect(edges.flowOf(request('203.0.113.10:5060'), edge).isClosed).toBe(false);
  });

  test('is sent to over the connection that the proxy has now', () => {
    const before = flowFrom(edgeHost);
    const after = flowFrom(edgeHost);
    const flow = edges.flowOf(request('203.0.113.11:5060'), before);
    flow.onClose(() => {});
    edges.flowOf(request('203.0.113.11:5060'), after);
    flow.send(Buffer.from('hello'));
    expect([before.sent, after.sent]).toEqual([[], ['hello']]);
  });
});

test.each([
  ['who is no proxy of ours says something', flowFrom('203.0.113.66'), ['203.0.113.7:5060']],
  ['the proxy says nothing', flowFrom(edgeHost), []],
  ['the proxy says two things', flowFrom(edgeHost), ['203.0.113.7:5060', '203.0.113.8:5060']],
  ['what the proxy says cannot be read', flowFrom(edgeHost), ['somewhere']],
])('a message stays on its flow when %s', (_, flow, origins) => {
  expect(new EdgeFlows([edgeHost]).flowOf(request(...origins), flow)).toBe(flow);
});
