import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useMemo } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { useStore } from 'zustand';
import { App } from '../../../../renderer/app/App.tsx';
import type { Desk } from '../../../../renderer/app/desk.ts';
import { OutsideDesk } from '../../../../renderer/app/OutsideDesk.tsx';
import { outsideRinger } from '../../../../renderer/app/outside-ringer.ts';
import { useActions } from '../../../../renderer/app/use-actions.ts';
import { ComputerSettings } from '../../../../renderer/features/computer/index.ts';
import { LinkConfirm } from '../../../../renderer/features/link-confirm/index.ts';
import { Notices } from '../../../../renderer/features/notices/index.ts';
import { TextProvider } from '../../../../renderer/i18n/index.ts';
import { type DesktopApi, type DesktopSignal, type DesktopSignalName, desktopCalls } from '../../../../shared/contracts/desktop-api.ts';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import type { OutsideState, OutsideWish } from '../../../../shared/contracts/outside.ts';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import type { SearchHit } from '../../../../shared/contracts/search.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { wrapUpOf } from '../../../support/ui-stage/wrap-up.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();

/** A program around the page that remembers what it was told, and holds every call to the contract as the real one does. */
function program(linkNumber: string | null = null) {
  const asked: { readonly name: string; readonly request: unknown }[] = [];
  const listeners = new Map<string, Set<(signal: never) => void>>();
  let number = linkNumber;
  const desktop: DesktopApi = {
    kind: 'electron',
    call: async (name, request) => {
      if (name in desktopCalls) desktopCalls[name as keyof typeof desktopCalls].request.parse(request);
      asked.push({ name, request });
      if (name !== 'link:take') return {} as never;
      const taken = { number };
      number = null;
      return taken as never;
    },
    on(name, listener) {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener as never));
      return () => void heard.delete(listener as never);
    },
  };
  const shown = () =>
    asked.filter(({ name }) => name === 'outside:show').map(({ request }) => (request as { state: OutsideState | null }).state);
  return {
    desktop,
    asked,
    shown: () => shown().at(-1) ?? null,
    shownCount: () => shown().length,
    signal<Name extends DesktopSignalName>(name: Name, content: DesktopSignal<Name>) {
      act(() => {
        for (const listener of listeners.get(name) ?? []) listener(content as never);
      });
    },
    openLink(opened: string) {
      number = opened;
      this.signal('link:opened', {});
    },
  };
}

const offer = (more: Partial<Offer> = {}): Offer => ({
  reservationId: 'r-1',
  interactionId: 'i-1',
  channel: 'voice',
  offeredAt: now,
  ringsUntil: now + 20_000,
  pop: pop('certain', now, 60_000, 'en'),
  ...more,
});
const assigned = (more: Partial<AssignedInteraction> = {}, call: Partial<AssignedInteraction['call']> = {}): AssignedInteraction => ({
  interactionId: 'i-1',
  reservationId: 'r-1',
  state: 'assigned',
  pop: pop('certain', now, 60_000, 'en'),
  call: {
    interactionId: 'i-1',
    reservationId: 'r-1',
    state: 'talking',
    answeredAt: now,
    heldSince: null,
    endedAt: null,
    end: null,
    ...call,
  },
  wrapUp: null,
  draft: null,
  ...more,
});

const nothing = () => undefined;

/** What of the page has to do with what is outside of it. */
function AboutOutside({ desk }: { readonly desk: Desk }) {
  const means = useMemo(() => ({ desk, focus: nothing, chooseImportFile: nothing, setTheme: nothing, setLanguage: nothing }), [desk]);
  const actions = useActions(means);
  const user = useStore(desk.stores.desk, (state) => state.user);
  return (
    <>
      <textarea aria-label="Notes" />
      {user ? <OutsideDesk desk={desk} actions={actions} /> : null}
      <LinkConfirm stores={desk.stores} deeds={desk.outside} />
      <ComputerSettings stores={desk.stores} onChange={desk.changeSettings} />
      <Notices stores={desk.stores} onDiscardDraft={nothing} onUndoEdit={nothing} onAvailable={desk.outside.becomeAvailable} />
    </>
  );
}

