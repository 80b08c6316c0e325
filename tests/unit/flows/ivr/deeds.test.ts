import { describe, expect, it } from 'vitest';
import { itemOf } from '../../../../cti-bridge/acd/index.ts';
import { inboundCall } from '../../../../cti-bridge/flows/inbound-call.ts';
import { writtenFindings } from '../../../../cti-bridge/flows/ivr/findings.ts';
import { resumeCall } from '../../../../cti-bridge/flows/resume-call.ts';
import type { FlowNode } from '../../../../cti-bridge/ivr/index.ts';
import { asId, type WorkItemId } from '../../../../shared/ids.ts';
import { entranceOf, flowOf } from '../../ivr/flows.ts';
import { alone, billing, FakeCall, lena, margaret, newHouse, users, wei } from '../fakes.ts';

/** What a live call does at each node that has something done for it: over a real router and a real interpreter, in virtual time. */

const bye: FlowNode = { kind: 'hangUp', prompts: [], exits: {} };
const answer = (next: string): FlowNode => ({ kind: 'answer', exits: { next } });
/** Where a caller ended, seen by what they hear last. */
const ends = (...names: readonly string[]): Record<string, FlowNode> =>
  Object.fromEntries(names.map((name) => [name, { kind: 'hangUp', prompts: [`end-${name}`], exits: {} }]));

/** Waits for these keys, once. */
const menuOf = (keys: string, exits: Record<string, string>, prompts: string[] = [], waitMs = 5_000): FlowNode => ({
  ...{ kind: 'menu', prompts, onSilence: null, onWrongKey: null, waitMs, attempts: 1, exits },
  keys: Object.fromEntries([...keys].map((key) => [key, { en: key, zh: key }])),
});
const toBilling: FlowNode = { kind: 'queue', queueId: 'billing', priority: null, exits: {} };

const endOf = (house: House) => house.events.findLast((event) => event.type === 'interaction:ended')?.end;
type House = ReturnType<typeof newHouse>;
type Made = Awaited<ReturnType<typeof callIn>>;

/** A call in a flow that answers and goes on at `first`. */
async function callIn(nodes: Record<string, FlowNode>, prepare: (house: House, call: FakeCall) => void = () => {}, people = users) {
  const [first = ''] = Object.keys(nodes);
  const flow = flowOf({ answer: answer(first), ...nodes }, 'answer', { fallback: { queueId: 'billing', prompt: 'technical-difficulty' } });
  const house = newHouse(billing, people, flow);
  const call = new FakeCall(house.clock);
  prepare(house, call);
  const story = inboundCall(call, house.context);
  await house.clock.run(10);
  return { house, call, story, flow, run: (ms: number) => house.clock.run(ms) };
}

