import { describe, expect, it } from 'vitest';
import { queueView } from '../../../cti-bridge/acd/index.ts';
import { featureCode } from '../../../cti-bridge/flows/feature-codes.ts';
import { FlowTrials } from '../../../cti-bridge/flows/flow-studio/index.ts';
import type { FlowNode } from '../../../cti-bridge/ivr/index.ts';
import { asId, type QueueId } from '../../../shared/ids.ts';
import { entranceOf, flowOf } from '../ivr/flows.ts';
import { billing, FakeCall, newHouse, users } from './fakes.ts';

/** A flow is tried from a phone of the house: Wei has a desktop, no desk phone. */
const menu: FlowNode = {
  kind: 'menu',
  prompts: ['menu-main'],
  onSilence: null,
  onWrongKey: null,
  keys: { 1: { en: 'a person', zh: '人工' }, 2: { en: 'a call', zh: '回电' }, 3: { en: 'elsewhere', zh: '转接' } },
  waitMs: 5_000,
  attempts: 1,
  exits: { 1: 'queue', 2: 'sms', 3: 'transfer', noInput: 'bye' },
};
const queue: FlowNode = { kind: 'queue', queueId: billing.id, priority: null, exits: {} };
const draft = flowOf(
  {
    answer: { kind: 'answer', exits: { next: 'menu' } },
    menu,
    queue,
    sms: { kind: 'sms', to: null, text: { en: 'hello', zh: '你好' }, exits: { sent: 'callback', notSent: 'bye' } },
    callback: {
      ...{ kind: 'callback', prompts: ['closed-callback-offer'], queueId: billing.id, acceptKey: '1', waitMs: 5_000 },
      exits: { promised: 'bye', declined: 'bye', notPossible: 'queue' },
    },
    transfer: { kind: 'transfer', number: '+442079460000', ringSeconds: 20, exits: { failed: 'bye' } },
    bye: { kind: 'hangUp', prompts: ['survey-thanks'], exits: {} },
  },
  'answer',
);

async function tried(dialled?: string, extension = '6013') {
  const house = newHouse(billing, users);
  const trials = new FlowTrials(house.clock);
  const dial = trials.open('adam', { flow: draft, flows: entranceOf(draft).flows });
  const call = new FakeCall(house.clock, dialled ?? dial, { number: '6013', presentedName: null });
  const story = featureCode(call, extension, house.context, () => ({ reasons: [] }), house.parked, trials);
  await house.clock.run(10);
  const press = async (key: string) => {
    call.press(key);
    await house.clock.run(10);
  };
  return { house, call, story, press };
}

describe('a flow that is being tried', () => {
  it('answers a phone of the house as it would a caller, and is no contact: nothing is recorded, traced, or waits', async () => {
    const { house, call, story, press } = await tried();
    expect(call.heard).toEqual(['answered', 'zh/menu-main']);
    await press('1');
    await story;
    expect(call.heard.at(-1)).toBe('zh/goodbye');
    expect(call.end).toMatchObject({ reason: 'completedInIvr' });
    expect(house.events).toEqual([]);
    expect(house.ivr.passed).toEqual([]);
    expect(house.context.live.all()).toEqual([]);
    expect(queueView(house.context.routing.state, asId<QueueId>(billing.id)).waiting).toBe(0);
  });

  it('pretends what somebody outside would notice: no text is sent, no call promised, no number called', async () => {
    const { house, call, story, press } = await tried();
    await press('2');
    await press('1');
    await story;
    expect(call.heard.slice(-2)).toEqual(['zh/survey-thanks', 'zh/goodbye']);
    expect([house.ivr.texts, house.promises.states]).toEqual([[], []]);
    const other = await tried();
    await other.press('3');
    await other.story;
    expect(other.call.outside).toEqual([]);
    expect(other.call.heard).toContain('zh/survey-thanks');
  });

  it('ends with the caller', async () => {
    const { call, story, house } = await tried();
    call.hangUp('hungUp', 'caller', 'caller');
    await house.clock.run(10);
    await story;
    expect(call.heard).toEqual(['answered', 'zh/menu-main']);
  });

  it('is at its own number alone, and for nobody who is none of ours', async () => {
    expect((await tried('*7099')).call.refusedWith).toBe(403);
    expect((await tried(undefined, '9999')).call.refusedWith).toBe(403);
  });
});