async function open({ language = 'en', linkNumber = null }: { readonly language?: 'en' | 'zh'; readonly linkNumber?: string | null } = {}) {
  const outside = program(linkNumber);
  const stage = deskOnStage(now, outside.desktop);
  stage.stores.settings.setState({ language });
  stage.bridge.answers['customer:search'] = () => ({ ok: true, value: { hits: [] } });
  stage.desk.start();
  render(
    <TextProvider i18n={createI18n(language)} language={language}>
      <AboutOutside desk={stage.desk} />
    </TextProvider>,
  );
  expect(outside.shown()).not.toBeNull();
  const wish = (action: OutsideWish, by: 'strip' | 'tray' | 'hotKey' = 'strip') => outside.signal('outside:wish', { wish: action, by });
  const press = (action: Extract<OutsideWish, { kind: 'action' }>['action'], by: 'strip' | 'tray' | 'hotKey' = 'strip') =>
    wish({ kind: 'action', action }, by);
  const answer = () => {
    act(() => {
      stage.bridge.push('interaction:assigned', assigned());
      stage.phone.listener?.carrying(['r-1']);
    });
  };
  return { ...stage, outside, wish, press, answer, user: userEvent.setup() };
}

const controls = (state: OutsideState | null) =>
  state?.controls.map(({ action, look, isEnabled }) => `${action} ${look}${isEnabled ? '' : ' off'}`);

beforeAll(standInForScreen);
afterEach(cleanup);

it('is there from signing in on in a program, and not in a browser', async () => {
  const outside = program();
  const inProgram = deskOnStage(now, outside.desktop);
  inProgram.desk.start();
  render(<App desk={inProgram.desk} i18n={createI18n('en')} />);
  await waitFor(() => expect(outside.shown()?.name).toBe('Available'), { timeout: 20_000 });
  expect(deskOnStage(now).desk.outside.isThere).toBe(false);
});

