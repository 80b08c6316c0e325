import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { TestBridge } from '../../support/bridge.ts';
import { startBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { knownSoundsOf, ScriptedPhone } from '../../support/scripted-phone/index.ts';

/** The harness against the whole bridge: what a scripted caller and a scripted desktop can do together. */

const known = knownSoundsOf('assets');
let bridge: TestBridge;
beforeAll(async () => {
  bridge = await startBridge({ people: 50, config: { renderer: { folder: resolve('renderer') } } });
});
afterAll(() => bridge.dispose());

it('a caller presses 1, a scripted desktop sees the pop, answers, and both hear each other', async () => {
  const desktop = await ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username: 'lena.hartmann', password: demoPassword, known });
  const phone = await ScriptedPhone.onTrunk({ sip: bridge.sip, known });
  try {
    await desktop.becomeAvailable();
    const line = await phone.call({ to: '1000', from: margaretOkafor.number });
    await line.answered();
    await line.ears.prompt('welcome');
    await line.ears.prompt('menu-main', 15_000);
    await line.press('1');
    const offer = await desktop.push('reservation:offered', () => true, 15_000);
    expect(offer.pop.match).toMatchObject({ kind: 'certain', contact: { contactId: margaretOkafor.contactId } });
    const desk = await desktop.answer(offer.reservationId);
    await desktop.push('interaction:assigned');
    line.mouth.playTone(440);
    desk.mouth.playTone(1_000);
    await Promise.all([line.ears.tone(1_000), desk.ears.tone(440)]);
    await line.hangUp();
    expect(await desk.ended()).toMatchObject({ by: 'them', how: 'bye' });
    await desktop.push('wrap-up:changed');
    const next = await desktop.reconnect();
    expect(next.interactions.length).toBe(1);
    expect(desktop.gaps).toEqual([]);
    expect(bridge.bugs).toEqual([]);
  } finally {
    await Promise.all([phone.close(), desktop.close()]);
  }
});
