import { describe, expect, it } from 'vitest';
import type { PassedNode } from '../../../../cti-bridge/ivr/index.ts';
import { asId, type InteractionId } from '../../../../shared/ids.ts';
import { asker, flow, studioHouse } from './studio-house.ts';

const interactionId = asId<InteractionId>('call-1');
const step = (nodeId: string, exit: string | null, more: Partial<PassedNode> = {}): PassedNode => ({
  ...{ interactionId, at: 7, flowId: 'hotline', version: 1, nodeId, exit, tookMs: 5, keys: null, facts: {} },
  ...more,
});
const lena = asker('lena', 'contact:read');

describe('the way of one caller', () => {
  it('is told with what the nodes were in the version that they met', async () => {
    const { studio, adam, traces, goLive } = studioHouse();
    await goLive(flow('hotline'));
    const typed = { keys: '8812', facts: { 'entered.customer': '8812' } };
    traces.steps = [
      step('answer', 'next'),
      step('queue', null, typed),
      step('answer', 'next', { version: 0 }),
      step('constructor', 'next'),
    ];
    const told = await studio['interaction:trace'](adam, { interactionId });
    expect(told).toEqual({
      ok: true,
      value: {
        steps: [
          {
            at: 7,
            flowId: 'hotline',
            version: 1,
            nodeId: 'answer',
            kind: 'answer',
            label: null,
            exit: 'next',
            tookMs: 5,
            keys: null,
            facts: {},
          },
          { at: 7, flowId: 'hotline', version: 1, nodeId: 'queue', kind: 'queue', label: 'The queue', exit: null, tookMs: 5, ...typed },
          expect.objectContaining({ version: 0, kind: 'unknown', label: null }),
          expect.objectContaining({ nodeId: 'constructor', kind: 'unknown', label: null }),
        ],
      },
    });
  });

  it('says what the keys and cases by which a node was left were called', async () => {
    const { studio, adam, traces, goLive } = studioHouse();
    const cases = [{ id: 'gold', label: 'Gold', all: [{ fact: 'customer.tier', is: 'equals' as const, value: 'gold' }] }];
    const keys = { '1': { en: 'Bills', zh: '账单' } };
    const live = await goLive(
      flow('hotline', 'billing', {
        nodes: {
          answer: { kind: 'answer', exits: { next: 'menu' } },
          menu: {
            kind: 'menu',
            prompts: [],
            onSilence: null,
            onWrongKey: null,
            keys,
            waitMs: 5_000,
            attempts: 3,
            exits: { '1': 'tier', noInput: 'queue' },
          },
          tier: { kind: 'branch', cases, exits: { gold: 'queue', otherwise: 'queue' } },
          queue: { kind: 'queue', queueId: 'billing', priority: null, exits: {} },
        },
      }),
    );
    expect(live).toEqual({ ok: true, value: { published: true, version: 1 } });
    traces.steps = [step('menu', '1', { keys: '1' }), step('tier', 'gold'), step('tier', 'otherwise'), step('menu', 'constructor')];
    const told = await studio['interaction:trace'](adam, { interactionId });
    if (!told.ok) throw new Error(told.error.message);
    expect(told.value.steps.map(({ exitLabel }) => exitLabel)).toEqual([keys['1'], { en: 'Gold', zh: 'Gold' }, undefined, undefined]);
  });

  it('is seen by who sees the customer, has the call in hand or, of nobody known, watches the queues', async () => {
    const { studio, traces, inHand } = studioHouse();
    const sun = asker('sun', 'contact:read', 'queue:watch');
    const isSeen = async (customer: typeof traces.customer, who = lena) => {
      traces.customer = customer;
      return (await studio['interaction:trace'](who, { interactionId })).ok;
    };
    expect([await isSeen('seen'), await isSeen('unseen'), await isSeen('unknown')]).toEqual([true, false, false]);
    expect([await isSeen('seen', sun), await isSeen('unseen', sun), await isSeen('unknown', sun)]).toEqual([true, false, true]);
    inHand.add('call-1');
    expect([await isSeen('unseen'), await isSeen('unknown')]).toEqual([true, true]);
  });
});