describe('looking up', () => {
  const found = {
    lookUp: {
      kind: 'lookUp',
      what: 'customer',
      by: null,
      whileWaiting: null,
      limitMs: 3_000,
      exits: { found: 'branch', notFound: 'unknown' },
    },
    branch: {
      kind: 'branch',
      cases: [{ id: 'diamond', label: '', all: [{ fact: 'customer.tier', is: 'equals', value: 'diamond' }] }],
      exits: { diamond: 'diamond', otherwise: 'other' },
    },
    ...ends('diamond', 'other', 'unknown'),
  } satisfies Record<string, FlowNode>;

  it('a customer by their number says who they are', async () => {
    const { call } = await callIn(found);
    expect(call.heard.at(-1)).toMatch(/end-diamond$/);
  });

  it('a customer whom nobody knows leaves by another way', async () => {
    const { call } = await callIn(found, (house) => {
      house.contacts.found = [];
    });
    expect(call.heard.at(-1)).toMatch(/end-unknown$/);
  });

  const byTyped = {
    collect: {
      ...{ kind: 'collect', prompts: [], onInvalid: null, attribute: 'number', minLength: 4, maxLength: 6, terminator: '#' },
      ...{ firstKeyMs: 5_000, betweenKeysMs: 5_000, masked: false, attempts: 1, exits: { done: 'lookUp', nothing: 'nothing' } },
    },
    lookUp: {
      ...{ kind: 'lookUp', what: 'customer', by: 'entered.number', whileWaiting: null, limitMs: 3_000 },
      exits: { found: 'found', notFound: 'unknown' },
    },
    ...ends('found', 'unknown', 'nothing'),
  } as Record<string, FlowNode>;

  it('by what they typed finds whom that leads to, and nobody by the number they call from', async () => {
    const typed = await callIn(byTyped, (house) => house.contacts.byEntered.set('100042', margaret));
    for (const key of '100042') typed.call.press(key);
    await typed.run(10);
    expect(typed.call.heard.at(-1)).toMatch(/end-found$/);

    const wrong = await callIn(byTyped);
    for (const key of '999999') wrong.call.press(key);
    await wrong.run(10);
    expect(wrong.call.heard.at(-1)).toMatch(/end-unknown$/);
  });

  it.each([
    [
      'an open case',
      'case',
      (house: House) =>
        Object.assign(house.contacts, {
          found: [{ ...margaret, cases: [{ caseId: 'c', number: 'C-7', kind: 'repair', subject: 'No line', openedAt: 0, dueAt: null }] }],
        }),
      'C-7',
    ],
    [
      'what is owed',
      'balance',
      (house: House) =>
        Object.assign(house.ivr, { bills: { currency: 'CNY', unpaid: 12_50, arrears: 0, dueAt: Date.UTC(2026, 10, 29, 17) } }),
      '12.50 CNY 0.00 2026-11-30',
    ],
  ] as const)('%s tells it in facts', async (_what, what, prepare, told) => {
    const nodes = {
      lookUp: { kind: 'lookUp', what, by: null, whileWaiting: null, limitMs: 3_000, exits: { found: 'set', notFound: 'none' } },
      set: {
        kind: 'set',
        ...{ priority: null, skills: null, exits: { next: 'queue' } },
        attributes: {
          told: what === 'case' ? '{case.id}' : '{balance.amount} {balance.currency} {balance.arrears} {balance.dueOn}',
        },
      },
      queue: toBilling,
      ...ends('none'),
    } satisfies Record<string, FlowNode>;
    const { house } = await callIn(nodes, (made) => void prepare(made));
    expect(house.live.all()[0]?.facts).toEqual({ 'attribute.told': told });

    const without = await callIn(nodes);
    expect(without.call.heard.at(-1)).toMatch(/end-none$/);
  });

  it('that hangs is waited for with a prompt and music, never in silence, and given up at its limit', async () => {
    const { house, call, run } = await callIn({
      ask: {
        ...{ kind: 'http', method: 'GET', url: 'http://crm.example/', headers: {}, body: null, takes: [] },
        ...{ whileWaiting: 'one-moment', limitMs: 20_000, exits: { answered: 'ok', refused: 'no', timeout: 'late' } },
      },
      ...ends('ok', 'no', 'late'),
    } as Record<string, FlowNode>);
    await run(1_100);
    expect(call.heard.slice(-2)).toEqual(['zh/one-moment', 'music']);
    expect(call.isPlaying).toBe(true);
    await run(18_000);
    expect(call.isPlaying).toBe(true);
    await run(2_000);
    expect(call.heard.at(-1)).toBe('zh/end-late');
    expect(house.ivr.asked).toHaveLength(1);
  });
});

describe('asking another system', () => {
  const nodes = {
    ask: {
      ...{
        kind: 'http',
        method: 'POST',
        url: 'http://crm.example/{call.number}',
        headers: { 'X-Key': 'k' },
        body: '{"n":"{call.number}"}',
      },
      takes: [
        { path: '/tier', as: 'tier' },
        { path: 'X-Ticket', as: 'ticket' },
        { path: '/absent', as: 'absent' },
      ],
      ...{ whileWaiting: null, limitMs: 3_000, exits: { answered: 'queue', refused: 'no', error: 'broken' } },
    },
    queue: toBilling,
    ...ends('no', 'broken'),
  } as Record<string, FlowNode>;

  it('takes of the answer what the node says, and nothing else', async () => {
    const { house } = await callIn(nodes, ({ ivr }) => {
      ivr.answer = async () => ({ kind: 'answered', status: 200, headers: { 'x-ticket': '77' }, body: { tier: 'gold', secret: 'x' } });
    });
    expect(house.live.all()[0]?.facts).toEqual({ 'lookUp.tier': 'gold', 'lookUp.ticket': '77' });
    expect(house.ivr.asked).toMatchObject([{ method: 'POST', url: 'http://crm.example/%2B447700900142', body: '{"n":"+447700900142"}' }]);
  });

  it.each([
    ['no', { kind: 'answered', status: 404, headers: {}, body: { tier: 'gold' } }],
    ['no', { kind: 'answered', status: 302, headers: { location: 'http://10.0.0.1/' }, body: null }],
    ['broken', { kind: 'notAllowed', why: 'insideAddress' }],
    ['broken', { kind: 'failed', why: 'tooLarge' }],
  ] as const)('leaves by "%s" for %j', async (end, answered) => {
    const { call } = await callIn(nodes, ({ ivr }) => {
      ivr.answer = async () => answered;
    });
    expect(call.heard.at(-1)).toBe(`zh/end-${end}`);
  });

  it('is stopped when the caller hangs up meanwhile', async () => {
    let isStopped = false;
    const { call, story, run } = await callIn(nodes, ({ ivr }) => {
      ivr.answer = (_question, signal) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            isStopped = true;
          });
        });
    });
    call.callerHangsUp();
    await run(10);
    await story;
    expect(isStopped).toBe(true);
  });
});