describe('what stands outside the window', () => {
  it('is the state and what is in hand, while nothing rings', async () => {
    const { outside } = await open();
    expect(outside.shown()).toMatchObject({
      ...{ tone: 'ready', name: 'Available', title: 'Nothing rings', hasCall: false, clock: null, offer: null },
      detail: { before: 'for ', clock: { at: now - 252_000, runs: 'up' }, after: '' },
      line: { before: 'nothing in hand' },
    });
    expect(controls(outside.shown())).toEqual(['app.palette quiet', 'window.show quiet']);
    expect(outside.shown()?.choices.map(({ label, isChosen }) => `${label}${isChosen ? ' chosen' : ''}`)[0]).toBe('Available chosen');
  });

  it('is who calls, by when to answer, Answer and Decline, while it rings', async () => {
    const { outside, bridge } = await open();
    act(() => bridge.push('reservation:offered', offer()));
    expect(outside.shown()).toMatchObject({
      ...{ tone: 'waiting', name: 'Ringing', title: 'Margaret Okafor', hasCall: true },
      clock: { at: now + 20_000, runs: 'down' },
      offer: { from: now, until: now + 20_000 },
    });
    expect(controls(outside.shown())).toEqual(['call.answer answer', 'call.end decline']);
  });

  it('is mute, hold and end in the same places, while one talks, muted and on hold too', async () => {
    const { outside, bridge, answer, stores } = await open();
    answer();
    expect(outside.shown()).toMatchObject({ tone: 'talking', name: 'On a call', title: 'Margaret Okafor', clock: { at: now, runs: 'up' } });
    expect(controls(outside.shown())).toEqual(['call.mute quiet', 'call.hold quiet', 'call.end end']);
    act(() => stores.call.setState({ isMuted: true }));
    expect(controls(outside.shown())?.[0]).toBe('call.mute on');
    act(() => bridge.push('call:changed', { ...assigned().call, state: 'held', heldSince: now }));
    expect(controls(outside.shown())).toEqual(['call.mute on', 'call.hold held', 'call.end end']);
    expect(outside.shown()?.line).toEqual({ before: 'On hold for ', clock: { at: now, runs: 'up' }, after: '' });
  });

  it('says whose line is weak, and that it is recorded', async () => {
    const { outside, bridge, answer, stores } = await open();
    answer();
    act(() => bridge.push('call:changed', { ...assigned().call, recording: { state: 'running', startedAt: now, resumesAt: null } }));
    const own = {
      lostInPercent: 1,
      lostOutPercent: 4,
      jitterMs: 12,
      roundTripMs: 48,
      spokenDb: -30,
      silentForMs: 0,
      network: 'wifi' as const,
    };
    act(() => stores.call.setState({ lines: { 'r-1': own } }));
    expect(outside.shown()).toMatchObject({ isRecording: true, detail: { before: 'recording' }, lineTone: 'waiting' });
    expect(outside.shown()?.line.before).toBe('Your Wi-Fi, 4.0% lost');
    act(() => stores.call.setState({ lines: {} }));
    act(() => bridge.push('call:quality', { interactionId: 'i-1', lossPercent: 0, jitterMs: 4, bars: 4 }));
    expect(outside.shown()).toMatchObject({ line: { before: 'Line good' }, lineTone: 'plain' });
  });

  it('tells of a second call and lets it be answered', async () => {
    const { outside, bridge, answer } = await open();
    answer();
    act(() =>
      bridge.push('reservation:offered', offer({ reservationId: 'r-2', interactionId: 'i-2', pop: pop('unknown', now, 60_000, 'en') })),
    );
    expect(outside.shown()).toMatchObject({ title: '+44 20 7946 0123', line: { before: 'rings on line 2' }, lineTone: 'waiting' });
    expect(controls(outside.shown())?.[0]).toBe('call.answer answer');
    expect(controls(outside.shown())).toHaveLength(4);
  });

  it('is the outcome and Finish in wrap-up', async () => {
    const { outside, bridge, stores } = await open();
    const wrapping = assigned({ state: 'wrapping', wrapUp: wrapUpOf('timed', now) }, { state: 'ended', endedAt: now });
    act(() => bridge.push('interaction:assigned', wrapping));
    expect(outside.shown()).toMatchObject({ tone: 'finishing', name: 'Wrap-up', title: 'No outcome yet' });
    expect(outside.shown()?.detail.clock?.runs).toBe('down');
    act(() => stores.view.setState({ outcomes: { 'i-1': 'credit-full' } }));
    expect(controls(outside.shown())).toEqual(['wrapUp.finish primary']);
    expect(outside.shown()?.title).not.toBe('No outcome yet');
  });

  it('says since when there is no connection and what happens by itself; a call goes on', async () => {
    const { outside, bridge, answer } = await open();
    act(() => bridge.loseConnection());
    expect(outside.shown()).toMatchObject({ tone: 'broken', name: 'Not reachable', line: { before: 'trying again by itself' } });
    expect(outside.shown()?.title).toMatch(/^No connection since \d\d:\d\d:\d\d$/);
    act(() => bridge.restoreConnection());
    answer();
    act(() => bridge.loseConnection());
    expect(outside.shown()).toMatchObject({ tone: 'talking', lineTone: 'broken', line: { before: 'no connection, the call goes on' } });
  });

  it('is in Chinese for whoever works in Chinese', async () => {
    const { outside, bridge } = await open({ language: 'zh' });
    expect(outside.shown()).toMatchObject({ language: 'zh', name: '空闲', title: '暂无来电' });
    act(() => bridge.push('reservation:offered', offer()));
    expect(outside.shown()).toMatchObject({ name: '振铃' });
  });

  it('is text as it was written, whatever a caller calls themselves, and never longer than the program takes', async () => {
    const { outside, bridge } = await open();
    const hostile = pop('certain', now, 60_000, 'en');
    if (hostile.match.kind !== 'certain') throw new Error('not certain');
    const name = `<img src=x onerror=alert(1)> {{clock}} ${'x'.repeat(500)}`;
    const contact = { ...hostile.match.contact, name };
    act(() => bridge.push('reservation:offered', offer({ pop: { ...hostile, match: { ...hostile.match, contact } } as Offer['pop'] })));
    expect(outside.shown()?.title).toBe(name.slice(0, 200));
  });

  it('is said once as long as nothing of it changes', async () => {
    const { outside, stores } = await open();
    const before = outside.shownCount();
    act(() => stores.connection.setState({ roundTripMs: 19 }));
    act(() => stores.connection.setState({ roundTripMs: 21 }));
    expect(outside.shownCount()).toBe(before);
  });

  it('is nobody when the agent signs out', async () => {
    const { outside, desk } = await open();
    await act(() => desk.signOut());
    await waitFor(() => expect(outside.shown()).toBeNull());
  });
});

