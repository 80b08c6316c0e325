import { expect, it } from 'vitest';
import { allowedHosts } from '../../../../cti-bridge/channels/lookups/allowed-hosts.ts';

it('takes a host without a port for its usual ports, and with one for that alone', () => {
  const allowed = allowedHosts(['CRM.example.com', '10.0.0.9:8080', '[fd12::1]', '[fd12::2]:9000']);
  const has = (host: string, port: number) => allowed.has(host, port);
  expect([has('crm.example.com', 80), has('crm.example.com', 443), has('crm.example.com', 8080)]).toEqual([true, true, false]);
  expect([has('10.0.0.9', 8080), has('10.0.0.9', 80), has('10.0.0.90', 8080)]).toEqual([true, false, false]);
  expect([has('[fd12::1]', 443), has('[fd12::1]', 9000), has('[fd12::2]', 9000), has('[fd12::2]', 443)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

it('knows a host that is written with the dot of the root as the same', () => {
  expect(allowedHosts(['crm.example.com']).has('crm.example.com.', 443)).toBe(true);
});

it('allows nothing where nothing is named, and no part of a name', () => {
  expect(allowedHosts([]).has('127.0.0.1', 80)).toBe(false);
  expect(allowedHosts(['example.com']).has('crm.example.com', 80)).toBe(false);
});
