import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { wrapUpOf } from '../../../support/ui-stage/wrap-up.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const offerOf = (kind: Parameters<typeof pop>[0]): Offer => ({
  reservationId: 'r-1',
  interactionId: 'i-1',
  channel: 'voice',
  offeredAt: now,
  ringsUntil: now + 20_000,
  pop: pop(kind, now, 60_000, 'en'),
});
const assignedOf = (kind: Parameters<typeof pop>[0], more: Partial<AssignedInteraction> = {}): AssignedInteraction => ({
  interactionId: 'i-1',
  reservationId: 'r-1',
  state: 'assigned',
  pop: pop(kind, now, 60_000, 'en'),
  call: { interactionId: 'i-1', reservationId: 'r-1', state: 'talking', answeredAt: now, heldSince: null, endedAt: null, end: null },
  wrapUp: null,
  draft: null,
  ...more,
});

async function open(options: { isSignedIn: boolean }) {
  const stage = deskOnStage(now);
  if (options.isSignedIn) stage.desk.start();
  else stage.stores.session.setState({ phase: 'signedOut', failure: null, isBusy: false }, true);
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  const user = userEvent.setup();
  if (options.isSignedIn) await screen.findByRole('heading', { name: 'My work' });
  return { ...stage, user };
}

beforeAll(() => {
  // jsdom has no media queries; the theme is fixed in these tests.
  standInForScreen();
});
afterEach(cleanup);

describe('signing in', () => {
  it('works by keyboard alone', async () => {
    const { user, stores } = await open({ isSignedIn: false });
    await user.keyboard('lena{Tab}secret{Enter}');
    await waitFor(() => expect(stores.session.getState().phase).toBe('signedIn'));
    expect(await screen.findByRole('heading', { name: 'My work' })).toBeDefined();
  });

  it('says in plain words what is wrong, and keeps what was typed', async () => {
    const { user, bridge } = await open({ isSignedIn: false });
    bridge.loginOutcome = { ok: false, error: { code: 'login_failed', message: '' } };
    await user.type(screen.getByLabelText('Name or agent number'), 'lena');
    await user.type(screen.getByLabelText('Password'), 'wrong');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect((await screen.findByRole('alert')).textContent).toContain('do not fit together');
    expect(screen.getByLabelText<HTMLInputElement>('Name or agent number').value).toBe('lena');
  });

  it('takes over from another desk only after being asked', async () => {
    const { user, bridge, stores } = await open({ isSignedIn: false });
    const fine = bridge.loginOutcome;
    const asked: boolean[] = [];
    bridge.login = async ({ takeOver }) => {
      asked.push(takeOver);
      return takeOver ? fine : { ok: false, error: { code: 'conflict', message: '' } };
    };
    await user.keyboard('lena{Tab}secret{Enter}');
    await user.click(await screen.findByRole('button', { name: 'Go on here' }));
    await waitFor(() => expect(stores.session.getState().phase).toBe('signedIn'));
    expect(asked).toEqual([false, true]);
  });

  it('switches to Chinese', async () => {
    const { user } = await open({ isSignedIn: false });
    await user.click(screen.getByText('中文'));
    expect(await screen.findByRole('button', { name: '签入' })).toBeDefined();
    await waitFor(() => expect(document.documentElement.lang).toBe('zh-CN'));
  });
});

