import { describe, expect, it } from 'vitest';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import { ScriptedHeadset } from '../../../support/scripted-headset.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { deskOnStage } from './stage.ts';

const now = Date.now();
const offer: Offer = {
  ...{ reservationId: 'r-1', interactionId: 'i-1', channel: 'voice', offeredAt: now, ringsUntil: now + 20_000 },
  pop: pop('certain', now, 10_000, 'en'),
};
const assigned: AssignedInteraction = {
  ...{ interactionId: 'i-1', reservationId: 'r-1', state: 'assigned', pop: offer.pop, wrapUp: null, draft: null },
  call: { interactionId: 'i-1', reservationId: 'r-1', state: 'talking', answeredAt: now, heldSince: null, endedAt: null, end: null },
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('a call is answered, muted and ended on the headset, and its lamps show what the screen shows', async () => {
  const stage = deskOnStage(now);
  stage.desk.start();
  const headset = new ScriptedHeadset({ mute: 'relative' });
  stage.computer.plug(headset);
  await settled();
  expect(stage.stores.devices.getState().headset).toBe('Evolve2 65');

  stage.bridge.push('reservation:offered', offer);
  await settled();
  expect(headset.lamps).toEqual({ ring: true, offHook: false, mute: false });
  headset.pressHook();
  headset.deliver();
  expect(stage.phone.deeds).toContain('answer r-1');
  stage.bridge.push('interaction:assigned', assigned);
  stage.phone.listener?.carrying(['r-1']);
  await settled();
  expect(headset.lamps).toEqual({ ring: false, offHook: true, mute: false });

  headset.pressMute();
  headset.deliver();
  await settled();
  expect([stage.stores.call.getState().isMuted, headset.lamps.mute]).toEqual([true, true]);
  stage.desk.setMuted(false);
  await settled();
  expect([stage.stores.call.getState().isMuted, headset.lamps.mute]).toEqual([false, false]);

  headset.pressHook();
  headset.deliver();
  expect(stage.sent('call:end')).toHaveLength(1);
  stage.desk.stop();
});

describe('a headset that is pulled', () => {
  it('has no buttons any more, and the call goes on as it was', async () => {
    const stage = deskOnStage(now);
    stage.desk.start();
    const headset = new ScriptedHeadset({ mute: 'absolute' });
    stage.computer.plug(headset);
    await settled();
    stage.phone.listener?.carrying(['r-1']);
    stage.computer.pull(headset);
    expect(stage.stores.devices.getState().headset).toBeNull();
    headset.pressMute();
    headset.deliver();
    expect(stage.stores.call.getState().isMuted).toBe(false);
    stage.desk.stop();
  });
});
