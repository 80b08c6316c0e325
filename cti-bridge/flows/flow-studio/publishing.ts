import type { CommandAnswer } from '../../../shared/contracts/bridge-events.ts';
import type { FlowEntry } from '../../../shared/contracts/ivr/commands.ts';
import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import type { NotedDoing } from '../../ivr/index.ts';
import { err, ok } from '../../kernel/index.ts';
import type { Asker, FlowCommands } from '../ports.ts';
import { because, draftChanged, type FlowStudioParts, noSuchFlow, noSuchVersion, problemsOf, withStore } from './parts.ts';

type Told = 'flow:publish' | 'flow:roll-back' | 'flow:remove' | 'flow:save-entries';

/** What callers meet: which version of a flow is live, and which number leads to which flow. It holds for the next call. */
export function createPublishing(
  parts: FlowStudioParts,
  inTurn: <Value>(work: () => Promise<Value>) => Promise<Value>,
): Pick<FlowCommands, Told> {
  const { repository, library, configuration, clock, log } = parts;
  const stored = withStore(log);
  const doing = ({ userId, name }: Asker, note: string): NotedDoing => ({ at: clock.now(), by: { userId, name }, note });

  async function publish(asker: Asker, flow: Flow, what: { draftRevision: number } | { restores: number }, why: string) {
    const problems = await problemsOf(flow, parts);
    if (problems.some(({ severity }) => severity === 'error')) return ok({ published: false as const, problems });
    const { flowId } = flow;
    const done = 'restores' in what ? `flow ${flowId}: version ${what.restores} restored` : `flow ${flowId} published`;
    const published = await repository.publish({ flowId, what, why, ...doing(asker, because(done, why)) });
    if (!published) return err(draftChanged);
    const { version } = published;
    library.publish({ version, flow });
    log.info('flow:published', { flowId, version, by: asker.userId });
    return ok({ published: true as const, version });
  }

  return {
    'flow:publish': (asker, { flowId, draftRevision, note }) =>
      inTurn(() =>
        stored<CommandAnswer<'flow:publish'>>(async () => {
          const kept = await repository.read(flowId);
          if (!kept) return err(noSuchFlow);
          if (kept.draft?.revision !== draftRevision) return err(draftChanged);
          return publish(asker, kept.draft.flow, { draftRevision }, note);
        }),
      ),

    'flow:roll-back': (asker, { flowId, version, note }) =>
      inTurn(() =>
        stored<CommandAnswer<'flow:roll-back'>>(async () => {
          if (!(await repository.read(flowId))) return err(noSuchFlow);
          const flow = await repository.readVersion(flowId, version);
          return flow ? publish(asker, flow, { restores: version }, note) : err(noSuchVersion);
        }),
      ),

    'flow:remove': (asker, { flowId }) =>
      inTurn(() =>
        stored(async () => {
          if (!(await repository.read(flowId))) return err(noSuchFlow);
          const [led, called] = [
            leadTo(flowId, (await repository.readEntries()).entries),
            callersOf(
              flowId,
              library.all.map(({ flow }) => flow),
            ),
          ];
          if (led.length > 0) return err({ code: 'conflict', message: `These numbers lead to it: ${led.join(', ')}.` });
          if (called.length > 0) return err({ code: 'conflict', message: `These flows go on in it: ${called.join(', ')}.` });
          const followed = configuration().queues.filter(({ afterCall }) => afterCall === flowId);
          if (followed.length > 0)
            return err({ code: 'conflict', message: `Callers of these queues go on in it: ${followed.map(({ id }) => id).join(', ')}.` });
          if (!(await repository.remove({ flowId, ...doing(asker, `flow ${flowId} removed`) }))) return err(noSuchFlow);
          library.remove(flowId);
          log.info('flow:removed', { flowId, by: asker.userId });
          return ok({});
        }),
      ),

    'flow:save-entries': (asker, { entries, basedOn }) =>
      inTurn(() =>
        stored<CommandAnswer<'flow:save-entries'>>(async () => {
          const hours = new Set(configuration().hours.map(({ id }) => id));
          const problems = problemsOfEntries(entries, { hours, live: new Set(library.all.map(({ flow }) => flow.flowId)) });
          if (problems.length > 0) return ok({ saved: false as const, problems });
          const saved = await repository.saveEntries({ entries, basedOn, ...doing(asker, 'numbers of flows saved') });
          if (!saved)
            return err({ code: 'conflict', message: 'Somebody else has changed the numbers since you read them. Read them again.' });
          library.setEntries(entries);
          log.info('flow:entriesSaved', { revision: saved.revision, by: asker.userId, entries: entries.length });
          return ok({ saved: true as const, revision: saved.revision });
        }),
      ),
  };
}

/** All that is wrong, in plain words, each with its number. Exported for its tests. */
export function problemsOfEntries(
  entries: readonly FlowEntry[],
  { hours, live }: { readonly hours: ReadonlySet<string>; readonly live: ReadonlySet<string> },
): { dnis: string; what: string }[] {
  const seen = new Set<string>();
  return entries.flatMap(({ dnis, flows }) => {
    const problems: string[] = [];
    if (seen.has(dnis)) problems.push('This number is there twice.');
    seen.add(dnis);
    for (const { hoursId, flowId } of flows) {
      if (!live.has(flowId)) problems.push(`There is no flow "${flowId}" that is live.`);
      if (hoursId !== null && !hours.has(hoursId)) problems.push(`There are no hours "${hoursId}".`);
    }
    const always = flows.findIndex(({ hoursId }) => hoursId === null);
    if (always >= 0 && always < flows.length - 1) problems.push('What stands below the flow that always answers is never reached.');
    return problems.map((what) => ({ dnis, what }));
  });
}

const leadTo = (flowId: string, entries: readonly FlowEntry[]): readonly string[] =>
  entries.filter(({ flows }) => flows.some((each) => each.flowId === flowId)).map(({ dnis }) => dnis);

const callersOf = (flowId: string, live: readonly Flow[]): readonly string[] =>
  live
    .filter(
      (flow) => flow.flowId !== flowId && Object.values(flow.nodes).some((node) => node.kind === 'callFlow' && node.flowId === flowId),
    )
    .map((flow) => flow.flowId);