describe('a text message', () => {
  const nodes = {
    sms: {
      ...{ kind: 'sms', to: null, text: { en: 'Hello {customer.name}', zh: '您好 {customer.name}' } },
      exits: { sent: 'sent', notSent: 'notSent' },
    },
    ...ends('sent', 'notSent'),
  } as Record<string, FlowNode>;

  it('goes to the number of the call in the language in force', async () => {
    const { house, call } = await callIn(nodes);
    expect(house.ivr.texts).toEqual(['+447700900142: 您好 Margaret Okafor']);
    expect(call.heard.at(-1)).toBe('zh/end-sent');
  });

  it('is said not to be sent where nothing sends any, and to somebody without a number', async () => {
    const none = await callIn(nodes, ({ ivr }) => {
      ivr.textOutcome = 'notSet';
    });
    expect(none.call.heard.at(-1)).toBe('zh/end-notSent');
    const house = newHouse(billing, users, none.flow);
    const anonymous = new FakeCall(house.clock, '1000', { number: null, presentedName: null });
    void inboundCall(anonymous, house.context);
    await house.clock.run(10);
    expect(anonymous.heard.at(-1)).toBe('zh/end-notSent');
    expect(house.ivr.texts).toEqual([]);
  });

  it('is still sent to whoever hangs up where the flow says so', async () => {
    const { house, call, story, run } = await callIn({
      wait: menuOf('', { noInput: 'sent', hangUp: 'sms' }),
      ...nodes,
    } as Record<string, FlowNode>);
    call.callerHangsUp();
    await run(10);
    await story;
    expect(house.ivr.texts).toHaveLength(1);
    expect(endOf(house)).toMatchObject({ by: 'caller', reason: 'abandoned' });
  });
});

describe('a recording', () => {
  const nodes = {
    record: { kind: 'record', prompts: ['say-it'], attribute: 'wish', maxSeconds: 60, exits: { done: 'menu', nothing: 'nothing' } },
    menu: menuOf('5', { '5': 'five', noInput: 'queue' }),
    queue: toBilling,
    ...ends('nothing', 'five'),
  } as Record<string, FlowNode>;

  it('keeps what the caller says until #, and gives whoever takes the call its id; the keys pressed meanwhile are no answers', async () => {
    const { house, call, run } = await callIn(nodes);
    await run(4_000);
    call.press('5');
    call.press('#');
    await run(10);
    const [recording] = call.recordings;
    expect(recording?.asked).toEqual(['started', 'stopped']);
    await run(5_100);
    expect(house.live.all()[0]?.facts).toEqual({ 'entered.wish': recording?.recordingId });
    expect(house.recordings.told.filter((told) => told.startsWith('end'))).toHaveLength(1);
    expect(house.types()).toContain('recording:ended');
  });

  it('is nothing when the disk refuses it, and the call goes on', async () => {
    const { house, call } = await callIn(nodes, (made) => {
      made.recordings.failNext = true;
    });
    expect(call.recordings).toEqual([]);
    expect(house.types()).not.toContain('recording:started');
  });
});

