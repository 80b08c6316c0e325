import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { CallView, PartyView } from '../../../../shared/contracts/call.ts';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { typeIntoPalette } from '../../../support/palette.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { wrapUpOf } from '../../../support/ui-stage/wrap-up.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const call: CallView = {
  interactionId: 'i-1',
  reservationId: 'r-1',
  state: 'talking',
  answeredAt: now,
  heldSince: null,
  endedAt: null,
  end: null,
};
const assigned: AssignedInteraction = {
  interactionId: 'i-1',
  reservationId: 'r-1',
  state: 'assigned',
  pop: pop('certain', now, 60_000, 'en'),
  call,
  wrapUp: null,
  draft: null,
};
const dana: PartyView = { partyId: 'p-1', kind: 'agent', name: 'Dana Whitlock', agentId: 'dana', state: 'ringing', purpose: 'consult' };

/** A desk that talks with Margaret Okafor. */
async function talking() {
  const stage = deskOnStage(now);
  stage.bridge.answers['call:find-colleagues'] = ({ text }) => ({
    ok: true,
    value: {
      colleagues: [
        { id: 'dana', name: 'Dana Whitlock', mayBeAsked: true },
        { id: 'joyce', name: 'Joyce Mbeki', mayBeAsked: false },
      ]
        .filter(({ name }) => name.toLowerCase().includes(text))
        .map(({ id, name, mayBeAsked }) => ({
          agent: {
            agentId: id,
            name,
            extension: '6020',
            presence: 'available',
            notReadyReason: null,
            workState: 'idle',
            since: now,
            skills: [],
          },
          mayBeAsked,
        })),
    },
  });
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  const user = userEvent.setup();
  await screen.findByRole('heading', { name: 'My work' });
  stage.bridge.push('interaction:assigned', assigned);
  stage.phone.listener?.carrying(['r-1']);
  await screen.findByRole('article', { name: 'Call with Margaret Okafor' });
  const told = (change: Partial<CallView>) => stage.bridge.push('call:changed', { ...call, ...change });
  return { ...stage, user, told };
}

beforeAll(() => {
  standInForScreen();
});
afterEach(cleanup);

