import type { CallEnd, EndedBy, EndReason, Fault, Unreached } from '../../../shared/contracts/call.ts';
import type { CallId, TrunkId } from '../../../shared/ids.ts';
import { asId } from '../../../shared/ids.ts';
import type {
  AgentLeg,
  CallerAddress,
  CallParty,
  CallRecording,
  DigitPressed,
  OutboundCall,
  OutsideLeg,
  OutsideNumber,
  PlayOutcome,
  RefusalStatus,
  RingRequest,
  Sound,
  Talker,
  VoiceCall,
  VoiceQuality,
} from '../../interactions/index.ts';
import type { Disposable } from '../../kernel/index.ts';
import { Scope } from '../../kernel/index.ts';
import type { CallLeg, IncomingLeg } from '../../sip/index.ts';
import { CallParties, type CallPartiesParts } from './call-parties.ts';
import { SipCallRecording } from './call-recording.ts';
import { CallSound, type CallSoundParts } from './call-sound.ts';
import { CustomerLeg, type CustomerLegParts } from './customer-leg.ts';
import { unreachedOf } from './endings.ts';
import { isOutbound } from './outbound-leg.ts';
import { type StoredLegs, storable } from './re-establish/index.ts';

export interface VoiceCallParts extends CustomerLegParts, CallPartiesParts, CallSoundParts {
  readonly callId: CallId;
  /** Whether an offer for a browser's phone is made before it is known that one is rung. */
  readonly keepsOfferReady: () => boolean;
  /** Reads a number as its trunk sent it. */
  readonly readNumber?: (trunkId: string, received: string) => string;
  /** Where recordings are written; null where none are. */
  readonly recordingsFolder: string | null;
}

/**
 * A customer's call: the customer's leg, whoever is called into it, their sound, and one scope that owns all of it. Everything that could go on
 * after the end (sounds, agent legs, listeners, ports) hangs on the scope; `#finish` is the one way out and the first ending wins.
 */
export class SipVoiceCall implements OutboundCall {
  readonly callId: CallId;
  readonly caller: CallerAddress;
  readonly dialled: string;
  readonly peer: string | null;
  readonly receivedAtMonotonic: number;
  readonly receivedAt: number;
  readonly ended: Promise<CallEnd>;
  readonly acknowledged: Promise<void>;
  readonly #parts: VoiceCallParts;
  readonly #scope: Scope;
  readonly #customer: CustomerLeg;
  readonly #parties: CallParties;
  readonly #sound: CallSound;
  readonly #resolveEnded: (end: CallEnd) => void;