describe('a promised call', () => {
  const nodes = {
    offer: {
      ...{ kind: 'callback', prompts: ['offer'], queueId: 'billing', acceptKey: '1', waitMs: 5_000 },
      exits: { promised: 'promised', declined: 'declined', notPossible: 'notPossible' },
    },
    ...ends('promised', 'declined', 'notPossible'),
  } as Record<string, FlowNode>;

  it('is on disk before it is spoken, keeps the place in the queue, and is what the call ended with', async () => {
    const { house, call, story, run } = await callIn(nodes);
    call.press('1');
    await run(10);
    expect(call.heard.at(-1)).toBe('zh/end-promised');
    await story;
    expect(house.promises.states).toEqual(['pending']);
    const [row] = house.promises.rows.values();
    expect(itemOf(house.routing.state, asId<WorkItemId>(row?.workItemId ?? ''))).toMatchObject({ isCallback: true, queueId: 'billing' });
    expect(endOf(house)).toMatchObject({ reason: 'callbackPromised' });
    await house.ready(lena, '6012');
    await run(10);
    house.phones.last.answers();
    await run(10);
    expect(house.customers.dialled).toHaveLength(1);
  });

  it('stands also when the caller hangs up at once, and is not made twice', async () => {
    const { house, call, story, run } = await callIn({ ...nodes, promised: nodes.offer as FlowNode });
    call.press('1');
    await run(10);
    call.press('1');
    await run(10);
    call.callerHangsUp();
    await run(10);
    await story;
    expect(house.promises.rows.size).toBe(1);
    expect(house.promises.states).toEqual(['pending']);
  });

  it('is taken back by whoever goes on to wait after all', async () => {
    const { house, call, run } = await callIn({ ...nodes, promised: toBilling });
    call.press('1');
    await run(10);
    expect(house.promises.states).toEqual(['canceled']);
    expect(house.live.all()[0]?.queueId).toBe('billing');
    expect(call.end).toBeNull();
    await house.ready(lena, '6012');
    await run(10);
    expect(house.desktops.of('reservation:offered', lena)).toHaveLength(1);
  });

  it('cannot be had by whoever has no number, nor where the disk does not take it', async () => {
    const { house, call, run } = await callIn(nodes, (made) => {
      made.promises.failNext = true;
    });
    call.press('1');
    await run(10);
    expect(call.heard.at(-1)).toBe('zh/end-notPossible');
    expect(house.promises.states).toEqual([]);
  });
});

describe('a transfer outside', () => {
  const nodes = {
    transfer: { kind: 'transfer', number: '+442071234567', ringSeconds: 20, exits: { failed: 'failed' } },
    ...ends('failed'),
  } as Record<string, FlowNode>;

  it('brings caller and number together until one of them hangs up, and is recorded as that', async () => {
    const { house, call, story, run } = await callIn(nodes);
    const [outside] = call.outside;
    expect(outside?.dialled).toMatchObject({ number: '+442071234567', shownAs: '1000' });
    expect(call.isPlaying).toBe(true);
    outside?.answers();
    await run(10);
    expect(call.isPlaying).toBe(false);
    expect([...call.hearing]).toEqual([`customer < ${outside?.partyId}`, `${outside?.partyId} < customer`]);
    await run(600_000);
    expect(call.end).toBeNull();
    call.press('3');
    expect(outside?.keysSent).toEqual(['3']);
    outside?.vanish('hungUp');
    await run(10);
    await story;
    expect(endOf(house)).toEqual({ by: 'system', reason: 'transferred', fault: 'caller' });
    expect(house.events.findLast(({ type }) => type === 'ivr:left')).toMatchObject({ exit: 'transferred' });
  });

  it('lets the outside party go when the caller hangs up', async () => {
    const { call, story, run } = await callIn(nodes);
    call.outside[0]?.answers();
    await run(10);
    call.callerHangsUp();
    await run(10);
    await story;
    expect(call.outside[0]?.released).not.toBeNull();
  });

  it.each([
    ['nobody answers in time', (made: Made) => made.run(21_000)],
    [
      'they are busy',
      async ({ call, run }: Made): Promise<void> => {
        call.outside[0]?.fails('rejected');
        await run(10);
      },
    ],
  ] as const)('goes on in the flow when %s', async (_what, happen) => {
    const made = await callIn(nodes);
    await happen(made);
    expect(made.call.heard.at(-1)).toBe('zh/end-failed');
  });

  it('goes on in the flow when no trunk carries the number', async () => {
    const { call } = await callIn(nodes, ({ ivr }) => {
      ivr.hasWayOut = false;
    });
    expect(call.outside).toEqual([]);
    expect(call.heard.at(-1)).toBe('zh/end-failed');
  });
});