describe('giving a call to somebody', () => {
  it('is done by keys alone: F6, a name, a note, Enter asks first', async () => {
    const { user, sent } = await talking();
    await user.keyboard('{F6}');
    const dialog = await screen.findByRole('dialog', { name: 'Hand over or ask: Margaret Okafor' });
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('combobox')));
    await within(dialog).findByText('Joyce Mbeki');
    await user.keyboard('dana');
    await waitFor(() => expect(within(dialog).queryByText('Joyce Mbeki')).toBeNull());
    await user.type(within(dialog).getByLabelText('Why'), 'A credit');
    await user.type(within(dialog).getByLabelText('What Dana Whitlock should know'), 'Approve it, please.');
    await user.click(within(dialog).getByRole('combobox'));
    await user.keyboard('{Enter}');
    expect(sent('call:consult')).toMatchObject([
      { request: { interactionId: 'i-1', to: { kind: 'agent', agentId: 'dana' }, reason: 'A credit', note: 'Approve it, please.' } },
    ]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('is what the bar says of it afterwards', async () => {
    const { told, bridge } = await talking();
    bridge.push('wrap-up:changed', { ...wrapUpOf('optional', now), interactionId: 'i-1' });
    told({ state: 'ended', endedAt: now + 65_000, end: { by: 'agent', reason: 'transferred', fault: 'agent' } });
    await screen.findByText('handed over after 1:05');
  });

  it('goes at once with Ctrl Enter, also to a queue in which nobody is free to be asked', async () => {
    const { user, sent, stores } = await talking();
    stores.desk.setState((desk) => ({ queues: desk.queues.map((each) => ({ ...each, agentsFree: 0 })) }));
    await user.keyboard('{F6}');
    const dialog = await screen.findByRole('dialog');
    const [queue] = stores.desk.getState().queues;
    await user.click(within(dialog).getByText('Queues', { selector: 'label' }));
    await user.click(within(dialog).getByText(queue?.name.en ?? ''));
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: /Ask first/ }).disabled).toBe(true);
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(sent('call:transfer')).toMatchObject([{ request: { to: { kind: 'queue', queueId: queue?.queueId } } }]);
  });

  it('finds customers with their numbers, and asks or gives the call to one outside', async () => {
    const { user, sent, bridge } = await talking();
    bridge.answers['customer:find-reachable'] = () => ({
      ok: true,
      value: {
        customers: [
          {
            ...{ kind: 'person', id: 'p-9', name: 'Rupert Kemp', company: 'Kemp & Sons' },
            numbers: [
              { number: '+447700900333', shown: '+44 7700 900333', kind: 'mobile', label: null },
              { number: '+442079460000', shown: '+44 20 7946 0000', kind: 'phone', label: 'Office' },
            ],
          },
        ],
      },
    });
    await user.keyboard('{F6}');
    const dialog = await screen.findByRole('dialog');
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('combobox')));
    await user.keyboard('kemp');
    // What was found by the first letters is on the screen before what was found by all.
    await waitFor(() => expect(sent('customer:find-reachable').at(-1)).toMatchObject({ request: { text: 'kemp' } }));
    const group = await within(dialog).findByRole('group', { name: 'Customers and contacts' });
    expect(within(group).getAllByRole('option')).toHaveLength(2);
    await user.click(within(group).getByText('Office'));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(sent('call:transfer')).toMatchObject([{ request: { to: { kind: 'outside', number: '+442079460000' } } }]);
    expect(sent('customer:find-reachable').at(-1)).toMatchObject({ request: { text: 'kemp' } });
  });

  it('gives nothing away by Enter alone when nobody can be asked', async () => {
    const { user, sent, stores, bridge } = await talking();
    bridge.answers['call:find-colleagues'] = () => ({ ok: true, value: { colleagues: [] } });
    stores.desk.setState((desk) => ({ queues: desk.queues.map((each) => ({ ...each, agentsFree: 0 })) }));
    await user.keyboard('{F6}');
    await within(await screen.findByRole('dialog')).findByText('Nobody waits');
    await user.keyboard('{Enter}{Control>}{Enter}{/Control}');
    expect([...sent('call:transfer'), ...sent('call:consult')]).toEqual([]);
  });

  it('tells that a number outside sees nothing of what is written', async () => {
    const { user, stores } = await talking();
    stores.desk.setState(({ user }) => ({ user: user && { ...user, rights: [...user.rights, 'call:dial-out'] } }));
    await user.keyboard('{F6}');
    await screen.findByText('seen before answering');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('combobox')));
    await user.keyboard('02079460123');
    await screen.findByText(/^Outside, nothing of this is seen/);
    expect(screen.queryByText('seen before answering')).toBeNull();
  });

  it('says in plain words why it was refused, and stays open with what was written', async () => {
    const { user, bridge } = await talking();
    bridge.answers['call:consult'] = () => ({ ok: false, error: { code: 'conflict', message: '', why: 'cannotBeAsked' } });
    await user.keyboard('{F6}');
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText('Dana Whitlock');
    await user.type(within(dialog).getByLabelText('Why'), 'A credit');
    await user.click(within(dialog).getByRole('button', { name: /Ask first/ }));
    expect((await within(dialog).findByText(/They cannot be asked now/)).getAttribute('role')).toBe('alert');
    expect(within(dialog).getByLabelText<HTMLInputElement>('Why').value).toBe('A credit');
  });

  it('is over when the caller hangs up meanwhile', async () => {
    const { user, told } = await talking();
    await user.keyboard('{F6}');
    await screen.findByRole('dialog');
    told({ state: 'ended', endedAt: now, end: { by: 'caller', reason: 'hungUp', fault: 'caller' } });
    await waitFor(() => expect(screen.queryByText('Travels with the call')).not.toBeNull());
  });
});

