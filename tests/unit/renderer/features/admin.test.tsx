import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { Role } from '../../../../shared/contracts/agent.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { rightsOfRole } from '../../../../shared/contracts/rights.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { scriptAdministration } from '../../../support/ui-stage/organisation.ts';
import { deskOnStage, standInForScreen } from '../app/stage.ts';

async function open(role: Role = 'administrator', language: 'en' | 'zh' = 'en') {
  const stage = deskOnStage(Date.now());
  const user = { ...stage.bridge.snapshotNow.user, role, rights: [...rightsOfRole[role]], locale: language };
  stage.bridge.snapshotNow = { ...stage.bridge.snapshotNow, user };
  if (stage.bridge.loginOutcome.ok) Object.assign(stage.bridge.loginOutcome.value, { user });
  const administration = scriptAdministration(stage.bridge);
  stage.stores.settings.setState({ language });
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n(language)} />);
  const hand = userEvent.setup({ delay: null });
  return { ...stage, administration, hand };
}

async function openAdministration(role: Role = 'administrator') {
  const stage = await open(role);
  await stage.hand.click(await screen.findByRole('button', { name: 'Administration' }));
  await screen.findByRole('heading', { name: 'Administration' });
  await screen.findByRole('navigation', { name: 'Sections' });
  return stage;
}

const section = (name: string) =>
  within(screen.getByRole('navigation', { name: 'Sections' })).getByRole('button', { name: new RegExp(`^${name}`) });
const entry = (list: string, name: string) =>
  within(screen.getByRole('list', { name: list })).getByRole('button', { name: new RegExp(`^${name}`) });
const saved = (bridge: Awaited<ReturnType<typeof open>>['bridge']) =>
  bridge.commands
    .filter(({ name }) => name === 'configuration:save')
    .map(({ request }) => request as { configuration: Configuration; basedOn: number; note: string });

type Hand = ReturnType<typeof userEvent.setup>;
async function write(hand: Hand, field: HTMLElement, text: string): Promise<void> {
  await hand.clear(field);
  await hand.click(field);
  await hand.paste(text);
}

