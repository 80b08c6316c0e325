import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { rightsOfRole } from '../../../../shared/contracts/rights.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { stageCompany } from '../../../support/ui-stage/companies.ts';
import { scriptCompanies } from '../../../support/ui-stage/company-scenes.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();

/** Somebody who looks after customers, or only looks, on scripted outsides. */
async function open(role: 'supervisor' | 'looker' = 'supervisor') {
  const stage = deskOnStage(now);
  const rights = role === 'looker' ? (['session:own', 'contact:read'] as const) : rightsOfRole[role];
  const user = { ...stage.snapshot.user, role, rights: [...rights] };
  stage.bridge.snapshotNow = { ...stage.snapshot, user };
  scriptCompanies(stage.bridge, now, 'en');
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  return { ...stage, user: userEvent.setup() };
}
async function openCompany(role?: 'supervisor' | 'looker') {
  const stage = await open(role);
  stage.desk.account.show('a-harbour');
  await screen.findByRole('heading', { level: 1, name: 'Harbour & Vale Freight Ltd' });
  return stage;
}
async function openMine() {
  const stage = await open();
  stage.desk.goTo('my-customers');
  await screen.findByRole('table', { name: 'Customers' });
  return stage;
}

beforeAll(async () => {
  // What comes when it is opened is there before the clock of a test runs.
  await Promise.all([
    import('../../../../renderer/app/Workplace.tsx'),
    import('../../../../renderer/features/account/index.ts'),
    import('../../../../renderer/features/my-customers/index.ts'),
  ]);
  // jsdom has no media queries; the theme is fixed in these tests.
  standInForScreen();
});
afterEach(cleanup);