describe('a call', () => {
  it('shows the customer before the answer, and is answered by F2 without stealing the focus', async () => {
    const { user, bridge, phone } = await open({ isSignedIn: true });
    const focused = document.activeElement;
    bridge.push('reservation:offered', offerOf('certain'));
    const pane = await screen.findByRole('article', { name: 'Incoming call' });
    expect(within(pane).getByRole('heading', { name: 'Margaret Okafor' })).toBeDefined();
    expect(within(pane).getByText(/You have Business billing 4\./)).toBeDefined();
    expect(screen.getByText('Three things to know now')).toBeDefined();
    expect(document.activeElement).toBe(focused);
    await user.keyboard('{F2}');
    expect(phone.deeds).toContain('answer r-1');
    expect(screen.getByText('Answering')).toBeDefined();
  });

  it('has every control in its place, switched off when it does not apply', async () => {
    const { bridge } = await open({ isSignedIn: true });
    const bar = screen.getByRole('region', { name: 'Call' });
    const names = () =>
      within(bar)
        .getAllByRole<HTMLButtonElement>('button')
        .map((button) => `${button.textContent?.replace(/F\d+/, '')}${button.disabled ? ' off' : ''}`)
        // The agent's state before them, the line's quality after them.
        .slice(1, -1);
    expect(names()).toEqual([
      'Answer off',
      'Mute off',
      'Hold off',
      'Keypad off',
      'Transfer off',
      'Conference off',
      'Pause rec off',
      'End off',
    ]);
    bridge.push('reservation:offered', offerOf('unknown'));
    await screen.findByRole('heading', { name: 'Unknown caller', level: 2 }).catch(() => undefined);
    await waitFor(() =>
      expect(names()).toEqual([
        'Answer',
        'Mute off',
        'Hold off',
        'Keypad off',
        'Transfer off',
        'Conference off',
        'Pause rec off',
        'Decline',
      ]),
    );
  });

  it('holds, resumes and ends by command, and waits for the bridge to say so', async () => {
    const { user, bridge, sent, phone } = await open({ isSignedIn: true });
    bridge.push('interaction:assigned', assignedOf('certain'));
    phone.listener?.carrying(['r-1']);
    await user.click(await screen.findByRole('button', { name: 'Hold' }));
    expect(sent('call:hold')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
    bridge.push('call:changed', { ...assignedOf('certain').call, state: 'held', heldSince: now });
    await user.click(await screen.findByRole('button', { name: 'Resume' }));
    await user.click(screen.getByRole('button', { name: 'End' }));
    expect([sent('call:resume').length, sent('call:end').length]).toEqual([1, 1]);
  });

  it('mutes and shows it', async () => {
    const { user, bridge, phone } = await open({ isSignedIn: true });
    bridge.push('interaction:assigned', assignedOf('certain'));
    phone.listener?.carrying(['r-1']);
    await user.keyboard('{F3}');
    expect((await screen.findByRole('button', { name: 'Unmute' })).getAttribute('aria-pressed')).toBe('true');
  });

  it('lets the agent choose among several people once the call is answered', async () => {
    const { user, bridge, sent } = await open({ isSignedIn: true });
    bridge.answers['interaction:choose-contact'] = () => ({ ok: true, value: pop('certain', now, 60_000, 'en') });
    bridge.push('interaction:assigned', assignedOf('candidates'));
    await screen.findByText('Who is calling?', { selector: 'h3' });
    await user.keyboard('{Alt>}2{/Alt}');
    expect(sent('interaction:choose-contact')).toEqual([
      { name: 'interaction:choose-contact', request: { interactionId: 'i-1', contactId: 'cand-1' } },
    ]);
    expect(await screen.findByRole('heading', { name: 'Margaret Okafor' })).toBeDefined();
  });

  it('saves notes and says when', async () => {
    const { user, bridge, sent } = await open({ isSignedIn: true });
    bridge.answers['interaction:save-draft'] = ({ interactionId, text, revision }) => ({
      ok: true,
      value: { interactionId, text, revision, savedAt: new Date('2026-11-21T10:48:52').getTime() },
    });
    bridge.push('interaction:assigned', assignedOf('certain'));
    await user.type(await screen.findByLabelText('Notes'), 'Roaming');
    expect(await screen.findByText('Saved 10:48:52')).toBeDefined();
    expect(sent('interaction:save-draft').at(-1)?.request).toMatchObject({ text: 'Roaming' });
  });

  it('is wrapped up by keys alone', async () => {
    const { user, bridge, sent, snapshot } = await open({ isSignedIn: true });
    expect(snapshot.dispositions.length).toBeGreaterThan(0);
    bridge.push('interaction:assigned', assignedOf('certain', { state: 'wrapping', wrapUp: wrapUpOf('timed', now) }));
    await screen.findByRole('tree', { name: 'Outcome' });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Finish' }).disabled).toBe(true);
    await user.keyboard('121');
    expect(screen.getByRole('treeitem', { name: 'Credit in full' }).getAttribute('aria-selected')).toBe('true');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(sent('interaction:complete')).toMatchObject([{ request: { dispositionCode: 'credit-full', then: 'available' } }]);
  });

  it('can be skipped where the queue lets it', async () => {
    const { user, bridge, sent } = await open({ isSignedIn: true });
    bridge.push('interaction:assigned', assignedOf('certain', { state: 'wrapping', wrapUp: wrapUpOf('optional', now) }));
    await user.click(await screen.findByRole('button', { name: 'Skip' }));
    expect(sent('interaction:complete')).toMatchObject([{ request: { dispositionCode: null, then: 'available' } }]);
  });

  it('shows no time limit where only an outcome ends it', async () => {
    const { bridge } = await open({ isSignedIn: true });
    bridge.push('interaction:assigned', assignedOf('certain', { state: 'wrapping', wrapUp: wrapUpOf('required', now) }));
    expect(await screen.findByRole('heading', { name: 'Wrap-up' })).toBeDefined();
    expect(screen.queryByRole('button', { name: 'More time' })).toBeNull();
  });

  it('says that the outcome is stored, and how long it still lasts, where it lasts to its end', async () => {
    const { bridge } = await open({ isSignedIn: true });
    bridge.push(
      'interaction:assigned',
      assignedOf('certain', { state: 'wrapping', wrapUp: wrapUpOf('timedNoEarlyExit', now, 'credit-full') }),
    );
    expect(await screen.findByRole('heading', { name: /^Stored\. Ready again in \d:\d\d$/ })).toBeDefined();
    expect(screen.queryByRole('tree')).toBeNull();
  });
});

describe('the state switch', () => {
  it('changes the presence from its menu', async () => {
    const { user, sent } = await open({ isSignedIn: true });
    await user.click(screen.getByRole('button', { name: /Your state: Available/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Not ready: Meal' }));
    expect(sent('agent:set-presence')).toEqual([{ name: 'agent:set-presence', request: { presence: 'notReady', reason: 'meal' } }]);
  });

  it('is opened by its key, and each reason has a digit there', async () => {
    const { user, sent } = await open({ isSignedIn: true });
    await user.keyboard('{Alt>}{Shift>}x{/Shift}{/Alt}');
    const reasons = await screen.findAllByRole('menuitem', { name: /^Not ready: / });
    expect(reasons.map((reason) => reason.getAttribute('aria-keyshortcuts'))).toEqual(reasons.map((_, at) => String(at + 1)));
    const meal = reasons.find(({ textContent }) => textContent?.includes('Meal'));
    await user.keyboard(meal?.getAttribute('aria-keyshortcuts') ?? '');
    expect(sent('agent:set-presence')).toEqual([{ name: 'agent:set-presence', request: { presence: 'notReady', reason: 'meal' } }]);
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });

  it('says not reachable while the connection is lost, and that nothing typed is lost', async () => {
    const { bridge } = await open({ isSignedIn: true });
    bridge.loseConnection();
    expect(await screen.findByRole('button', { name: /Not reachable/ })).toBeDefined();
    expect(screen.getByRole('alert').textContent).toContain('Nothing is offered to you meanwhile');
    bridge.push('interaction:assigned', assignedOf('certain'));
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('kept on this computer'));
  });
});

describe('a note whose call was closed before the bridge had it', () => {
  async function withLeftNote() {
    const stage = await open({ isSignedIn: true });
    stage.kept.set('i-0', 'Wants the quote by Friday.');
    stage.bridge.loseConnection();
    stage.bridge.restoreConnection();
    await screen.findByText('Wants the quote by Friday.');
    return stage;
  }

  it('is shown when the bridge is back, once, and copied', async () => {
    const { user, bridge } = await withLeftNote();
    bridge.restoreConnection();
    expect(screen.getAllByText('Wants the quote by Friday.')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(await navigator.clipboard.readText()).toBe('Wants the quote by Friday.');
    await screen.findByRole('button', { name: 'Copied' });
  });

  it('stays on this computer when its notice is closed, and goes when it is discarded', async () => {
    const { user, bridge, kept } = await withLeftNote();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(kept.size).toBe(1);
    bridge.restoreConnection();
    await user.click(await screen.findByRole('button', { name: 'Discard' }));
    expect(kept.size).toBe(0);
    expect(screen.queryByText('Wants the quote by Friday.')).toBeNull();
  });

  it('is shown too when wrap-up ran out with words still on their way', async () => {
    const { desk, bridge } = await open({ isSignedIn: true });
    bridge.push('interaction:assigned', assignedOf('certain'));
    desk.drafts.edit('i-1', 'Half a sentence');
    bridge.push('interaction:completed', {
      interactionId: 'i-1',
      automatic: true,
      dispositionCode: 'not-coded',
      today: { handled: 1, averageHandlingMs: null },
    });
    await screen.findByText('Half a sentence');
  });
});
