import { expect, it } from 'vitest';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { deskOnStage } from './stage.ts';

const now = 1_000_000;
const inCall = (reservationId: string, state: 'talking' | 'rejoining'): AssignedInteraction => ({
  interactionId: 'i-1',
  reservationId,
  state: 'assigned',
  pop: pop('certain', now, 10_000, 'en'),
  call: { interactionId: 'i-1', reservationId, state, answeredAt: now, heldSince: null, endedAt: null, end: null },
  wrapUp: null,
  draft: null,
});

/** In a call when the bridge is gone; back when it was started anew, which gave the phone another password. */
function startedAnew(isMuted: boolean) {
  const stage = deskOnStage(now);
  stage.desk.start();
  stage.bridge.push('interaction:assigned', inCall('r-1', 'talking'));
  stage.phone.listener?.carrying(['r-1']);
  stage.phone.listener?.muted(isMuted);
  stage.bridge.loseConnection();
  const account = stage.phone.accounts[0];
  const { webSocketUrl: _, ...rest } = account ?? { webSocketUrl: '', uri: '', username: '', password: '', realm: '' };
  const phone = { ...rest, webSocketPath: '/sip', password: 'of this run', use: 'calls' as const };
  stage.bridge.snapshotNow = { ...stage.snapshot, interactions: [inCall('r-9', 'rejoining')], phone };
  stage.bridge.restoreConnection();
  return stage;
}

it('the phone registers anew with what the bridge says, once, also after a reload, and the call is asked for', () => {
  const stage = startedAnew(false);
  stage.bridge.restoreConnection();
  expect(stage.phone.accounts.map(({ password }) => password)).toEqual(['x', 'of this run']);
  expect(stage.keptLogin()?.phone?.password).toBe('of this run');
  expect(stage.sent('call:rejoin')).toEqual([{ name: 'call:rejoin', request: { interactionId: 'i-1' } }]);
  expect(stage.phone.deeds).toContain('rejoin r-9');
  stage.phone.listener?.carrying(['r-9']);
  expect(stage.phone.deeds).not.toContain('mute');
  stage.desk.stop();
});

it('whoever was muted is not heard when their call comes back', () => {
  const stage = startedAnew(true);
  expect(stage.phone.deeds).not.toContain('mute');
  stage.phone.listener?.carrying(['r-9']);
  expect(stage.phone.deeds).toContain('mute');
  expect(stage.stores.call.getState().isMuted).toBe(true);
  stage.desk.stop();
});