describe('the file of a company', () => {
  it('tells what it uses to those who cannot see the chart', async () => {
    await openCompany();
    const table = screen.getByRole('table', { name: 'Consumption of Harbour & Vale Freight Ltd by month and kind' });
    expect(within(table).getAllByRole('row')).toHaveLength(13);
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map((each) => each.textContent),
    ).toEqual(['Month', 'Mobile', 'Leased line', 'Voice', 'Cloud', 'Total']);
  });

  it('shows the use of the whole group on demand', async () => {
    const { user } = await openCompany();
    const total = () => screen.getAllByRole('row').at(-1)?.lastElementChild?.textContent;
    const own = total();
    await user.click(screen.getByRole('radio', { name: 'Group of 4' }));
    expect(total()).not.toBe(own);
  });

  it('says where it stands in the value matrix and where it was', async () => {
    await openCompany();
    expect(
      screen.getByRole('img', { name: 'Protect: current value 84 of 100, growth potential 47 of 100. Before: Grow with' }),
    ).toBeDefined();
  });

  it('says why the risk is what it is, in sentences', async () => {
    await openCompany();
    expect(screen.getByText('2 complaints in 30 days')).toBeDefined();
    expect(screen.queryByText('complaints')).toBeNull();
  });

  it('lets a fact be changed where it stands, based on what was read', async () => {
    const { user, sent } = await openCompany();
    await user.click(screen.getByRole('button', { name: /^Industry: *Freight and logistics$/ }));
    const field = screen.getByRole('textbox', { name: 'Industry' });
    await user.clear(field);
    await user.type(field, 'Haulage{Enter}');
    await screen.findByRole('button', { name: /^Industry: *Haulage$/ });
    expect(sent('account:edit').at(-1)?.request).toEqual({ accountId: 'a-harbour', basedOn: 12, fields: { industry: 'Haulage' } });
  });

  it('tells what somebody else made of a field, and stores one’s own only when asked again', async () => {
    const { user, bridge, sent } = await openCompany();
    const page = stageCompany(now, 'en');
    const answers = bridge.answers['account:edit'];
    bridge.answers['account:edit'] = () => {
      bridge.answers['account:page'] = () => ({ ok: true, value: { ...page, revision: 13, industry: 'Transport' } });
      bridge.answers['account:edit'] = ({ fields }) => ({ ok: true, value: { ...page, revision: 14, industry: fields.industry ?? null } });
      return { ok: false, error: { code: 'conflict', message: 'moved on' } };
    };
    expect(answers).toBeDefined();
    await user.click(screen.getByRole('button', { name: /^Industry: *Freight and logistics$/ }));
    await user.clear(screen.getByRole('textbox', { name: 'Industry' }));
    await user.type(screen.getByRole('textbox', { name: 'Industry' }), 'Haulage{Enter}');
    expect((await screen.findByText(/It says “Transport” now; you wrote “Haulage”/)).closest('[role=alert]')).not.toBeNull();
    await user.click(screen.getByRole('button', { name: 'Store mine' }));
    await screen.findByRole('button', { name: /^Industry: *Haulage$/ });
    expect(sent('account:edit').map(({ request }) => (request as { basedOn: number }).basedOn)).toEqual([12, 13]);
    expect(screen.queryByText(/was not stored/)).toBeNull();
  });

  it('plans a visit by a key, and says what is missing before it sends anything', async () => {
    const { user, sent } = await openCompany();
    await user.keyboard('{Alt>}v{/Alt}');
    const dialog = await screen.findByRole('dialog', { name: 'Plan a visit' });
    await user.click(within(dialog).getByRole('button', { name: 'Store' }));
    expect(within(dialog).getByRole('alert').textContent).toBe('Say what the visit is for.');
    expect(sent('account:set-visit')).toHaveLength(0);
    await user.type(within(dialog).getByRole('textbox', { name: 'What for' }), 'Renewal');
    await user.click(within(dialog).getByRole('button', { name: 'Store' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(sent('account:set-visit').at(-1)?.request).toMatchObject({
      accountId: 'a-harbour',
      visitId: null,
      purpose: 'Renewal',
      state: 'planned',
    });
  });

  it('keeps what was typed into a form that could not be stored', async () => {
    const { user, bridge } = await openCompany();
    bridge.answers['account:add-gift'] = () => ({ ok: false, error: { code: 'storage_unavailable', message: 'full' } });
    await user.keyboard('{Alt>}g{/Alt}');
    const dialog = await screen.findByRole('dialog', { name: 'Note a gift' });
    await user.type(within(dialog).getByRole('textbox', { name: 'What was given' }), 'Tea');
    await user.click(within(dialog).getByRole('button', { name: 'Store' }));
    await waitFor(() => expect(within(dialog).getByRole('alert').textContent).toContain('cannot store'));
    expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'What was given' }).value).toBe('Tea');
  });

  it('reads more of the timeline, and finds words in it', async () => {
    const { user, stores } = await openCompany();
    expect(screen.getAllByText('Survey 2 of 5')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Show earlier ones' }));
    await waitFor(() => expect(screen.getAllByText('Survey 2 of 5')).toHaveLength(2));
    await user.type(screen.getByRole('textbox', { name: 'Find in the timeline' }), 'porting');
    await waitFor(() => expect(stores.account.getState().stream.items.map(({ title }) => title)).toEqual(['Porting codes, 4 lines']));
  });

  it('drops the answer for a company that is no longer open', async () => {
    const { desk, bridge, stores } = await openCompany();
    const answer = bridge.answers['account:page'];
    bridge.answers['account:page'] = (request) => {
      if (request.accountId === 'a-late') stores.account.setState({ accountId: 'a-harbour' });
      return answer?.(request) ?? { ok: false, error: { code: 'not_found', message: '' } };
    };
    const before = stores.account.getState().page;
    desk.account.show('a-late');
    await waitFor(() => expect(stores.account.getState().accountId).toBe('a-harbour'));
    expect(before).not.toBeNull();
    expect(stores.account.getState().page).toBeNull();
  });

  it('lets somebody without the right look, and change nothing', async () => {
    await openCompany('looker');
    expect(screen.queryByRole('button', { name: /Plan a visit/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Industry|Add a file|^Done/ })).toBeNull();
    expect(screen.getByText('Freight and logistics')).toBeDefined();
  });

  it('offers nothing to change to who may change companies and does not look after this one', async () => {
    const { bridge, desk, stores } = await open();
    bridge.answers['account:page'] = () => ({ ok: true, value: { ...stageCompany(now, 'en'), mayWrite: false } });
    desk.account.show('a-harbour');
    await screen.findByRole('heading', { level: 1, name: 'Harbour & Vale Freight Ltd' });
    expect(screen.queryByRole('button', { name: /Plan a visit|Add a file|^Industry|Edit/ })).toBeNull();
    await userEvent.keyboard('{Alt>}v{/Alt}');
    expect(stores.account.getState().form).toBeNull();
    // What is done for a customer is told by everybody who serves them.
    expect(screen.getAllByRole('button', { name: /^Done: / }).length).toBeGreaterThan(0);
  });

  it('hands over a file under its name, and adds one', async () => {
    const { user, told, bridge } = await openCompany();
    await user.click(screen.getAllByRole('button', { name: /^Download / })[0] as HTMLElement);
    await waitFor(() => expect(told).toContain('saved file.txt'));
    expect(screen.getByRole('button', { name: 'Add a file' })).toBeDefined();
    const field = document.querySelector<HTMLInputElement>('#place-centre input[type=file]');
    await user.upload(field as HTMLInputElement, new File(['x'], 'plan.pdf'));
    await waitFor(() => expect(bridge.files).toEqual([{ path: '/api/accounts/a-harbour/attachments', name: 'plan.pdf' }]));
  });

  it('says so when it cannot be read, and tries again', async () => {
    const { desk, bridge, user } = await open();
    const answer = bridge.answers['account:page'];
    bridge.answers['account:page'] = () => ({ ok: false, error: { code: 'not_found', message: '' } });
    desk.account.show('a-harbour');
    await screen.findByText('The file could not be read');
    if (answer) bridge.answers['account:page'] = answer;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('heading', { level: 1, name: 'Harbour & Vale Freight Ltd' });
  });
});

