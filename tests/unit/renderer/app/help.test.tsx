import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { HelpCall } from '../../../../shared/contracts/help.ts';
import { rightsOfRole } from '../../../../shared/contracts/rights.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { scriptFloor } from '../../../support/ui-stage/board-scenes.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();

const hand = (change: Partial<HelpCall> = {}): HelpCall => ({
  interactionId: 'i-1',
  agentId: 'ag-1',
  agentName: 'Lena Hartmann',
  queueName: { en: 'Key accounts, billing', zh: '大客户账务' },
  channel: 'voice',
  askedAt: now - 42_000,
  words: 'Credit of £1,284',
  taken: null,
  ...change,
});
const byDana = { userId: 'u-dana', name: 'Dana Whitlock', at: now };

/** Lena, who talks with Margaret Okafor. */
async function talking(told: number) {
  const stage = deskOnStage(now);
  stage.bridge.answers['help:ask'] = ({ words }) => {
    stage.bridge.push('help:changed', { calls: [hand({ words })] });
    return { ok: true, value: { told } };
  };
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  await screen.findByRole('heading', { name: 'My work' });
  stage.bridge.push('interaction:assigned', {
    ...{ interactionId: 'i-1', reservationId: 'r-1', state: 'assigned', pop: pop('certain', now, 60_000, 'en') },
    call: { interactionId: 'i-1', reservationId: 'r-1', state: 'talking', answeredAt: now, heldSince: null, endedAt: null, end: null },
    ...{ wrapUp: null, draft: null },
  });
  await screen.findByRole('article', { name: 'Call with Margaret Okafor' });
  return { ...stage, user: userEvent.setup() };
}

/** Dana, a supervisor who is at her own work. */
async function supervising(calls: HelpCall[]) {
  const stage = deskOnStage(now);
  const user = { ...stage.snapshot.user, userId: 'u-dana', role: 'supervisor', rights: [...rightsOfRole.supervisor] };
  const { agent } = stage.snapshot;
  stage.bridge.snapshotNow = { ...stage.snapshot, user, agent: agent && { ...agent, agentId: 'ag-7' }, help: calls };
  const board = scriptFloor(stage.bridge, now, 'en');
  const lena = board.agents.find(({ name }) => name === 'Lena Hartmann')?.agentId ?? '';
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  await screen.findByRole('heading', { name: 'My work' });
  return { ...stage, lena, user: userEvent.setup() };
}

beforeAll(() => {
  standInForScreen();
});
afterEach(cleanup);

describe('an agent', () => {
  it('asks by keys alone, sees since when and who comes, and takes the hand down', async () => {
    const { user, sent, bridge } = await talking(2);
    await user.keyboard('{Control>}{Shift>}s{/Shift}{/Control}');
    const form = await screen.findByRole('dialog', { name: 'Ask for help' });
    await waitFor(() => expect(document.activeElement).toBe(within(form).getByLabelText('What you need')));
    await user.keyboard(' Credit of £1,284 {Enter}');
    expect(sent('help:ask')).toMatchObject([{ request: { interactionId: 'i-1', words: 'Credit of £1,284' } }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByRole('button', { name: /^Help asked 0:4\d$/ })).toBeDefined();

    bridge.push('help:changed', { calls: [hand({ taken: byDana })] });
    await user.click(await screen.findByRole('button', { name: 'Dana Whitlock is coming' }));
    expect(screen.getAllByRole('status').some(({ textContent }) => textContent === 'Dana Whitlock is coming')).toBe(true);
    await user.click(await screen.findByRole('button', { name: 'That is done' }));
    expect(sent('help:withdraw')).toMatchObject([{ request: { interactionId: 'i-1' } }]);
    bridge.push('help:changed', { calls: [] });
    expect(await screen.findByRole('button', { name: 'Ask for help' })).toBeDefined();
  });

  it('is told when nobody who supervises them is there', async () => {
    const { user } = await talking(0);
    await user.click(screen.getByRole('button', { name: 'Ask for help' }));
    await user.keyboard('{Enter}');
    expect(await screen.findByText('No supervisor of yours is signed in. Whoever signs in sees it.')).toBeDefined();
  });
});

describe('a supervisor', () => {
  it('elsewhere sees how many ask and hears it once, comes by a key, and has that agent before them', async () => {
    const { user, bridge, sent, stores, heard, lena } = await supervising([]);
    expect(screen.queryByRole('button', { name: /waits? for help/ })).toBeNull();
    const asks = hand({ agentId: lena });
    bridge.push('help:changed', { calls: [asks] });
    bridge.push('help:changed', { calls: [{ ...asks, words: 'other words' }] });
    expect(heard.filter((each) => each === 'chime')).toHaveLength(1);
    await user.click(await screen.findByRole('button', { name: /1 person waits for help/ }));
    expect(await screen.findByText('other words')).toBeDefined();
    bridge.answers['help:take'] = ({ interactionId }) => {
      bridge.push('help:changed', { calls: [{ ...asks, interactionId, taken: byDana }] });
      return { ok: true, value: {} };
    };
    await user.keyboard('{Control>}{Shift>}g{/Shift}{/Control}');
    expect(sent('help:take')).toMatchObject([{ request: { interactionId: 'i-1' } }]);
    await waitFor(() => expect(stores.view.getState().place).toBe('board'));
    const side = await screen.findByRole('complementary');
    expect(await within(side).findByText('You are coming')).toBeDefined();
    await user.click(within(side).getByRole('button', { name: 'Cannot come' }));
    expect(sent('help:return')).toMatchObject([{ request: { interactionId: 'i-1' } }]);
  });

  it('has whoever asks before the alerts and marked among the people, as text whatever they wrote', async () => {
    const { user, desk, bridge, lena } = await supervising([]);
    desk.goTo('board');
    await screen.findByRole('table', { name: 'Queues' });
    bridge.push('help:changed', { calls: [hand({ agentId: lena, words: '<img src=x onerror=alert(1)>' })] });
    const side = screen.getByRole('complementary');
    expect(await within(side).findByText('<img src=x onerror=alert(1)>')).toBeDefined();
    expect(side.querySelector('img')).toBeNull();
    expect(within(side).getByText('Lena Hartmann asks for help')).toBeDefined();
    const card = screen.getAllByRole('button', { name: /Lena Hartmann/ }).find((each) => each.className.includes('person-card'));
    expect(within(card as HTMLElement).getByLabelText('Asks for help')).toBeDefined();
    await user.click(card as HTMLElement);
    expect(await within(side).findByRole('button', { name: 'I’ll come' })).toBeDefined();
  });
});
