import { describe, expect, it } from 'vitest';
import { currentFacts } from '../../../../cti-bridge/flows/ivr/current-facts.ts';
import { type Flow, type FlowHouse, judgeFlow, simulate } from '../../../../cti-bridge/ivr/index.ts';
import { demoEntries, demoFlows } from '../../../../cti-bridge/store/seed/flows/index.ts';
import { demoConfiguration } from '../../../../cti-bridge/store/seed/organisation.ts';
import { flowPrompts } from '../../../../tools/make-assets/flow-prompts.ts';
import { prompts } from '../../../../tools/make-assets/prompts.ts';

const configuration = demoConfiguration();
const byId = new Map(demoFlows.map((flow) => [flow.flowId, flow]));
const idsOf = (list: readonly { readonly id: string }[]) => new Set(list.map(({ id }) => id));
const isSpoken = (locale: 'en' | 'zh', id: string) => Object.hasOwn({ ...prompts[locale], ...flowPrompts[locale] }, id);

/** The demo organisation; its clock is eight hours before Greenwich. */
const house: FlowHouse = {
  queueIds: idsOf(configuration.queues),
  hoursIds: idsOf(configuration.hours),
  skillIds: idsOf(configuration.skills),
  flows: (flowId) => byId.get(flowId),
  prompt: (id) =>
    isSpoken('en', id) || isSpoken('zh', id)
      ? { en: isSpoken('en', id) ? 'sound' : 'missing', zh: isSpoken('zh', id) ? 'sound' : 'missing' }
      : undefined,
  factsAt: (moment) =>
    currentFacts({
      clock: { now: () => Date.parse(`${moment}:00+08:00`) },
      configuration: () => configuration,
      routerState: () => {
        throw new Error('no demo flow asks about a queue');
      },
    }),
};

describe('the flows of the demo organisation', () => {
  it.each(demoFlows.map((flow) => [flow.flowId, flow] as const))('%s has nothing wrong with it, and passes its own tests', (_, flow) => {
    expect(judgeFlow(flow, house)).toEqual([]);
  });

  it('each lead from a number, or are called by one that does', () => {
    const dialled = demoEntries.flatMap(({ flows }) => flows.map(({ flowId }) => flowId));
    const reached = new Set<string>();
    const open = [...dialled];
    for (let flowId = open.pop(); flowId !== undefined; flowId = open.pop()) {
      if (reached.has(flowId)) continue;
      reached.add(flowId);
      for (const node of Object.values(byId.get(flowId)?.nodes ?? {})) if (node.kind === 'callFlow') open.push(node.flowId);
    }
    expect([...reached].sort()).toEqual([...byId.keys()].sort());
  });

  it('leave no node without a test that passes it', () => {
    const passed = new Set<string>();
    for (const flow of demoFlows) for (const nodeId of nodesPassed(flow)) passed.add(nodeId);
    const untested = demoFlows.flatMap((flow) => Object.keys(flow.nodes).filter((nodeId) => !passed.has(nodeId)));
    expect(untested).toEqual([]);
  });
});

function nodesPassed(flow: Flow): readonly string[] {
  const source = { find: (flowId: string) => ({ version: 1, flow: byId.get(flowId) ?? flow }) };
  return flow.tests.flatMap(({ given, steps }) =>
    simulate(source, flow, given, steps, house.factsAt).lines.flatMap(({ what, nodeId }) => (what === 'entered' ? [nodeId] : [])),
  );
}