describe('my customers', () => {
  it('lead to the file of each', async () => {
    const { user } = await openMine();
    await user.click(screen.getByRole('button', { name: 'Harbour & Vale Freight Ltd' }));
    await screen.findByRole('heading', { level: 1, name: 'Harbour & Vale Freight Ltd' });
  });

  it('say how many press in each way, and how to see all again', async () => {
    const { user } = await openMine();
    await user.click(screen.getByRole('radio', { name: 'Arrears 2' }));
    expect(screen.getAllByRole('checkbox', { name: /^Choose (?!all)/ })).toHaveLength(2);
    await user.type(screen.getByRole('textbox', { name: 'Find by name' }), 'nobody');
    await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
    expect(screen.getAllByRole('checkbox', { name: /^Choose (?!all)/ })).toHaveLength(7);
  });

  it('are chosen all at once, and the box that chooses all says whether that is all, some or none', async () => {
    const { user } = await openMine();
    const all = screen.getByRole<HTMLInputElement>('checkbox', { name: 'Choose all that are shown' });
    const says = () => (all.indeterminate ? 'some' : all.checked ? 'all' : 'none');
    expect(says()).toBe('none');
    await user.click(screen.getByRole('checkbox', { name: 'Choose Ostrava Steel UK' }));
    expect(says()).toBe('some');
    await user.click(all);
    expect(says()).toBe('all');
    await user.click(all);
    expect(says()).toBe('none');
  });

  it('are handed over: chosen, to whom, what goes along, and what was done', async () => {
    const { user, sent } = await openMine();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Hand over/ }).disabled).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: 'Choose Ostrava Steel UK' }));
    await user.click(screen.getByRole('checkbox', { name: 'Choose Kemp Instruments' }));
    await user.keyboard('{Alt>}o{/Alt}');
    const dialog = await screen.findByRole('dialog', { name: 'Hand over 2 customers' });
    expect(within(dialog).queryByRole('radio', { name: /Rupert Lane/ })).toBeNull();
    await user.click(within(dialog).getByRole('radio', { name: /Ines Duarte.*12 customers now/ }));
    await user.type(within(dialog).getByRole('textbox', { name: 'A word with it' }), 'From December on');
    await user.click(within(dialog).getByRole('button', { name: 'Go on' }));
    expect(within(dialog).getByText('From now on Ines Duarte looks after 2 more customers, 14 in all.')).toBeDefined();
    expect(sent('account:hand-over')).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Hand over to Ines Duarte' }));
    await within(dialog).findByText('2 customers are with Ines Duarte now');
    expect(sent('account:hand-over').map(({ request }) => request)).toEqual([
      { accountIds: ['a-1', 'a-3'], toAgentId: 'ag-2', remark: 'From December on' },
    ]);
    await user.click(within(dialog).getByRole('button', { name: 'Close' }));
    expect(screen.queryByText('Ostrava Steel UK', { selector: 'button' })).toBeNull();
  });

  it('stay where they are when the handover is refused, and the reason is told', async () => {
    const { user, bridge, desk } = await openMine();
    bridge.answers['account:hand-over'] = () => ({ ok: false, error: { code: 'forbidden', message: '' } });
    desk.customers.choose(['a-1'], true);
    await desk.customers.beginHandover();
    desk.customers.changeHandover({ toAgentId: 'ag-3', step: 'confirm' });
    await user.click(await screen.findByRole('button', { name: 'Hand over to Tom Whitfield' }));
    await screen.findByText('Your role may not do this.');
    expect(screen.getByRole('button', { name: 'Ostrava Steel UK', hidden: true })).toBeDefined();
  });

  it('show the days to remember further ahead', async () => {
    const { user, sent } = await openMine();
    await user.click(screen.getByRole('radio', { name: '30 days' }));
    await screen.findByText('Contract ends', { selector: '.care-words *' });
    expect(sent('account:care').at(-1)?.request).toEqual({ days: 30, whose: 'mine' });
  });
});
