import { cleanup, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FlowOverlay } from '../../../../../renderer/features/flows/heat/overlay.ts';
import type { FlowRunDeeds } from '../../../../../renderer/features/flows/run-deeds.ts';
import { CallTrace } from '../../../../../renderer/features/flows/traces/CallTrace.tsx';
import { useFlowRuns } from '../../../../../renderer/features/flows/use-flow-runs.tsx';
import type { TracedCall, TraceStep } from '../../../../../shared/contracts/ivr/trace.ts';
import { standInForScreen } from '../../app/stage.ts';
import { runDeedsOnStage, show, stageFlow, stageNames } from './run-stage.tsx';

const at = new Date(2026, 10, 22, 9, 30).getTime();
const step = (nodeId: string, kind: string, exit: string | null, more: Partial<TraceStep> = {}): TraceStep => ({
  ...{ at, flowId: 'day', version: 3, nodeId, kind, label: null, exit, tookMs: 2_400, keys: null, facts: {} },
  ...more,
});
const steps: readonly TraceStep[] = [
  step('welcome', 'play', 'next'),
  step('menu', 'menu', '2', {
    keys: '2',
    exitLabel: { en: 'Faults', zh: '故障' },
    facts: { 'customer.tier': 'gold', 'entered.pin': 'known' },
  }),
  step('second', 'queue', null),
];
const call = (interactionId: string, more: Partial<TracedCall> = {}): TracedCall => ({
  ...{
    interactionId,
    at,
    number: '+442079460958',
    contactName: null,
    flowId: 'day',
    version: 3,
    path: ['welcome', 'menu'],
    end: 'callerLeft',
  },
  ...more,
});

let overlay: FlowOverlay | null = null;
let shares: ReadonlyMap<string, number> | null = null;
function Screen({ deeds, mayWatch = true }: { readonly deeds: FlowRunDeeds; readonly mayWatch?: boolean }) {
  const runs = useFlowRuns({
    ...{ flow: stageFlow, names: stageNames, isReadOnly: false, deeds, homeCountry: 'GB', mayWatch },
    onShow: () => undefined,
    onTests: () => undefined,
  });
  ({ overlay } = runs);
  shares = runs.sharesOf('menu');
  return (
    <>
      {runs.controls}
      {runs.pane}
    </>
  );
}

beforeAll(standInForScreen);
afterEach(cleanup);

describe('the calls through a flow', () => {
  it('are searched by node, exit, keys and days, and open the way of one, drawn over the graph', async () => {
    const asked: Parameters<FlowRunDeeds['findCalls']>[0][] = [];
    const { deeds } = runDeedsOnStage({
      findCalls: async (request) => {
        asked.push(request);
        return { ok: true, value: [call('i-1'), call('i-2', { contactName: 'Margaret Okafor', end: '1' })] };
      },
      readTrace: async () => ({ ok: true, value: steps }),
    });
    const { hand, container } = show(<Screen deeds={deeds} />);
    await hand.click(screen.getByRole('button', { name: 'Calls' }));
    const list = within(await screen.findByRole('list', { name: 'Calls through this flow' }));
    await list.findByText('020 7946 0958');
    expect(list.getByText('Main menu · hung up')).toBeTruthy();
    expect(list.getByText('Main menu · 1 Key 1')).toBeTruthy();

    await hand.selectOptions(screen.getByLabelText('That passed'), 'Main menu');
    await hand.selectOptions(screen.getByLabelText('And left by'), 'no key');
    await hand.type(screen.getByLabelText('Keys typed'), '49');
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ nodeId: 'menu', exit: 'noInput', typed: '49', before: null }));
    await hand.selectOptions(screen.getByLabelText('Callers of'), '7 days');
    await waitFor(() => expect((asked.at(-1)?.to ?? 0) - (asked.at(-1)?.from ?? 0)).toBeGreaterThan(6 * 86_400_000));

    await hand.click(screen.getByRole('button', { name: /Margaret Okafor/ }));
    await screen.findByText(/Faults · 2 s/);
    expect(screen.getByText('gold')).toBeTruthy();
    expect(overlay?.isOnly).toBe('path');
    expect(overlay?.nodes.get('second')?.turns).toEqual([3]);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Back to all calls' }));
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
    await hand.keyboard('{Enter}');
    await screen.findByRole('list', { name: 'Calls through this flow' });
    expect(overlay?.isOnly).toBeNull();
  });

  it('go on where the last of a hundred stands, and show none twice', async () => {
    const hundred = Array.from({ length: 100 }, (_, place) => call(`i-${place}`, { at: at - place, contactName: `Caller ${place}` }));
    const asked: (number | null)[] = [];
    const { deeds } = runDeedsOnStage({
      findCalls: async ({ before }) => {
        asked.push(before);
        return { ok: true, value: before === null ? hundred : [hundred[99] as TracedCall, call('i-100', { contactName: 'Caller 100' })] };
      },
    });
    const { hand } = show(<Screen deeds={deeds} />);
    await hand.click(screen.getByRole('button', { name: 'Calls' }));
    await hand.click(await screen.findByRole('button', { name: 'Show earlier' }));
    await screen.findByText('Caller 100');
    expect(asked).toEqual([null, at - 99]);
    expect(screen.getAllByText('Caller 99')).toHaveLength(1);
  });

  it('are not there for who may not watch the queues', () => {
    show(<Screen deeds={runDeedsOnStage().deeds} mayWatch={false} />);
    expect(screen.queryByRole('button', { name: 'Calls' })).toBeNull();
  });
});

