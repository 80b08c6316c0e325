import { afterEach, beforeEach, expect, it } from 'vitest';
import { margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import type { ScriptedCall } from '../../support/scripted-phone/index.ts';
import { BridgeStage } from './bridge-stage.ts';

/** Callers who hang up where it is awkward: in line, while a phone rings, and in the moment an agent answers. Each contact ends once. */
const races = 12;

let stage: BridgeStage;
beforeEach(async () => {
  stage = await BridgeStage.open();
});
afterEach(async () => {
  await stage.expectAllReleased();
  await stage.close();
  expect(stage.bridge.bugs).toEqual([]);
});

/** To a number without a menu. */
async function calling(): Promise<ScriptedCall> {
  const call = await stage.caller.call({ to: '1002', from: margaretOkafor.number });
  await call.answered();
  return call;
}

const endings = () => stage.bridge.events.filter((event) => event.type === 'interaction:ended');

it('in line: abandoned, once', async () => {
  const call = await calling();
  await call.ears.music();
  await call.hangUp();
  await stage.bridge.event('interaction:ended');
  expect(endings()).toMatchObject([{ end: { by: 'caller', reason: 'abandoned', fault: 'caller' } }]);
});

it('while it rings: the desktop is told within 300 ms that the caller left, and the agent is free', async () => {
  const desktop = await signedIn();
  const call = await calling();
  const { reservationId } = await desktop.push('reservation:offered');
  const ringing = await desktop.ringing(reservationId);
  const [since, told] = [performance.now(), desktop.pushes.length];
  await Promise.all([call.hangUp(), desktop.push('reservation:ended', ({ cause }) => cause === 'callerLeft')]);
  expect(performance.now() - since).toBeLessThan(300);
  expect(await ringing.ended()).toMatchObject({ how: 'canceled' });
  await desktop.push('agent:changed', ({ workState }) => workState === 'idle', 1_000, told);
  await stage.bridge.event('interaction:ended');
  expect(endings()).toMatchObject([{ end: { by: 'caller', reason: 'abandoned', fault: 'caller' } }]);
});

it(`in the moment it is answered, ${races} times: one end that names the caller, no half call, and an agent who goes on`, async () => {
  const desktop = await signedIn();
  for (let race = 1; race <= races; race++) {
    const [offersBefore, wrapUpsBefore] = [desktop.pushes.length, stage.bridge.events.length];
    const call = await calling();
    const { reservationId } = await desktop.push('reservation:offered', () => true, 5_000, offersBefore);
    const ringing = await desktop.ringing(reservationId);
    // Now the one leaves first, now the other.
    const answering = ringing.answer().catch(() => {}); // its call may be gone while it makes its answer
    if (race % 2 === 0) await answering;
    await call.hangUp();
    await answering;
    await ringing.ended();
    await expect.poll(() => endings().length).toBe(race);
    expect(endings().at(-1)).toMatchObject({ end: { by: 'caller', fault: 'caller' } });
    const isAnswered = stage.bridge.events.slice(wrapUpsBefore).some(({ type }) => type === 'interaction:answered');
    expect(['abandoned', 'hungUp']).toContain(endings().at(-1)?.end.reason);
    expect(endings().at(-1)?.end.reason === 'hungUp').toBe(isAnswered);
    if (!isAnswered) continue;
    const { interactionId } = await desktop.push('wrap-up:changed', () => true, 5_000, offersBefore);
    await desktop.ask('interaction:complete', { interactionId, dispositionCode: 'information', note: '', then: 'available' });
  }
  expect(stage.bridge.events.filter(({ type }) => type === 'interaction:received')).toHaveLength(races);
});

async function signedIn(): Promise<ScriptedDesktop> {
  const desktop = await stage.signIn();
  await desktop.becomeAvailable();
  return desktop;
}