describe('another IVR', () => {
  const nodes = {
    external: {
      ...{ kind: 'external', number: '8000', sends: { tier: '{customer.tier}', name: '{customer.name}' }, ringSeconds: 20, maxSeconds: 60 },
      takes: [
        { path: '/result', as: 'result' },
        { path: 'X-Case', as: 'case' },
      ],
      exits: { returned: 'menu', failed: 'failed', timeout: 'late' },
    },
    menu: menuOf('1', { '1': 'queue', noInput: 'queue' }, ['back']),
    queue: toBilling,
    ...ends('failed', 'late'),
  } as Record<string, FlowNode>;

  it('gets what the flow says of the caller, has them until it hangs up, and what it says then is known in the flow', async () => {
    const { house, call, run } = await callIn(nodes);
    const [leg] = call.outside;
    const hex = Buffer.from('tier=diamond&name=Margaret%20Okafor').toString('hex');
    expect(leg?.dialled.userToUser).toBe(`04${hex};encoding=hex;purpose=isdn-uui;content=isdn-uui`);
    leg?.answers();
    await run(3_000);
    expect([...call.hearing]).toHaveLength(2);
    // Keys pressed there are for the other IVR.
    call.press('1');
    expect(leg?.keysSent).toEqual(['1']);
    await run(1_000);
    Object.assign(leg?.farewells ?? {}, { 'User-to-User': '04726573756c743d70616964;encoding=hex', 'X-Case': 'C-9' });
    leg?.vanish('hungUp');
    await run(10);
    expect(call.heard.at(-1)).toBe('zh/back');
    expect(call.hearing.size).toBe(0);
    await run(5_100);
    expect(house.live.all()[0]).toMatchObject({ queueId: 'billing', facts: { 'passed.result': 'paid', 'passed.case': 'C-9' } });
  });

  it.each([
    [
      'failed',
      'its line breaks off',
      async ({ call, run }: Made): Promise<void> => {
        call.outside[0]?.answers();
        await run(10);
        Object.assign(call.outside[0]?.farewells ?? {}, { 'X-Case': 'C-9' });
        call.outside[0]?.vanish('lost');
        await run(10);
      },
    ],
    ['failed', 'it does not answer', ({ run }: Made) => run(21_000)],
  ] as const)('leaves by "%s" when %s', async (end, _what, happen) => {
    const made = await callIn(nodes);
    await happen(made);
    expect(made.call.heard.at(-1)).toBe(`zh/end-${end}`);
  });

  it('is hung up on when the caller is, and when it keeps them too long', async () => {
    const left = await callIn(nodes);
    left.call.outside[0]?.answers();
    await left.run(10);
    left.call.callerHangsUp();
    await left.run(10);
    await left.story;
    expect(left.call.outside[0]?.released).not.toBeNull();

    const late = await callIn(nodes);
    late.call.outside[0]?.answers();
    await late.run(61_000);
    expect(late.call.outside[0]?.released).toBe('ended');
    late.call.outside[0]?.vanish('released');
    await late.run(10);
    expect(late.call.heard.at(-1)).toBe('zh/end-late');
  });
});

describe('a survey', () => {
  it('keeps the answer with the interaction, and nobody waits for it', async () => {
    const { house, call } = await callIn({
      survey: {
        ...{ kind: 'survey', prompts: ['how-was-it'], onWrongKey: null, attribute: 'satisfaction', highest: 5, waitMs: 5_000, attempts: 2 },
        exits: { answered: 'thanks', nothing: 'thanks' },
      },
      ...ends('thanks'),
    } as Record<string, FlowNode>);
    call.press('4');
    await house.clock.run(10);
    expect(house.events.find(({ type }) => type === 'ivr:surveyAnswered')).toMatchObject({
      ...{ flowId: 'test', nodeId: 'survey', attribute: 'satisfaction', score: 4, highest: 5 },
    });
    expect(call.heard.at(-1)).toBe('zh/end-thanks');
  });
});

