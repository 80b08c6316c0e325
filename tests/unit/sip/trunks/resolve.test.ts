import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priorityOrder } from '../../../../cti-bridge/kernel/index.ts';
import { type Resolver, resolveTargets } from '../../../../cti-bridge/sip/trunks/index.ts';

const asked: string[] = [];
const resolver = (records: Partial<Resolver> = {}): Resolver => ({
  naptr: async () => [],
  srv: async (name) => {
    asked.push(name);
    return [];
  },
  addresses: async (name) => (name === 'sip.example.net' ? ['192.0.2.1', '2001:db8::1'] : []),
  ...records,
});
const udp = { port: 5060, transport: 'UDP' } as const;
const own = (host: string, port: number) => ({ host, port, priority: 0, weight: 1 });

describe('where a trunk is (RFC 3263)', () => {
  it('is a literal address itself', async () => {
    const failing = resolver({ addresses: async () => Promise.reject(new Error('asked')) });
    expect(await resolveTargets(udp, '192.0.2.9', failing)).toEqual([own('192.0.2.9', 5060)]);
    expect(await resolveTargets({ port: 5090, transport: 'TCP' }, '2001:db8::9', failing)).toEqual([own('2001:db8::9', 5090)]);
  });

  it('is at the addresses of the name when a port of its own is given, and SRV is not asked', async () => {
    asked.length = 0;
    expect(await resolveTargets({ port: 5070, transport: 'UDP' }, 'sip.example.net', resolver())).toEqual([
      own('192.0.2.1', 5070),
      own('2001:db8::1', 5070),
    ]);
    expect(asked).toEqual([]);
  });

  it.each([
    ['UDP', 5060, '_sip._udp.example.net'],
    ['TCP', 5060, '_sip._tcp.example.net'],
    ['TLS', 5061, '_sips._tcp.example.net'],
  ] as const)('asks SRV for the transport that is set up: %s', async (transport, port, name) => {
    asked.length = 0;
    await resolveTargets({ transport, port }, 'example.net', resolver());
    expect(asked).toEqual([name]);
  });

  it('follows the NAPTR record of its transport with the lowest order to the SRV records', async () => {
    asked.length = 0;
    const record = (order: number, service: string, replacement: string) => ({ order, preference: 1, flags: 's', service, replacement });
    await resolveTargets(
      udp,
      'example.net',
      resolver({
        naptr: async () => [
          record(20, 'SIP+D2U', '_sip._udp.later.net'),
          record(1, 'SIP+D2T', '_sip._tcp.example.net'),
          record(10, 'SIP+D2U', '_sip._udp.first.net'),
        ],
      }),
    );
    expect(asked).toEqual(['_sip._udp.first.net']);
  });

  it('keeps the order and port of SRV, and does without a name that cannot be found', async () => {
    const targets = await resolveTargets(
      udp,
      'example.net',
      resolver({
        srv: async () => [
          { priority: 1, weight: 5, name: 'gone.example.net', port: 5062 },
          { priority: 2, weight: 5, name: 'sip.example.net', port: 5063 },
          { priority: 3, weight: 5, name: '.', port: 0 },
        ],
      }),
    );
    expect(targets).toEqual([
      { host: '192.0.2.1', port: 5063, priority: 2, weight: 5 },
      { host: '2001:db8::1', port: 5063, priority: 2, weight: 5 },
    ]);
  });

  it('falls back to the addresses of the name, and rejects when not even these can be asked for', async () => {
    const broken = resolver({ srv: async () => Promise.reject(new Error('SERVFAIL')) });
    expect(await resolveTargets(udp, 'sip.example.net', broken)).toHaveLength(2);
    await expect(
      resolveTargets(udp, 'x.net', { ...broken, addresses: async () => Promise.reject(new Error('SERVFAIL')) }),
    ).rejects.toThrow();
  });
});

describe('equals by weight', () => {
  it('every one comes once, the lowest priority first', () => {
    const one = fc.record({ priority: fc.nat(3), weight: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 9 }), fc.infiniteStream(fc.double({ min: 0, max: 0.9999, noNaN: true })), (all, chance) => {
        const order = priorityOrder(all, () => chance.next().value as number);
        expect(new Set(order)).toEqual(new Set(all));
        expect(order).toHaveLength(all.length);
        expect(order.map(({ priority }) => priority)).toEqual(all.map(({ priority }) => priority).sort((a, b) => a - b));
      }),
    );
  });
});
