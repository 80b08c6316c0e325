import { FlowLibrary } from '../../../../cti-bridge/flows/flow-library.ts';
import { createFlowStudio, type FlowJudge, FlowTrials, flowJudge } from '../../../../cti-bridge/flows/flow-studio/index.ts';
import type { Asker } from '../../../../cti-bridge/flows/ports.ts';
import type { FlowRepository, FoundTrace, PassedNode, TraceRepository } from '../../../../cti-bridge/ivr/index.ts';
import { silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import type { FlowEntry, FlowVersion } from '../../../../shared/contracts/ivr/commands.ts';
import type { Flow } from '../../../../shared/contracts/ivr/flow.ts';
import type { Right } from '../../../../shared/contracts/rights.ts';
import { asId, type UserId } from '../../../../shared/ids.ts';

export const flow = (flowId: string, queueId = 'billing', more: Partial<Flow> = {}): Flow => ({
  format: 1,
  flowId,
  name: { en: flowId, zh: flowId },
  start: 'answer',
  fallback: { queueId: 'general', prompt: 'technical-difficulty' },
  nodes: {
    answer: { kind: 'answer', exits: { next: 'queue' } },
    queue: { kind: 'queue', label: 'The queue', queueId, priority: null, exits: {} },
  },
  layout: {},
  tests: [],
  ...more,
});

export const entry = (dnis: string, ...flows: (string | readonly [hoursId: string, flowId: string])[]): FlowEntry => ({
  dnis,
  name: { en: dnis, zh: dnis },
  flows: flows.map((each) => (typeof each === 'string' ? { hoursId: null, flowId: each } : { hoursId: each[0], flowId: each[1] })),
});

export const asker = (name: string, ...rights: Right[]): Asker => ({
  userId: asId<UserId>(name),
  name,
  agentId: null,
  may: (right) => rights.includes(right),
});

/** Flows in memory, with every note that went into the history. `isBroken`: the store does not answer. */
export class FlowsInMemory implements FlowRepository {
  readonly history: string[] = [];
  isBroken = false;
  readonly #flows = new Map<
    string,
    { revision: number; draft: { flow: Flow; at: number; by: FlowVersion['by'] } | null; live: number | null }
  >();
  readonly #versions = new Map<string, (FlowVersion & { readonly flow: Flow })[]>();
  #entries: { entries: readonly FlowEntry[]; revision: number } = { entries: [], revision: 0 };

  async readAll() {
    const all = await Promise.all([...this.#flows.keys()].map((flowId) => this.read(flowId)));
    return all.flatMap((each) => each ?? []);
  }

  async read(flowId: string) {
    if (this.isBroken) throw new Error('the disk is full');
    const kept = this.#flows.get(flowId);
    if (!kept || (kept.draft === null && kept.live === null)) return null;
    const live = (this.#versions.get(flowId) ?? []).find(({ version }) => version === kept.live) ?? null;
    return { flowId, draft: kept.draft && { ...kept.draft, revision: kept.revision }, live };
  }

  async readVersion(flowId: string, version: number) {
    return (this.#versions.get(flowId) ?? []).find((each) => each.version === version)?.flow ?? null;
  }

  async versions(flowId: string) {
    return (this.#versions.get(flowId) ?? []).map(({ flow: _, ...version }) => version).toReversed();
  }

  async saveDraft({ flow: wanted, basedOn, at, by }: Parameters<FlowRepository['saveDraft']>[0]) {
    const kept = this.#flows.get(wanted.flowId) ?? { revision: 0, draft: null, live: null };
    if ((kept.draft ? kept.revision : null) !== basedOn) return null;
    const revision = kept.revision + 1;
    this.#flows.set(wanted.flowId, { ...kept, revision, draft: { flow: wanted, at, by } });
    return { revision };
  }

  async discardDraft({ flowId, draftRevision, note }: Parameters<FlowRepository['discardDraft']>[0]) {
    const kept = this.#flows.get(flowId);
    if (!kept?.draft || kept.revision !== draftRevision) return false;
    this.#flows.set(flowId, { ...kept, draft: null });
    this.history.push(note);
    return true;
  }

  async publish({ flowId, what, why, note, at, by }: Parameters<FlowRepository['publish']>[0]) {
    const kept = this.#flows.get(flowId);
    const restores = 'restores' in what ? what.restores : null;
    const contents = restores === null ? kept?.draft?.flow : await this.readVersion(flowId, restores);
    if (!kept || !contents) return null;
    const versions = this.#versions.get(flowId) ?? [];
    const version = versions.length + 1;
    this.#versions.set(flowId, [...versions, { version, at, by, note: why, restores, isLive: true, flow: contents }]);
    this.#flows.set(flowId, { ...kept, draft: restores === null ? null : kept.draft, live: version });
    this.history.push(note);
    return { version };
  }

  async remove({ flowId, note }: Parameters<FlowRepository['remove']>[0]) {
    const kept = this.#flows.get(flowId);
    if (!kept) return false;
    this.#flows.set(flowId, { ...kept, draft: null, live: null });
    this.history.push(note);
    return true;
  }

  async readEntries() {
    return this.#entries;
  }

  async saveEntries({ entries, basedOn, note }: Parameters<FlowRepository['saveEntries']>[0]) {
    if (basedOn !== this.#entries.revision) return null;
    // The disk takes its time.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    this.#entries = { entries, revision: basedOn + 1 };
    this.history.push(note);
    return { revision: basedOn + 1 };
  }
}

/** What callers did, as the store would tell it. */
export class TracesInMemory implements TraceRepository {
  steps: PassedNode[] = [];
  customer: 'seen' | 'unseen' | 'unknown' = 'seen';
  found: FoundTrace[] = [];
  readonly asked: unknown[] = [];
  exits: Awaited<ReturnType<TraceRepository['heat']>> = { callers: 0, exits: [] };

  async note() {}
  async read() {
    return { steps: this.steps, customer: this.customer };
  }
  async search(...wanted: unknown[]) {
    this.asked.push(wanted);
    return this.found;
  }
  async heat(...wanted: unknown[]) {
    this.asked.push(wanted);
    return this.exits;
  }
}

/** The stories over flows in memory, at nine on a Monday in Shanghai; the house has the hours `office` and `night`. */
export function studioHouse({ judge = flowJudge }: { readonly judge?: FlowJudge } = {}) {
  const clock = new VirtualClock(Date.UTC(2026, 10, 23, 1));
  const [repository, traces] = [new FlowsInMemory(), new TracesInMemory()];
  const span = (from: string, to: string) => ({
    timeZone: 'Asia/Shanghai',
    weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ from, to }]])),
    holidays: [],
  });
  const configuration = {
    organisation: { timeZone: 'Asia/Shanghai' },
    queues: [{ id: 'billing' }, { id: 'general' }],
    hours: [
      { id: 'office', ...span('09:00', '17:30') },
      { id: 'night', ...span('20:00', '24:00') },
    ],
    skills: [{ id: 'billing' }],
  } as unknown as Configuration;
  const library = new FlowLibrary(() => configuration.hours);
  const trials = new FlowTrials(clock);
  const inHand = new Set<string>();
  const turns = { count: 0 };
  const studio = createFlowStudio({
    ...{ repository, traces, library, trials, judge, clock, log: silentLog },
    configuration: () => configuration,
    callDraft: (asker, phone, trial) => (phone === asker.name ? `call of ${trial.flow.flowId}` : null),
    prompt: () => ({ en: 'sound', zh: 'sound' }),
    scopeOf: ({ name }) => ({ units: name === 'adam' ? null : ['west'] }),
    hasInHand: (_asker, interactionId) => inHand.has(interactionId),
    nextTurn: async () => {
      turns.count++;
    },
  });
  const adam = asker('adam', 'configuration:read', 'configuration:write', 'queue:watch');
  const save = async (wanted: unknown, basedOn: number | null = null) =>
    studio['flow:save-draft'](adam, { flow: wanted, basedOn, writingId: 'adams' });
  /** A flow that is live, from nothing. */
  const goLive = async (wanted: Flow) => {
    const saved = await save(wanted);
    if (!saved.ok || !saved.value.saved) throw new Error('the draft was not taken');
    return studio['flow:publish'](adam, { flowId: wanted.flowId, draftRevision: saved.value.revision, note: '' });
  };
  return { studio, configuration, repository, traces, library, trials, clock, adam, save, goLive, inHand, turns };
}
