import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { Board } from '../../../../shared/contracts/board.ts';
import { rightsOfRole } from '../../../../shared/contracts/rights.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { scriptFloor } from '../../../support/ui-stage/board-scenes.ts';
import { stageContacts } from '../../../support/ui-stage/floor.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();

/** As many people and queues as these stories need. */
const smaller = (board: Board): Board => ({
  ...board,
  agents: board.agents.slice(0, 9),
  queues: board.queues.filter(({ queueId }) => ['accounts', 'repairs', 'billing', 'sales'].includes(queueId)),
});

/** Two queues of written work, and who serves them. */
const written = (board: Board): Board => ({
  ...board,
  agents: board.agents.filter(({ queueIds }) => queueIds.some((id) => ['chat', 'written', 'german'].includes(id))),
  queues: board.queues.filter(({ queueId }) => ['chat', 'written'].includes(queueId)),
});

/** A supervisor at the board, on scripted outsides. */
async function open(role: 'supervisor' | 'administrator' = 'supervisor', floor = smaller) {
  const stage = deskOnStage(now);
  const user = { ...stage.snapshot.user, role, rights: [...rightsOfRole[role]] };
  const { agent } = stage.snapshot;
  stage.bridge.snapshotNow = { ...stage.snapshot, user, agent: role === 'supervisor' && agent ? { ...agent, agentId: 'ag-7' } : null };
  const board = scriptFloor(stage.bridge, now, 'en', floor);
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  const pointer = userEvent.setup();
  await pointer.click(await screen.findByRole('button', { name: 'Board' }));
  await screen.findByRole('heading', { name: 'Live board' });
  await screen.findByRole('table', { name: 'Queues' });
  stage.desk.board.choose({ scope: 'all' });
  return { ...stage, board, user: pointer };
}
const row = (name: string) => screen.getByRole('row', { name: new RegExp(name) });
const side = () => screen.getByRole('complementary');

beforeAll(() => {
  // jsdom has no media queries; the theme is fixed in these tests.
  standInForScreen();
});
afterEach(cleanup);

