import type { CommandAnswer, UploadAnswer } from '../../../shared/contracts/bridge-events.ts';
import type { FlowSummary } from '../../../shared/contracts/ivr/commands.ts';
import { type Flow, flowSchema } from '../../../shared/contracts/ivr/flow.ts';
import { compareFlows, type KeptFlow } from '../../ivr/index.ts';
import { err, ok } from '../../kernel/index.ts';
import type { FlowCommands, FlowUploads } from '../ports.ts';
import { houseAt } from './house-at.ts';
import { draftChanged, type FlowStudioParts, noSuchFlow, noSuchVersion, problemsOf, withStore } from './parts.ts';

type Told = 'flow:list' | 'flow:read' | 'flow:versions' | 'flow:compare' | 'flow:discard-draft';

/** Of what is no flow, nothing is kept. */
const isNone: ReadonlySet<string> = new Set(['malformed', 'newerFormat', 'tooManyNodes']);

/** What is written: flows as drafts, seen, judged, tried in thought and compared. None of it reaches a caller. */
export function createDrafts(
  parts: FlowStudioParts,
  inTurn: <Value>(work: () => Promise<Value>) => Promise<Value>,
): Pick<FlowCommands, Told> & FlowUploads {
  const { repository, library, judge, configuration, clock, log } = parts;
  const stored = withStore(log);

  async function contents(flowId: string, version: number | null): Promise<Flow | null> {
    if (version !== null) return repository.readVersion(flowId, version);
    return (await repository.read(flowId))?.draft?.flow ?? null;
  }

  const liveVersion = async (flowId: string) => (await repository.read(flowId))?.live?.version ?? null;

  return {
    'flow:list': () =>
      stored(async () => {
        const [flows, { entries, revision }] = await Promise.all([repository.readAll(), repository.readEntries()]);
        const dialled = new Map<string, string[]>();
        for (const { dnis, flows: led } of entries) {
          for (const flowId of new Set(led.map((each) => each.flowId))) dialled.set(flowId, [...(dialled.get(flowId) ?? []), dnis]);
        }
        return ok({
          flows: flows.map((flow) => summaryOf(flow, dialled.get(flow.flowId) ?? [])),
          entries: [...entries],
          entriesRevision: revision,
        });
      }),

    'flow:read': (_asker, { flowId, version }) =>
      stored<CommandAnswer<'flow:read'>>(async () => {
        const kept = await repository.read(flowId);
        const { draft = null, live = null } = kept ?? {};
        const state = { draftRevision: draft?.revision ?? null, live: live?.version ?? null };
        if (version !== null) {
          const flow = await repository.readVersion(flowId, version);
          return flow ? ok({ flow, version, ...state }) : err(noSuchVersion);
        }
        if (draft) return ok({ flow: draft.flow, version: null, ...state });
        return live ? ok({ flow: live.flow, version: live.version, ...state }) : err(noSuchFlow);
      }),

    'flow:save-draft': (asker, { flow, basedOn, live, writingId }) =>
      inTurn(() =>
        stored<UploadAnswer<'flow:save-draft'>>(async () => {
          const problems = await problemsOf(flow, parts);
          const parsed = flowSchema.safeParse(flow);
          if (!parsed.success || problems.some(({ code }) => isNone.has(code))) return ok({ saved: false as const, problems });
          const isOfAnother = live !== undefined && basedOn === null && (await liveVersion(parsed.data.flowId)) !== live;
          if (isOfAnother) return err(draftChanged);
          const by = { userId: asker.userId, name: asker.name };
          const saved = await repository.saveDraft({ flow: parsed.data, basedOn, writingId, at: clock.now(), by });
          return saved ? ok({ saved: true as const, revision: saved.revision, problems }) : err(draftChanged);
        }),
      ),

    'flow:check': async (_asker, { flow }) => ok({ problems: await problemsOf(flow, parts) }),

    'flow:simulate': async (_asker, { flow, given, steps }) => {
      const { source } = library;
      const flows = { find: (flowId: string) => (flowId === flow.flowId ? { version: 0, flow } : source.find(flowId)) };
      return ok(judge.simulate(flows, flow, given, steps, houseAt(configuration())));
    },

    'flow:discard-draft': (asker, { flowId, draftRevision }) =>
      inTurn(() =>
        stored(async () => {
          const by = { userId: asker.userId, name: asker.name };
          const note = `flow ${flowId}: draft discarded`;
          return (await repository.discardDraft({ flowId, draftRevision, at: clock.now(), by, note })) ? ok({}) : err(draftChanged);
        }),
      ),

    'flow:versions': (_asker, { flowId }) => stored(async () => ok({ versions: [...(await repository.versions(flowId))] })),

    'flow:compare': (_asker, { flowId, before, after }) =>
      stored(async () => {
        const [was, is] = await Promise.all([contents(flowId, before), contents(flowId, after)]);
        return was && is ? ok({ changes: [...compareFlows(was, is)] }) : err(noSuchVersion);
      }),
  };
}

function summaryOf({ flowId, draft, live }: KeptFlow, dialled: string[]): FlowSummary {
  const name = draft?.flow.name ?? live?.flow.name ?? { en: flowId, zh: flowId };
  return {
    flowId,
    name,
    live: live && { version: live.version, at: live.at, by: live.by },
    draft: draft && { revision: draft.revision, at: draft.at, by: draft.by },
    dialled,
  };
}
