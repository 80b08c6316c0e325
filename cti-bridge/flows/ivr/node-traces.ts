import type { InteractionId } from '../../../shared/ids.ts';
import type { Frame, IvrAction, IvrTraces } from '../../ivr/index.ts';
import type { Clock } from '../../kernel/index.ts';

/** Notes each node that a caller passes, with how long they were in it; in one that calls another flow until they are back from there. */
export class NodeTraces {
  readonly #clock: Clock;
  readonly #traces: IvrTraces;
  readonly #interactionId: InteractionId;
  readonly #entered = new Map<string, { readonly at: number; readonly atMonotonic: number }>();
  #last: Frame | null = null;

  constructor(clock: Clock, traces: IvrTraces, interactionId: InteractionId) {
    this.#clock = clock;
    this.#traces = traces;
    this.#interactionId = interactionId;
  }

  /** The node that was entered last. */
  get last(): Frame | null {
    return this.#last;
  }

  entered(frame: Frame): void {
    this.#last = frame;
    this.#entered.set(keyOf(frame), { at: this.#clock.now(), atMonotonic: this.#clock.monotonic() });
  }

  left({ flowId, version, nodeId, exit, keys, facts }: Extract<IvrAction, { readonly type: 'nodeLeft' }>): void {
    const key = keyOf({ flowId, version, nodeId });
    const entered = this.#entered.get(key) ?? { at: this.#clock.now(), atMonotonic: this.#clock.monotonic() };
    this.#entered.delete(key);
    const tookMs = Math.round(this.#clock.monotonic() - entered.atMonotonic);
    this.#traces.note({ interactionId: this.#interactionId, at: entered.at, flowId, version, nodeId, exit, tookMs, keys, facts });
  }
}

const keyOf = ({ flowId, nodeId }: Frame): string => `${flowId}/${nodeId}`;
