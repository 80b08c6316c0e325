import { cleanup, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RunsPane, type RunsView } from '../../../../../renderer/features/flows/RunsPane.tsx';
import type { FlowRunDeeds } from '../../../../../renderer/features/flows/run-deeds.ts';
import type { CallerStep, Flow, FlowTest } from '../../../../../shared/contracts/ivr/flow.ts';
import { standInForScreen } from '../../app/stage.ts';
import { runDeedsOnStage, show, simulated, stageFlow, stageNames } from './run-stage.tsx';

const texts: Readonly<Record<string, string>> = { welcome: 'Welcome to Northline.', 'main-menu': 'For bills press 1.' };
const stood: (string | null)[] = [];

function Pane(props: { readonly deeds: FlowRunDeeds; readonly flow?: Flow; readonly isReadOnly?: boolean }) {
  const [view, setView] = useState<RunsView | null>('try');
  const [tests, setTests] = useState<readonly FlowTest[]>(props.flow?.tests ?? []);
  return (
    <RunsPane
      flow={{ ...(props.flow ?? stageFlow), tests: tests as FlowTest[] }}
      names={stageNames}
      isReadOnly={props.isReadOnly ?? false}
      deeds={props.deeds}
      promptText={(promptId) => texts[promptId] ?? null}
      homeCountry="GB"
      mayWatch
      view={view}
      onView={setView}
      onPath={() => undefined}
      onStands={stand}
      onShow={() => undefined}
      onTests={setTests}
    />
  );
}
const stand = (nodeId: string | null) => void stood.push(nodeId);
const begun = () => screen.findByText('For bills press 1.');
const pad = () => within(screen.getByRole('group', { name: 'Keypad' }));

beforeAll(standInForScreen);
afterEach(() => {
  cleanup();
  stood.length = 0;
});