describe('a flow after the call', () => {
  const survey = flowOf(
    {
      ask: {
        ...{ kind: 'survey', prompts: ['how-was-it'], onWrongKey: null, attribute: 'satisfaction', highest: 5, waitMs: 5_000, attempts: 1 },
        exits: { answered: 'thanks', nothing: 'thanks' },
      },
      ...ends('thanks'),
    } as Record<string, FlowNode>,
    'ask',
    { flowId: 'survey' },
  );
  const toQueue = { queue: toBilling } satisfies Record<string, FlowNode>;

  type Talked = Awaited<ReturnType<typeof talked>>;
  async function talked() {
    const made = await callIn(toQueue, ({ ivr }) => {
      ivr.afterCall = entranceOf(survey);
    });
    const { house, run } = made;
    await house.ready(lena, '6012');
    await run(10);
    const leg = house.phones.last;
    leg.answers();
    await run(10);
    return { ...made, leg, interactionId: house.desktops.of('interaction:assigned')[0]?.interactionId ?? 'none' };
  }

  it.each([
    ['by the key of their desktop', ({ house, interactionId }: Talked) => house.desk.endCall(lena, { interactionId })],
    ['with their phone', async ({ leg }: Talked) => leg.vanish('hungUp')],
  ] as const)('asks the customer who is still there when the agent hangs up %s, beside the wrap-up', async (_how, hangUp) => {
    const made = await talked();
    const { house, call, story, run, interactionId } = made;
    await hangUp(made);
    await run(10);
    expect(call.heard.at(-1)).toBe('zh/how-was-it');
    expect(call.end).toBeNull();
    expect(endOf(house)).toEqual({ by: 'agent', reason: 'hungUp', fault: 'agent' });
    expect(house.types()).toContain('wrapUp:started');
    call.press('5');
    await run(10);
    expect(house.events.find(({ type }) => type === 'ivr:surveyAnswered')).toMatchObject({ interactionId, score: 5, flowId: 'survey' });
    expect(call.heard.at(-1)).toBe('zh/end-thanks');
    expect(call.end).toMatchObject({ reason: 'completedInIvr' });
    await run(200_000);
    await story;
    expect(house.types().filter((type) => type === 'interaction:ended')).toHaveLength(1);
  });

  it('asks nobody who has hung up themselves', async () => {
    const { call, run } = await talked();
    call.callerHangsUp();
    await run(10);
    expect(call.heard).not.toContain('zh/how-was-it');
  });

  it('ends with the wrap-up or after it, whichever is later, when the customer says nothing', async () => {
    const { house, call, leg, story, run } = await talked();
    leg.vanish('hungUp');
    await run(6_000);
    expect(call.end).not.toBeNull();
    await run(200_000);
    await story;
    expect(house.errors).toEqual([]);
  });
});

describe('voicemail', () => {
  it('takes a message for the queue', async () => {
    const { house, call, story, run } = await callIn({ voicemail: { kind: 'voicemail', queueId: 'billing', exits: {} } });
    expect(call.heard.slice(-2)).toEqual(['zh/voicemail-greeting', 'zh/voicemail-tone']);
    await run(3_000);
    call.press('#');
    await run(10);
    await story;
    expect(endOf(house)).toMatchObject({ reason: 'messageLeft' });
    expect(house.promises.states).toEqual(['pending']);
  });
});

describe('a flow that goes on after a restart', () => {
  it('asks at the same node again, with what the caller gave before it; a secret is lost', async () => {
    const collect = (attribute: string, masked: boolean, next: string) => ({
      ...{ kind: 'collect', prompts: [`ask-${attribute}`], onInvalid: null, attribute, minLength: 1, maxLength: 4, terminator: '#' },
      ...{ firstKeyMs: 5_000, betweenKeysMs: 5_000, masked, attempts: 1, exits: { done: next, nothing: next } },
    });
    const nodes = {
      number: collect('number', false, 'pin'),
      pin: collect('pin', true, 'menu'),
      menu: collect('reason', false, 'queue'),
      queue: toBilling,
    } as Record<string, FlowNode>;
    const { house, call, run, flow } = await callIn(nodes);
    for (const key of '1234') call.press(key);
    await run(10);
    expect(call.masks).toEqual([true]);
    for (const key of '9876') call.press(key);
    await run(10);
    expect(call.masks).toEqual([true, false]);
    call.press('7');
    await run(10);
    const before = house.live.all()[0];
    expect(before?.menu).not.toContain('9876');
    expect(JSON.stringify([before?.path, before?.facts, house.events, house.ivr.passed])).not.toContain('9876');

    const after = newHouse(billing, users, flow);
    const again = new FakeCall(after.clock);
    const stored = {
      ...{ interactionId: asId('i'), workItemId: asId('w'), legs: '', agentId: null, queueId: null, priority: 0 },
      ...{ locale: 'zh', queuedAt: null, talkingSince: null, isHeld: false, menu: before?.menu ?? null },
    } as Parameters<typeof resumeCall>[0];
    void resumeCall(stored, again, alone, after.context);
    await after.clock.run(300);
    expect(again.heard.at(-1)).toBe('zh/ask-reason');
    for (const key of '42#') again.press(key);
    await after.clock.run(10);
    expect(after.live.all()[0]).toMatchObject({ queueId: 'billing', facts: { 'entered.number': '1234', 'entered.reason': '42' } });
  });
});

