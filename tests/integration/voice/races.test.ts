import { describe, expect, it } from 'vitest';
import { NoMedia, type ScriptedCall } from '../../support/scripted-phone/index.ts';
import type { VoiceHouse } from './voice-house.ts';
import { inVoiceHouse } from './voice-house.ts';

/** Two sides act in the same moment. Whatever order the packets take, no half call is left and each side is told one ending. */

const races = 40;
let house: VoiceHouse;
inVoiceHouse({}, (opened) => {
  house = opened;
});

/** Moments from 0 to 8 ms apart, the same in every run. */
const momentsOf = (race: number): { readonly first: number; readonly second: number } => ({
  first: (race * 7) % 9,
  second: (race * 5) % 8,
});
const inMs = (ms: number, act: () => void): Promise<void> =>
  new Promise((resolve) =>
    setTimeout(() => {
      act();
      resolve();
    }, ms),
  );

describe('the same moment', () => {
  it('the caller gives up while we answer', async () => {
    const phone = await house.trunkPhone();
    const endings = new Map<string, number>();
    for (let race = 0; race < races; race++) {
      const { first, second } = momentsOf(race);
      const line = await phone.call({ to: '1000', from: '123' });
      const call = await house.nextCall();
      call.ring();
      await Promise.all([inMs(first, () => void call.answer()), inMs(second, () => void line.hangUp())]);
      const [ours, theirs] = await Promise.all([call.ended, line.ended(3_000)]);
      expect(ours).toMatchObject({ by: 'caller', fault: 'caller' });
      expect(['abandoned/canceled', 'hungUp/canceled', 'hungUp/bye']).toContain(`${ours.reason}/${theirs.how}`);
      endings.set(ours.reason, (endings.get(ours.reason) ?? 0) + 1);
    }
    // Both outcomes of the race were met: cancelled in time, and answered first.
    expect([...endings.keys()].toSorted()).toEqual(['abandoned', 'hungUp']);
  });

  it('both hang up', async () => {
    const phone = await house.trunkPhone();
    for (let race = 0; race < races; race++) {
      const { first, second } = momentsOf(race);
      const line = await phone.call({ to: '1000', from: '123' });
      const call = await house.nextCall();
      await call.answer();
      await line.answered();
      await Promise.all([inMs(first, () => call.hangUp('completedInIvr', 'system', 'ours')), inMs(second, () => void line.hangUp())]);
      const [ours, theirs] = await Promise.all([call.ended, line.ended(3_000)]);
      expect(['completedInIvr', 'hungUp']).toContain(ours.reason);
      expect(theirs.how).toBe('bye');
    }
  });

  it("the agent's phone answers while we withdraw the offer", async () => {
    const agent = await house.agentPhone('201', NoMedia.open);
    const phone = await house.trunkPhone();
    const line = await phone.call({ to: '1000', from: '123' });
    const call = await house.nextCall();
    await call.answer();
    await line.answered();
    const told = new Set<string>();
    for (let race = 0; race < races; race++) {
      const { first, second } = momentsOf(race);
      const leg = house.ring(call);
      const desk: ScriptedCall = await agent.nextCall();
      desk.ring();
      await leg.ringing;
      await Promise.all([inMs(first, () => void desk.answer()), inMs(second, () => leg.release('rescinded'))]);
      expect(await leg.outcome).toEqual({ kind: 'failed', failure: 'canceled' });
      told.add((await desk.ended(3_000)).how);
    }
    expect([...told].toSorted()).toEqual(['bye', 'canceled']);
    expect(call.signal.aborted).toBe(false);
  });
});

it('a caller that never ACKs our 200 is let go after 64*T1 and told as lost', async () => {
  const phone = await house.trunkPhone();
  await phone.call({ to: '1000', from: '123', neverAcks: true });
  const call = await house.nextCall();
  expect(await call.answer()).toBe(true);
  expect(await Promise.race([call.acknowledged.then(() => 'acknowledged'), call.ended])).toEqual({
    by: 'system',
    reason: 'peerLost',
    fault: 'upstream',
  });
});