describe('somebody who was asked in', () => {
  it('is shown with who hears whom, and is swapped, joined, handed the call or let go by keys', async () => {
    const { user, told, sent } = await talking();
    told({ state: 'held', heldSince: now, parties: [dana] });
    const company = await screen.findByRole('region', { name: 'Who hears whom' });
    expect(within(company).getByText('Dana Whitlock is rung. Margaret Okafor hears music.')).toBeDefined();
    told({ state: 'held', heldSince: now, parties: [{ ...dana, state: 'aside' }] });
    await within(company).findByText('You and Dana Whitlock speak alone. Margaret Okafor hears music.');
    await user.keyboard('{F2}');
    told({ state: 'talking', parties: [{ ...dana, state: 'held' }] });
    await within(company).findByText('You and Margaret Okafor speak. Dana Whitlock hears music.');
    await user.keyboard('{F7}');
    told({ state: 'talking', parties: [{ ...dana, state: 'talking' }] });
    await within(company).findByText('Everybody hears everybody.');
    await user.click(within(company).getByRole('button', { name: 'Let Dana Whitlock go' }));
    told({ state: 'held', heldSince: now, parties: [{ ...dana, state: 'aside' }] });
    await within(company).findByText('You and Dana Whitlock speak alone. Margaret Okafor hears music.');
    await user.keyboard('{Control>}{F6}{/Control}{F6}');
    expect(
      ['call:swap', 'call:conference', 'call:drop-party', 'call:cancel-consult', 'call:complete-transfer'].map((name) => sent(name).length),
    ).toEqual([1, 1, 1, 1, 1]);
  });

  it('and is not there any more, is told with the reason and what becomes of the customer', async () => {
    const { told } = await talking();
    told({ state: 'held', heldSince: now, parties: [], askFailed: { name: 'Dana Whitlock', purpose: 'consult', cause: 'noAnswer' } });
    const company = await screen.findByRole('region', { name: 'Who hears whom' });
    expect(company.textContent).toContain('Dana Whitlock did not answer. Margaret Okafor hears music; F4 takes them back.');
  });

  it('sees whom they advise, and a supervisor in the call is named', async () => {
    const { told } = await talking();
    told({ advising: { name: 'Lena Hartmann', withCustomer: false }, supervisedBy: [{ name: 'Rupert Lane', how: 'whisper' }] });
    const company = await screen.findByRole('region', { name: 'Who hears whom' });
    expect(company.textContent).toContain('You and Lena Hartmann speak alone. The customer hears music.');
    expect(company.textContent).toContain('Rupert Lane hears this call and can speak to you alone.');
  });
});

describe('a call that waits', () => {
  it('is parked by its key, and the place is said until somebody closes it', async () => {
    const { user, bridge } = await talking();
    bridge.answers['call:park'] = () => ({ ok: true, value: { slot: '7' } });
    await user.keyboard('{Control>}{F8}{/Control}');
    expect(await screen.findByText('Somebody is parked in 7')).toBeDefined();
  });

  it('is picked up from the palette by its place, and answered by itself', async () => {
    const { user, bridge, phone, sent } = await talking();
    bridge.push('interaction:completed', {
      interactionId: 'i-1',
      dispositionCode: 'x',
      automatic: false,
      today: { handled: 1, averageHandlingMs: null },
    });
    bridge.answers['customer:search'] = () => ({ ok: true, value: { hits: [] } });
    let answer: (() => void) | undefined;
    const real = bridge.command;
    bridge.command = ((name, request) => {
      if (name !== 'call:pick-up') return real(name, request);
      void real(name, request);
      return new Promise((resolve) => {
        answer = () => resolve({ ok: true, value: {} as never });
      });
    }) as typeof bridge.command;
    await typeIntoPalette(user, '7');
    await user.click(await screen.findByRole('option', { name: /Pick up who is parked in 7/ }));
    expect(sent('call:pick-up')).toMatchObject([{ request: { slot: '7' } }]);
    const offered = { ...assigned, interactionId: 'i-2', reservationId: 'r-2' };
    bridge.push('reservation:offered', {
      reservationId: 'r-2',
      interactionId: 'i-2',
      channel: 'voice',
      offeredAt: now,
      ringsUntil: now + 20_000,
      pop: {
        ...offered.pop,
        interactionId: 'i-2',
        transfer: { fromAgentId: 'dana', fromName: 'Dana Whitlock', kind: 'parked', reason: '', note: '', draft: null, at: now },
      },
    });
    expect(phone.deeds).toContain('answer r-2');
    answer?.();
  });
});
