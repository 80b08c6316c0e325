import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { CallView } from '../../../../shared/contracts/call.ts';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import type { Right } from '../../../../shared/contracts/rights.ts';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { typeIntoPalette } from '../../../support/palette.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { wrapUpOf } from '../../../support/ui-stage/wrap-up.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const item = (id: 'i-1' | 'i-2', kind: Parameters<typeof pop>[0], change: Partial<CallView> = {}): AssignedInteraction => {
  const reservationId = id.replace('i', 'r');
  return {
    interactionId: id,
    reservationId,
    state: 'assigned',
    pop: { ...pop(kind, now, 60_000, 'en'), interactionId: id },
    call: {
      ...{ interactionId: id, reservationId, state: 'talking', answeredAt: now, heldSince: null, endedAt: null, end: null },
      ...change,
    },
    wrapUp: null,
    draft: null,
  };
};
const offer = (id: 'i-1' | 'i-2', more: Partial<Offer['pop']> = {}): Offer => ({
  reservationId: id.replace('i', 'r'),
  interactionId: id,
  channel: 'voice',
  offeredAt: now,
  ringsUntil: now + 20_000,
  pop: { ...item(id, id === 'i-1' ? 'certain' : 'unknown').pop, ...more },
});

async function open(without: readonly Right[] = []) {
  const stage = deskOnStage(now);
  const { user: who } = stage.bridge.snapshotNow;
  stage.bridge.snapshotNow = {
    ...stage.bridge.snapshotNow,
    user: { ...who, rights: who.rights.filter((right) => !without.includes(right)) },
  };
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  const user = userEvent.setup();
  await screen.findByRole('heading', { name: 'My work' });
  const bar = within(screen.getByRole('region', { name: 'Call' }));
  return { ...stage, user, bar };
}

beforeAll(() => {
  standInForScreen();
  HTMLMediaElement.prototype.play = async () => undefined;
  HTMLMediaElement.prototype.pause = () => undefined;
});
afterEach(cleanup);

describe('the call that is going on', () => {
  it('counts the same seconds on the customer’s timeline as in the bar', async () => {
    const { bridge, phone, bar } = await open();
    bridge.push('interaction:assigned', item('i-1', 'certain', { answeredAt: Date.now() - 18_000 }));
    phone.listener?.carrying(['r-1']);
    const today = within(await screen.findByRole('region', { name: 'Today' }));
    // Each may paint a moment before the other.
    const seconds = (shown: typeof bar) => Number(/^0:(\d\d)$/.exec(shown.getByText(/^0:\d\d$/).textContent ?? '')?.[1]);
    const first = await waitFor(() => seconds(today));
    // The clock that all of them share may be a second behind when the call comes.
    expect(first).toBeGreaterThanOrEqual(17);
    await waitFor(() => expect(seconds(today)).toBeGreaterThan(first));
    expect(Math.abs(seconds(bar) - seconds(today))).toBeLessThanOrEqual(1);
  });
});

