const hourMs = 3_600_000;

export interface CallingMeterCounts {
  /** Calls begun within the hour before, of this agent and of all. */
  readonly agentLastHour: number;
  readonly lastHour: number;
  readonly atOnce: number;
}

/** Counts calls out. Times are monotonic ms: no clock that somebody sets gives an hour back. Emergency calls are not counted. */
export class CallingMeter {
  readonly #byAgent = new Map<string, number[]>();
  #all: number[] = [];
  #atOnce = 0;

  /** A call of this agent's began. To be told in the order of the calls; it is not told when it ends. */
  count(agentId: string, at: number): void {
    this.#forget(at);
    this.#all.push(at);
    const own = this.#byAgent.get(agentId);
    if (own) own.push(at);
    else this.#byAgent.set(agentId, [at]);
  }

  /** A call of this agent's begins. What is returned ends it, once. */
  begin(agentId: string, at: number): () => void {
    this.count(agentId, at);
    return this.goOn();
  }

  /** One that began before the start is still up. What is returned ends it, once. */
  goOn(): () => void {
    this.#atOnce++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#atOnce--;
    };
  }

  counts(agentId: string, at: number): CallingMeterCounts {
    this.#forget(at);
    return { agentLastHour: this.#byAgent.get(agentId)?.length ?? 0, lastHour: this.#all.length, atOnce: this.#atOnce };
  }

  #forget(at: number): void {
    const isOld = (begun: number | undefined) => begun !== undefined && begun <= at - hourMs;
    if (!isOld(this.#all[0])) return;
    this.#all = this.#all.filter((begun) => !isOld(begun));
    for (const [agentId, begun] of this.#byAgent) {
      const left = begun.filter((each) => !isOld(each));
      if (left.length === 0) this.#byAgent.delete(agentId);
      else this.#byAgent.set(agentId, left);
    }
  }
}