describe('the heat map', () => {
  it('is asked for when it is switched on, for the days that are chosen, and tells each key its part', async () => {
    const asked: Parameters<FlowRunDeeds['readHeat']>[0][] = [];
    const { deeds } = runDeedsOnStage({
      readHeat: async (request) => {
        asked.push(request);
        return { ok: true, value: { callers: 1_412, nodes: [{ nodeId: 'menu', entered: 1_000, hungUp: 0, exits: { 1: 750, 2: 250 } }] } };
      },
    });
    const { hand } = show(<Screen deeds={deeds} />);
    expect(asked).toHaveLength(0);
    expect(shares).toBeNull();
    await hand.click(screen.getByRole('switch', { name: 'Heat map' }));
    await screen.findByText('1,412 callers');
    expect(overlay?.exits.get('menu/1')?.callers).toBe(750);
    expect(shares?.get('2')).toBe(25);
    await hand.selectOptions(screen.getByLabelText('Callers of'), '30 days');
    await waitFor(() => expect(asked).toHaveLength(2));
    await hand.click(screen.getByRole('switch', { name: 'Heat map' }));
    expect(overlay?.exits.size).toBe(0);
  });
});

describe('a call on the timeline', () => {
  it('opens the way through the IVR when it is asked for, with keys, exits, seconds and facts', async () => {
    const asked: string[] = [];
    const readTrace: FlowRunDeeds['readTrace'] = async (interactionId) => {
      asked.push(interactionId);
      return { ok: true, value: steps };
    };
    const { hand } = show(<CallTrace interactionId="i-7" readTrace={readTrace} />, 'zh');
    expect(asked).toEqual([]);
    await hand.click(screen.getByRole('button', { name: 'IVR 路径' }));
    await screen.findByText('按键菜单');
    expect(screen.getByText('2', { selector: '.path-key' })).toBeTruthy();
    expect(screen.getByText('pin')).toBeTruthy();
    expect(screen.getByText(/故障 · 2 秒/)).toBeTruthy();
    expect(asked).toEqual(['i-7']);
  });

  it('says what is wrong and asks again, and says when there is nothing to see', async () => {
    let answers = 0;
    const readTrace: FlowRunDeeds['readTrace'] = async () => {
      answers += 1;
      return answers === 1 ? { ok: false, code: 'forbidden' } : { ok: true, value: [] };
    };
    const { hand } = show(<CallTrace interactionId="i-7" readTrace={readTrace} />);
    const open = screen.getByRole('button', { name: 'Way through the IVR' });
    await hand.click(open);
    await screen.findByText('Your role may not do this.');
    await hand.click(open);
    await hand.click(open);
    await screen.findByText(/went through no flow/);
  });
});
