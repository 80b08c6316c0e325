import { hours } from '../../shared/duration.ts';
import type { AgentId } from '../../shared/ids.ts';

/** `busy`: with a contact or its wrap-up. `free`: available and without work, also while the phone rings. `away`: neither. */
export type Doing = 'busy' | 'free' | 'away';

export interface Times {
  readonly busyMs: number;
  readonly freeMs: number;
}

/** Who was busy for how long, hour by hour from the start. */
export class TimeSheet {
  readonly #startsAt: number;
  readonly #agents = new Map<AgentId, { since: number; doing: Doing; readonly hours: { busyMs: number; freeMs: number }[] }>();

  constructor(startsAt: number) {
    this.#startsAt = startsAt;
  }

  note(agentId: AgentId, at: number, doing: Doing): void {
    const agent = this.#agents.get(agentId);
    if (agent === undefined) {
      this.#agents.set(agentId, { since: at, doing, hours: [] });
    } else if (agent.doing !== doing) {
      this.#add(agent, at);
      agent.doing = doing;
    }
  }

  finish(at: number): void {
    for (const agent of this.#agents.values()) this.#add(agent, at);
  }

  /** In this hour of the day (0 is the first), or in all of them. */
  of(agentId: AgentId, hour: number | null): Times {
    const all = this.#agents.get(agentId)?.hours ?? [];
    if (hour !== null) return all[hour] ?? { busyMs: 0, freeMs: 0 };
    return all.reduce((sum, { busyMs, freeMs }) => ({ busyMs: sum.busyMs + busyMs, freeMs: sum.freeMs + freeMs }), {
      busyMs: 0,
      freeMs: 0,
    });
  }

  #add(agent: { since: number; doing: Doing; readonly hours: { busyMs: number; freeMs: number }[] }, until: number): void {
    let at = agent.since;
    agent.since = until;
    if (agent.doing === 'away') return;
    while (at < until) {
      const hour = Math.floor((at - this.#startsAt) / hours(1));
      const end = Math.min(until, this.#startsAt + (hour + 1) * hours(1));
      while (agent.hours.length <= hour) agent.hours.push({ busyMs: 0, freeMs: 0 });
      const times = agent.hours[hour];
      if (times !== undefined) times[agent.doing === 'busy' ? 'busyMs' : 'freeMs'] += end - at;
      at = end;
    }
  }
}