beforeAll(() => {
  // Forms are large; whether each part of them can be seen is looked at in pictures.
  configure({ defaultHidden: true });
  standInForScreen();
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(cleanup);

describe('the way into the administration', () => {
  it('is not there for an agent', async () => {
    await open('agent');
    await screen.findByRole('navigation', { name: 'Places' });
    expect(screen.queryByRole('button', { name: 'Administration' })).toBeNull();
  });

  it('lets a supervisor look and change nothing', async () => {
    const { hand } = await openAdministration('supervisor');
    await hand.click(entry('Queues', 'Billing'));
    expect(screen.getByLabelText('Ring for')).toHaveProperty('readOnly', true);
    expect(screen.getByLabelText('Kind of contact')).toHaveProperty('disabled', true);
    for (const name of ['Add a queue', 'Remove', 'Duplicate', 'Review and save']) expect(screen.queryByRole('button', { name })).toBeNull();
  });
});

describe('changing', () => {
  it('keeps everything on the desktop until it has been reviewed and saved', async () => {
    const { hand, bridge } = await openAdministration();
    await hand.click(section('Queues'));
    await hand.click(screen.getByRole('button', { name: 'Add a queue' }));
    await hand.paste('Key accounts, North');
    expect(screen.getByLabelText('Id')).toHaveProperty('value', 'key-accounts-north');
    await write(hand, screen.getByLabelText('Name in Chinese'), '大客户');
    await hand.click(entry('Queues', 'Billing'));
    const ring = screen.getByLabelText('Ring for');
    await write(hand, ring, '25');
    expect(bridge.commands.some(({ name }) => name === 'configuration:save' || name === 'configuration:check')).toBe(false);

    await hand.keyboard('{Control>}s{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Review and save' });
    await within(dialog).findByText('2 changes', { selector: 'h3' });
    expect(within(dialog).getByText('Queues · Billing · Ring for')).toBeTruthy();
    expect(within(dialog).getByText('Queues · Key accounts, North')).toBeTruthy();
    await write(hand, within(dialog).getByLabelText('Why? (kept in the history)'), 'Northern key accounts');
    await hand.keyboard('{Enter}');

    await screen.findByText('Saved as revision 2');
    const [request] = saved(bridge);
    expect([
      request?.basedOn,
      request?.note,
      request?.configuration.queues.at(-1)?.id,
      request?.configuration.queues[0]?.ringSeconds,
    ]).toEqual([1, 'Northern key accounts', 'key-accounts-north', 25]);
    expect(screen.getByText('Everything is saved')).toBeTruthy();
  });

  it('tells a mistake in an expression below it, and how many people meet a right one', async () => {
    const { hand } = await openAdministration();
    await hand.click(entry('Queues', 'Technical'));
    const needs = screen.getByLabelText('Skills asked for');
    await write(hand, needs, 'technical >= 12');
    expect(screen.getByText('At character 14: found “12”, expected a level from 1 to 10.')).toBeTruthy();
    await write(hand, needs, 'klingon');
    expect(screen.getByText(/There is no skill “klingon”/)).toBeTruthy();
    await write(hand, needs, 'technical >= 6');
    expect(screen.getByText(/^2 of 5 people meet this now\./)).toBeTruthy();
    expect(needs.getAttribute('aria-invalid')).toBeNull();
  });

  it('takes how telephones are dialled here, and an empty field as nothing', async () => {
    const { hand, bridge } = await openAdministration();
    await hand.click(section('Organisation'));
    await write(hand, screen.getByLabelText('Own area code'), 'Ningbo');
    expect(await screen.findByText('1 to 6 digits, as 0574, or nothing.')).toBeDefined();
    await write(hand, screen.getByLabelText('Own area code'), '0574');
    await hand.clear(screen.getByLabelText('For an outside line'));
    expect(screen.queryByText(/or nothing\.$/)).toBeNull();
    await hand.click(screen.getByRole('button', { name: /^Review and save/ }));
    await hand.click(await screen.findByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(saved(bridge)).toHaveLength(1));
    expect(saved(bridge)[0]?.configuration.organisation.dialling).toEqual({ outsidePrefix: null, areaCode: '0574' });
  });

  it('takes whether a queue is recorded, and how messages are left in it', async () => {
    const { hand, bridge } = await openAdministration();
    await hand.click(section('Queues'));
    await hand.click(entry('Queues', 'Billing'));
    expect(screen.queryByLabelText('Told by')).toBeNull();
    await hand.selectOptions(screen.getByLabelText('Calls are'), 'Recorded where the customer allows it');
    expect((screen.getByLabelText('Told by') as HTMLSelectElement).value).toBe('call-recorded');
    await hand.click(screen.getByLabelText('Own greeting and limits'));
    await write(hand, screen.getByLabelText(/^Longest message/), '300');
    await write(hand, screen.getByLabelText(/^Offer it after/), '90');
    const closed = screen.getByLabelText('When closed');
    await hand.selectOptions(closed, 'Leaves a message');
    await hand.click(screen.getByRole('button', { name: /^Review and save/ }));
    await hand.click(await screen.findByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(saved(bridge)).toHaveLength(1));
    expect(saved(bridge)[0]?.configuration.queues[0]).toMatchObject({
      recording: { mode: 'onConsent', announcement: 'call-recorded' },
      voicemail: { greeting: 'voicemail-greeting', maxSeconds: 300, offeredAfterSeconds: 90 },
      whenClosed: { to: 'voicemail' },
    });
  });

  it('takes the flow that callers go on in after the call, and none as nothing said of it', async () => {
    const { hand, bridge } = await openAdministration();
    await hand.click(section('Queues'));
    await hand.click(entry('Queues', 'Billing'));
    await hand.selectOptions(screen.getByLabelText('Callers go on in'), 'Survey after the call');
    await hand.click(screen.getByRole('button', { name: /^Review and save/ }));
    expect(await screen.findByText('Queues · Billing · Callers go on in')).toBeTruthy();
    await hand.click(await screen.findByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(saved(bridge)).toHaveLength(1));
    expect(saved(bridge)[0]?.configuration.queues[0]).toHaveProperty('afterCall', 'survey');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

    await hand.selectOptions(screen.getByLabelText('Callers go on in'), 'Nothing: the call ends');
    await hand.click(screen.getByRole('button', { name: /^Review and save/ }));
    await hand.click(await screen.findByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(saved(bridge)).toHaveLength(2));
    expect(saved(bridge)[1]?.configuration.queues[0]).not.toHaveProperty('afterCall');
  });

  it('tells at its field that a flow after the call is gone, and that written contacts have none', async () => {
    const { hand, administration } = await open();
    administration.configuration = {
      ...administration.configuration,
      queues: administration.configuration.queues.map((each) => (each.id === 'billing' ? { ...each, afterCall: 'polling' } : each)),
    };
    await hand.click(await screen.findByRole('button', { name: 'Administration' }));
    await screen.findByRole('navigation', { name: 'Sections' });
    await hand.click(section('Queues'));
    await hand.click(entry('Queues', 'Billing'));
    await write(hand, screen.getByLabelText(/^Priority/), '55');
    await hand.click(screen.getByRole('button', { name: /^Review and save/ }));
    await hand.click(await screen.findByRole('button', { name: 'Queues · Billing · Callers go on in' }));
    const field = screen.getByLabelText('Callers go on in');
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(screen.getByText('There is no call flow “polling” that is live. Choose another.')).toBeTruthy();
    await hand.selectOptions(screen.getByLabelText('Kind of contact'), 'E-mail');
    expect(screen.getByText('Only callers go on in a call flow.')).toBeTruthy();
    await hand.selectOptions(field, 'Nothing: the call ends');
    expect(screen.queryByLabelText('Callers go on in')).toBeNull();
  });

  it('takes what calls of a trunk bring along, header by header', async () => {
    const { hand, bridge } = await openAdministration();
    await hand.click(section('Trunks'));
    await hand.click(entry('Trunks', 'Main trunk'));
    const last = (name: string) => screen.getAllByLabelText(name).at(-1) as HTMLInputElement;
    expect(screen.getAllByLabelText('Header').map((field) => (field as HTMLInputElement).value)).toEqual(['User-to-User', 'X-Menu']);

    await hand.click(screen.getByRole('button', { name: 'Add a header' }));
    await write(hand, last('Header'), 'user-to-user');
    await write(hand, last('Known as'), 'menu');
    await write(hand, last('Part of it'), 'customer');
    expect(screen.getByText('The way into it, as /customer. Empty: all of it.')).toBeTruthy();
    await write(hand, last('Part of it'), '/customer');
    expect(screen.getByText('“menu” is taken.')).toBeTruthy();
    expect(screen.getByText('This is taken over already, further up.')).toBeTruthy();
    expect(last('Header').getAttribute('aria-invalid')).toBe('true');
    await hand.clear(last('Part of it'));
    await write(hand, last('Known as'), 'whole');
    expect(last('Header').getAttribute('aria-invalid')).toBeNull();

    await hand.click(screen.getByRole('button', { name: 'Remove menu' }));
    await hand.click(screen.getByRole('button', { name: /^Review and save/ }));
    await hand.click(await screen.findByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(saved(bridge)).toHaveLength(1));
    expect(saved(bridge)[0]?.configuration.trunks[0]?.takesOver).toEqual([
      { header: 'User-to-User', as: 'customerNumber', pick: '/customer' },
      { header: 'user-to-user', as: 'whole' },
    ]);
  });

  it('takes no recording as nothing said of it', async () => {
    const { hand, bridge } = await openAdministration();
    await hand.click(section('Queues'));
    await hand.click(entry('Queues', 'Billing'));
    await hand.selectOptions(screen.getByLabelText('Calls are'), 'Recorded, unless the customer forbids it');
    await hand.selectOptions(screen.getByLabelText('Calls are'), 'Not recorded');
    await write(hand, screen.getByLabelText(/^Priority/), '55');
    await hand.click(screen.getByRole('button', { name: /^Review and save/ }));
    await hand.click(await screen.findByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(saved(bridge)).toHaveLength(1));
    expect(saved(bridge)[0]?.configuration.queues[0]).not.toHaveProperty('recording');
  });

  it('leads from a problem of the bridge to the field it is about', async () => {
    const { hand } = await openAdministration();
    await hand.click(section('Skills'));
    await hand.click(entry('Skills', 'French'));
    expect(screen.getByText(/^Used in 1 place: People · Lena Hartmann/)).toBeTruthy();
    await hand.click(screen.getByRole('button', { name: 'Remove' }));
    await hand.click(within(await screen.findByRole('dialog', { name: 'Remove French?' })).getByRole('button', { name: 'Remove' }));
    await hand.keyboard('{Control>}s{/Control}');
    const dialog = await screen.findByRole('dialog', { name: 'Review and save' });
    const link = await within(dialog).findByRole('button', { name: 'People · Lena Hartmann · Skills · french' });
    expect(within(dialog).getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
    await hand.click(link);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Level of french'));
    expect(screen.getByText('“french” no longer exists. Choose another.')).toBeTruthy();
  });

  it('keeps what was typed when somebody else has saved, and says where both changed the same', async () => {
    const { hand, administration, bridge } = await openAdministration();
    await hand.click(entry('Queues', 'Billing'));
    const ring = screen.getByLabelText('Ring for');
    await write(hand, ring, '25');
    administration.saveAs('Ruth', (all) => ({
      ...all,
      queues: all.queues.map((each) => (each.id === 'billing' ? { ...each, ringSeconds: 40, priority: 90 } : each)),
    }));
    await hand.click(screen.getByRole('button', { name: 'Review and save' }));
    const dialog = await screen.findByRole('dialog', { name: 'Review and save' });
    await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Save' })).toHaveProperty('disabled', false));
    await hand.click(within(dialog).getByRole('button', { name: 'Save' }));
    await within(dialog).findByText('Somebody else saved meanwhile');
    await hand.click(within(dialog).getByRole('button', { name: 'Take over their changes' }));
    await within(dialog).findByRole('button', { name: 'Queues · Billing' });
    await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Save' })).toHaveProperty('disabled', false));
    await hand.click(within(dialog).getByRole('button', { name: 'Save' }));
    await screen.findByText('Saved as revision 3');
    const last = saved(bridge).at(-1);
    expect([last?.basedOn, last?.configuration.queues[0]?.ringSeconds, last?.configuration.queues[0]?.priority]).toEqual([2, 25, 90]);
  });

  it('asks before it is left with something unsaved, and keeps it when told so', async () => {
    const { hand, stores } = await openAdministration();
    await hand.click(section('Organisation'));
    await hand.type(screen.getByLabelText('Name in English'), ' West');
    await hand.click(screen.getByRole('button', { name: 'Work' }));
    const dialog = await screen.findByRole('dialog', { name: 'Leave with unsaved changes?' });
    expect(stores.view.getState().place).toBe('admin');
    await hand.click(within(dialog).getByRole('button', { name: 'Leave, keep the changes' }));
    await screen.findByRole('heading', { name: 'My work' });
    await hand.keyboard('{Alt>}a{/Alt}');
    expect(await screen.findByText('1 unsaved change')).toBeTruthy();
    expect(screen.getByLabelText('Name in English')).toHaveProperty('value', 'Northline Business · Customer Care West');
  });

  it('never signs out over unsaved changes without asking', async () => {
    const { hand, desk, sent } = await openAdministration();
    await hand.click(section('Organisation'));
    await hand.type(screen.getByLabelText('Name in English'), ' West');
    await desk.signOut();
    const dialog = await screen.findByRole('dialog', { name: 'Leave with unsaved changes?' });
    expect(sent('session:log-out')).toHaveLength(0);
    await hand.click(within(dialog).getByRole('button', { name: 'Discard and sign out' }));
    await waitFor(() => expect(sent('session:log-out')).toHaveLength(1));
  });

  it('sets a password at once, apart from the draft, and only where both are the same', async () => {
    const { hand, sent } = await openAdministration();
    await hand.click(section('People'));
    await hand.click(entry('People', 'Omar Farouk'));
    await hand.click(screen.getByRole('button', { name: 'Set password' }));
    const dialog = await screen.findByRole('dialog', { name: 'Password of Omar Farouk' });
    await hand.type(within(dialog).getByLabelText('New password'), 'correct horse');
    await hand.type(within(dialog).getByLabelText('The same again'), 'correct house{Enter}');
    await within(dialog).findByText('The two differ');
    expect(sent('user:set-password')).toHaveLength(0);
    await hand.clear(within(dialog).getByLabelText('The same again'));
    await hand.type(within(dialog).getByLabelText('The same again'), 'correct horse{Enter}');
    await within(dialog).findByText('The password is set');
    expect(sent('user:set-password').map(({ request }) => request)).toEqual([{ userId: 'omar', password: 'correct horse' }]);
    expect(within(dialog).getByLabelText('New password')).toHaveProperty('value', '');

    // The history tells that it was done, and offers no way back.
    await hand.keyboard('{Escape}');
    await hand.click(section('History'));
    await hand.click(await screen.findByRole('button', { name: /^Revision 2 · New password for Omar Farouk/ }));
    expect(screen.queryByRole('button', { name: 'Undo this revision' })).toBeNull();
  });
});

describe('the history', () => {
  it('shows who changed what and undoes it after asking', async () => {
    const { hand, administration } = await openAdministration();
    administration.saveAs(
      'Ruth Adeyemi',
      (all) => ({ ...all, queues: all.queues.map((each) => (each.id === 'sales' ? { ...each, ringSeconds: 25 } : each)) }),
      'Slow phones',
    );
    await hand.click(section('History'));
    await hand.click(await screen.findByRole('button', { name: /^Revision 2 · Slow phones/ }));
    expect(screen.getByText('Queues · Sales · Ring for')).toBeTruthy();
    await hand.click(screen.getByRole('button', { name: 'Undo this revision' }));
    const dialog = await screen.findByRole('dialog', { name: 'Undo revision 2?' });
    expect(administration.configuration.queues[2]?.ringSeconds).toBe(25);
    await hand.click(within(dialog).getByRole('button', { name: 'Undo' }));
    await screen.findByRole('button', { name: /^Revision 3/ });
    expect(administration.configuration.queues[2]?.ringSeconds).toBe(20);
  });
});