describe('watching', () => {
  it('begins with the board and ends when it is left', async () => {
    const { desk, sent } = await open();
    expect(sent('board:watch').length - sent('board:unwatch').length).toBe(1);
    desk.goTo('work');
    await waitFor(() => expect(sent('board:watch').length).toBe(sent('board:unwatch').length));
  });

  it('begins again after the connection was lost', async () => {
    const { bridge, sent, stores } = await open();
    const before = sent('board:watch').length;
    bridge.loseConnection();
    expect((await screen.findByRole('alert')).textContent).toContain('not connected, as of');
    bridge.answers['board:watch'] = () => ({ ok: true, value: { at: now + 60_000, queues: [], agents: [], alerts: [] } });
    bridge.restoreConnection();
    await waitFor(() => expect(stores.board.getState().board?.at).toBe(now + 60_000));
    expect(sent('board:watch')).toHaveLength(before + 1);
  });

  it('shows each board that is pushed, hidden page or not', async () => {
    const { bridge, board } = await open();
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    bridge.push('board:changed', {
      ...board,
      at: board.at + 1_000,
      queues: board.queues.map((each) => (each.queueId === 'sales' ? { ...each, waiting: 8 } : each)),
    });
    expect(await within(row('Sales, business')).findByRole('button', { name: 'Waiting, Sales, business: 8' })).toBeDefined();
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
  });

  it('says in plain words when the board cannot be had, and asks again when told to', async () => {
    const stage = deskOnStage(now);
    stage.bridge.snapshotNow = {
      ...stage.snapshot,
      user: { ...stage.snapshot.user, role: 'supervisor', rights: [...rightsOfRole.supervisor] },
    };
    const refused = { ok: false, error: { code: 'storage_unavailable', message: '' } } as const;
    stage.bridge.answers['board:watch'] = () => refused;
    stage.bridge.answers['configuration:read'] = () => refused;
    stage.desk.start();
    render(<App desk={stage.desk} i18n={createI18n('en')} />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Board' }));
    await screen.findByText('The board could not be read');
    scriptFloor(stage.bridge, now, 'en');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Queues' })).toBeDefined();
  });
});

describe('a number', () => {
  it('opens as many contacts as it says, and how it is made', async () => {
    const { user } = await open();
    await user.click(within(row('Repairs, fibre')).getByRole('button', { name: 'Waiting, Repairs, fibre: 4' }));
    const list = await within(side()).findByRole('list', { name: 'Waiting' });
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(4));
    expect(side().textContent).toContain('no agent has taken yet');
  });

  it('follows the board while its list is open', async () => {
    const { user, bridge, board } = await open();
    await user.click(within(row('Repairs, fibre')).getByRole('button', { name: 'Waiting, Repairs, fibre: 4' }));
    const list = await within(side()).findByRole('list', { name: 'Waiting' });
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(4));
    const later = {
      ...board,
      at: board.at + 1_000,
      queues: board.queues.map((each) => ({ ...each, waiting: each.queueId === 'repairs' ? 2 : 0 })),
    };
    const all = bridge.answers['board:contacts'];
    bridge.answers['board:contacts'] = (request) => {
      const outcome = all?.(request) as { ok: true; value: { contacts: readonly unknown[] } };
      return { ok: true, value: { contacts: outcome.value.contacts.slice(0, 2) } };
    };
    bridge.push('board:changed', later);
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(2));
  });

  it('of all queues in sight lists those queues only', async () => {
    const { user, desk } = await open();
    desk.board.choose({ scope: 'team' });
    const total = await screen.findByRole('button', { name: /^Waiting now/ });
    await user.click(total);
    const list = await within(side()).findByRole('list', { name: 'Waiting' });
    await waitFor(() => expect(String(within(list).getAllByRole('listitem').length)).toBe(/\d+/.exec(total.textContent ?? '')?.[0]));
  });
});

describe('why', () => {
  it('a contact waits is told in sentences, and Escape goes back to the list and then to the alerts', async () => {
    const { user, sent } = await open();
    await user.click(within(row('Repairs, fibre')).getByRole('button', { name: 'Waiting, Repairs, fibre: 4' }));
    await user.click(await within(side()).findByRole('button', { name: /Julia Brandt/ }));
    expect(await within(side()).findByText('It needs Fibre 3 and German.')).toBeDefined();
    expect(within(side()).getByText('Rosa Lind was free for 1 min 1 s, the longest of 2.')).toBeDefined();
    expect(sent('why:item')[0]?.request).toEqual({ workItemId: 'w-repairs-0' });
    await user.keyboard('{Escape}');
    expect(await within(side()).findByRole('list', { name: 'Waiting' })).toBeDefined();
    await user.keyboard('{Escape}');
    expect(within(side()).getByRole('heading', { name: 'Alerts' })).toBeDefined();
  });

  it('an agent gets nothing is told of them to the supervisor', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: /^Tom Reyes/ }));
    expect(await within(side()).findByText('Tom Reyes was taken out of Repairs, fibre.')).toBeDefined();
  });

  it('an agent gets nothing is told to the agent themselves', async () => {
    const stage = deskOnStage(now);
    scriptFloor(stage.bridge, now, 'en');
    stage.desk.start();
    render(<App desk={stage.desk} i18n={createI18n('en')} />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: /^Why am I getting nothing/ }));
    expect(await screen.findByText('You were taken out of Repairs, fibre.')).toBeDefined();
    expect(stage.sent('why:agent')[0]?.request).toEqual({ agentId: 'ag-1' });
  });
});

