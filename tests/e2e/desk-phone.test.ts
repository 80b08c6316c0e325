import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { margaretOkafor } from '../../cti-bridge/store/seed/demo-people.ts';
import { BaresipDeskPhone } from '../support/baresip.ts';
import { startBridge, type TestBridge, withPhone } from '../support/bridge.ts';
import { knownSoundsOf, type ScriptedCall, ScriptedPhone } from '../support/scripted-phone/index.ts';
import { expectTone, msOfTone, writeToneFile } from '../support/tones.ts';

const known = knownSoundsOf(fileURLToPath(new URL('../../assets', import.meta.url)));

/** An agent without a desktop, whose telephone is somebody else's program: Debian's baresip, registered as 6012. */
describe('an agent with baresip on the desk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-e2e-'));
  writeFileSync(join(folder, 'password'), 'swordfish\n');
  let bridge: TestBridge;
  let caller: ScriptedPhone;
  let phone: BaresipDeskPhone;
  let call: ScriptedCall;

  const newPhone = (extension: string, password: string) =>
    new BaresipDeskPhone({
      sip: bridge.sip,
      extension,
      password,
      wavFile: writeToneFile(join(folder, 'agent.wav'), 440, 30_000),
    });

  beforeAll(async () => {
    const desk = { kind: 'registered', password: { file: join(folder, 'password') } } as const;
    bridge = await startBridge({ setUp: (configuration) => withPhone('6013', desk)(withPhone('6012', desk)(configuration)) });
    caller = await ScriptedPhone.onTrunk({ sip: bridge.sip, known });
  });

  afterAll(async () => {
    await phone?.dispose();
    await caller?.close();
    await bridge?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('does not register with a wrong password, and is locked out as it goes on trying', async () => {
    const guesser = newPhone('6013', 'guess');
    expect(await guesser.refused()).toContain('403 Too Many Attempts');
    await guesser.dispose();
  });

  it('registers, and is available by *12', async () => {
    phone = newPhone('6012', 'swordfish');
    await phone.registered();
    phone.dial('*12');
    await phone.answered();
    expect(await bridge.event('agent:presenceChanged')).toMatchObject({ agentId: 'agent-lena-hartmann', presence: 'available' });
    await phone.over(10_000);
  });

  it('rings for a caller, is lifted, and each hears the other', async () => {
    call = await caller.call({ to: '1000', from: margaretOkafor.number });
    await call.answered();
    await call.press('1#');
    call.mouth.playTone(1_000);
    await phone.rings(15_000);
    phone.lift();
    await bridge.event('call:audioFlowing');
    await call.ears.tone(440);
  });

  it('hangs up: the ending says who, and its recording holds the caller’s voice', async () => {
    await expect.poll(() => msOfTone(phone.heardSoFar(), 1_000), { timeout: 10_000 }).toBeGreaterThan(1_000);
    phone.hangUp();
    expect((await bridge.event('interaction:ended')).end).toEqual({ by: 'agent', reason: 'hungUp', fault: 'agent' });
    expect(await call.ended()).toMatchObject({ by: 'them', how: 'bye' });
    await bridge.event('wrapUp:started');
    expectTone(await phone.heard(), 1_000, 1_000);
    expect(bridge.bugs).toEqual([]);
  });
});