describe('a second line', () => {
  it('rings beside the call without taking the screen, and is answered by F2 or declined by Ctrl F12', async () => {
    const { bridge, user, bar, phone, sent } = await open();
    bridge.push('interaction:assigned', item('i-1', 'certain'));
    phone.listener?.carrying(['r-1']);
    await screen.findByRole('article', { name: 'Call with Margaret Okafor' });
    bridge.push('reservation:offered', offer('i-2'));
    expect(await bar.findByRole('button', { name: 'Line 2' })).toBeDefined();
    expect(screen.getByRole('article', { name: 'Call with Margaret Okafor' })).toBeDefined();
    await user.keyboard('{Control>}{F12}{/Control}');
    expect(sent('reservation:reject')).toMatchObject([{ request: { reservationId: 'r-2' } }]);
    await user.keyboard('{F2}');
    expect(phone.deeds).toContain('answer r-2');
    expect(bar.getByRole('button', { name: 'End' })).toBeDefined();
  });

  it('is turned to by F2, and the screen goes along', async () => {
    const { bridge, user, bar, sent } = await open();
    bridge.push('interaction:assigned', item('i-1', 'certain', { state: 'held', heldSince: now }));
    bridge.push('interaction:assigned', item('i-2', 'unknown'));
    await bar.findByRole('button', { name: 'Swap' });
    await user.keyboard('{F2}');
    expect(sent('call:swap')).toMatchObject([{ request: { interactionId: 'i-1' } }]);
    expect(await screen.findByRole('article', { name: 'Call with Margaret Okafor' })).toBeDefined();
  });

  it('leaves the keyboard in the middle, where what had it went with the first', async () => {
    const { bridge } = await open();
    await waitFor(() => expect(document.activeElement?.id).toBe('place-centre'));
    bridge.push('interaction:assigned', item('i-1', 'certain'));
    const why = await screen.findByRole('button', { name: 'Why you' });
    act(() => why.focus());
    bridge.push('interaction:assigned', item('i-2', 'unknown'));
    await screen.findByRole('article', { name: /^Call with (?!Margaret)/ });
    await waitFor(() => expect(document.activeElement?.id).toBe('place-centre'));
  });

  it('that was ended is wrapped up until the first is taken back from hold: then that one is on the screen', async () => {
    const { bridge, user, sent } = await open();
    bridge.push('interaction:assigned', item('i-1', 'certain', { state: 'held', heldSince: now }));
    bridge.push('interaction:assigned', item('i-2', 'unknown'));
    bridge.push('call:changed', item('i-2', 'unknown', { state: 'ended', endedAt: now }).call);
    bridge.push('wrap-up:changed', { ...wrapUpOf('timed', now), interactionId: 'i-2' });
    await screen.findByRole('article', { name: 'Wrap-up' });
    await user.keyboard('{F4}');
    expect(sent('call:resume')).toMatchObject([{ request: { interactionId: 'i-1' } }]);
    expect(await screen.findByRole('article', { name: 'Call with Margaret Okafor' })).toBeDefined();
  });
});

describe('a call from a colleague', () => {
  it('says from whom it is, why, and what they wrote, before it is answered', async () => {
    const { bridge } = await open();
    const words = { reason: 'A credit', note: 'Approve it, please.', draft: 'October bill' };
    bridge.push(
      'reservation:offered',
      offer('i-1', { transfer: { fromAgentId: 'sam', fromName: 'Sam Ito', kind: 'transfer', ...words, at: now } }),
    );
    const pane = await screen.findByRole('article', { name: 'Incoming call' });
    expect(within(pane).getAllByText('Sam Ito hands this call over to you')).toHaveLength(2);
    for (const written of Object.values(words)) expect(within(pane).getByText(written)).toBeDefined();
  });
});

describe('a recorded call', () => {
  it('says so, and how long a pause lasts still', async () => {
    const { bridge, bar } = await open();
    bridge.push(
      'interaction:assigned',
      item('i-1', 'certain', { recording: { state: 'running', startedAt: Date.now() - 31_000, resumesAt: null } }),
    );
    await bar.findByText(/^Recording 0:3\d$/);
    bridge.push(
      'call:changed',
      item('i-1', 'certain', { recording: { state: 'paused', startedAt: Date.now() - 31_000, resumesAt: Date.now() + 300_000 } }).call,
    );
    await bar.findByText(/^Recording paused, on in (5:00|4:59)$/);
    expect(bar.getByRole('button', { name: 'Record' })).toBeDefined();
    bridge.push('call:changed', item('i-1', 'certain', { recording: { state: 'failed', startedAt: null, resumesAt: null } }).call);
    await bar.findByText('Not recorded');
  });

  it('of before is heard beside the call, by who may', async () => {
    const { bridge, user, sent, stores } = await open();
    bridge.answers['recording:open'] = () => ({ ok: true, value: { path: '/api/recordings/opened/t' } });
    bridge.push('interaction:assigned', item('i-1', 'certain'));
    const pane = within(await screen.findByRole('complementary', { name: 'Customer' }));
    await pane.findByText(/8:14, not for your role to hear/);
    expect(pane.queryByRole('button', { name: 'Play' })).toBeNull();
    act(() => stores.desk.setState(({ user: who }) => ({ user: who && { ...who, rights: [...who.rights, 'recording:listen'] } })));
    await pane.findByText('0:00 / 8:14');
    await user.click(pane.getByRole('button', { name: 'Play' }));
    await waitFor(() => expect(sent('recording:open')).toHaveLength(1));
  });
});