describe('what is pressed outside', () => {
  it('does what the same control does in the window', async () => {
    const { press, bridge, phone, answer, sent } = await open();
    act(() => bridge.push('reservation:offered', offer()));
    press('call.answer');
    expect(phone.deeds).toContain('answer r-1');
    answer();
    press('call.mute', 'tray');
    expect(phone.deeds).toContain('mute');
    press('call.hold');
    expect(sent('call:hold')).toHaveLength(1);
    press('call.end');
    expect(sent('call:end')).toHaveLength(1);
  });

  it('is judged again: what does not apply any more does nothing', async () => {
    const { press, phone, bridge, sent } = await open();
    const before = bridge.commands.length;
    press('call.answer');
    press('call.end');
    press('wrapUp.finish');
    expect(bridge.commands).toHaveLength(before);
    expect(phone.deeds.filter((each) => each.startsWith('answer'))).toEqual([]);
    expect(sent('call:end')).toEqual([]);
  });

  it('ends a call by a key of another program only when it is pressed twice', async () => {
    const { press, answer, sent, outside } = await open();
    answer();
    press('call.end', 'hotKey');
    expect(sent('call:end')).toEqual([]);
    expect(outside.shown()).toMatchObject({ line: { before: 'Ctrl Alt F12 again ends it' }, lineTone: 'waiting' });
    press('call.end', 'hotKey');
    expect(sent('call:end')).toHaveLength(1);
    expect(outside.shown()?.lineTone).toBe('plain');
  });

  it('sets the state that was chosen, and none that there is not', async () => {
    const { wish, sent } = await open();
    wish({ kind: 'notReady', reason: 'break' }, 'tray');
    wish({ kind: 'notReady', reason: 'toString' }, 'tray');
    await waitFor(() =>
      expect(sent('agent:set-presence').map(({ request }) => request)).toEqual([{ presence: 'notReady', reason: 'break' }]),
    );
  });
});

it('an offer says how long it rings; written work and a telephone on the desk do not ring here', async () => {
  const { outside, bridge, stores } = await open();
  const told = () =>
    outside.asked.filter(({ name }) => name === 'offer:shown').map(({ request }) => (request as { ringsForMs?: number }).ringsForMs);
  act(() => bridge.push('reservation:offered', offer({ ringsUntil: Date.now() + 20_000 })));
  expect(told()[0]).toBeGreaterThan(15_000);
  expect(told()[0]).toBeLessThanOrEqual(20_000);
  act(() => bridge.push('reservation:offered', offer({ reservationId: 'r-2', interactionId: 'i-2', channel: 'chat' })));
  act(() => stores.connection.setState({ phone: 'desk' }));
  act(() => bridge.push('reservation:offered', offer({ reservationId: 'r-3', interactionId: 'i-3' })));
  expect(told().slice(1)).toEqual([undefined, undefined]);
});

it('in the program the page itself makes no sound: it only says where and when to stop', () => {
  const { desktop, asked } = program();
  const ringer = outsideRinger(desktop);
  ringer.use({ ringer: 'd-1', ringerVolume: 0.4 });
  ringer.start();
  expect(asked).toEqual([{ name: 'ring:through', request: { deviceId: 'd-1', volume: 0.4 } }]);
  ringer.stop();
  expect(asked.at(-1)).toEqual({ name: 'ring:stop', request: {} });
});

