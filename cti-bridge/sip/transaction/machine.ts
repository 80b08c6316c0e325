import type { Clock, TimerHandle } from '../../kernel/index.ts';

/** RFC 3261 table 4 and RFC 6026 §7. */
export type TimerName = 'A' | 'B' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M';

/** Base intervals in ms (RFC 3261 §17.1.1.1): T1 a round trip, T2 the longest pause between repeats, T4 how long the network may keep a message. */
export interface BaseTimers {
  readonly t1: number;
  readonly t2: number;
  readonly t4: number;
}

export const rfcTimers: BaseTimers = { t1: 500, t2: 4_000, t4: 5_000 };

export interface Rules extends BaseTimers {
  readonly isReliable: boolean;
}

/** What a step of a machine asks for; performed in order. */
export type Effect =
  /** Put our message on the wire (again): a client's request, a server's last response. */
  | { readonly do: 'transmit' }
  /** ACK a final response that is no 2xx. */
  | { readonly do: 'acknowledge' }
  /** Hand the message that came in to the transaction's user. */
  | { readonly do: 'deliver' }
  /** (Re)start a timer of this transaction. */
  | { readonly do: 'start'; readonly timer: TimerName; readonly afterMs: number }
  /** Tell the user that this came to nothing. */
  | { readonly do: 'fail'; readonly why: 'timeout' | 'transport' };

export interface Step<State> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/**
 * A state machine as a pure function. An input that has no meaning in a state leaves it as it is, without effects: the network may deliver
 * anything at any time.
 */
export interface Machine<State extends { readonly name: string }, Input> {
  start(rules: Rules): Step<State>;
  step(state: State, input: Input, rules: Rules): Step<State>;
  /** Timers that may run in each state; entering a state stops all others. `terminated` has none. */
  readonly timersIn: Readonly<Record<State['name'], readonly TimerName[]>>;
}

export const stay = <State>(state: State): Step<State> => ({ state, effects: [] });
export const transmit: Effect = { do: 'transmit' };
export const acknowledge: Effect = { do: 'acknowledge' };
export const deliver: Effect = { do: 'deliver' };
export const start = (timer: TimerName, afterMs: number): Effect => ({ do: 'start', timer, afterMs });
export const fail = (why: 'timeout' | 'transport'): Effect => ({ do: 'fail', why });

export type TimerInput = { readonly kind: 'timer'; readonly timer: TimerName };

/** Runs one machine: keeps its state and its timers, performs what it asks for. */
export class MachineRunner<State extends { readonly name: string }, Input> {
  readonly #machine: Machine<State, Input | TimerInput>;
  readonly #rules: Rules;
  readonly #clock: Clock;
  readonly #perform: (effect: Exclude<Effect, { do: 'start' }>) => void;
  readonly #onTerminated: () => void;
  readonly #timers = new Map<TimerName, TimerHandle>();
  #state: State | undefined;

  constructor(
    machine: Machine<State, Input | TimerInput>,
    rules: Rules,
    clock: Clock,
    perform: (effect: Exclude<Effect, { do: 'start' }>) => void,
    onTerminated: () => void,
  ) {
    this.#machine = machine;
    this.#rules = rules;
    this.#clock = clock;
    this.#perform = perform;
    this.#onTerminated = onTerminated;
  }

  get state(): string {
    return this.#state?.name ?? 'new';
  }

  start(): void {
    this.#enter(this.#machine.start(this.#rules));
  }

  input(input: Input | TimerInput): void {
    if (this.#state && this.#state.name !== 'terminated') this.#enter(this.#machine.step(this.#state, input, this.#rules));
  }

  /** Stops its timers; nothing happens any more. */
  stop(): void {
    for (const handle of this.#timers.values()) handle.cancel();
    this.#timers.clear();
    this.#state = undefined;
  }

  #enter(step: Step<State>): void {
    this.#state = step.state;
    const allowed: readonly TimerName[] = this.#machine.timersIn[step.state.name as State['name']];
    for (const [name, handle] of this.#timers) {
      if (allowed.includes(name)) continue;
      handle.cancel();
      this.#timers.delete(name);
    }
    // Timers first: what is delivered may come back with the next input before this returns.
    for (const effect of step.effects) if (effect.do === 'start') this.#arm(effect.timer, effect.afterMs);
    if (step.state.name === 'terminated') this.#onTerminated();
    for (const effect of step.effects) if (effect.do !== 'start') this.#perform(effect);
  }

  #arm(timer: TimerName, afterMs: number): void {
    this.#timers.get(timer)?.cancel();
    const handle = this.#clock.timer(afterMs, () => {
      if (this.#timers.get(timer) === handle) this.#timers.delete(timer);
      this.input({ kind: 'timer', timer });
    });
    this.#timers.set(timer, handle);
  }
}
