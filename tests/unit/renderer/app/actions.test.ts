import { describe, expect, it } from 'vitest';
import {
  type ActionDefinition,
  type ActionId,
  type ActionMeans,
  type ActionState,
  actions,
  candidateAt,
  notReady,
} from '../../../../renderer/app/actions/index.ts';
import { type KeyPress, pressKey, shortcutOf } from '../../../../renderer/app/keyboard.ts';
import {
  emptyDesk,
  emptyView,
  noAccount,
  noConnection,
  noCustomers,
  noFlows,
  noImports,
  noInbox,
  noRecord,
  quietCall,
} from '../../../../renderer/stores/index.ts';
import type { CallView, PartyView } from '../../../../shared/contracts/call.ts';
import type { WrapUpMode } from '../../../../shared/contracts/configuration.ts';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import { rightsOfRole } from '../../../../shared/contracts/rights.ts';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { emptySnapshot } from '../../../support/ui-stage/scripted-bridge.ts';
import { wrapUpOf } from '../../../support/ui-stage/wrap-up.ts';

const now = 1_700_000_000_000;
const { agent } = emptySnapshot(now);
const connection = { ...noConnection, bridge: 'connected' as const };
const idle: ActionState = {
  desk: { ...emptyDesk, agent },
  call: quietCall,
  connection,
  view: emptyView,
  hasUnsaved: false,
  hasProgram: false,
  record: noRecord,
  account: noAccount,
  customers: noCustomers,
  imports: noImports,
  flows: noFlows,
  inbox: noInbox,
  article: null,
  suggestions: {},
  dismissed: [],
  guide: null,
  isGuideShown: false,
};
const offer: Offer = {
  reservationId: 'r-1',
  interactionId: 'i-1',
  channel: 'voice',
  offeredAt: now,
  ringsUntil: now + 20_000,
  pop: pop('candidates', now, 10_000, 'en'),
};
const item = (state: AssignedInteraction['call']['state'], phase: AssignedInteraction['state'] = 'assigned'): AssignedInteraction => ({
  interactionId: 'i-1',
  reservationId: 'r-1',
  state: phase,
  pop: offer.pop,
  call: { interactionId: 'i-1', reservationId: 'r-1', state, answeredAt: now, heldSince: null, endedAt: null, end: null },
  wrapUp: phase === 'wrapping' ? wrapUpOf('timed', now) : null,
  draft: null,
});
const ringing: ActionState = { ...idle, desk: { ...idle.desk, offers: [offer] } };
const talking: ActionState = { ...idle, desk: { ...idle.desk, interactions: [item('talking')] }, call: { ...quietCall, carried: ['r-1'] } };
const held: ActionState = { ...talking, desk: { ...idle.desk, interactions: [item('held')] } };
const wrapping: ActionState = { ...idle, desk: { ...idle.desk, interactions: [item('ended', 'wrapping')] } };
const coded: ActionState = { ...wrapping, view: { ...emptyView, outcomes: { 'i-1': 'credit-full' } } };
const inMode = (mode: WrapUpMode, stored: string | null = null): ActionState => ({
  ...wrapping,
  desk: { ...idle.desk, interactions: [{ ...item('ended', 'wrapping'), wrapUp: wrapUpOf(mode, now, stored) }] },
});
const callWith = (change: Partial<CallView>): ActionState => {
  const one = item('talking');
  return { ...talking, desk: { ...idle.desk, interactions: [{ ...one, call: { ...one.call, ...change } }] } };
};
const recorded = (state: 'running' | 'failed') => callWith({ recording: { state, startedAt: null, resumesAt: null } });
const asking = (state: PartyView['state']) =>
  callWith({
    ...(state === 'talking' ? {} : { state: 'held', heldSince: now }),
    parties: [{ partyId: 'p-1', kind: 'agent', name: 'Dana', agentId: 'ag-2', state, purpose: 'consult' }],
  });
