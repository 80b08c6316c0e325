import type { TraceStep } from '../../../shared/contracts/ivr/trace.ts';
import type { ExitCount, Flow, FlowNode, PassedNode } from '../../ivr/index.ts';
import { err, ok } from '../../kernel/index.ts';
import { LocalDays } from '../../reporting/index.ts';
import type { FlowCommands } from '../ports.ts';
import { type FlowStudioParts, withStore } from './parts.ts';

type Told = 'flow:heat' | 'flow:traces' | 'interaction:trace';

/** At a time; the next page goes on before the last of them. */
const page = 100;

/** What became of callers in flows: of one caller, of those one looks for, and of all. */
export function createWatching(parts: FlowStudioParts): Pick<FlowCommands, Told> {
  const { repository, traces, configuration, scopeOf, hasInHand, log } = parts;
  const stored = withStore(log);

  return {
    'flow:heat': (_asker, { flowId, version, from, to }) =>
      stored(async () => {
        const { startsAt } = new LocalDays(configuration().organisation.timeZone).dayOf(from);
        const { callers, exits } = await traces.heat(flowId, version, startsAt, to);
        return ok({ callers, nodes: nodesOf(exits) });
      }),

    'flow:traces': (asker, request) =>
      stored(async () => {
        const found = await traces.search({ ...request, limit: page }, scopeOf(asker));
        const nodesOfVersion = versionsOf();
        const { flowId } = request;
        const calls = found.map(async ({ interactionId, at, number, contactName, version, path, lastExit }) => {
          const last = (await nodesOfVersion(flowId, version))(path.at(-1) ?? '');
          const end = lastExit === 'hangUp' ? 'callerLeft' : (lastExit ?? last?.kind ?? 'unknown');
          return { interactionId, at, number, contactName, flowId, version, path: [...path], end };
        });
        return ok({ calls: await Promise.all(calls) });
      }),

    'interaction:trace': (asker, { interactionId }) =>
      stored(async () => {
        const { steps, customer } = await traces.read(interactionId, scopeOf(asker));
        // Nobody knows whose call it was: it is shown to who watches over all of them.
        const maySee = customer === 'seen' || (customer === 'unknown' && asker.may('queue:watch')) || hasInHand(asker, interactionId);
        if (!maySee) return err({ code: 'not_found', message: 'There is no such contact, or it is not among those you may see.' });
        return ok({ steps: await explained(steps) });
      }),
  };

  /** What nodes were then: a version is never changed, and read once. */
  function versionsOf(): (flowId: string, version: number) => Promise<(nodeId: string) => FlowNode | undefined> {
    const read = new Map<string, Promise<Flow | null>>();
    return async (flowId, version) => {
      const key = `${flowId} ${version}`;
      const reading = read.get(key) ?? repository.readVersion(flowId, version);
      read.set(key, reading);
      const nodes = (await reading)?.nodes ?? {};
      return (nodeId) => (Object.hasOwn(nodes, nodeId) ? nodes[nodeId] : undefined);
    };
  }

  async function explained(steps: readonly PassedNode[]): Promise<TraceStep[]> {
    const nodesOfVersion = versionsOf();
    return Promise.all(
      steps.map(async ({ interactionId: _, facts, ...step }) => {
        const node = (await nodesOfVersion(step.flowId, step.version))(step.nodeId);
        const exitLabel = node && step.exit !== null ? labelOf(node, step.exit) : null;
        const told = { ...step, facts: { ...facts }, kind: node?.kind ?? 'unknown', label: node?.label ?? null };
        return exitLabel === null ? told : { ...told, exitLabel };
      }),
    );
  }
}

function labelOf(node: FlowNode, exit: string): TraceStep['exitLabel'] | null {
  if (node.kind === 'menu') return Object.hasOwn(node.keys, exit) ? (node.keys[exit] ?? null) : null;
  const label = node.kind === 'branch' ? node.cases.find(({ id }) => id === exit)?.label.trim() : undefined;
  return label ? { en: label, zh: label } : null;
}

function nodesOf(exits: readonly ExitCount[]) {
  return [...Map.groupBy(exits, ({ nodeId }) => nodeId)].map(([nodeId, ways]) => ({
    nodeId,
    entered: ways.reduce((sum, { callers }) => sum + callers, 0),
    hungUp: ways.find(({ exit }) => exit === 'hangUp')?.callers ?? 0,
    exits: Object.fromEntries(ways.flatMap(({ exit, callers }) => (exit === null || exit === 'hangUp' ? [] : [[exit, callers]]))),
  }));
}