  constructor(parts: VoiceCallParts) {
    const { leg, session, clock, log } = parts;
    this.#parts = parts;
    this.callId = parts.callId;
    const read = (number: string) => parts.readNumber?.(leg.trunk, number) ?? number;
    this.caller = { number: leg.caller.user === null ? null : read(leg.caller.user), presentedName: leg.caller.displayName };
    this.dialled = read(leg.dialled);
    this.peer = leg.peer;
    this.receivedAtMonotonic = leg.receivedAt;
    this.receivedAt = Math.round(clock.now() - (clock.monotonic() - leg.receivedAt));
    ({ promise: this.ended, resolve: this.#resolveEnded } = Promise.withResolvers<CallEnd>());

    const failed = (error: unknown) => {
      log.error('call:failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      this.hangUp('fault', 'system', 'ours');
    };
    this.#scope = new Scope(`call/${this.callId}`, clock, failed);
    this.#scope.add(() => session.end());
    this.#parties = new CallParties(parts, this, this.#scope);
    this.#sound = new CallSound(parts, this.#scope, () => this.#customer.mediaLegId, failed);
    this.#customer = new CustomerLeg(parts, this.#scope, { opened: () => this.#opened(), ended: (end) => this.#finish(end), failed });
    this.acknowledged = this.#customer.acknowledged;
    this.#scope.add(session.on('closed', (event) => event.why === 'workerDied' && this.hangUp('fault', 'system', 'ours')));
  }

  /**
   * An INVITE with Replaces (RFC 3891): false when it names no leg of this call. The customer's place, and that of a number outside, is taken
   * by what comes over the same trunk; an agent's by another phone of the same agent.
   */
  takesOver(newcomer: IncomingLeg): boolean {
    const tag = newcomer.replaces?.localTag ?? '';
    if (this.#scope.isEnded || tag === '') return false;
    const party = this.#parties.withTag(tag);
    if (party) party.replaceBy(newcomer);
    else if (tag === this.#customer.sip.localTag) this.#customer.replaceBy(newcomer);
    else return false;
    return true;
  }

  header(name: string): string | null {
    return this.#parts.leg.header(name) ?? null;
  }

  get trunkId(): TrunkId {
    return asId<TrunkId>(this.#parts.leg.trunk);
  }

  get signal(): AbortSignal {
    return this.#scope.signal;
  }

  ring(): void {
    this.#customer.ring();
  }

  prepare(): void {
    this.#customer.prepare();
  }

  answer(): Promise<boolean> {
    return this.#customer.answer();
  }

  refuse(status: RefusalStatus, why: { readonly reason: EndReason; readonly fault: Fault; readonly text?: string }): void {
    const { text, ...end } = why;
    this.#customer.refuse(status, { by: 'system', ...end }, text);
  }

  play(sound: Sound, signal?: AbortSignal): Promise<PlayOutcome> {
    return this.#sound.play('customer', sound, signal);
  }

  playTo(party: CallParty, sound: Sound, signal?: AbortSignal): Promise<PlayOutcome> {
    return this.#sound.play(party, sound, signal);
  }

  onDigit(listener: (pressed: DigitPressed) => void): Disposable {
    return this.#customer.onDigit(listener);
  }

  sendDigit(digit: string): void {
    const legId = this.#customersMedia;
    if (legId !== null) this.#parts.session.sendDigit(legId, digit);
  }

  maskDigits(isMasked: boolean): void {
    const legId = this.#customersMedia;
    if (legId !== null) this.#parts.session.maskDigits(legId, isMasked);
  }

  connect(one: Talker, other: Talker, how: 'both' | 'oneHearsOther'): void {
    this.#sound.connect(one, other, how);
  }

  disconnect(one: Talker, other: Talker): void {
    this.#sound.disconnect(one, other);
  }

  join(leg: CallParty): void {
    this.#sound.connect('customer', leg, 'both');
  }

  part(leg: CallParty): void {
    this.#sound.disconnect('customer', leg);
  }

  dial(outside: OutsideNumber): OutsideLeg {
    return this.#parties.dial(outside);
  }

  bringIn(other: VoiceCall, partyId: string): OutsideLeg {
    if (!(other instanceof SipVoiceCall)) throw new TypeError('only calls of the voice channel can be brought together');
    const party = this.#parties.bring({ partyId, number: other.caller.number ?? '', leg: other.#customer.sip });
    void party.outcome.then((outcome) => other.#left(outcome.kind === 'answered'));
    return party;
  }

  /** The customer was to go over into another call. */
  #left(hasGone: boolean): void {
    if (hasGone) this.#finish({ by: 'agent', reason: 'transferred', fault: 'agent' });
    else if (!this.#scope.isEnded) this.#customer.listen();
  }

  /** Whether that leg is a phone of that extension in this call. */
  hasPhone(sipTag: string, extension: string): boolean {
    return !this.#scope.isEnded && this.#parties.hasPhone(sipTag, extension);
  }

  hangUp(reason: EndReason, by: EndedBy, fault: Fault): void {
    this.#customer.hangUp({ by, reason, fault });
  }

  onFirstAudio(listener: (direction: 'toAgent' | 'toCaller', afterAnswerMs: number) => void): Disposable {
    return this.#sound.onFirstAudio(listener);
  }

  onQuality(listener: (quality: VoiceQuality) => void): Disposable {
    return this.#sound.onQuality(listener);
  }

  get unreached(): Unreached | null {
    const { leg } = this.#parts;
    return isOutbound(leg) && leg.unanswered ? unreachedOf(leg.unanswered) : null;
  }

  onProgress(listener: (progress: 'ringing' | 'earlyMedia') => void): Disposable {
    return this.#customer.onProgress(listener);
  }

  record(recordingId: string, isPaused = false): CallRecording {
    const { session, clock, log, recordingsFolder } = this.#parts;
    const legId = this.#customersMedia;
    return new SipCallRecording(recordingId, { folder: recordingsFolder, legId, isPaused }, { session, clock, log, scope: this.#scope });
  }

  onMediaMoved(listener: (tookMs: number) => void): Disposable {
    return this.#parts.session.onMoved(listener);
  }

  /** For a bridge after a crash; null while there is nothing to go on with. */
  describe(): StoredLegs | null {
    const customer = this.#scope.isEnded ? null : this.#customer.snapshot();
    if (!customer) return null;
    return {
      version: 1,
      callId: this.callId,
      receivedAt: this.receivedAt,
      known: { ...this.caller, trunkId: this.trunkId, dialled: this.dialled, peer: this.peer },
      customer: storable(customer),
      parties: this.#parties.snapshots().map(storable),
    };
  }

  /** A desk phone that was in this call before a crash, and is still off the hook. */
  keepPhone(extension: string, leg: CallLeg): void {
    this.#parties.keepPhone(extension, leg);
  }

  prepareAgent(extension: string): void {
    this.#parties.prepareAgent(extension);
  }

  /** Rings an agent's phone with a leg that can join this call. The INVITE has left when this returns, if an offer was ready. */
  ringAgent(request: RingRequest): AgentLeg {
    return this.#parties.ringAgent(request);
  }

  get #customersMedia(): string | null {
    return this.#scope.isEnded ? null : (this.#customer.mediaLegId ?? null);
  }

  #opened(): void {
    // Prepared while the ACK travels, so that an agent can be rung without waiting. No agent is rung for a code dialled by one.
    if (this.#parts.leg.phone === null && this.#parts.keepsOfferReady()) this.#parties.prepareOffer();
  }

  /** The one way out. The first ending wins; whatever is reported afterwards is the echo of it. */
  #finish(end: CallEnd): void {
    if (this.#scope.isEnded) return;
    this.#sound.close();
    this.#parties.close();
    this.#customer.close();
    this.#resolveEnded(end);
    void this.#scope.end(end.reason);
  }
}