describe('callers through a flow', () => {
  it('are looked for among the customers whom one sees, a page at a time', async () => {
    const { studio, traces, goLive } = studioHouse();
    await goLive(flow('hotline'));
    const found = { interactionId, at: 7, number: '138', contactName: null, version: 1 };
    traces.found = [
      { ...found, path: ['answer', 'queue'], lastExit: null },
      { ...found, path: ['answer'], lastExit: 'hangUp' },
      { ...found, path: ['answer'], lastExit: 'next' },
    ];
    const request = { flowId: 'hotline', nodeId: 'queue', exit: null, typed: '88', from: 1, to: 9, before: null };
    const told = await studio['flow:traces'](asker('sun', 'queue:watch'), request);
    expect(traces.asked).toEqual([[{ ...request, limit: 100 }, { units: ['west'] }]]);
    expect(told.ok && told.value.calls.map(({ end }) => end)).toEqual(['queue', 'callerLeft', 'next']);
    expect(told.ok && told.value.calls[0]).toMatchObject({ flowId: 'hotline', path: ['answer', 'queue'], number: '138' });
  });

  it('are counted by node and exit, from the beginning of the first day on the clock of the organisation', async () => {
    const { studio, adam, traces } = studioHouse();
    traces.exits = {
      callers: 9,
      exits: [
        { nodeId: 'menu', exit: '1', callers: 5 },
        { nodeId: 'menu', exit: 'hangUp', callers: 3 },
        { nodeId: 'queue', exit: null, callers: 5 },
      ],
    };
    const from = Date.parse('2026-11-23T01:30:00+08:00');
    const heat = await studio['flow:heat'](adam, { flowId: 'hotline', version: null, from, to: from + 1 });
    expect(heat).toEqual({
      ok: true,
      value: {
        callers: 9,
        nodes: [
          { nodeId: 'menu', entered: 8, hungUp: 3, exits: { 1: 5 } },
          { nodeId: 'queue', entered: 5, hungUp: 0, exits: {} },
        ],
      },
    });
    expect(traces.asked).toEqual([['hotline', null, Date.parse('2026-11-23T00:00:00+08:00'), from + 1]]);
  });
});

describe('a number to try a flow', () => {
  it('leads to the draft as it is now, with the other flows that are live, and where there is none to what is live', async () => {
    const { studio, adam, trials, save, goLive } = studioHouse();
    await goLive(flow('hotline'));
    await goLive(flow('part'));
    await save(flow('hotline', 'general'));
    const opened = await studio['flow:open-try'](adam, { flowId: 'hotline' });
    const trial = trials.find(opened.ok ? opened.value.dial : '');
    expect(trial?.flow).toEqual(flow('hotline', 'general'));
    expect([trial?.flows.find('hotline')?.version, trial?.flows.find('part')?.version]).toEqual([0, 1]);
    const live = await studio['flow:open-try'](adam, { flowId: 'part' });
    expect(trials.find(live.ok ? live.value.dial : '')?.flow).toEqual(flow('part'));
    expect(await studio['flow:open-try'](adam, { flowId: 'gone' })).toMatchObject({ error: { code: 'not_found' } });
  });

  it('is not needed by whoever is called on the own phone with the draft, where that can be rung', async () => {
    const { studio, adam, save } = studioHouse();
    await save(flow('hotline'));
    const call = (flowId: string, phone: string) => studio['flow:call-draft'](adam, { flowId, phone });
    expect(await call('hotline', 'adam')).toEqual({ ok: true, value: { reservationId: 'call of hotline' } });
    expect(await call('hotline', 'eve')).toMatchObject({ error: { code: 'conflict' } });
    expect(await call('gone', 'adam')).toMatchObject({ error: { code: 'not_found' } });
  });
});
