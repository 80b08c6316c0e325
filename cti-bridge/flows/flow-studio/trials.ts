import type { Flow } from '../../../shared/contracts/ivr/flow.ts';
import { minutes } from '../../../shared/duration.ts';
import type { FlowSource } from '../../ivr/index.ts';
import type { Clock } from '../../kernel/index.ts';

/** A number is called within this, or means nothing any more. */
const openMs = minutes(10);
const first = 10;
const count = 90;

/** A draft that may be called: as it was when the number was given, with the flows that were live then. */
export interface FlowTrial {
  readonly flow: Flow;
  readonly flows: FlowSource;
}

/**
 * Numbers behind which drafts answer, `*7010` to `*7099`. Only phones of the house can dial them. Whoever opens another trial of the same
 * flow keeps the number; when all are taken, the oldest gives way.
 */
export class FlowTrials {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #open = new Map<string, FlowTrial & { readonly by: string; readonly until: number }>();
  #last = count - 1;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  open(by: string, trial: FlowTrial): string {
    this.#forgetOld();
    const known = [...this.#open].find(([, each]) => each.by === by && each.flow.flowId === trial.flow.flowId)?.[0];
    const dial = known ?? this.#free();
    this.#open.delete(dial);
    this.#open.set(dial, { ...trial, by, until: this.#clock.monotonic() + openMs });
    return dial;
  }

  find(dialled: string): FlowTrial | undefined {
    this.#forgetOld();
    return this.#open.get(dialled);
  }

  /** Another one each time: who dials a number once more that meant something else meanwhile hears nothing of that. */
  #free(): string {
    for (let tried = 0; tried < count; tried++) {
      this.#last = (this.#last + 1) % count;
      const dial = `*70${first + this.#last}`;
      if (!this.#open.has(dial)) return dial;
    }
    return [...this.#open.keys()][0] ?? `*70${first}`;
  }

  #forgetOld(): void {
    const now = this.#clock.monotonic();
    for (const [dial, { until }] of this.#open) if (until <= now) this.#open.delete(dial);
  }
}
