import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { FlowEntry } from '../../shared/contracts/ivr/commands.ts';
import { isOpenAt } from '../acd/index.ts';
import type { FlowEntrance, FlowRepository, FlowSource, PublishedFlow } from '../ivr/index.ts';

/** By whom something that is set up is used: flows and numbers. */
export interface FlowUses {
  readonly queues: ReadonlyMap<string, ReadonlySet<string>>;
  readonly hours: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The flows that are live and the numbers that lead to them, in memory: what is published holds for the next call, and a call that runs
 * keeps what it began with.
 */
export class FlowLibrary {
  readonly #hours: () => Configuration['hours'];
  #live: ReadonlyMap<string, PublishedFlow> = new Map();
  #source: FlowSource = { find: () => undefined };
  #entries: ReadonlyMap<string, FlowEntry> = new Map();

  constructor(hours: () => Configuration['hours']) {
    this.#hours = hours;
  }

  async load(repository: Pick<FlowRepository, 'readAll' | 'readEntries'>): Promise<void> {
    this.#take(new Map((await repository.readAll()).flatMap(({ flowId, live }) => (live ? [[flowId, live] as const] : []))));
    this.setEntries((await repository.readEntries()).entries);
  }

  publish(published: PublishedFlow): void {
    this.#take(new Map([...this.#live, [published.flow.flowId, published]]));
  }

  remove(flowId: string): void {
    this.#take(new Map([...this.#live].filter(([id]) => id !== flowId)));
  }

  setEntries(entries: readonly FlowEntry[]): void {
    this.#entries = new Map(entries.map((entry) => [entry.dnis, entry]));
  }

  /** What runs that begin now are given. */
  get source(): FlowSource {
    return this.#source;
  }

  get all(): readonly PublishedFlow[] {
    return [...this.#live.values()];
  }

  /**
   * Where a call to that number enters at that moment: the first flow whose hours are open, else the last; hours that were removed are open.
   * Undefined for what is no number of ours, and where none of its flows is live any more.
   */
  entranceFor(dialled: string, at: number): FlowEntrance | undefined {
    const flows = (this.#entries.get(dialled)?.flows ?? []).filter(({ flowId }) => this.#live.has(flowId));
    const chosen = flows.find(({ hoursId }) => this.#isOpen(hoursId, at)) ?? flows.at(-1);
    const entry = chosen && this.#live.get(chosen.flowId);
    return entry && { entry, flows: this.#source };
  }

  /** Which live flows lead to a queue, or ask whether hours are open; of hours also the numbers that do. By the ids of these. */
  uses(): FlowUses {
    const [queues, hours] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()];
    const note = (uses: Map<string, Set<string>>, id: string, by: string) => uses.set(id, (uses.get(id) ?? new Set()).add(by));
    for (const { flow } of this.#live.values()) {
      note(queues, flow.fallback.queueId, flow.flowId);
      for (const node of Object.values(flow.nodes)) {
        if ('queueId' in node) note(queues, node.queueId, flow.flowId);
        if (node.kind === 'hours') note(hours, node.hoursId, flow.flowId);
      }
    }
    for (const { dnis, flows } of this.#entries.values()) for (const { hoursId } of flows) if (hoursId !== null) note(hours, hoursId, dnis);
    return { queues, hours };
  }

  #isOpen(hoursId: string | null, at: number): boolean {
    const hours = hoursId === null ? undefined : this.#hours().find(({ id }) => id === hoursId);
    return hours === undefined || isOpenAt(hours, at);
  }

  #take(live: ReadonlyMap<string, PublishedFlow>): void {
    this.#live = live;
    this.#source = { find: (flowId) => live.get(flowId) };
  }
}