describe('what a supervisor can do', () => {
  it('sets somebody available, not ready, and signs out, without asking where no customer is affected', async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole('button', { name: /^Rosa Lind/ }));
    await user.click(within(side()).getByRole('button', { name: 'Available' }));
    await user.click(within(side()).getByRole('button', { name: 'Not ready' }));
    await user.click(await screen.findByRole('menuitem', { name: /Meeting/ }));
    await user.click(within(side()).getByRole('button', { name: 'Sign out' }));
    expect(sent('supervisor:set-presence').map(({ request }) => request)).toEqual([
      { agentId: 'ag-4', set: { presence: 'available' } },
      { agentId: 'ag-4', set: { presence: 'notReady', reason: 'meeting' } },
      { agentId: 'ag-4', set: { presence: 'loggedOut' } },
    ]);
  });

  it('asks before a customer is taken out of a conversation', async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole('button', { name: /^Daniel Price/ }));
    await user.click(within(side()).getByRole('button', { name: 'Release' }));
    expect(sent('supervisor:release')).toEqual([]);
    await user.click(await screen.findByRole('button', { name: 'To the front of the queue' }));
    expect(sent('supervisor:release').map(({ request }) => request)).toEqual([{ interactionId: 'i-1-0' }]);
  });

  it('changes skills and queues as a whole', async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole('button', { name: /^Tom Reyes/ }));
    await user.click(within(side()).getByRole('button', { name: 'Change' }));
    await user.selectOptions(within(side()).getByLabelText('Level of German'), '5');
    await user.selectOptions(within(side()).getByLabelText('Level of Billing'), 'none');
    await user.click(within(side()).getByRole('switch', { name: 'Repairs, fibre' }));
    await user.click(within(side()).getByRole('button', { name: 'Save' }));
    expect(sent('supervisor:set-skills').map(({ request }) => request)).toEqual([
      { agentId: 'ag-9', skills: { technical: 2, german: 5 }, leftQueueIds: [] },
    ]);
    expect(await within(side()).findByRole('button', { name: 'Change' })).toBeDefined();
  });

  it('gives a waiting contact another priority or queue, and refuses what is no priority', async () => {
    const { user, sent } = await open();
    await user.click(within(row('Repairs, fibre')).getByRole('button', { name: 'Waiting, Repairs, fibre: 4' }));
    await user.click(await within(side()).findByRole('button', { name: /Julia Brandt/ }));
    const field = within(side()).getByLabelText('Priority, 0 to 100');
    await user.type(field, '101{Enter}');
    expect(within(side()).getByText('A whole number from 0 to 100.')).toBeDefined();
    await user.clear(field);
    await user.type(field, '80{Enter}');
    await user.click(within(side()).getByRole('button', { name: 'Move to a queue' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sales, business' }));
    expect(sent('supervisor:move-item').map(({ request }) => request)).toEqual([
      { workItemId: 'w-repairs-0', priority: 80, queueId: null },
      { workItemId: 'w-repairs-0', priority: null, queueId: 'sales' },
    ]);
  });
});

describe('written work', () => {
  it('is a list for each place where it may be, a step from one to the next, with who has it and until when', async () => {
    const { user, sent } = await open('supervisor', written);
    await user.click(within(row('SMS and e-mail')).getByRole('button', { name: 'Waiting, SMS and e-mail: 0' }));
    const parts = await within(side()).findByRole('group', { name: 'The contacts of this queue' });
    expect(within(parts).getAllByRole('radio')).toHaveLength(4);
    await user.click(within(parts).getByRole('radio', { name: 'Snoozed 2' }));
    const list = await within(side()).findByRole('list', { name: 'Snoozed' });
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(2));
    expect(within(list).getAllByRole('listitem')[0]?.textContent).toMatch(/until /);
    // The keyboard stays where one chooses, and the arrows go on.
    expect(document.activeElement).toBe(within(parts).getByRole('radio', { name: 'Snoozed 2' }));
    await user.keyboard('{ArrowLeft}');
    expect(await within(side()).findByRole('list', { name: 'Waiting for the customer' })).toBeDefined();
    expect(sent('board:contacts').map(({ request }) => (request as { figure: string }).figure)).toEqual([
      'waiting',
      'snoozed',
      'forCustomer',
    ]);
  });

  it('is given to somebody by name from the keyboard; refused, it says what to do, and another can be chosen', async () => {
    const { user, sent, bridge } = await open('supervisor', written);
    await user.click(within(row('Web chat')).getByRole('button', { name: 'Waiting, Web chat: 2' }));
    await user.click(await within(side()).findByRole('button', { name: /Julia Brandt/ }));
    await user.click(await within(side()).findByRole('button', { name: 'Give to an agent' }));
    const dialog = await screen.findByRole('dialog', { name: 'Give to an agent: Julia Brandt' });
    expect(dialog.textContent).toContain('Whoever you choose is offered it by name. Not taken, it waits in Web chat.');
    // Whoever serves the queue is first, whoever is signed out is not among them.
    const names = within(dialog).getAllByRole('option');
    expect(names.slice(0, 4).every(({ textContent }) => textContent?.includes('Extension'))).toBe(true);
    bridge.answers['supervisor:give-work'] = () => ({ ok: false, error: { code: 'conflict', message: '', why: 'noRoom' } });
    await user.keyboard('vera{Enter}');
    expect(await screen.findByText(/They have as many contacts as they may/)).toBeDefined();
    delete bridge.answers['supervisor:give-work'];
    await user.clear(within(dialog).getByRole('combobox'));
    await user.click(within(dialog).getByLabelText('A note for them'));
    await user.paste('She asks for you.');
    await user.click(within(dialog).getByRole('option', { name: /Yusuf Ali/ }));
    await user.click(within(dialog).getByRole('button', { name: 'Give it to Yusuf Ali' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent('supervisor:give-work').map(({ request }) => request)).toEqual([
      { interactionId: 'i-chat-0', agentId: 'ag-29', note: '' },
      { interactionId: 'i-chat-0', agentId: 'ag-19', note: 'She asks for you.' },
    ]);
  });

  it('is shown as it is now, not as it was listed: put off by somebody, then offered to another', async () => {
    const { desk, bridge, board } = await open('supervisor', written);
    const why = (now_: object) => {
      bridge.answers['why:item'] = () => ({ ok: true, value: { now: [now_], steps: [] } }) as never;
    };
    const [contact] = stageContacts(board, 'written', 'snoozed', 'en');
    if (!contact) throw new Error('nothing is put off');
    why({ code: 'itemSnoozed', facts: { agentId: 'ag-33', agent: 'Olga Sedova', leftMs: 3_600_000 } });
    desk.board.showContact(contact);
    await within(side()).findByText('Olga Sedova has put it off');
    expect(within(side()).getByText('Olga Sedova')).toBeDefined();
    expect(within(side()).getByText(/^until /)).toBeDefined();
    why({ code: 'itemRings', facts: { agentId: 'ag-19', agent: 'Yusuf Ali', leftMs: 9_000, channel: 'email' } });
    bridge.push('board:changed', { ...board, at: board.at + 1_000 });
    await within(side()).findByText('It is offered to Yusuf Ali now,');
    expect(within(side()).queryByText('Olga Sedova')).toBeNull();
    expect(within(side()).queryByText(/^until /)).toBeNull();
  });

  it('is given on from whoever has it, and asked for before it is taken back', async () => {
    const { user, sent } = await open('supervisor', written);
    await user.click(screen.getByRole('button', { name: /^Owen Hughes/ }));
    await user.click(within(side()).getAllByRole('button', { name: 'Give to an agent' })[0] as HTMLElement);
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Owen Hughes loses it and is told.');
    expect(within(dialog).queryByRole('option', { name: /Owen Hughes/ })).toBeNull();
    await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    await user.click(within(side()).getAllByRole('button', { name: 'Release' })[0] as HTMLElement);
    expect((await screen.findByRole('dialog', { name: 'Take it back from Owen Hughes?' })).textContent).toContain('A draft stays with it.');
    expect(sent('supervisor:release')).toEqual([]);
  });
});

describe('alerts', () => {
  it('sound when one is raised, once, and not when the sound is off', async () => {
    const { bridge, board, heard, user } = await open();
    expect(heard).not.toContain('chime');
    const [first] = board.alerts;
    if (!first) throw new Error('The stage has no alert.');
    const with_ = (alertId: string, at: number) => ({ ...board, at: board.at + at, alerts: [...board.alerts, { ...first, alertId }] });
    bridge.push('board:changed', with_('new-1', 1_000));
    bridge.push('board:changed', with_('new-1', 2_000));
    expect(heard.filter((sound) => sound === 'chime')).toHaveLength(1);
    await user.click(within(side()).getByRole('button', { name: 'Sound on' }));
    bridge.push('board:changed', with_('new-2', 3_000));
    expect(heard.filter((sound) => sound === 'chime')).toHaveLength(1);
  });
});

describe('the wallboard', () => {
  it('takes the whole window, has nothing to operate, and is left by Escape', async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole('button', { name: 'Wallboard' }));
    expect(await screen.findByRole('main', { name: 'Wallboard' })).toBeDefined();
    expect(screen.queryAllByRole('button')).toEqual([]);
    expect(sent('board:watch').length - sent('board:unwatch').length).toBe(1);
    await user.keyboard('{Escape}');
    expect(await screen.findByRole('heading', { name: 'Live board' })).toBeDefined();
  });
});