describe('a flow of which another version went live', () => {
  const asking = (prompt: string, more: Record<string, FlowNode> = {}) =>
    flowOf(
      {
        answer: answer('menu'),
        menu: menuOf('1', { '1': 'end', noInput: 'end' }, [prompt]),
        end: { kind: 'hangUp', prompts: [`end-of-${prompt}`], exits: {} },
        ...more,
      },
      'answer',
      { fallback: { queueId: 'billing', prompt: 'technical-difficulty' } },
    );
  const menu = (version: number, nodeId = 'menu') =>
    JSON.stringify({
      ...{ frames: [{ flowId: 'test', version, nodeId }], locale: 'zh', callerLocale: null, facts: {}, priority: null, skills: null },
      ...{ path: [], isAnswered: true, stepCount: 2 },
    });

  async function goesOn(written: string, prepare: (house: House) => void = () => {}) {
    const house = newHouse(billing, users, asking('new'));
    prepare(house);
    const call = new FakeCall(house.clock);
    const stored = {
      ...{ interactionId: asId('i'), workItemId: asId('w'), legs: '', agentId: null, queueId: null, priority: 0 },
      ...{ locale: 'zh', queuedAt: null, talkingSince: null, isHeld: false, menu: written },
    } as Parameters<typeof resumeCall>[0];
    void resumeCall(stored, call, alone, house.context);
    await house.clock.run(300);
    return { house, call };
  }

  it('goes on in the one that the caller began with, also where they stand on a node that the other has not', async () => {
    const { call, house } = await goesOn(menu(7), ({ ivr }) => ivr.versions.set('test/7', asking('old')));
    expect(call.heard.at(-1)).toBe('zh/old');
    call.press('1');
    await house.clock.run(10);
    expect(call.heard.at(-1)).toBe('zh/end-of-old');
    expect(house.ivr.passed.map(({ nodeId, version }) => [nodeId, version])).toEqual([
      ['menu', 7],
      ['end', 7],
    ]);
  });

  it('goes on in the one that is live where the other is not kept, or what is written cannot be read', async () => {
    expect((await goesOn(menu(7))).call.heard.at(-1)).toBe('zh/new');
    expect((await goesOn('{"frames": "no"}')).call.heard.at(-1)).toBe('zh/new');
  });
});

describe('what was passed on with the call', () => {
  const nodes = { queue: toBilling } as const;
  it('is known in the flow, says who calls, and reaches the agent', async () => {
    const { house, run } = await callIn(nodes, ({ ivr, contacts }, call) => {
      ivr.rules = [{ header: 'User-to-User', as: 'customer', pick: '/customer' }];
      call.headers['User-to-User'] = `04${Buffer.from('customer=100042').toString('hex')};encoding=hex`;
      contacts.found = [];
      contacts.byEntered.set('100042', margaret);
    });
    expect(house.contacts.asked[0]?.entered).toEqual(['100042']);
    await house.ready(lena, '6012');
    await run(10);
    expect(house.desktops.of('reservation:offered', lena)[0]?.pop).toMatchObject({
      match: { kind: 'certain', reason: 'enteredId' },
      facts: { 'passed.customer': '100042' },
    });
  });
});

