import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { rightsOfRole } from '../../../../shared/contracts/rights.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { scriptFlows } from '../../../support/ui-stage/flow-scenes.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();

/** Somebody at the flows, on scripted outsides; the clock of drafts is stepped by hand. */
async function open(role: 'administrator' | 'supervisor' = 'administrator') {
  const stage = deskOnStage(now);
  const user = { ...stage.snapshot.user, role, rights: [...rightsOfRole[role]] };
  stage.bridge.snapshotNow = { ...stage.snapshot, user };
  const scripted = scriptFlows(stage.bridge, now, 'en');
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  stage.desk.goTo('flows');
  await screen.findByRole('button', { name: 'Open Business line, day' });
  return { ...stage, scripted, user: userEvent.setup() };
}
async function onBoard(role: 'administrator' | 'supervisor' = 'administrator') {
  const stage = await open(role);
  await stage.user.click(screen.getByRole('button', { name: 'Open Business line, day' }));
  await screen.findByRole('group', { name: /^Main menu, Menu/ });
  const flow = () => {
    const { open: board } = stage.stores.flows.getState();
    if (!board) throw new Error('no flow is open');
    return board.history.present;
  };
  return { ...stage, flow };
}
const node = (name: RegExp) => screen.getByRole('group', { name });
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

beforeAll(async () => {
  await Promise.all([import('../../../../renderer/app/Workplace.tsx'), import('../../../../renderer/features/flows/index.ts')]);
  standInForScreen();
  // What a drawing asks of a screen, and jsdom has none.
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  globalThis.DOMMatrixReadOnly ??= class {
    m22 = 1;
  } as unknown as typeof DOMMatrixReadOnly;
  document.elementFromPoint ??= () => null;
});
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('all flows', () => {
  it('tell what is live since when and by whom, who has a draft, and which numbers lead there', async () => {
    await open();
    const [, day, night] = within(screen.getByRole('table')).getAllByRole('row');
    expect(day?.textContent).toMatch(/version 14.*by Ruth Adeyemi.*draft 15.*08005550110/);
    expect(night?.textContent).toMatch(/version 3.*none/);
  });

  it('are not removed while a number leads there', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: 'Remove the flow: Night and weekends' }));
    expect(screen.getByText(/must be given another flow first: 08005550110/)).toBeDefined();
    expect(within(screen.getByRole('dialog')).getByRole<HTMLButtonElement>('button', { name: 'Remove the flow' }).disabled).toBe(true);
  });

  it('begin with a small one, under a short name that nobody has', async () => {
    const { user, scripted } = await open();
    await user.click(screen.getByRole('button', { name: 'New flow' }));
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(screen.getAllByText('A name is missing.')).toHaveLength(2);
    await user.type(screen.getByRole('textbox', { name: 'Name in English' }), 'Night');
    await user.type(screen.getByRole('textbox', { name: 'Name in Chinese' }), '夜间二线');
    expect(screen.getByText('Another flow has this short name.')).toBeDefined();
    await user.type(screen.getByRole('textbox', { name: 'Name in English' }), ' two');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Begin with' }), 'hours');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    await screen.findByRole('group', { name: /^Opening hours/ });
    expect(scripted.drafts.get('night-two')?.flow.nodes.hours?.exits).toEqual({ open: 'welcome', closed: 'voicemail' });
  });
});

