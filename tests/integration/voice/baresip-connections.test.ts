import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BaresipCall, BaresipDeskPhone } from '../../support/baresip.ts';
import { selfSigned } from '../../support/self-signed.ts';
import { msOfTone, tone, writeToneFile } from '../../support/tones.ts';
import type { VoiceHouse } from './voice-house.ts';
import { openVoiceHouse } from './voice-house.ts';

/** Debian's baresip, whole calls with sound, over connections: another program's framing, its TLS, its keys and its way to hold. */

const own = selfSigned();
const folder = mkdtempSync(join(tmpdir(), 'crosspoint-connections-'));
let house: VoiceHouse;
let wavFile: string;
const programs: { dispose(): Promise<void> }[] = [];

beforeAll(async () => {
  wavFile = writeToneFile(join(folder, 'tone.wav'), 440, 30_000);
  house = await openVoiceHouse({
    listeners: [
      { transport: 'TCP', host: '127.0.0.1', port: 0 },
      { transport: 'TLS', host: '127.0.0.1', port: 0 },
    ],
    certificate: own,
  });
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program.dispose();
  await house.tidy();
  await house.isEmpty();
});
afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});

const listenerOf = (transport: 'tcp' | 'tls') => {
  const found = house.sip.addresses.find((address) => address.transport === transport.toUpperCase());
  if (!found) throw new Error(`nobody listens on ${transport}`);
  return found;
};

describe.each(['tcp', 'tls'] as const)('baresip over %s', (transport) => {
  it('calls in, talks, presses a key, holds, takes back and is hung up on', async () => {
    const options = { sip: listenerOf(transport), to: '1000', from: '+447700900142', wavFile, transport, authority: own.cert };
    const caller = new BaresipCall(options);
    programs.push(caller);
    const call = await house.nextCall();
    expect(call.caller.number).toBe('+447700900142');
    const pressed: string[] = [];
    call.onDigit(({ digit }) => pressed.push(digit));
    await call.answer();
    await caller.answered();
    caller.press('7');
    await expect.poll(() => pressed.join(''), { timeout: 5_000 }).toBe('7');
    const phone = await house.deskPhone('202');
    const leg = house.ring(call, '202');
    const desk = await phone.nextCall();
    await desk.answer();
    expect(await leg.outcome).toMatchObject({ kind: 'answered' });
    call.join(leg);
    await desk.ears.tone(440, 5_000);
    caller.hold();
    await desk.ears.noTone(440, 5_000);
    caller.resume();
    await desk.ears.tone(440, 5_000);
    call.hangUp('hungUp', 'agent', 'agent');
    await caller.over();
  });

  it('registers as a desk phone, rings, is lifted, is heard and hears, and hangs up', async () => {
    const sip = listenerOf(transport);
    const phone = new BaresipDeskPhone({
      sip,
      extension: '201',
      password: 'secret-of-201',
      wavFile,
      transport,
      authority: own.cert,
    });
    programs.push(phone);
    await phone.registered(10_000);
    expect(house.sip.transportOf('201')).toBe(transport.toUpperCase());
    const customer = await house.trunkPhone();
    const line = await customer.call({ to: '1000', from: '+447700900142' });
    const call = await house.nextCall();
    await call.answer();
    await line.answered();
    const leg = house.ring(call, '201');
    await phone.rings();
    phone.lift();
    expect(await leg.outcome).toMatchObject({ kind: 'answered' });
    call.join(leg);
    const pressed: string[] = [];
    leg.onDigit(({ digit }) => pressed.push(digit));
    await line.ears.tone(440, 5_000);
    await line.mouth.play(tone(1_000, 1_500));
    await expect.poll(() => msOfTone(phone.heardSoFar(), 1_000), { timeout: 5_000 }).toBeGreaterThan(500);
    phone.press('5');
    await expect.poll(() => pressed.join(''), { timeout: 5_000 }).toBe('5');
    phone.hangUp();
    expect(await leg.gone).toBe('hungUp');
  });
});