describe('trying a flow', () => {
  it('lets one hear what the prompts say, press a key, and see where it led', async () => {
    const { deeds, asked } = runDeedsOnStage();
    const { hand } = show(<Pane deeds={deeds} />);
    await begun();
    expect(screen.getByText('Waits for a key.')).toBeTruthy();
    await hand.click(pad().getByText('2'));
    await screen.findByText('Waits in the queue Second line');
    expect(asked.at(-1)?.steps).toEqual([{ keys: '2' }]);
    expect(stood).toEqual([null, 'menu', null]);
    expect(pad().getByText<HTMLButtonElement>('1').closest('fieldset')).toHaveProperty('disabled', true);
  });

  it('takes the keys of the keyboard anywhere in it but where something is typed', async () => {
    const { deeds, asked } = runDeedsOnStage();
    const { hand } = show(<Pane deeds={deeds} />);
    await begun();
    screen.getByRole('button', { name: 'Stay silent' }).focus();
    await hand.keyboard('9');
    await waitFor(() => expect(asked.at(-1)?.steps).toEqual([{ keys: '9' }]));
    await hand.click(screen.getByRole('button', { name: 'Change who calls' }));
    const number = await screen.findByLabelText('Number of the caller');
    await hand.click(number);
    await hand.keyboard('1');
    expect(number).toHaveProperty('value', '+4420794609581');
    expect(asked.at(-1)?.steps).toEqual([{ keys: '9' }]);
  });

  it('sends all steps each time, takes one back, and begins again', async () => {
    const { deeds, asked } = runDeedsOnStage();
    const { hand } = show(<Pane deeds={deeds} />);
    await begun();
    await hand.click(screen.getByRole('button', { name: 'Stay silent' }));
    await hand.click(pad().getByText('9'));
    await waitFor(() => expect(asked.at(-1)?.steps).toEqual([{ does: 'staysSilent' }, { keys: '9' }]));
    await hand.click(screen.getByRole('button', { name: 'One step back' }));
    await waitFor(() => expect(asked.at(-1)?.steps).toEqual([{ does: 'staysSilent' }]));
    await hand.click(screen.getByRole('button', { name: 'Start again' }));
    await waitFor(() => expect(asked.at(-1)?.steps).toEqual([]));
    await hand.click(screen.getByRole('button', { name: 'Hang up' }));
    await screen.findByText('The caller hung up');
  });

  it('calls as somebody else with what the look-ups of the flow find of them', async () => {
    const { deeds, asked } = runDeedsOnStage();
    const lookUp = { kind: 'lookUp', what: 'customer', by: null, whileWaiting: null, limitMs: 3_000, exits: {} } as const;
    const { hand } = show(
      <Pane deeds={deeds} flow={{ ...stageFlow, nodes: { ...stageFlow.nodes, find: { ...lookUp, label: 'Find customer' } } }} />,
    );
    await begun();
    expect(asked.at(-1)?.given.answers.find).toEqual({ exit: 'notFound', facts: {} });
    await hand.selectOptions(screen.getByLabelText('As'), 'a Diamond customer, English');
    await waitFor(() => expect(asked.at(-1)?.given.answers.find?.exit).toBe('found'));
    expect(asked.at(-1)?.given).toMatchObject({
      number: '+447700900142',
      dialled: '4000',
      locale: 'en',
      facts: { 'customer.tier': 'diamond' },
    });

    await hand.click(screen.getByRole('button', { name: 'Change who calls' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Who calls' }));
    await hand.selectOptions(dialog.getByLabelText('Find customer answers'), 'too late');
    await hand.clear(dialog.getAllByLabelText('Value of customer.tier')[0] as HTMLElement);
    await hand.type(dialog.getAllByLabelText('Value of customer.tier')[0] as HTMLElement, 'gold');
    await hand.click(dialog.getByRole('button', { name: 'Call as this one' }));
    await waitFor(() => expect(asked.at(-1)?.given.answers.find?.exit).toBe('timeout'));
    expect(asked.at(-1)?.given.facts['customer.tier']).toBe('gold');
    expect(screen.getByLabelText('As')).toHaveProperty('value', 'own');
  });

  it('refuses a fact whose name is none', async () => {
    const { deeds } = runDeedsOnStage();
    const { hand } = show(<Pane deeds={deeds} />);
    await begun();
    await hand.click(screen.getByRole('button', { name: 'Change who calls' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Who calls' }));
    await hand.click(dialog.getByRole('button', { name: 'Add a fact' }));
    await hand.type(dialog.getAllByLabelText('Fact').at(-1) as HTMLElement, 'Tier');
    expect(dialog.getByText('A fact has a name such as customer.tier or entered.pin.')).toBeTruthy();
    expect(dialog.getByRole('button', { name: 'Call as this one' })).toHaveProperty('disabled', true);
  });

  it('runs a flow that was changed meanwhile anew with the same keys, and only the last answer counts', async () => {
    const late: ((answer: Awaited<ReturnType<FlowRunDeeds['simulate']>>) => void)[] = [];
    const sent: Flow[] = [];
    const deeds = runDeedsOnStage({
      simulate: (flow) => {
        sent.push(flow);
        return new Promise((resolve) => late.push(resolve));
      },
    }).deeds;
    const { again } = show(<Pane deeds={deeds} />);
    await waitFor(() => expect(late).toHaveLength(1));
    const changed = {
      ...stageFlow,
      nodes: { ...stageFlow.nodes, front: { ...stageFlow.nodes.front, label: 'Renamed' } as Flow['nodes'][string] },
    };
    again(<Pane deeds={deeds} flow={changed} />);
    await waitFor(() => expect(late).toHaveLength(2));
    expect(sent[1]?.nodes.front?.label).toBe('Renamed');
    late[1]?.({ ok: true, value: simulated([{ keys: '2' }]) });
    await screen.findByText('Waits in the queue Second line');
    late[0]?.({ ok: true, value: simulated([{ keys: '1' }]) });
    await Promise.resolve();
    expect(screen.queryByText('Waits in the queue Front desk')).toBeNull();
  });

  it('says plainly that a flow with something missing cannot be run', async () => {
    const { deeds } = runDeedsOnStage({ simulate: async () => ({ ok: false, code: 'bad_request' }) });
    show(<Pane deeds={deeds} />);
    await screen.findByText(/It cannot be run yet/);
  });
});

describe('the tests of a flow', () => {
  it('keeps a run as a test that expects what came out', async () => {
    const { deeds } = runDeedsOnStage();
    const { hand } = show(<Pane deeds={deeds} />);
    await begun();
    expect(screen.getByRole('button', { name: 'Keep as test' })).toHaveProperty('disabled', true);
    await hand.selectOptions(screen.getByLabelText('As'), 'a Diamond customer, English');
    await hand.click(pad().getByText('1'));
    await screen.findByText('Waits in the queue Front desk, priority 60');
    await hand.click(screen.getByRole('button', { name: 'Keep as test' }));
    await hand.type(screen.getByLabelText('What this test shows'), 'Key accounts first{Enter}');
    const list = within(await screen.findByRole('list', { name: 'Tests of this flow' }));
    await list.findByLabelText('holds');
    expect(list.getByText('Key accounts first')).toBeTruthy();
  });

  const given = { number: null, dialled: '', at: '2026-11-22T09:30', locale: null, facts: {}, answers: {} };
  const test = (name: string, steps: CallerStep[], expected: FlowTest['expect']): FlowTest => ({ name, given, steps, expect: expected });
  const flow: Flow = {
    ...stageFlow,
    tests: [
      test('Bills', [{ keys: '1' }], { end: 'queue', queueId: 'front' }),
      test('Sales', [{ keys: '2' }], { end: 'queue', queueId: 'front', passes: ['welcome', 'menu', 'front'] }),
    ],
  };

  it('shows which hold and how the others differ, steps through one, and removes one', async () => {
    const { deeds, asked } = runDeedsOnStage();
    const { hand } = show(<Pane deeds={deeds} flow={flow} />);
    await begun();
    await hand.click(screen.getByRole('button', { name: /^Tests/ }));
    await screen.findByText('Expected the queue Front desk, came to Second line.');
    expect(screen.getByText('Did not pass To the front.')).toBeTruthy();
    expect(screen.getAllByLabelText('holds')).toHaveLength(1);
    await hand.click(screen.getByRole('button', { name: 'Remove the test Bills' }));
    expect(screen.queryByText('Bills')).toBeNull();
    await hand.click(screen.getByRole('button', { name: 'Step through Sales' }));
    await screen.findByText('Waits in the queue Second line');
    expect(asked.at(-1)).toMatchObject({ steps: [{ keys: '2' }], given: { at: '2026-11-22T09:30' } });
  });

  it('lets nobody change them who may only read', async () => {
    const { deeds } = runDeedsOnStage();
    const { hand } = show(<Pane deeds={deeds} flow={flow} isReadOnly />);
    await begun();
    expect(screen.queryByRole('button', { name: 'Keep as test' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Call the draft' })).toBeNull();
    await hand.click(screen.getByRole('button', { name: /^Tests/ }));
    expect(screen.queryByRole('button', { name: /^Remove/ })).toBeNull();
  });
});

describe('calling the draft', () => {
  it('shows the number that answers the phones of the house, with the time that is left', async () => {
    const { deeds } = runDeedsOnStage();
    const { hand } = show(<Pane deeds={deeds} />);
    await begun();
    await hand.click(screen.getByRole('button', { name: 'Call the draft' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Call the draft' }));
    await dialog.findByText('*7010');
    expect(dialog.getByText(/^It answers for another (10:00|9:5\d)\.$/)).toBeTruthy();
  });

  it('says why there is none', async () => {
    const { deeds } = runDeedsOnStage({ openTry: async () => ({ ok: false, code: 'offline' }) });
    const { hand } = show(<Pane deeds={deeds} />);
    await begun();
    await hand.click(screen.getByRole('button', { name: 'Call the draft' }));
    await screen.findByText(/^The bridge cannot be reached\./);
  });
});

it('has nothing that axe would name, tried, tested and searched', async () => {
  const { deeds } = runDeedsOnStage();
  const { container, hand } = show(<Pane deeds={deeds} />, 'zh');
  await begun();
  const judged = async () => (await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map(({ id }) => id);
  expect(await judged()).toEqual([]);
  await hand.click(screen.getByRole('button', { name: '测试' }));
  expect(await judged()).toEqual([]);
  await hand.click(screen.getByRole('button', { name: '通话' }));
  await screen.findByText('没有这样的通话');
  expect(await judged()).toEqual([]);
});
