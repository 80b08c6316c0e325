import type { DialRefusal } from '../../shared/contracts/calling.ts';
import type { Configuration } from '../../shared/contracts/configuration.ts';
import type { WireError } from '../../shared/contracts/errors.ts';
import type { AgentId, InteractionId, QueueId } from '../../shared/ids.ts';
import {
  CallingMeter,
  type CallPlan,
  type CallsOutHistory,
  planCall,
  readOutsideNumber,
  readReceivedNumber,
  type TrunkCondition,
} from '../dialplan/index.ts';
import type { CallRoute, OutsideNumber } from '../interactions/index.ts';
import { type Clock, err, type Log, ok, type Result } from '../kernel/index.ts';
import type { LiveInteraction } from './live-interaction.ts';
import type { Asker } from './ports.ts';
import type { Recorder } from './recorder.ts';

/** How long an alarm about a cap that was hit stands on the health page. */
const alarmMs = 3_600_000;
const callsPerHourMs = 3_600_000;

/** Caps that a stolen password runs into: somebody looks at it at once. */
const alarming: ReadonlySet<DialRefusal> = new Set<DialRefusal>(['agentHourlyCap', 'organisationHourlyCap', 'tooManyAtOnce']);

/** Which refusals hold at any time, and not only now. */
const lasting: ReadonlySet<DialRefusal> = new Set<DialRefusal>(['notANumber', 'blocked', 'notAllowed', 'premium', 'noTrunk']);

export interface DiallingParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly recorder: Recorder;
  readonly configuration: () => Configuration;
  /** How the trunks are now, on the monotonic clock. */
  readonly conditions: () => ReadonlyMap<string, TrunkCondition>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** Who calls, and for what. */
export interface Dialler {
  readonly agentId: AgentId;
  readonly queueId: QueueId | null;
}

type LineFrom = Pick<LiveInteraction, 'call' | 'queueId'>;
type LineFor = (asker: Asker, number: string, from: LineFrom) => Result<Omit<OutsideNumber, 'partyId'>, WireError>;

export type DialledRoutes =
  | { readonly ok: true; readonly number: string; readonly routes: readonly CallRoute[]; begin(): () => void }
  | { readonly ok: false; readonly why: DialRefusal };

/**
 * The one place where numbers outside are asked for, whoever asks: judged by the rules of the role, counted against the caps, given their
 * routes. What is refused is recorded, and a cap that was hit raises an alarm.
 */
export class Dialling {
  readonly #parts: DiallingParts;
  readonly #meter = new CallingMeter();
  #alarm: { readonly text: string; readonly until: number } | null = null;

  constructor(parts: DiallingParts) {
    this.#parts = parts;
  }

