import fc from 'fast-check';
import { exitsOf, type Flow, type FlowNode } from '../../../cti-bridge/ivr/index.ts';
import { flowOf } from './flows.ts';

/** Flows as fast-check makes them up: valid ones for what must hold of those that go live, and any at all for what must hold of whatever there is. */

const prompts = fc.array(fc.constantFrom('one', 'two'), { maxLength: 2 });
const prompt = fc.constantFrom('one', null);
const attribute = fc.constantFrom('pin', 'order', 'topic');
const key = fc.constantFrom('1', '2', '#');
const waitMs = fc.integer({ min: 500, max: 8_000 });
const attempts = fc.integer({ min: 1, max: 3 });
const limitMs = fc.integer({ min: 100, max: 30_000 });
const queueId = fc.constant('billing');
const label = fc.constant({ en: 'Key', zh: '键' });
const fact = fc.constantFrom('customer.tier', 'balance.arrears', 'queue.billing.waiting', 'now.time', 'call.number');
const template = fc.constantFrom('', 'about {customer.name}', '{call.number}{');
const takes = fc.constantFrom<{ path: string; as: string }[]>([], [{ path: '/state', as: 'state' }]);
const kind = <const Kind extends string>(name: Kind) => fc.constant(name);
const exits = fc.constant<Record<string, string>>({});

const condition = fc.record({
  fact,
  is: fc.constantFrom('equals', 'differs', 'atLeast', 'atMost', 'startsWith', 'contains', 'known', 'unknown'),
  value: fc.constantFrom('gold', '10', '08:30', 'gold,silver', ''),
});

/** Nodes that go on, without their exits. */
const passing: readonly fc.Arbitrary<FlowNode>[] = [
  fc.record({ kind: kind('answer'), exits }),
  fc.record({ kind: kind('play'), prompts, exits }),
  fc.record({
    kind: kind('say'),
    parts: fc.array(
      fc.oneof(fc.record({ prompt: fc.constant('one') }), fc.record({ fact, as: fc.constantFrom('digits', 'number', 'time') })),
      {
        maxLength: 3,
      },
    ),
    exits,
  }),
  fc.record({
    kind: kind('menu'),
    prompts,
    onSilence: prompt,
    onWrongKey: prompt,
    keys: fc.dictionary(key, label, { minKeys: 1 }),
    waitMs,
    attempts,
    exits,
  }),
  fc.record({
    kind: kind('collect'),
    prompts,
    onInvalid: prompt,
    attribute,
    minLength: fc.integer({ min: 1, max: 3 }),
    maxLength: fc.integer({ min: 3, max: 6 }),
    terminator: fc.constantFrom('#', '*', null),
    firstKeyMs: waitMs,
    betweenKeysMs: waitMs,
    masked: fc.boolean(),
    attempts,
    exits,
  }),
  fc.record({ kind: kind('record'), prompts, attribute, maxSeconds: fc.integer({ min: 1, max: 30 }), exits }),
  fc.record({ kind: kind('setLanguage'), to: fc.constantFrom('caller', 'other', 'en', 'zh'), exits }),
  fc.record({
    kind: kind('lookUp'),
    what: fc.constantFrom('customer', 'case', 'balance'),
    by: fc.constantFrom(null, 'customer.id'),
    whileWaiting: prompt,
    limitMs,
    exits,
  }),
  fc.record({
    kind: kind('branch'),
    cases: fc
      .array(fc.record({ label: fc.constant(''), all: fc.array(condition, { minLength: 1, maxLength: 2 }) }), {
        minLength: 1,
        maxLength: 3,
      })
      .map((cases) => cases.map((each, index) => ({ id: `case${index}`, ...each }))),
    exits,
  }),
  fc.record({ kind: kind('hours'), hoursId: kind('day'), exits }),
  fc.record({
    kind: kind('set'),
    priority: fc.constantFrom(null, 5),
    skills: fc.constantFrom(null, 'billing'),
    attributes: fc.dictionary(attribute, template),
    exits,
  }),
  fc.record({ kind: kind('callback'), prompts, queueId, acceptKey: key, waitMs, exits }),
  fc.record({ kind: kind('transfer'), number: kind('7001'), ringSeconds: fc.integer({ min: 5, max: 30 }), exits }),
  fc.record({
    kind: kind('survey'),
    prompts,
    onWrongKey: prompt,
    attribute,
    highest: fc.integer({ min: 2, max: 9 }),
    waitMs,
    attempts,
    exits,
  }),
  fc.record({ kind: kind('sms'), to: fc.constantFrom(null, 'customer.id'), text: fc.record({ en: template, zh: template }), exits }),
  fc.record({
    kind: kind('http'),
    method: fc.constantFrom('GET', 'POST'),
    url: kind('https://orders.example/{call.number}'),
    headers: fc.constant({}),
    body: fc.constantFrom(null, '{"number": "{call.number}"}'),
    takes,
    whileWaiting: prompt,
    limitMs,
    exits,
  }),
  fc.record({ kind: kind('callFlow'), flowId: kind('inner'), exits }),
  fc.record({
    kind: kind('external'),
    number: kind('7001'),
    sends: fc.dictionary(attribute, template),
    takes,
    ringSeconds: fc.integer({ min: 5, max: 30 }),
    maxSeconds: fc.integer({ min: 10, max: 600 }),
    exits,
  }),
];

