import { describe, expect, test } from 'vitest';
import type { FlowTransport, SipListener } from '../../../cti-bridge/sip/index.ts';
import { ownAddress } from '../../../cti-bridge/sip/own-address.ts';

const listeners: readonly SipListener[] = [
  { transport: 'UDP', host: '10.0.0.5', port: 5060 },
  { transport: 'TCP', host: '10.0.0.5', port: 5060 },
  { transport: 'TLS', host: '10.0.0.5', port: 5061 },
  { transport: 'UDP', host: '2001:db8::5', port: 5060 },
  { transport: 'UDP', host: '10.0.0.6', port: 5070 },
];
const towards = (transport: FlowTransport, host: string, local?: { host: string; port: number }) => ({
  transport,
  remote: { host, port: 40_000 },
  ...(local ? { local } : {}),
});

describe('where a neighbour reaches us', () => {
  test.each([
    ['over UDP', towards('UDP', '10.9.9.9'), '10.0.0.5:5060'],
    ['over TLS', towards('TLS', '10.9.9.9'), '10.0.0.5:5061'],
    ['over IPv6', towards('UDP', '2001:db8::9'), '2001:db8::5:5060'],
    ['at a second address of ours, which it spoke to', towards('UDP', '10.9.9.9', { host: '10.0.0.6', port: 5070 }), '10.0.0.6:5070'],
    ['with a transport of which we listen to the other family only', towards('TCP', '2001:db8::9'), '10.0.0.5:5060'],
    ['in a browser, which never uses it', towards('WSS', '10.9.9.9'), '10.0.0.5:5060'],
  ])('%s', (_how, flow, expected) => {
    const { host, port } = ownAddress(flow, listeners, null);
    expect(`${host}:${port}`).toBe(expected);
  });

  test('through a NAT is what is advertised, of each family and transport', () => {
    const advertised = { host: '203.0.113.7', host6: '2001:db8:f::7', port: 6060, tlsPort: 6061 };
    expect(ownAddress(towards('UDP', '198.51.100.1'), listeners, advertised)).toEqual({ host: '203.0.113.7', port: 6060 });
    expect(ownAddress(towards('TLS', '198.51.100.1'), listeners, advertised)).toEqual({ host: '203.0.113.7', port: 6061 });
    expect(ownAddress(towards('UDP', '2001:db8::9'), listeners, advertised)).toEqual({ host: '2001:db8:f::7', port: 6060 });
    const half = { host: '203.0.113.7', port: 6060 };
    expect(ownAddress(towards('TLS', '198.51.100.1'), listeners, half)).toEqual({ host: '203.0.113.7', port: 5061 });
    expect(ownAddress(towards('UDP', '2001:db8::9'), listeners, half)).toEqual({ host: '2001:db8::5', port: 6060 });
  });

  test('where we listen on all addresses is one of them, never the wildcard', () => {
    const everywhere: readonly SipListener[] = [
      { transport: 'UDP', host: '0.0.0.0', port: 5060 },
      { transport: 'TCP', host: '0.0.0.0', port: 5060 },
    ];
    expect(ownAddress(towards('UDP', '127.0.0.9'), everywhere, null)).toEqual({ host: '127.0.0.1', port: 5060 });
    expect(ownAddress(towards('TCP', '10.9.9.9', { host: '10.0.0.5', port: 40_001 }), everywhere, null).host).toBe('10.0.0.5');
  });
});