describe('the call of somebody else', () => {
  const talker = 'Daniel Price';
  const about = { agentName: talker, queueName: { en: 'Repairs, fibre', zh: '宽带故障' }, customer: 'Kestrel Housing' };
  /** As the bridge does it: told at once, answered when the phone was. */
  function answersSupervision({ bridge, snapshot }: Pick<Awaited<ReturnType<typeof open>>, 'bridge' | 'snapshot'>) {
    const { agent } = snapshot;
    bridge.answers['call:supervise'] = ({ interactionId, how }) => {
      if (agent) bridge.push('agent:changed', { ...agent, agentId: 'ag-7', workState: 'supervising', since: now - 12_000 });
      bridge.push('supervising:changed', { interactionId, how, reservationId: 'r-s', about });
      return { ok: true, value: {} };
    };
    bridge.answers['call:stop-supervising'] = () => {
      if (agent) bridge.push('agent:changed', { ...agent, agentId: 'ag-7' });
      bridge.push('supervising:changed', { interactionId: 'i-1-0', how: null, reservationId: 'r-s' });
      return { ok: true, value: {} };
    };
  }
  const panel = () => screen.findByRole('region', { name: 'The call you are in' });
  async function listening() {
    const stage = await open();
    answersSupervision(stage);
    await stage.user.click(screen.getByRole('button', { name: new RegExp(talker) }));
    await stage.user.click(await within(side()).findByRole('button', { name: 'Listen' }));
    return { ...stage, panel: await panel() };
  }

  it('is heard from the row of its agent; the panel says whom, how, and that nobody hears oneself, and has the keyboard', async () => {
    const { panel: shown, sent, phone } = await listening();
    expect(sent('call:supervise')[0]?.request).toEqual({ interactionId: 'i-1-0', how: 'monitor' });
    expect(shown.textContent).toContain(talker);
    expect(shown.textContent).toContain('with Kestrel Housing, Repairs, fibre');
    expect(shown.textContent).toMatch(/(?:0:[1-5]|[1-9]:[0-5])\d/);
    expect(shown.textContent).toContain('Neither side hears you. Your microphone is closed.');
    expect(shown.textContent).toContain(`${talker} sees that you are there.`);
    await waitFor(() => expect(document.activeElement).toBe(shown));
    expect(phone.deeds).toContain('mute');
  });

  it('changes its way by 1, 2 and 3, and the microphone follows', async () => {
    const { panel: shown, user, sent, phone } = await listening();
    await user.keyboard('2');
    await within(shown).findByText(/Daniel Price alone hears you/);
    expect(shown.textContent).toContain('Your microphone is open.');
    expect(phone.deeds.at(-1)).toBe('unmute');
    await user.keyboard('3');
    await within(shown).findByText(/Both sides hear you/);
    await user.keyboard('1');
    await within(shown).findByText(/Neither side hears you/);
    expect(phone.deeds.at(-1)).toBe('mute');
    expect(sent('call:supervise').map(({ request }) => (request as { how: string }).how)).toEqual([
      'monitor',
      'whisper',
      'barge',
      'monitor',
    ]);
  });

  it('is taken over by 4, asked once more, and the work is what is shown then', async () => {
    const { user, sent, stores, phone } = await listening();
    await user.keyboard('4');
    expect(sent('call:take-over')).toHaveLength(0);
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: 'Take over' }));
    await waitFor(() => expect(stores.view.getState().place).toBe('work'));
    expect(sent('call:take-over')).toHaveLength(1);
    expect(phone.deeds.at(-1)).toBe('unmute');
  });

  it('stands on the line of the call bar, and F12 leaves it', async () => {
    const { user, sent } = await listening();
    expect(within(screen.getByRole('region', { name: 'Call' })).getByText('Listening: Daniel Price')).toBeDefined();
    await user.keyboard('{F12}');
    await waitFor(() => expect(sent('call:stop-supervising')).toHaveLength(1));
  });

  it('is left by its button, and stays in sight at every other place until then', async () => {
    const { desk, user, sent } = await listening();
    desk.goTo('customers');
    await waitFor(async () => expect((await panel()).className).toContain('is-strip'));
    await user.click(within(await panel()).getByRole('button', { name: /^Leave/ }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'The call you are in' })).toBeNull());
    expect(sent('call:stop-supervising')).toHaveLength(1);
  });

  it('is left for the call of another one', async () => {
    const { user, sent } = await listening();
    await user.click(screen.getByRole('button', { name: /Elif Kaya/ }));
    const inHand = await within(side()).findByRole('list', { name: 'In hand' });
    await user.click(within(inHand).getByRole('button', { name: 'Whisper' }));
    await waitFor(() => expect(sent('call:supervise')).toHaveLength(2));
    expect(sent('call:stop-supervising')).toHaveLength(1);
  });

  it('names who has it now when it was given to a colleague', async () => {
    const { panel: shown, bridge } = await listening();
    bridge.push('supervising:changed', {
      interactionId: 'i-2-0',
      how: 'monitor',
      reservationId: 'r-s',
      about: { ...about, agentName: 'Elif Kaya', customer: null },
    });
    await within(shown).findByText('Elif Kaya');
    expect(within(screen.getByRole('button', { name: /Elif Kaya/ })).getByLabelText('The call you are in')).toBeDefined();
  });

  it('is refused in plain words', async () => {
    const stage = await open();
    stage.bridge.answers['call:supervise'] = () => ({ ok: false, error: { code: 'device_unreachable', message: '' } });
    await stage.user.click(screen.getByRole('button', { name: new RegExp(talker) }));
    await stage.user.click(await within(side()).findByRole('button', { name: 'Join' }));
    await screen.findByText('Your own phone was rung and did not answer.');
    expect(stage.phone.deeds).not.toContain('unmute');
  });

  it('is not offered to who may not be in it, nor to who has no phone', async () => {
    const { user } = await open('administrator');
    await user.click(screen.getByRole('button', { name: new RegExp(talker) }));
    await within(side()).findByText('In conversation');
    expect(within(side()).queryByRole('button', { name: 'Listen' })).toBeNull();
  });
});