  /**
   * Counts what was called in the hour before this start, so that no restart gives the caps back. To be done before anybody dials. A call that
   * is said to be yet to come was made before the clock was set back: it counts as made now.
   */
  async remember(history: Pick<CallsOutHistory, 'readCallsOutSince'>): Promise<void> {
    const { clock } = this.#parts;
    const now = clock.now();
    for (const { agentId, at, number } of await history.readCallsOutSince(now - callsPerHourMs)) {
      if (this.#isEmergency(number)) continue;
      this.#meter.count(agentId, clock.monotonic() - Math.max(0, now - at));
    }
  }

  /** Of the calls that are gone on with, those that agents dialled are still up, and count so until they end. */
  async goOnWith(
    history: Pick<CallsOutHistory, 'readCallsOutAmong'>,
    calls: readonly { readonly interactionId: InteractionId; readonly ended: Promise<unknown> }[],
  ): Promise<void> {
    const dialled = await history.readCallsOutAmong(calls.map(({ interactionId }) => interactionId));
    for (const { interactionId, number } of dialled) {
      if (this.#isEmergency(number)) continue;
      void calls.find((call) => call.interactionId === interactionId)?.ended.then(this.#meter.goOn());
    }
  }

  /** `begin` counts the call; what it returns says that the call is over. */
  routesFor(dialler: Dialler, dialled: string): DialledRoutes {
    const { clock } = this.#parts;
    const plan = this.#plan(dialler, dialled);
    if (!plan.ok) {
      this.#refused(dialler, plan.why);
      return plan;
    }
    const isEmergency = plan.number.kind === 'emergency';
    return {
      ok: true,
      number: plan.number.kind === 'public' ? plan.number.e164 : plan.number.digits,
      routes: this.#withCodecs(plan.routes),
      begin: () => (isEmergency ? () => {} : this.#meter.begin(dialler.agentId, clock.monotonic())),
    };
  }

  /** Why this number may not be called, at whatever time; null: it may. What is only so now, as a cap that is reached, says nothing of later. */
  mayAgreeToCall(dialler: Dialler, dialled: string): DialRefusal | null {
    const plan = this.#plan(dialler, dialled);
    return plan.ok || !lasting.has(plan.why) ? null : plan.why;
  }

  /**
   * The way to a number that is asked into a call, as far as who asks may call it. Where no trunk of the configuration carries it, `otherwise`
   * says whether there is another way.
   */
  lineFor(asker: Asker, dialled: string, from: LineFrom, otherwise: LineFor): Result<Omit<OutsideNumber, 'partyId'>, WireError> {
    if (asker.agentId === null || !asker.may('call:dial-out'))
      return err({ code: 'forbidden', why: 'mayNotDialOut', message: 'You may not call numbers outside.' });
    const dialler = { agentId: asker.agentId, queueId: from.queueId };
    const plan = this.#plan(dialler, dialled);
    if (!plan.ok) {
      if (plan.why === 'noTrunk') {
        const line = otherwise(asker, dialled, from);
        if (line.ok) this.#count(dialler.agentId);
        return line;
      }
      this.#refused(dialler, plan.why);
      return err({ code: 'forbidden', why: 'numberRefused', message: `This number cannot be called (${plan.why}).` });
    }
    if (plan.number.kind !== 'emergency') this.#count(dialler.agentId);
    const number = plan.number.kind === 'public' ? plan.number.e164 : plan.number.digits;
    return ok({ number, peer: '', shownAs: plan.routes[0]?.shown ?? '', routes: this.#withCodecs(plan.routes) });
  }

  /**
   * For a call that the house itself makes, as promised to a customer or as a flow wants it: no rule of a role stands against it. Empty where no
   * trunk of the configuration carries it.
   */
  routesBack(number: string, queueId: QueueId | null): readonly CallRoute[] {
    const plan = planCall(
      {
        dialled: number,
        ownLines: [],
        limits: null,
        from: { queue: queueId && this.#numberOf(queueId), agent: null },
        counts: { agentLastHour: 0, lastHour: 0, atOnce: 0 },
        now: this.#parts.clock.monotonic(),
      },
      this.#parts.configuration(),
      this.#parts.conditions(),
      this.#parts.random,
    );
    return plan.ok ? this.#withCodecs(plan.routes) : [];
  }

  /** A number as a trunk of the configuration sent it. */
  readReceived(trunkId: string, received: string): string {
    const trunk = this.#parts.configuration().trunks.find(({ id }) => id === trunkId);
    return trunk ? readReceivedNumber(received, trunk.numbersIn) : received;
  }

  /** In plain words, for the health page. */
  get problems(): readonly string[] {
    const alarm = this.#alarm;
    return alarm && alarm.until > this.#parts.clock.monotonic() ? [alarm.text] : [];
  }

  #plan({ agentId, queueId }: Dialler, dialled: string): CallPlan {
    const { clock, conditions, random } = this.#parts;
    const configuration = this.#parts.configuration();
    const user = configuration.users.find(({ agent }) => agent?.id === agentId);
    const role = configuration.roles.find(({ id }) => id === user?.role);
    const now = clock.monotonic();
    return planCall(
      {
        dialled,
        ownLines: configuration.users.flatMap(({ agent }) => agent?.extension ?? []),
        limits: role?.calling,
        from: { queue: queueId && this.#numberOf(queueId), agent: user?.agent?.shownNumber ?? null },
        counts: this.#meter.counts(agentId, now),
        now,
      },
      configuration,
      conditions(),
      random,
    );
  }

  /** As a kept number tells; one that nobody keeps is taken for none. */
  #isEmergency(number: string | null): boolean {
    return number !== null && readOutsideNumber(number, this.#parts.configuration().organisation)?.kind === 'emergency';
  }

  /** Of a number that is asked into a call: how long it lasts is not known here; that it was called counts. */
  #count(agentId: AgentId): void {
    this.#meter.count(agentId, this.#parts.clock.monotonic());
  }

  #numberOf(queueId: QueueId): string | null {
    return this.#parts.configuration().queues.find(({ id }) => id === queueId)?.shownNumber ?? null;
  }

  #withCodecs(routes: readonly Omit<CallRoute, 'codecs'>[]): readonly CallRoute[] {
    const trunks = new Map(this.#parts.configuration().trunks.map((trunk) => [trunk.id, trunk]));
    return routes.map((route) => ({ ...route, codecs: trunks.get(route.trunkId)?.codecs ?? ['PCMA', 'PCMU'] }));
  }

  #refused({ agentId }: Dialler, why: DialRefusal): void {
    const { clock, log, recorder } = this.#parts;
    const isAlarm = alarming.has(why);
    void recorder.recordAgent({ type: 'agent:callRefused', agentId, why });
    // The number stays out of the log: it may be a customer's.
    if (!isAlarm) return log.info('call:refusedOut', { agentId, why });
    log.error('alarm:callsOut', { agentId, why });
    const whose = why === 'agentHourlyCap' ? `the agent ${agentId}` : 'the organisation';
    this.#alarm = {
      text: `Calls out are stopped by a cap (${why}) of ${whose}: look whether they are ours.`,
      until: clock.monotonic() + alarmMs,
    };
  }
}
