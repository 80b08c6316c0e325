import { describe, expect, it, vi } from 'vitest';
import { actions } from '../../../../renderer/app/actions/index.ts';
import { currentCall } from '../../../../renderer/stores/index.ts';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import { workOf } from '../../../support/ui-stage/conversations.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { deskOnStage } from './stage.ts';

const now = Date.now();
const offer: Offer = {
  reservationId: 'r-1',
  interactionId: 'i-1',
  channel: 'voice',
  offeredAt: now,
  ringsUntil: now + 20_000,
  pop: pop('certain', now, 10_000, 'en'),
};
const assigned: AssignedInteraction = {
  interactionId: 'i-1',
  reservationId: 'r-1',
  state: 'assigned',
  pop: offer.pop,
  call: { interactionId: 'i-1', reservationId: 'r-1', state: 'talking', answeredAt: now, heldSince: null, endedAt: null, end: null },
  wrapUp: null,
  draft: null,
};

function signedIn() {
  const stage = deskOnStage(now);
  stage.desk.start();
  return stage;
}

describe('the desk', () => {
  it('tells the delivery of an offer the moment it is in the store, and rings', () => {
    const stage = signedIn();
    stage.bridge.push('reservation:offered', offer);
    expect(stage.sent('pop:delivered')).toEqual([{ name: 'pop:delivered', request: { reservationId: 'r-1', popId: 'pop-1' } }]);
    expect(stage.heard).toEqual(['ring']);
    expect(stage.told).toEqual(['offer:shown']);
    expect(stage.phone.deeds).toContain('offered r-1');
  });

  it('tells each delivery once, also when the offer is still there after a reconnect', () => {
    const stage = signedIn();
    stage.bridge.push('reservation:offered', offer);
    stage.bridge.snapshotNow = { ...stage.snapshot, offers: [offer] };
    stage.bridge.loseConnection();
    stage.bridge.restoreConnection();
    expect(stage.sent('pop:delivered')).toHaveLength(1);
    expect(stage.heard).toEqual(['ring']);
  });

  it('rings at once after eight hours in which nobody touched it', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    try {
      const stage = signedIn();
      vi.advanceTimersByTime(8 * 3_600_000);
      expect(stage.heard).toEqual([]);
      stage.bridge.push('reservation:offered', { ...offer, offeredAt: Date.now(), ringsUntil: Date.now() + 20_000 });
      expect(stage.heard).toEqual(['ring']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('wakes the phone with the computer, and when the bridge is back: what took the one line may have taken the other', () => {
    const stage = signedIn();
    const wakings = () => stage.phone.deeds.filter((deed) => deed === 'wake').length;
    stage.desk.wake();
    expect(wakings()).toBe(1);
    stage.bridge.loseConnection();
    expect(wakings()).toBe(1);
    stage.bridge.restoreConnection();
    expect(wakings()).toBe(2);
  });

  it('opens a line of the phone that was lost alone, ever more rarely, and leaves it while the bridge is away', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const stage = signedIn();
      const tried = () => stage.phone.deeds.filter((deed) => deed === 'reconnect').length;
      const lostAgain = (afterMs: number) => {
        stage.phone.listener?.registration('lost');
        stage.phone.listener?.registration('lost');
        vi.advanceTimersByTime(afterMs - 1);
        const before = tried();
        vi.advanceTimersByTime(1);
        return tried() - before;
      };
      expect([1_000, 2_000, 4_000, 4_000].map(lostAgain)).toEqual([1, 1, 1, 1]);
      stage.phone.listener?.registration('registered');
      expect(lostAgain(1_000)).toBe(1);
      stage.bridge.loseConnection();
      stage.phone.listener?.registration('lost');
      vi.advanceTimersByTime(60_000);
      expect(tried()).toBe(5);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells the painting after two frames', async () => {
    const stage = signedIn();
    stage.bridge.push('reservation:offered', offer);
    await vi.waitFor(() => expect(stage.sent('pop:painted')).toHaveLength(1), 5_000);
  });

  it.each(['callerLeft', 'noAnswer', 'deviceUnreachable'] as const)(
    'stops ringing at once and says why when an offer ends by %s',
    (cause) => {
      const stage = signedIn();
      stage.bridge.push('reservation:offered', offer);
      stage.bridge.push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause });
      expect(stage.heard).toEqual(['ring', 'quiet']);
      expect(stage.told).toEqual(['offer:shown', 'offer:gone']);
      expect(stage.stores.notices.getState()).toMatchObject([{ kind: 'offerEnded', cause, name: 'Somebody' }]);
      expect(currentCall(stage.stores.desk.getState())).toBeNull();
    },
  );

  it.each(['given', 'released'] as const)('says who lost written work that a supervisor has %s', (why) => {
    const stage = signedIn();
    const work = workOf('email', now, { interactionId: 'i-mail' });
    stage.bridge.push('inbox:changed', work);
    stage.bridge.push('inbox:gone', { interactionId: 'i-mail', why });
    expect(stage.stores.desk.getState().inbox.mine).toEqual([]);
    expect(stage.stores.notices.getState()).toMatchObject([{ kind: 'workGone', why }]);
  });

  it('says nothing of an offer the agent declined', () => {
    const stage = signedIn();
    stage.bridge.push('reservation:offered', offer);
    stage.desk.decline('r-1');
    stage.bridge.push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause: 'rejected' });
    expect(stage.sent('reservation:reject')).toHaveLength(1);
    expect(stage.stores.notices.getState()).toEqual([]);
  });

  it('stops ringing when an offer is gone from the snapshot', () => {
    const stage = signedIn();
    stage.bridge.push('reservation:offered', offer);
    stage.bridge.loseConnection();
    stage.bridge.restoreConnection();
    expect(stage.heard).toEqual(['ring', 'quiet']);
  });

  it('answers by the phone, once, and stays with the customer', () => {
    const stage = signedIn();
    stage.bridge.push('reservation:offered', offer);
    stage.desk.answer('r-1');
    stage.desk.answer('r-1');
    expect(stage.phone.deeds.filter((deed) => deed === 'answer r-1')).toHaveLength(1);
    stage.bridge.push('reservation:ended', { reservationId: 'r-1', interactionId: 'i-1', cause: 'answered' });
    expect(currentCall(stage.stores.desk.getState())?.kind).toBe('joining');
    stage.bridge.push('interaction:assigned', assigned);
    expect(currentCall(stage.stores.desk.getState())?.kind).toBe('talking');
    expect(stage.stores.call.getState().answering).toBeNull();
  });

  it('reports how long the click took to become sound', () => {
    const stage = signedIn();
    stage.bridge.push('interaction:assigned', assigned);
    stage.phone.listener?.firstSound('r-1', 212);
    expect(stage.sent('call:measured')).toEqual([{ name: 'call:measured', request: { interactionId: 'i-1', clickToAudioMs: 212 } }]);
  });

  it('rejoins by itself after a reload in a call, once the phone is registered', () => {
    const stage = deskOnStage(now);
    stage.bridge.snapshotNow = { ...stage.snapshot, interactions: [{ ...assigned, call: { ...assigned.call, state: 'rejoining' } }] };
    stage.desk.start();
    expect(stage.phone.deeds).toContain('rejoin r-1');
    expect(stage.sent('call:rejoin')).toHaveLength(1);
    stage.desk.stop();
  });

  it('rejoins a call the bridge still takes for live: this page cannot carry its sound', () => {
    const stage = deskOnStage(now);
    stage.bridge.snapshotNow = { ...stage.snapshot, interactions: [assigned] };
    stage.desk.start();
    expect(stage.sent('call:rejoin')).toHaveLength(1);
    stage.desk.stop();
  });

  it('does not rejoin a call its own phone carries', () => {
    const stage = signedIn();
    stage.bridge.push('interaction:assigned', assigned);
    stage.phone.listener?.carrying(['r-1']);
    stage.bridge.push('call:changed', { ...assigned.call, state: 'held', heldSince: now });
    expect(stage.sent('call:rejoin')).toEqual([]);
  });

  it('lets go of a leg that the bridge gave up while it could not be told, and asks for a new one, once, muted as before', () => {
    const stage = signedIn();
    stage.bridge.push('interaction:assigned', assigned);
    stage.phone.listener?.carrying(['r-1']);
    stage.phone.listener?.muted(true);
    stage.bridge.snapshotNow = { ...stage.snapshot, interactions: [{ ...assigned, call: { ...assigned.call, state: 'rejoining' } }] };
    stage.bridge.loseConnection();
    stage.bridge.restoreConnection();
    expect(stage.phone.deeds).toContain('letGo r-1');
    expect(stage.sent('call:rejoin')).toEqual([]);
    stage.phone.listener?.carrying([]);
    expect(stage.sent('call:rejoin')).toHaveLength(1);
    stage.phone.deeds.length = 0;
    stage.phone.listener?.carrying(['r-1']);
    stage.phone.listener?.registration('registered');
    expect([stage.phone.deeds, stage.sent('call:rejoin').length]).toEqual([['mute'], 1]);
  });

  it('asks again at once when its phone has a new line: what was asked for over the dead one has rung nowhere', () => {
    const stage = deskOnStage(now);
    stage.bridge.snapshotNow = { ...stage.snapshot, interactions: [{ ...assigned, call: { ...assigned.call, state: 'rejoining' } }] };
    stage.desk.start();
    stage.phone.listener?.registration('registered');
    expect(stage.sent('call:rejoin')).toHaveLength(1);
    stage.phone.listener?.registration('lost');
    stage.phone.listener?.registration('registered');
    expect(stage.sent('call:rejoin')).toHaveLength(2);
    stage.desk.stop();
  });

  it('speaks in the call that was answered last, and in the one the agent turned back to', () => {
    const stage = signedIn();
    const second = {
      ...assigned,
      interactionId: 'i-2',
      reservationId: 'r-2',
      call: { ...assigned.call, interactionId: 'i-2', reservationId: 'r-2' },
    };
    stage.bridge.push('interaction:assigned', assigned);
    stage.phone.listener?.carrying(['r-1']);
    stage.phone.listener?.carrying(['r-1', 'r-2']);
    stage.bridge.push('call:quality', { interactionId: 'i-1', lossPercent: 0, jitterMs: 4, bars: 4 });
    expect(stage.phone.deeds.filter((deed) => deed.startsWith('speakIn'))).toEqual([]);
    stage.bridge.push('call:changed', { ...assigned.call, state: 'held', heldSince: now });
    stage.bridge.push('interaction:assigned', second);
    expect(currentCall(stage.stores.desk.getState())).toMatchObject({ item: { interactionId: 'i-2' } });
    stage.bridge.push('call:changed', { ...second.call, state: 'held', heldSince: now + 1 });
    stage.bridge.push('call:changed', assigned.call);
    expect(stage.phone.deeds.filter((deed) => deed.startsWith('speakIn'))).toEqual(['speakIn r-2', 'speakIn r-1']);
  });

  it('answers a call to be supervised by itself, heard by nobody, and is heard when the supervisor asks for it', () => {
    const stage = signedIn();
    const supervised = { interactionId: 'i-7', reservationId: 'r-7' };
    stage.bridge.push('supervising:changed', { ...supervised, how: 'barge' });
    stage.bridge.push('supervising:changed', { ...supervised, how: 'whisper' });
    stage.bridge.push('supervising:changed', { ...supervised, how: 'monitor' });
    stage.bridge.push('supervising:changed', { ...supervised, how: null });
    expect(stage.phone.deeds.slice(1)).toEqual(['listenIn r-7', 'unmute', 'mute']);
  });

  it('stops everything and says so when another desktop took over', () => {
    const stage = signedIn();
    stage.bridge.push('reservation:offered', offer);
    stage.bridge.end('session_replaced');
    expect(stage.stores.session.getState().phase).toBe('replaced');
    expect(stage.stores.desk.getState().user).toBeNull();
    expect(stage.heard).toEqual(['ring', 'quiet']);
    expect(stage.phone.deeds.at(-1)).toBe('stop');
    expect(stage.isKept()).toBe(false);
  });

  it('asks whether to take over when the agent is signed in elsewhere', async () => {
    const stage = deskOnStage(now);
    stage.bridge.loginOutcome = { ok: false, error: { code: 'conflict', message: '' } };
    await stage.desk.signIn({ username: 'lena', password: 'x', takeOver: false });
    expect(stage.stores.session.getState()).toEqual({ phase: 'signedOut', failure: 'conflict', isBusy: false });
  });

  it('tells that a customer who was called back was not reached, and not that a wrap-up ran out', () => {
    const stage = signedIn();
    const end = { by: 'system', reason: 'notReached', fault: 'caller' } as const;
    stage.bridge.push('interaction:assigned', { ...assigned, call: { ...assigned.call, state: 'connecting', answeredAt: null } });
    stage.bridge.push('call:changed', { ...assigned.call, state: 'ended', end });
    const today = { handled: 0, averageHandlingMs: null };
    stage.bridge.push('interaction:completed', { interactionId: 'i-1', dispositionCode: 'not-coded', automatic: true, today });
    expect(stage.stores.notices.getState()).toMatchObject([{ kind: 'notReached' }]);
    expect(stage.stores.desk.getState().interactions).toEqual([]);
  });

  it('tells a wrap-up that ran out, and forgets its draft and outcome', () => {
    const stage = signedIn();
    stage.bridge.push('interaction:assigned', assigned);
    stage.stores.view.setState({ outcomes: { 'i-1': 'x' } });
    stage.bridge.push('interaction:completed', {
      interactionId: 'i-1',
      dispositionCode: 'not-coded',
      automatic: true,
      today: { handled: 24, averageHandlingMs: 1 },
    });
    expect(stage.stores.notices.getState()).toMatchObject([{ kind: 'completedAutomatically', dispositionCode: 'not-coded' }]);
    expect(stage.stores.view.getState().outcomes).toEqual({});
  });

  it('completes with the chosen outcome and the text as it stands', () => {
    const stage = signedIn();
    stage.bridge.push('interaction:assigned', { ...assigned, state: 'wrapping' });
    stage.desk.complete('i-1', 'available');
    expect(stage.sent('interaction:complete')).toEqual([]);
    stage.stores.view.setState({ outcomes: { 'i-1': 'credit-full' } });
    stage.desk.drafts.edit('i-1', 'All credited.');
    stage.desk.complete('i-1', 'available');
    stage.desk.complete('i-1', 'available');
    expect(stage.sent('interaction:complete')).toEqual([
      {
        name: 'interaction:complete',
        request: { interactionId: 'i-1', dispositionCode: 'credit-full', note: 'All credited.', then: 'available' },
      },
    ]);
    stage.desk.stop();
  });

  it('closes the keypad when the call is over, and remembers how the line was', () => {
    const stage = signedIn();
    stage.bridge.push('interaction:assigned', assigned);
    stage.bridge.push('call:quality', { interactionId: 'i-1', lossPercent: 2, jitterMs: 30, bars: 2 });
    stage.stores.view.setState({ open: 'keypad' });
    stage.bridge.push('call:changed', {
      ...assigned.call,
      state: 'ended',
      endedAt: now,
      end: { by: 'caller', reason: 'hungUp', fault: 'caller' },
    });
    expect(stage.stores.view.getState().open).toBe('none');
    expect(stage.stores.call.getState().lastBars).toBe(2);
  });

  it('hangs up on the line itself when the bridge cannot be told', async () => {
    const stage = signedIn();
    stage.bridge.push('interaction:assigned', assigned);
    stage.bridge.loseConnection();
    stage.desk.end('i-1');
    await vi.waitFor(() => expect(stage.phone.deeds).toContain('hangUp'));
    expect(stage.stores.notices.getState()).toMatchObject([{ kind: 'commandFailed', code: 'offline' }]);
  });

  it('sends a key through the call, and through the bridge when the phone cannot', () => {
    const stage = signedIn();
    stage.bridge.push('interaction:assigned', assigned);
    stage.desk.sendDigit('i-1', '5');
    expect(stage.phone.digits).toEqual(['5']);
    stage.phone.sendDigit = () => false;
    stage.desk.sendDigit('i-1', '#');
    expect(stage.sent('call:send-digit')).toEqual([{ name: 'call:send-digit', request: { interactionId: 'i-1', digit: '#' } }]);
    expect(stage.stores.call.getState().digits).toBe('5#');
  });
});

describe('a desktop beside a telephone on the desk', () => {
  function beside() {
    const stage = signedIn();
    stage.stores.connection.setState({ phone: 'desk' });
    stage.bridge.push('reservation:offered', offer);
    return stage;
  }

  it('shows the pop and does not ring, for the telephone does', () => {
    const stage = beside();
    expect(stage.told).toEqual(['offer:shown']);
    expect(stage.heard).toEqual([]);
  });

  it('does not offer to answer with a click', () => {
    const { stores } = beside();
    const state = {
      desk: stores.desk.getState(),
      call: stores.call.getState(),
      connection: stores.connection.getState(),
      view: stores.view.getState(),
      hasUnsaved: false,
      hasProgram: false,
      record: stores.record.getState(),
      account: stores.account.getState(),
      customers: stores.customers.getState(),
      imports: stores.imports.getState(),
      flows: stores.flows.getState(),
      inbox: stores.inbox.getState(),
      article: null,
      suggestions: {},
      dismissed: [],
      guide: null,
      isGuideShown: false,
    };
    expect(actions['call.answer'].isEnabled(state)).toBe(false);
    expect(actions['call.answer'].isEnabled({ ...state, connection: { ...state.connection, phone: 'registered' } })).toBe(true);
  });
});