const advising = callWith({ advising: { name: 'Dana', withCustomer: false } });
const beside: ActionState = { ...talking, desk: { ...talking.desk, offers: [{ ...offer, interactionId: 'i-2', reservationId: 'r-2' }] } };
const second: AssignedInteraction = {
  ...item('talking'),
  interactionId: 'i-2',
  reservationId: 'r-2',
  call: { ...item('held').call, interactionId: 'i-2', reservationId: 'r-2', heldSince: now },
};
const twoLines: ActionState = { ...talking, desk: { ...talking.desk, interactions: [item('talking'), second] } };
/** What can be done with a call that one has alone. */
const giving: readonly ActionId[] = ['call.transfer', 'call.conference', 'call.park'];
const offline = (state: ActionState): ActionState => ({ ...state, connection: { ...connection, bridge: 'lost' } });

const enabled = (state: ActionState) => (Object.keys(actions) as ActionId[]).filter((id) => actions[id].isEnabled(state));
const callActions = (state: ActionState) => enabled(state).filter((id) => id.startsWith('call.') || id.startsWith('wrapUp.'));

describe('which actions apply', () => {
  it.each<[string, ActionState, ActionId[]]>([
    ['nothing is open', idle, []],
    ['a call rings', ringing, ['call.answer', 'call.end']],
    ['a call rings and is being answered', { ...ringing, call: { ...quietCall, answering: 'r-1' } }, ['call.end']],
    ['a call is talked on', talking, ['call.mute', 'call.hold', 'call.keypad', ...giving, 'call.end']],
    ['the sound is on another phone', { ...talking, call: quietCall }, ['call.hold', 'call.keypad', ...giving, 'call.end']],
    ['a call is held', held, ['call.mute', 'call.hold', ...giving, 'call.end']],
    ['hold is on its way', { ...talking, view: { ...emptyView, pending: ['hold'] } }, ['call.mute', 'call.keypad', ...giving, 'call.end']],
    ['the bridge is lost in a call', offline(talking), ['call.mute', 'call.keypad', 'call.end']],
    ['a call is recorded', recorded('running'), ['call.mute', 'call.hold', 'call.keypad', ...giving, 'call.pauseRecording', 'call.end']],
    ['a recording failed', recorded('failed'), ['call.mute', 'call.hold', 'call.keypad', ...giving, 'call.end']],
    ['a colleague is rung', asking('ringing'), ['call.mute', 'call.hold', 'call.cancelConsult', 'call.end']],
    [
      'a colleague speaks with the agent',
      asking('aside'),
      ['call.answer', 'call.mute', 'call.hold', 'call.transfer', 'call.conference', 'call.cancelConsult', 'call.end'],
    ],
    [
      'three are in a conference',
      asking('talking'),
      ['call.mute', 'call.hold', 'call.keypad', 'call.transfer', 'call.conference', 'call.dropParty', 'call.end'],
    ],
    ['one only advises', advising, ['call.mute', 'call.end']],
    ['a second call rings', beside, ['call.answer', 'call.mute', 'call.hold', 'call.keypad', ...giving, 'call.end', 'call.declineOther']],
    ['a second call is held', twoLines, ['call.answer', 'call.mute', 'call.hold', 'call.keypad', ...giving, 'call.end']],
    ['wrap-up has no outcome yet', wrapping, ['wrapUp.extend']],
    ['wrap-up has its outcome', coded, ['wrapUp.extend', 'wrapUp.finish', 'wrapUp.finishNotReady']],
    ['the bridge is lost in wrap-up', offline(coded), []],
    ['wrap-up may be left without an outcome', inMode('optional'), ['wrapUp.extend', 'wrapUp.finish', 'wrapUp.finishNotReady']],
    ['wrap-up asks for an outcome and has none', inMode('required'), []],
    ['wrap-up lasts to its end and has no outcome', inMode('timedNoEarlyExit'), ['wrapUp.extend']],
    ['the outcome is stored and wrap-up goes on', inMode('timedNoEarlyExit', 'credit-full'), []],
  ])('when %s', (_when, state, expected) => {
    expect(callActions(state)).toEqual(expected);
  });

  it('calls the same key by what it does now', () => {
    const named = (id: 'call.answer' | 'call.transfer' | 'call.conference' | 'call.end' | 'call.pauseRecording', state: ActionState) => {
      const { nameKey }: ActionDefinition = actions[id];
      return typeof nameKey === 'string' ? nameKey : nameKey(state);
    };
    expect([ringing, beside, twoLines, asking('aside'), talking].map((state) => named('call.answer', state))).toEqual([
      'action.call.answer',
      'action.call.line2',
      'action.call.swap',
      'action.call.swap',
      'action.call.answer',
    ]);
    expect([named('call.transfer', talking), named('call.transfer', asking('held'))]).toEqual([
      'action.call.transfer',
      'action.call.completeTransfer',
    ]);
    expect([named('call.conference', talking), named('call.conference', asking('held'))]).toEqual([
      'action.call.conference',
      'action.call.join',
    ]);
    expect([named('call.end', ringing), named('call.end', beside)]).toEqual(['action.call.decline', 'action.call.end']);
    expect(named('call.pauseRecording', callWith({ recording: { state: 'paused', startedAt: now, resumesAt: now } }))).toBe(
      'action.call.resumeRecording',
    );
  });

  it('never lets an agent sign out in a call', () => {
    expect([idle, ringing, talking, wrapping].map((state) => actions['app.signOut'].isEnabled(state))).toEqual([true, false, false, true]);
  });

  it('offers only the states the agent is not in', () => {
    expect(actions['agent.available'].isEnabled(idle)).toBe(false);
    const away: ActionState = {
      ...idle,
      desk: { ...idle.desk, agent: agent ? { ...agent, presence: 'notReady', notReadyReason: 'meal' } : null },
    };
    expect([actions['agent.available'], notReady('meal'), notReady('break')].map((action) => action.isEnabled(away))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('offers the places that the right is there for', () => {
    const places = (role: 'agent' | 'supervisor' | 'administrator') =>
      enabled({
        ...idle,
        desk: { ...idle.desk, user: { userId: 'u-1', name: 'Somebody', role, rights: [...rightsOfRole[role]], locale: 'en' } },
      }).filter((id) => id.startsWith('place.'));
    expect(places('agent')).toEqual(['place.work', 'place.customers', 'place.cases', 'place.my-customers']);
    expect(places('supervisor')).toEqual([
      'place.work',
      'place.board',
      'place.wallboard',
      'place.admin',
      'place.prompts',
      'place.guides',
      'place.articles',
      'place.customers',
      'place.cases',
      'place.my-customers',
      'place.flows',
    ]);
    expect(places('administrator')).toEqual([
      'place.work',
      'place.board',
      'place.wallboard',
      'place.admin',
      'place.prompts',
      'place.guides',
      'place.articles',
      'place.customers',
      'place.cases',
      'place.my-customers',
      'place.import',
      'place.flows',
    ]);
  });

  it('names hold and end after what they do now', () => {
    const name = (id: ActionId, state: ActionState) => {
      const { nameKey }: ActionDefinition = actions[id];
      return typeof nameKey === 'function' ? nameKey(state) : nameKey;
    };
    expect([name('call.hold', talking), name('call.hold', held), name('call.end', talking), name('call.end', ringing)]).toEqual([
      'action.call.hold',
      'action.call.resume',
      'action.call.end',
      'action.call.decline',
    ]);
  });

  it('has one action per key, for calls and for written work', () => {
    const ids = Object.keys(actions) as ActionId[];
    // Each of these has its keys where it stands, and stands before what the same key means elsewhere.
    const groups = ['inbox.', 'guide.', 'check.'];
    for (const group of [...groups, null]) {
      const isOfGroup = (id: string) => (group === null ? groups.every((each) => !id.startsWith(each)) : id.startsWith(group));
      const shortcuts = ids.filter(isOfGroup).flatMap((id) => actions[id].shortcut ?? []);
      expect(new Set(shortcuts).size).toBe(shortcuts.length);
    }
  });

  it('has a key for every action; what has none has a reason', () => {
    const withoutKey: Partial<Record<ActionId, string>> = {
      ...{ 'supervise.monitor': 'panel', 'supervise.whisper': 'panel', 'supervise.barge': 'panel', 'supervise.takeOver': 'panel' },
      // Whole records leave the house, or are gone: nobody does that by a slip of the hand.
      ...{ 'privacy.dossier': 'whole', 'privacy.hold': 'whole', 'privacy.erase': 'whole', 'customers.export': 'whole' },
    };
    const ids = Object.keys(actions) as ActionId[];
    expect(ids.filter((id) => actions[id].shortcut === null).sort()).toEqual(Object.keys(withoutKey).sort());
    // What a browser keeps for itself never arrives here.
    const taken = /^(F1|F5|F10|F11|Ctrl\+(Shift\+)?[TNW]|Ctrl\+Shift\+[CIJKPRBOMAE])$/;
    expect(ids.filter((id) => taken.test(actions[id].shortcut ?? ''))).toEqual([]);
  });

  it('lets somebody be chosen while it rings and while one talks, and nowhere but at the work', () => {
    expect(candidateAt(ringing, 1)).toEqual({ interactionId: 'i-1', contactId: 'cand-0' });
    expect(candidateAt(talking, 2)).toEqual({ interactionId: 'i-1', contactId: 'cand-1' });
    expect(candidateAt(talking, 9)).toBeNull();
    expect(candidateAt({ ...talking, view: { ...talking.view, place: 'customer' } }, 1)).toBeNull();
  });
});

const key = (press: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 0,
  ...press,
});

describe('keys', () => {
  const deeds: string[] = [];
  const means = {
    desk: new Proxy(
      {},
      {
        get:
          (_desk, name) =>
          (...args: unknown[]) =>
            deeds.push([String(name), ...args].join(' ')),
      },
    ),
    focus: (place: string) => deeds.push(`focus ${place}`),
  } as unknown as ActionMeans;
  const press = (state: ActionState, pressed: Partial<KeyPress>) => {
    deeds.length = 0;
    return { isOurs: pressKey(key(pressed), state, means), deeds: [...deeds] };
  };

  it('do what the table says', () => {
    expect(press(ringing, { key: 'F2' })).toEqual({ isOurs: true, deeds: ['answer r-1'] });
    expect(press(ringing, { key: 'F12' })).toEqual({ isOurs: true, deeds: ['decline r-1'] });
    expect(press(talking, { key: 'F12' })).toEqual({ isOurs: true, deeds: ['end i-1'] });
    expect(press(held, { key: 'F4' })).toEqual({ isOurs: true, deeds: ['resume i-1'] });
    expect(press(coded, { key: 'Enter', ctrlKey: true })).toEqual({ isOurs: true, deeds: ['complete i-1 available'] });
    expect(press(wrapping, { key: '+', altKey: true, shiftKey: true })).toEqual({ isOurs: true, deeds: ['extendWrapUp i-1'] });
    expect(press(talking, { key: '2', code: 'Digit2', altKey: true })).toEqual({ isOurs: true, deeds: ['chooseContact i-1 cand-1'] });
    expect(press(talking, { key: 'ñ', code: 'KeyN', altKey: true })).toEqual({ isOurs: true, deeds: ['focus notes'] });
  });

  it('are ours even when they do nothing, so that F12 never opens something else', () => {
    expect(press(idle, { key: 'F12' })).toEqual({ isOurs: true, deeds: [] });
  });

  it('do nothing while an input method composes', () => {
    expect(press(ringing, { key: 'F2', isComposing: true })).toEqual({ isOurs: false, deeds: [] });
    expect(press(ringing, { key: 'Process', code: 'F2', keyCode: 229 })).toEqual({ isOurs: false, deeds: [] });
    expect(press(talking, { key: '1', code: 'Digit1', altKey: true, keyCode: 229 })).toEqual({ isOurs: false, deeds: [] });
  });

  it('leave ordinary typing alone', () => {
    expect(press(talking, { key: '1', code: 'Digit1' })).toEqual({ isOurs: false, deeds: [] });
    expect(press(coded, { key: 'Enter' })).toEqual({ isOurs: false, deeds: [] });
    expect(shortcutOf(key({ key: 'k', code: 'KeyK', metaKey: true }))).toBeNull();
  });

  it('with Shift are others than without, letters only', () => {
    const l = { key: 'L', code: 'KeyL', shiftKey: true };
    expect(shortcutOf(key({ ...l, ctrlKey: true }))).toBe('Ctrl+Shift+L');
    expect(shortcutOf(key({ ...l, altKey: true }))).toBe('Alt+Shift+L');
    expect(shortcutOf(key(l))).toBe('L');
    expect(shortcutOf(key({ key: '+', code: 'Equal', altKey: true, shiftKey: true }))).toBe('Alt++');
  });
});