describe('a call out', () => {
  it('shows how far it is, and says afterwards why nobody was reached', async () => {
    const { bridge, bar } = await open();
    const calling = (progress: 'ownPhone' | 'ringing') => ({
      state: 'connecting' as const,
      answeredAt: null,
      dialled: { progress, unreached: null },
    });
    bridge.push('interaction:assigned', item('i-1', 'certain', calling('ownPhone')));
    await screen.findByText('Your own phone comes first and answers by itself.');
    bridge.push('call:changed', item('i-1', 'certain', calling('ringing')).call);
    await screen.findByText('It rings at Margaret Okafor.');
    expect(bar.getByText('Rings')).toBeDefined();
    const end = { by: 'system', reason: 'notReached', fault: 'caller' } as const;
    const busy = {
      ...calling('ringing'),
      state: 'ended' as const,
      endedAt: now,
      end,
      dialled: { progress: 'ringing', unreached: 'busy' } as const,
    };
    bridge.push('call:changed', item('i-1', 'certain', busy).call);
    bridge.push('interaction:completed', {
      interactionId: 'i-1',
      dispositionCode: 'none',
      automatic: true,
      today: { handled: 0, averageHandlingMs: null },
    });
    expect(await screen.findByText('The line is busy.')).toBeDefined();
  });

  it('says nothing to who hung up while it rang', async () => {
    const { bridge, stores } = await open();
    const ringing = { state: 'connecting' as const, answeredAt: null, dialled: { progress: 'ringing', unreached: null } as const };
    bridge.push('interaction:assigned', item('i-1', 'certain', ringing));
    await screen.findByText('It rings at Margaret Okafor.');
    const end = { by: 'agent', reason: 'hungUp', fault: 'unknown' } as const;
    bridge.push('call:changed', item('i-1', 'certain', { ...ringing, state: 'ended', endedAt: now, end }).call);
    const today = { handled: 0, averageHandlingMs: null };
    bridge.push('interaction:completed', { interactionId: 'i-1', dispositionCode: 'none', automatic: true, today });
    await waitFor(() => expect(stores.desk.getState().interactions).toEqual([]));
    expect(stores.notices.getState()).toEqual([]);
  });

  it('is offered from the palette and from the record only to who may call', async () => {
    const { bridge, user } = await open(['call:dial-out']);
    bridge.answers['customer:search'] = () => ({ ok: true, value: { hits: [] } });
    bridge.push('interaction:assigned', item('i-1', 'certain'));
    await user.click(await screen.findByRole('tab', { name: 'Overview' }));
    await waitFor(() => expect(screen.getAllByText(/900142/).length).toBeGreaterThan(0));
    expect(document.querySelectorAll('a[href^="tel:"]')).toHaveLength(0);
    await typeIntoPalette(user, '02079460000');
    await screen.findByText(/Nothing has these words/);
  });

  it('is a link on the record of who may', async () => {
    const { bridge, user } = await open();
    bridge.push('interaction:assigned', item('i-1', 'certain'));
    await user.click(await screen.findByRole('tab', { name: 'Overview' }));
    await waitFor(() => expect(document.querySelectorAll('a[href^="tel:"]').length).toBeGreaterThan(0));
  });
});