describe('a number that another program asks to be called', () => {
  const hit = (title: string, more: Partial<SearchHit> = {}): SearchHit => ({
    ...{ kind: 'person', id: title, contactId: null, title, subtitle: 'Okafor Logistics', tier: null, isKeyAccount: false },
    ...{ matched: 'number', detail: null },
    ...more,
  });
  const ask = async (hits: readonly SearchHit[]) => {
    const opened = await open();
    opened.bridge.answers['customer:search'] = () => ({ ok: true, value: { hits: [...hits] } });
    opened.outside.openLink('+442079460123');
    const question = await screen.findByRole('alertdialog', { name: 'Number from another program' });
    return { ...opened, question };
  };

  it('is asked about with who has it, and called by Enter and by nothing else', async () => {
    const { question, user, sent } = await ask([hit('Margaret Okafor')]);
    expect(question.textContent).toContain('Call 020 7946 0123?');
    await waitFor(() => expect(question.textContent).toContain('Margaret Okafor · Okafor Logistics'));
    expect(sent('call:dial')).toEqual([]);
    await user.keyboard('{Enter}');
    expect(sent('call:dial').map(({ request }) => request)).toEqual([{ number: '+442079460123' }]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('is not called by Escape, nor by being answered with No', async () => {
    const { user, sent, outside } = await ask([hit('Margaret Okafor')]);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    outside.openLink('+442079460199');
    await user.click(await screen.findByRole('button', { name: /Do not call/ }));
    expect(sent('call:dial')).toEqual([]);
  });

  it('leaves the keyboard to whoever is writing', async () => {
    const { outside, user, sent } = await open();
    const notes = await screen.findByRole('textbox', { name: /Notes/ });
    notes.focus();
    outside.openLink('+442079460123');
    await screen.findByRole('alertdialog');
    expect(document.activeElement).toBe(notes);
    await user.keyboard('{Enter}');
    expect(sent('call:dial')).toEqual([]);
  });

  it('says that several have it, that nobody has it, and shows a hostile name as text', async () => {
    const { question, outside, bridge } = await ask([hit('<b>Eve</b>'), hit('Margaret Okafor'), hit('A case', { kind: 'case' })]);
    await waitFor(() => expect(question.textContent).toContain('<b>Eve</b> and 1 more'));
    expect(question.querySelector('b')).toBeNull();
    bridge.answers['customer:search'] = () => ({ ok: true, value: { hits: [hit('Somebody', { matched: 'name' })] } });
    outside.openLink('+442079460111');
    await waitFor(() => expect(screen.getByRole('alertdialog').textContent).toContain('Not in the record'));
  });

  it('waits for whoever signs in after it was opened', async () => {
    await open({ linkNumber: '02079460123' });
    expect((await screen.findByRole('alertdialog')).textContent).toContain('Call');
  });

  it('cannot be called in a call', async () => {
    const { bridge } = await ask([]);
    act(() => bridge.push('interaction:assigned', assigned()));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Call/ }).disabled).toBe(true);
    expect(screen.getByRole('alertdialog').textContent).toContain('You are on a call');
  });
});

it('keys that another program has are told', async () => {
  const { outside } = await open();
  outside.signal('hotKeys:taken', { keys: ['Control+Alt+F3'] });
  expect(await screen.findByText('Another program has Ctrl Alt F3')).toBeDefined();
});

describe('this computer', () => {
  it('is set by keyboard and mouse, and holds from that moment', async () => {
    const { user, outside } = await open();
    const written = () => outside.asked.filter(({ name }) => name === 'settings:write').map(({ request }) => request);
    await user.keyboard('{Control>},{/Control}');
    await user.click(await screen.findByRole('switch', { name: 'Start when you log in to this computer' }));
    expect(written()).toEqual([{ startAtLogin: true }]);
    const mute = screen.getByRole('button', { name: 'Mute Ctrl Alt F3' });
    mute.focus();
    await user.keyboard('m');
    expect(screen.getByText('Use it with Ctrl, Alt or Shift')).toBeDefined();
    await user.keyboard('{Control>}{Shift>}m{/Shift}{/Control}');
    await user.keyboard('{Backspace}');
    const usual = { answer: 'Control+Alt+F2', end: 'Control+Alt+F12' };
    expect(written().slice(1)).toEqual([{ hotKeys: { ...usual, mute: 'Control+Shift+M' } }, { hotKeys: { ...usual, mute: '' } }]);
  });

  it('shows what an administrator fixed and does not let it be changed', async () => {
    const { user, stores } = await open();
    act(() => stores.computer.setState({ fixed: ['startAtLogin', 'hotKeys'] }));
    await user.keyboard('{Control>},{/Control}');
    const start = await screen.findByRole('switch', { name: 'Start when you log in to this computer' });
    expect(start.getAttribute('aria-disabled') ?? start.hasAttribute('disabled')).toBeTruthy();
    expect(screen.getAllByText('Set by your administrator')).toHaveLength(2);
  });
});