const ending: readonly fc.Arbitrary<FlowNode>[] = [
  fc.record({ kind: kind('queue'), queueId, priority: fc.constantFrom(null, 3), exits }),
  fc.record({ kind: kind('voicemail'), queueId, exits }),
  fc.record({ kind: kind('hangUp'), prompts, exits }),
];

/** Exits that every node may have besides, each or none of them. */
const spare = fc.subarray(['timeout', 'error', 'hangUp', 'holiday']);

/**
 * A flow that may go live: from an answer through a line of nodes, whose silent exits lead onward, so that who does nothing arrives, and whose
 * keys lead anywhere.
 */
export function validFlow(flowId: string, first: FlowNode, ends: readonly fc.Arbitrary<FlowNode>[], size = 9): fc.Arbitrary<Flow> {
  const line = fc.array(fc.record({ node: fc.oneof(...passing), spare, leads: fc.array(fc.nat(99), { minLength: 12, maxLength: 12 }) }), {
    minLength: 1,
    maxLength: size,
  });
  return fc.record({ line, end: fc.oneof(...ends) }).map(({ line, end }) => {
    const count = line.length + 2;
    const nodes = line.map(({ node, spare: also, leads }, index) => {
      const names = exitsOf(node).filter(({ isRequired }) => isRequired);
      const optional = node.kind === 'hours' ? also : also.filter((name) => name !== 'holiday');
      const all = [...names, ...optional.map((name) => ({ name, isSilent: true }))];
      const here = index + 1;
      const leadsTo = all.map(({ name, isSilent }, at) => {
        const lead = leads[at % leads.length] ?? 0;
        const to = isSilent || node.kind === 'callFlow' ? here + 1 + (lead % (count - here - 1)) : lead % count;
        return [name, `n${to}`] as const;
      });
      return { ...node, exits: Object.fromEntries(leadsTo) } as FlowNode;
    });
    const all = [{ ...first, exits: { next: 'n1' } } as FlowNode, ...nodes, end];
    return flowOf(Object.fromEntries(all.map((node, index) => [`n${index}`, node])), 'n0', { flowId });
  });
}

const goBack: fc.Arbitrary<FlowNode> = fc.record({ kind: kind('return'), exits });
const noCall = (flow: Flow): boolean => Object.values(flow.nodes).every(({ kind: name }) => name !== 'callFlow');

/** A valid flow and the one that it may call. */
export const validFlows: fc.Arbitrary<{ readonly flow: Flow; readonly inner: Flow }> = fc.record({
  flow: validFlow('test', { kind: 'answer', exits: {} }, ending),
  inner: validFlow('inner', { kind: 'answer', exits: {} }, [goBack, ...ending], 4).filter(noCall),
});

/** Any flow of any nodes, whose exits lead anywhere and nowhere. */
export const anyFlow: fc.Arbitrary<Flow> = fc
  .dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fc
      .record({
        node: fc.oneof(...passing, ...ending, goBack),
        ways: fc.dictionary(
          fc.constantFrom(
            'next',
            'noInput',
            'done',
            'nothing',
            'found',
            'notFound',
            'otherwise',
            '1',
            'error',
            'hangUp',
            'timeout',
            'toString',
          ),
          fc.constantFrom('a', 'b', 'c', 'd', 'e', 'nowhere', '__proto__', 'constructor'),
        ),
      })
      .map(({ node, ways }) => ({ ...node, exits: ways }) as FlowNode),
  )
  .map((nodes) => flowOf(nodes, 'a', { flowId: 'inner' }));