describe('what the flow found out', () => {
  const nodes = {
    set: { kind: 'set', priority: 9, skills: 'french >= 3', attributes: { reason: 'a bill of {customer.name}' }, exits: { next: 'queue' } },
    queue: toBilling,
  } satisfies Record<string, FlowNode>;
  const told = { 'attribute.reason': 'a bill of Margaret Okafor' };
  const french = [{ ...users[0], skills: { billing: 1, french: 3 } }, users[1]] as typeof users;

  it('decides with the queue who is asked, and goes with the caller to whoever they are given to', async () => {
    const { house, run } = await callIn(nodes, () => {}, french);
    await house.ready(wei, '6013');
    await run(10);
    expect(house.desktops.of('reservation:offered')).toEqual([]);
    await house.ready(lena, '6012');
    await run(10);
    expect(house.desktops.of('reservation:offered', lena)[0]?.pop).toMatchObject({ facts: told });
    const item = house.live.all()[0]?.workItemId ?? asId<WorkItemId>('none');
    expect(itemOf(house.routing.state, item)).toMatchObject({ priority: 9 });
    house.phones.last.answers();
    await run(10);
    const [mine] = house.live.all();
    const asked = await house.features['call:transfer']?.(
      { userId: asId('u-lena'), name: 'Lena', agentId: lena, may: () => true } as never,
      { interactionId: mine?.interactionId, to: { kind: 'agent', agentId: wei }, reason: '', note: '' } as never,
    );
    expect(asked?.ok).toBe(true);
    await run(10);
    expect(house.desktops.of('reservation:offered', wei)[0]?.pop).toMatchObject({ facts: told });
  });

  it('is there when they are called back, also by a bridge that was started anew', async () => {
    const offer: FlowNode = {
      ...{ kind: 'callback', prompts: [], queueId: 'billing', acceptKey: '1', waitMs: 5_000 },
      exits: { promised: 'bye', declined: 'bye', notPossible: 'bye' },
    };
    const { house, call, run, flow } = await callIn({ set: { ...nodes.set, exits: { next: 'offer' } }, offer, bye }, () => {}, french);
    call.press('1');
    await run(10);
    const after = newHouse(billing, french, flow);
    for (const [key, row] of house.promises.rows) after.promises.rows.set(key, row);
    await after.callbacks.resume();
    await after.ready(wei, '6013');
    await after.clock.run(10);
    expect(after.desktops.of('reservation:offered')).toEqual([]);
    await after.ready(lena, '6012');
    await after.clock.run(10);
    expect(after.desktops.of('reservation:offered', lena)[0]?.pop).toMatchObject({ facts: told, callback: { attempt: 1 } });
  });

  it('is there after a restart in the middle of the wait', async () => {
    const { house, flow } = await callIn(nodes, () => {}, french);
    const [waiting] = house.live.all();
    const after = newHouse(billing, french, flow);
    const again = new FakeCall(after.clock);
    const stored = {
      ...{ interactionId: asId('i'), workItemId: asId('w'), legs: '', agentId: null, queueId: asId('billing'), priority: 9 },
      ...{ locale: 'zh', queuedAt: 1, talkingSince: null, isHeld: false, menu: waiting && writtenFindings(waiting) },
    } as Parameters<typeof resumeCall>[0];
    void resumeCall(stored, again, alone, after.context);
    await after.clock.run(300);
    await after.ready(wei, '6013');
    await after.ready(lena, '6012');
    await after.clock.run(10);
    expect(after.desktops.of('reservation:offered', wei)).toEqual([]);
    expect(after.desktops.of('reservation:offered', lena)[0]?.pop).toMatchObject({ facts: told });
  });
});

describe('a prompt that is missing', () => {
  it('is heard as the fallback of the flow, once, and the flow goes on', async () => {
    const missing = new Set(['gone', 'gone-too']);
    const { call } = await callIn(
      { play: { kind: 'play', prompts: ['gone', 'there', 'gone-too'], exits: { next: 'bye' } }, bye },
      (_house, made) => {
        const play = made.play.bind(made);
        made.play = async (sound, signal) => (sound.kind === 'prompt' && missing.has(sound.name) ? 'missing' : play(sound, signal));
      },
    );
    expect(call.heard).toEqual(['answered', 'zh/technical-difficulty', 'zh/there']);
    expect(call.end).toMatchObject({ reason: 'completedInIvr' });
  });
});

describe('the trace', () => {
  it('tells each node that was passed, with its exit, the keys and how long it took, and where the caller hung up', async () => {
    const { house, call, run } = await callIn({
      menu: menuOf('1', { '1': 'again', noInput: 'again' }, [], 9_000),
      again: menuOf('1', { '1': 'again', noInput: 'again' }, [], 9_000),
    } as Record<string, FlowNode>);
    await run(2_000);
    call.press('1');
    await run(500);
    call.callerHangsUp();
    await run(10);
    expect(house.ivr.passed.map(({ nodeId, exit, keys, tookMs }) => [nodeId, exit, keys, Math.round(tookMs / 500) * 500])).toEqual([
      ['answer', 'next', null, 0],
      ['menu', '1', '1', 2_000],
      ['again', 'hangUp', null, 500],
    ]);
  });
});
