import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { BaresipDeskPhone } from '../../support/baresip.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { writeToneFile } from '../../support/tones.ts';
import type { Bench } from './bench.ts';
import { sdp, startBench, within } from './bench.ts';

/** Debian's baresip as a desk phone on a connection: another program's framing, and another's idea of TLS. */

const own = selfSigned();
const folder = mkdtempSync(join(tmpdir(), 'crosspoint-baresip-'));
let wavFile: string;
let bench: Bench;
let phone: BaresipDeskPhone;

beforeAll(() => {
  wavFile = writeToneFile(join(folder, 'tone.wav'), 440, 1_000);
});
afterEach(async () => {
  await phone.dispose();
  await bench.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(transport: 'tcp' | 'tls', authority = own.cert): Promise<void> {
  const listener = { transport: transport === 'tcp' ? 'TCP' : 'TLS', host: '127.0.0.1', port: 0 } as const;
  bench = await startBench((leg) => leg.refuse(480), {
    // No trunk's address: the phone has to prove who it is.
    sources: ['192.0.2.1'],
    listeners: [listener],
    certificate: { current: own, onReplaced: () => ({ dispose() {} }) },
  });
  const sip = bench.stack.addresses[1];
  if (!sip) throw new Error('no listener');
  phone = new BaresipDeskPhone({ sip, extension: '2001', password: 'secret-of-2001', wavFile, transport, authority });
}

test.each(['tcp', 'tls'] as const)('baresip registers over %s, rings, is lifted, and is hung up on', async (transport) => {
  await start(transport);
  await phone.registered(10_000);
  expect(bench.stack.transportOf('2001')).toBe(transport.toUpperCase());
  const leg = bench.stack.invite({ extension: '2001', from: { user: '+86138', displayName: '张伟' }, offer: sdp });
  await phone.rings();
  phone.lift();
  expect(await within('outcome', leg?.outcome ?? Promise.reject(new Error('no leg')))).toMatchObject({ ok: true });
  await phone.answered();
  leg?.hangUp();
  await phone.over();
  expect(bench.stack.counters().faults).toBeUndefined();
});
