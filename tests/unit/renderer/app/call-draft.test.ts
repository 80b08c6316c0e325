import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DraftCallState } from '../../../../renderer/features/flows/run-deeds.ts';
import { deskOnStage } from './stage.ts';

/** Calls to drafts from a desktop whose phone plays along. */
type Stage = ReturnType<typeof deskOnStage>;
const account = { webSocketPath: '/sip', uri: 'sip:draft-1@stage.invalid', username: 'draft-1', password: 'x', realm: 'stage' };

function signedIn(use: 'calls' | 'drafts'): Stage {
  const stage = deskOnStage(0);
  const login = stage.keptLogin();
  if (login) login.phone = { ...account, use };
  stage.bridge.answers['flow:call-draft'] = () => ({ ok: true, value: { reservationId: 'try-1' } });
  stage.desk.start();
  return stage;
}

function called(stage: Stage) {
  const states: DraftCallState[] = [];
  const call = stage.desk.flowRuns.callDraft('hotline', (state) => states.push(state));
  return { call, states, phases: () => states.map(({ phase }) => phase) };
}

const settled = () => vi.advanceTimersByTimeAsync(0);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a draft called from the desktop', () => {
  it('registers the phone of somebody who takes no calls for it alone, and closes the microphone after it', async () => {
    const stage = signedIn('drafts');
    expect([stage.phone.accounts, stage.stores.connection.getState().phone]).toEqual([[], 'desk']);
    const { call, states, phases } = called(stage);
    await settled();
    expect(stage.sent('flow:call-draft')).toEqual([{ name: 'flow:call-draft', request: { flowId: 'hotline', phone: 'draft-1' } }]);
    expect([stage.phone.accounts.length, stage.phone.deeds.at(-1), stage.stores.connection.getState().phone]).toEqual([
      1,
      'rejoin try-1',
      'desk',
    ]);
    stage.phone.listener?.carrying(['try-1']);
    call.press('1');
    expect(stage.phone.digits).toEqual(['1']);
    stage.phone.listener?.carrying([]);
    expect(phases()).toEqual(['preparing', 'ringing', 'connected', 'ended']);
    expect(stage.phone.deeds.at(-1)).toBe('stop');
    call.hangUp();
    expect(states).toHaveLength(4);
    stage.desk.stop();
  });

  it('takes the phone that an agent has anyway, and leaves it registered', async () => {
    const stage = signedIn('calls');
    const { call, phases } = called(stage);
    await settled();
    stage.phone.listener?.carrying(['try-1']);
    call.hangUp();
    expect(stage.phone.deeds.at(-1)).toBe('hangUp');
    expect([stage.phone.accounts.length, phases().at(-1)]).toEqual([1, 'ended']);
    expect(stage.phone.deeds).not.toContain('stop');
    stage.desk.stop();
  });

  it('does not disturb a call with a customer', async () => {
    const stage = signedIn('calls');
    stage.phone.listener?.carrying(['r-1']);
    const { states } = called(stage);
    await settled();
    expect([states, stage.sent('flow:call-draft')]).toEqual([[{ phase: 'failed', why: 'inCall' }], []]);
    stage.desk.stop();
  });

  it('puts down a phone that answers after one has thought better of it', async () => {
    const stage = signedIn('calls');
    const { call, phases } = called(stage);
    await settled();
    call.hangUp();
    expect(phases().at(-1)).toBe('ended');
    expect(stage.phone.deeds).not.toContain('hangUp');
    stage.phone.listener?.carrying(['try-1']);
    expect(stage.phone.deeds.at(-1)).toBe('hangUp');
    stage.desk.stop();
  });

  it.each(['blocked', 'missing'] as const)('says that the microphone is %s, and calls nobody', async (microphone) => {
    const stage = signedIn('drafts');
    const start = stage.phone.start;
    stage.phone.start = (as, listener) => start(as, { ...listener, microphone: () => listener.microphone(microphone, null) });
    const { states } = called(stage);
    await settled();
    expect([states.at(-1), stage.sent('flow:call-draft')]).toEqual([{ phase: 'failed', why: 'noMicrophone' }, []]);
    expect(stage.phone.deeds.at(-1)).toBe('stop');
    stage.desk.stop();
  });

  it('says that the phone cannot be rung, and that it was not reached in time', async () => {
    const refused = signedIn('drafts');
    refused.bridge.answers['flow:call-draft'] = () => ({ ok: false, error: { code: 'conflict', message: '' } });
    const first = called(refused);
    await settled();
    expect(first.states.at(-1)).toEqual({ phase: 'failed', why: 'notRegistered' });
    refused.desk.stop();

    const silent = signedIn('drafts');
    const second = called(silent);
    await vi.advanceTimersByTimeAsync(15_001);
    expect(second.states.at(-1)).toEqual({ phase: 'failed', why: 'notReached' });
    silent.desk.stop();
  });
});