describe('the numbers', () => {
  it('lead to flows in an order that is saved as a whole', async () => {
    const { user, scripted } = await open();
    await user.click(screen.getByRole('radio', { name: 'Numbers' }));
    await user.click(screen.getByRole('button', { name: 'Take line 2 earlier' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(scripted.entriesRevision).toBe(5));
    expect(scripted.entries[0]?.flows.map(({ flowId }) => flowId)).toEqual(['night', 'business-day']);
    await waitFor(() => expect(screen.queryByText('Not saved yet')).toBeNull());
  });

  it('are refused with what is wrong at the number itself', async () => {
    const { user, scripted } = await open();
    await user.click(screen.getByRole('radio', { name: 'Numbers' }));
    await user.click(screen.getByRole('button', { name: 'Add a number' }));
    const [, added] = screen.getAllByRole('textbox', { name: 'Number called' });
    if (added) await user.type(added, 'abc');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('This is no number: up to 20 digits, with or without a plus.');
    expect(scripted.entriesRevision).toBe(4);
  });

  it('are not saved over what somebody else has saved meanwhile', async () => {
    const { user, scripted } = await open();
    await user.click(screen.getByRole('radio', { name: 'Numbers' }));
    await user.click(screen.getByRole('button', { name: 'Take line 2 earlier' }));
    scripted.entriesRevision = 9;
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await user.click(await screen.findByRole('button', { name: 'Take theirs' }));
    await waitFor(() => expect(screen.queryByText('Not saved yet')).toBeNull());
  });
});

describe('the drawing board', () => {
  it('draws every node with what it does, and says what is wrong with it', async () => {
    const { flow } = await onBoard();
    expect(screen.getAllByRole('group', { name: /, .*\./ }).length).toBeGreaterThanOrEqual(Object.keys(flow().nodes).length);
    await screen.findByRole('group', { name: 'Main menu, Menu. keys 1, 2, 3, 4, 0 1 error' });
    expect(screen.getByText('1 error')).toBeDefined();
    expect(screen.getByText('“4 Contract” leads nowhere.')).toBeDefined();
  });

  it('goes to a problem: its node is chosen and its setting has the keyboard', async () => {
    const { user, stores } = await onBoard();
    await user.click(await screen.findByRole('button', { name: /^Show: Main menu/ }));
    expect(stores.flows.getState().open?.selected).toEqual(['menu']);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox', { name: '4 Contract leads to' })));
    await user.selectOptions(screen.getByRole('combobox', { name: '4 Contract leads to' }), 'sales');
    await waitFor(() => expect(screen.queryByText('1 error')).toBeNull());
  });

  it('is used with the keyboard alone: from node to node, a node behind another, an exit connected, one removed', async () => {
    const { user, flow, stores } = await onBoard();
    act(() => node(/^Business line/).focus());
    press('ArrowRight');
    expect(document.activeElement).toBe(node(/^Opening hours/));
    press('n');
    const adding = await screen.findByRole('dialog', { name: 'Add a node' });
    await user.selectOptions(within(adding).getByRole('combobox', { name: 'Kind of node' }), 'play');
    await user.selectOptions(within(adding).getByRole('combobox', { name: 'Behind Opening hours' }), 'open');
    await user.click(within(adding).getByRole('button', { name: 'Add' }));
    expect(flow().nodes.hours?.exits.open).toBe('play');
    expect(flow().nodes.play?.exits).toEqual({ next: 'find' });
    expect(stores.flows.getState().open?.selected).toEqual(['play']);

    act(() => node(/^Opening hours/).focus());
    act(() => stores.flows.setState(({ open: board }) => ({ open: board && { ...board, selected: ['hours'] } })));
    press('c');
    const connecting = await screen.findByRole('dialog', { name: 'Connect an exit of Opening hours' });
    await user.selectOptions(within(connecting).getByRole('combobox', { name: 'Exit' }), 'holiday');
    await user.selectOptions(within(connecting).getByRole('combobox', { name: 'Leads to' }), 'voicemail');
    await user.click(within(connecting).getByRole('button', { name: 'Connect' }));
    expect(flow().nodes.hours?.exits.holiday).toBe('voicemail');

    act(() => stores.flows.setState(({ open: board }) => ({ open: board && { ...board, selected: ['play'] } })));
    act(() => node(/^Play/).focus());
    press('Delete');
    expect(flow().nodes.play).toBeUndefined();
    press('z', { ctrlKey: true });
    expect(flow().nodes.play).toBeDefined();
    press('z', { ctrlKey: true, shiftKey: true });
    expect(flow().nodes.play).toBeUndefined();
  });

  it('opens the settings of a node with Enter, and moves it with Shift and an arrow', async () => {
    const { flow } = await onBoard();
    act(() => node(/^Business line/).focus());
    press('ArrowRight');
    press('ArrowDown', { shiftKey: true });
    press('ArrowDown', { shiftKey: true });
    const { hours, answer } = flow().layout;
    expect((hours?.y ?? 0) - (answer?.y ?? 0)).toBeGreaterThanOrEqual(16);
    press('Enter');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name on the drawing' })));
  });

  it('copies nodes to the clipboard and takes them from it, and tells what is none', async () => {
    const { flow, stores } = await onBoard();
    act(() => stores.flows.setState(({ open: board }) => ({ open: board && { ...board, selected: ['menu', 'sales'] } })));
    const board = screen.getByRole('group', { name: 'Drawing of the flow' });
    let copied = '';
    fireEvent.copy(board, { clipboardData: { setData: (_type: string, text: string) => (copied = text) } });
    expect(copied).toContain('flow-nodes');
    fireEvent.paste(board, { clipboardData: { getData: () => copied } });
    expect(flow().nodes['menu-2']?.exits).toEqual({ '3': 'sales-2' });
    fireEvent.paste(board, { clipboardData: { getData: () => 'something else' } });
    expect(await screen.findByText('There are no nodes on the clipboard.')).toBeDefined();
  });

  it('says what is no value yet, keeps it out of the draft, and saves as soon as it is there', async () => {
    const { user, scripted, flow } = await onBoard();
    await user.click(within(screen.getByRole('navigation', { name: 'Nodes to add' })).getByRole('button', { name: 'Transfer' }));
    const number = await screen.findByRole('textbox', { name: 'Number to call' });
    await screen.findByText('Not saved: something has no value yet');
    expect(scripted.drafts.get('business-day')?.revision).toBe(15);
    await user.type(number, '02079460000');
    await screen.findByText('Saved');
    expect(scripted.drafts.get('business-day')?.flow.nodes).toEqual(flow().nodes);
  });

  it('lets one only look who may not change', async () => {
    const { sent } = await onBoard('supervisor');
    expect(screen.getByText('Read only')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Publish' })).toBeNull();
    act(() => node(/^Main menu/).focus());
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name on the drawing' }).readOnly).toBe(true);
    press('Delete');
    expect(node(/^Main menu/)).toBeDefined();
    expect(sent('flow:save-draft')).toEqual([]);
  });

  it('has nothing that axe would name', async () => {
    const { desk } = await onBoard();
    act(() => desk.flows.select(['menu']));
    // Colours need a real screen.
    const found = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
});

describe('a draft', () => {
  it('is checked when the hand rests, and only the last answer counts', async () => {
    const { bridge, desk, stores } = await onBoard();
    vi.useFakeTimers();
    const answers: ((problems: number) => void)[] = [];
    const { upload } = bridge;
    bridge.upload = ((name: 'flow:check', request: never) =>
      name === 'flow:check'
        ? new Promise<unknown>((resolve) => {
            answers.push((problems) =>
              resolve({
                ok: true,
                value: {
                  problems: Array.from({ length: problems }, () => ({
                    severity: 'error',
                    code: 'unreachable',
                    nodeId: 'menu',
                    field: null,
                    what: '',
                    facts: {},
                  })),
                },
              }),
            );
          })
        : upload(name, request)) as typeof bridge.upload;
    const put = (value: string) => desk.flows.change({ kind: 'put', nodeId: 'menu', path: 'label', value });
    put('A');
    await vi.advanceTimersByTimeAsync(399);
    put('AB');
    await vi.advanceTimersByTimeAsync(399);
    expect(answers).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1);
    put('ABC');
    await vi.advanceTimersByTimeAsync(400);
    expect(answers).toHaveLength(2);
    answers[1]?.(1);
    await vi.advanceTimersByTimeAsync(0);
    answers[0]?.(5);
    await vi.advanceTimersByTimeAsync(0);
    expect(stores.flows.getState().open?.problems).toHaveLength(1);
  });

  it('that somebody else saved meanwhile is not overwritten unasked', async () => {
    const { user, desk, scripted, flow } = await onBoard();
    scripted.drafts.set('business-day', { flow: { ...flow(), name: { en: 'Theirs', zh: '对方' } }, revision: 20 });
    act(() => desk.flows.change({ kind: 'put', nodeId: 'menu', path: 'label', value: 'Mine' }));
    await act(() => desk.flows.save());
    await screen.findByText('Somebody else has saved this draft meanwhile.');
    expect(scripted.drafts.get('business-day')?.flow.name.en).toBe('Theirs');
    await user.click(screen.getByRole('button', { name: 'Keep mine' }));
    await waitFor(() => expect(scripted.drafts.get('business-day')?.revision).toBe(21));
    expect(scripted.drafts.get('business-day')?.flow.nodes.menu?.label).toBe('Mine');
  });

  it('is put on the board again when theirs is taken', async () => {
    const { user, desk, scripted, flow } = await onBoard();
    scripted.drafts.set('business-day', { flow: { ...flow(), name: { en: 'Theirs', zh: '对方' } }, revision: 20 });
    act(() => desk.flows.change({ kind: 'put', nodeId: 'menu', path: 'label', value: 'Mine' }));
    await act(() => desk.flows.save());
    await user.click(await screen.findByRole('button', { name: 'Take theirs' }));
    await screen.findByRole('heading', { name: 'Theirs' });
    expect(flow().nodes.menu?.label).toBe('Main menu');
  });

  it('that could not be saved is saved as soon as the bridge is there again', async () => {
    const { desk, bridge, scripted } = await onBoard();
    const { upload } = bridge;
    bridge.upload = () => Promise.resolve({ ok: false, error: { code: 'offline', message: '' } });
    act(() => desk.flows.change({ kind: 'put', nodeId: 'menu', path: 'label', value: 'Mine' }));
    await act(() => desk.flows.save());
    await screen.findByRole('button', { name: 'Save again' });
    bridge.upload = upload;
    act(() => {
      bridge.loseConnection();
      bridge.restoreConnection();
    });
    await waitFor(() => expect(scripted.drafts.get('business-day')?.flow.nodes.menu?.label).toBe('Mine'));
  });

  it('whose answer was lost goes on from what was stored, and does not clash with itself', async () => {
    const { desk, bridge, scripted, stores } = await onBoard();
    const { upload } = bridge;
    bridge.upload = async (...given) => {
      await upload(...given);
      return { ok: false, error: { code: 'offline', message: '' } };
    };
    act(() => desk.flows.change({ kind: 'put', nodeId: 'menu', path: 'label', value: 'Stored' }));
    await act(() => desk.flows.save());
    expect(scripted.drafts.get('business-day')?.flow.nodes.menu?.label).toBe('Stored');
    bridge.upload = upload;
    act(() => desk.flows.change({ kind: 'put', nodeId: 'menu', path: 'label', value: 'Told' }));
    await act(() => desk.flows.save());
    expect(stores.flows.getState().open?.saving).toEqual({ phase: 'saved' });
    expect(scripted.drafts.get('business-day')?.flow.nodes.menu?.label).toBe('Told');
  });

  it('is saved before its writer signs out', async () => {
    const { desk, scripted } = await onBoard();
    act(() => desk.flows.change({ kind: 'put', nodeId: 'menu', path: 'label', value: 'Last words' }));
    await act(() => desk.signOut());
    expect(scripted.drafts.get('business-day')?.flow.nodes.menu?.label).toBe('Last words');
  });

  it('is published with a note once nothing is wrong with it', async () => {
    const { user, desk, sent, scripted } = await onBoard();
    const publish = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Publish' });
    await waitFor(() => expect(publish().disabled).toBe(true));
    act(() => desk.flows.change({ kind: 'connect', from: 'menu', exit: '4', to: 'sales' }));
    await waitFor(() => expect(publish().disabled).toBe(false));
    await user.click(publish());
    const dialog = await screen.findByRole('dialog', { name: 'Publish Business line, day' });
    await user.type(within(dialog).getByRole('textbox'), 'Key 4 for contracts');
    await user.click(within(dialog).getByRole('button', { name: 'Publish' }));
    await screen.findByText('Business line, day: version 15 is live');
    expect(sent('flow:publish').at(-1)?.request).toEqual({ flowId: 'business-day', draftRevision: 16, note: 'Key 4 for contracts' });
    expect(scripted.live.get('business-day')?.version).toBe(15);
    await screen.findByText('as live');
    expect(publish().disabled).toBe(true);
  });

  it('stays as it is when it is refused, and says why', async () => {
    const { desk, bridge, stores } = await onBoard();
    act(() => desk.flows.change({ kind: 'connect', from: 'menu', exit: '4', to: 'sales' }));
    const problem = {
      severity: 'error',
      code: 'testFailed',
      nodeId: null,
      field: null,
      what: '',
      facts: { test: 'Gold waits least' },
    } as const;
    bridge.answers['flow:publish'] = () => ({ ok: true, value: { published: false, problems: [problem] } });
    act(() => desk.flows.ask('publish'));
    await act(() => desk.flows.publish(''));
    expect(await screen.findByText('The test “Gold waits least” fails.')).toBeDefined();
    expect(screen.getByText(/It was not published/)).toBeDefined();
    expect(stores.flows.getState().open?.live).toBe(14);
  });

  it('is compared with what is live, node by node', async () => {
    const { user } = await onBoard();
    await user.click(screen.getByRole('button', { name: 'Compare with 14' }));
    const pane = await screen.findByRole('complementary', { name: 'Compare' });
    await within(pane).findByText('changed');
    expect(pane.textContent).toContain('4 ContractSales → nowhere');
    expect(within(node(/^Main menu/)).getByText('changed')).toBeDefined();
  });

  it('gives way to an earlier version after a question', async () => {
    const { user, sent } = await onBoard();
    await user.click(screen.getByRole('button', { name: 'Versions' }));
    await user.click(await screen.findByRole('button', { name: 'Roll back: Version 13' }));
    expect(sent('flow:roll-back')).toEqual([]);
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Roll back' }));
    await waitFor(() => expect(sent('flow:roll-back').at(-1)?.request).toMatchObject({ version: 13 }));
  });

  it('is saved before the board is left', async () => {
    const { user, desk, scripted } = await onBoard();
    act(() => desk.flows.change({ kind: 'put', nodeId: 'menu', path: 'label', value: 'Choices' }));
    await user.click(screen.getByRole('button', { name: 'All flows' }));
    await screen.findByRole('button', { name: 'Open Business line, day' });
    expect(scripted.drafts.get('business-day')?.flow.nodes.menu?.label).toBe('Choices');
  });
});
