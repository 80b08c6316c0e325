import type { AcceptanceLedger } from '../../../cti-bridge/acd/index.ts';
import type {
  Arrival,
  ContactRepository,
  Identified,
  InteractionLink,
  InteractionRepository,
  PreferredAgents,
} from '../../../cti-bridge/crm/index.ts';
import { type AgentSetUp, Agents } from '../../../cti-bridge/flows/agents.ts';
import { createCallFeatures } from '../../../cti-bridge/flows/call-features.ts';
import { Callbacks } from '../../../cti-bridge/flows/callbacks.ts';
import type { StoryContext } from '../../../cti-bridge/flows/context.ts';
import { DefaultOutcomes } from '../../../cti-bridge/flows/default-outcomes.ts';
import { createDesk } from '../../../cti-bridge/flows/desk.ts';
import { inboundCall } from '../../../cti-bridge/flows/inbound-call.ts';
import { LiveInteractions } from '../../../cti-bridge/flows/live-interaction.ts';
import { createOwnFigures } from '../../../cti-bridge/flows/own-figures.ts';
import { Parking } from '../../../cti-bridge/flows/park.ts';
import type { PlaceInLine } from '../../../cti-bridge/flows/places-in-line.ts';
import type { Desktops } from '../../../cti-bridge/flows/ports.ts';
import { QueueNews } from '../../../cti-bridge/flows/queue-news.ts';
import { createRecorder } from '../../../cti-bridge/flows/recorder.ts';
import { Routing } from '../../../cti-bridge/flows/routing.ts';
import { createSupervisedCalls } from '../../../cti-bridge/flows/supervise-call.ts';
import type { User } from '../../../cti-bridge/identity/index.ts';
import type {
  AgentLeg,
  AgentLegFailure,
  AgentPhones,
  BusinessEvent,
  CallbackEnding,
  CallbackRepository,
  CallerAddress,
  CallParty,
  CallRecording,
  CallRoute,
  CustomerNumber,
  CustomerPhones,
  DigitPressed,
  EventListener,
  OutboundCall,
  OutsideLeg,
  OutsideNumber,
  PlayOutcome,
  PromisedCallback,
  RecordingEnd,
  RecordingFailure,
  RecordingFiles,
  RecordingRepository,
  RingRequest,
  Sound,
  StoredRecording,
  Talker,
  TransferAsked,
  VoiceCall,
  VoiceQuality,
} from '../../../cti-bridge/interactions/index.ts';
import type { Flow } from '../../../cti-bridge/ivr/index.ts';
import {
  type Clock,
  countingIds,
  type Disposable,
  err,
  type IdSource,
  ok,
  Scope,
  silentLog,
  VirtualClock,
} from '../../../cti-bridge/kernel/index.ts';
import { type ContactName, Report } from '../../../cti-bridge/reporting/index.ts';
import type { PushName, PushPayload } from '../../../shared/contracts/bridge-events.ts';
import type { CallEnd, EndedBy, EndReason, Fault, Unreached } from '../../../shared/contracts/call.ts';
import type { Configuration, QueueConfiguration } from '../../../shared/contracts/configuration.ts';
import type { ContactRecord, ContactSummary } from '../../../shared/contracts/contact.ts';
import type { QueueRecording } from '../../../shared/contracts/recording.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { type AgentId, asId, type CallId, type ContactId, type QueueId, type TrunkId, type UserId } from '../../../shared/ids.ts';
import { queueOf, settingsOf } from '../acd/floor.ts';
import { entranceOf, flowOf } from '../ivr/flows.ts';
import { FakeIvrHouse } from './ivr/fake-ivr-house.ts';

/** The outside of the stories, as plain objects a test can steer: a caller, phones, desktops, a store that remembers. */

/** A recording that writes nothing: it runs unless the test says otherwise. */
export class FakeRecording implements CallRecording {
  readonly recordingId: string;
  readonly asked: string[];
  readonly started: Promise<'running' | RecordingFailure>;
  readonly ended: Promise<RecordingEnd>;
  readonly #resolve: (end: RecordingEnd) => void;

  constructor(recordingId: string, isPaused: boolean, started: 'running' | RecordingFailure = 'running') {
    this.recordingId = recordingId;
    this.asked = isPaused ? ['started paused'] : ['started'];
    this.started = Promise.resolve(started);
    ({ promise: this.ended, resolve: this.#resolve } = Promise.withResolvers<RecordingEnd>());
  }

  pause(): void {
    this.asked.push('paused');
  }

  resume(): void {
    this.asked.push('resumed');
  }

  stop(): void {
    this.asked.push('stopped');
    this.#resolve({ durationMs: 60_000, failure: null });
  }

  fail(failure: RecordingEnd['failure']): void {
    this.#resolve({ durationMs: 10_000, failure });
  }
}

export class FakeCall implements VoiceCall {
  readonly callId = asId<CallId>('call-1');
  trunkId = asId<TrunkId>('trunk-1');
  readonly receivedAtMonotonic: number;
  readonly receivedAt: number;
  readonly ended: Promise<CallEnd>;
  readonly signal: AbortSignal;
  readonly heard: string[] = [];
  readonly keysSent: string[] = [];
  joined: CallParty | null = null;
  /** Who hears whom, as `listener < speaker`. */
  readonly hearing = new Set<string>();
  readonly outside: FakeOutside[] = [];
  #loop: (() => void) | null = null;
  /** What was played to others than the customer. */
  readonly played: string[] = [];
  refusedWith: number | null = null;
  end: CallEnd | null = null;
  readonly caller: CallerAddress;
  readonly dialled: string;
  peer: string | null = '192.0.2.7:5060';
  readonly #resolve: (end: CallEnd) => void;
  readonly #abort = new AbortController();
  readonly #digits = new Set<(pressed: DigitPressed) => void>();
  readonly #firstAudio = new Set<(direction: 'toAgent' | 'toCaller', afterAnswerMs: number) => void>();

  constructor(clock: Clock, dialled = '1000', caller: CallerAddress = { number: '+447700900142', presentedName: null }) {
    this.caller = caller;
    this.dialled = dialled;
    this.receivedAtMonotonic = clock.monotonic();
    this.receivedAt = clock.now();
    const { promise, resolve } = Promise.withResolvers<CallEnd>();
    this.ended = promise;
    this.#resolve = resolve;
    this.signal = this.#abort.signal;
  }

  acknowledged: Promise<void> = Promise.resolve();

  /** What the trunk sent along. */
  readonly headers: Record<string, string> = {};

  header(name: string): string | null {
    return this.headers[name] ?? null;
  }

  ring(): void {}
  prepare(): void {}
  async answer(): Promise<boolean> {
    if (!this.heard.includes('answered')) this.heard.push('answered');
    return this.end === null;
  }
  refuse(status: 404 | 480 | 486 | 503, why: { readonly reason: EndReason; readonly fault: Fault }): void {
    this.refusedWith = status;
    this.finish({ by: 'system', reason: why.reason, fault: why.fault });
  }
  async play(sound: Sound, signal?: AbortSignal): Promise<PlayOutcome> {
    if (this.end || signal?.aborted) return 'stopped';
    this.heard.push(sound.kind === 'prompt' ? `${sound.locale}/${sound.name}` : sound.kind);
    if (sound.kind === 'prompt') return 'finished';
    return new Promise((resolve) => {
      const stop = () => {
        if (this.#loop === stop) this.#loop = null;
        resolve('stopped');
      };
      this.#loop?.();
      this.#loop = stop;
      signal?.addEventListener('abort', stop);
      void this.ended.then(() => resolve('callEnded'));
    });
  }
  /** Something goes on and on in the customer's ear. */
  get isPlaying(): boolean {
    return this.#loop !== null;
  }
  onDigit(listener: (pressed: DigitPressed) => void): Disposable {
    this.#digits.add(listener);
    return { dispose: () => void this.#digits.delete(listener) };
  }
  sendDigit(digit: string): void {
    this.keysSent.push(digit);
  }
  connect(one: Talker, other: Talker, how: 'both' | 'oneHearsOther'): void {
    if (this.end) return;
    this.hearing.delete(pairOf(other, one));
    this.hearing.add(pairOf(one, other));
    if (how === 'both') this.hearing.add(pairOf(other, one));
    if (one === 'customer' || (how === 'both' && other === 'customer')) this.#loop?.();
    const agent = one === 'customer' ? other : other === 'customer' ? one : null;
    if (how === 'both' && agent !== null && agent !== 'customer') this.joined = agent;
  }
  disconnect(one: Talker, other: Talker): void {
    this.hearing.delete(pairOf(one, other));
    this.hearing.delete(pairOf(other, one));
    const agent = one === 'customer' ? other : other === 'customer' ? one : null;
    if (agent !== null && this.joined === agent) this.joined = null;
  }
  join(leg: CallParty): void {
    this.connect('customer', leg, 'both');
  }
  part(leg: CallParty): void {
    this.disconnect('customer', leg);
  }
  dial(outside: OutsideNumber): FakeOutside {
    const leg = new FakeOutside(outside);
    this.outside.push(leg);
    return leg;
  }
  /** Who came over from another call; that one is over when the leg answers. */
  bringIn(other: VoiceCall, partyId: string): FakeOutside {
    const leg = this.dial({ partyId, number: other.caller.number ?? '', peer: '', shownAs: '' });
    void leg.outcome.then(({ kind }) => kind === 'answered' && other.hangUp('transferred', 'agent', 'agent'));
    return leg;
  }
  async playTo(party: CallParty, sound: Sound, signal?: AbortSignal): Promise<PlayOutcome> {
    if (this.end || signal?.aborted) return 'stopped';
    this.played.push(`${party.partyId} ${sound.kind === 'prompt' ? sound.name : sound.kind}`);
    return new Promise((resolve) => {
      if (sound.kind === 'prompt') resolve('finished');
      signal?.addEventListener('abort', () => resolve('stopped'));
    });
  }
  hangUp(reason: EndReason, by: EndedBy, fault: Fault): void {
    this.finish({ by, reason, fault });
  }
  onFirstAudio(listener: (direction: 'toAgent' | 'toCaller', afterAnswerMs: number) => void): Disposable {
    this.#firstAudio.add(listener);
    return { dispose: () => void this.#firstAudio.delete(listener) };
  }
  onMediaMoved(): Disposable {
    return { dispose: () => {} };
  }
  readonly recordings: FakeRecording[] = [];
  readonly masks: boolean[] = [];

  record(recordingId: string, isPaused = false): CallRecording {
    const recording = new FakeRecording(recordingId, isPaused);
    this.recordings.push(recording);
    void this.ended.then(() => recording.stop());
    return recording;
  }

  maskDigits(isMasked: boolean): void {
    this.masks.push(isMasked);
  }

  readonly #quality = new Set<(quality: VoiceQuality) => void>();
  onQuality(listener: (quality: VoiceQuality) => void): Disposable {
    this.#quality.add(listener);
    return { dispose: () => void this.#quality.delete(listener) };
  }
  /** What is measured of its sound now. */
  measures(trouble: VoiceQuality['trouble']): void {
    for (const listener of [...this.#quality]) listener({ lossPercent: 0, jitterMs: 2, mos: 4.3, trouble });
  }

  press(digit: string): void {
    for (const listener of [...this.#digits]) listener({ digit, at: 0 });
  }
  /** Sound passes both ways. */
  soundFlows(): void {
    for (const listener of [...this.#firstAudio]) {
      listener('toAgent', 40);
      listener('toCaller', 60);
    }
  }
  callerHangsUp(): void {
    this.finish({ by: 'caller', reason: 'hungUp', fault: 'caller' });
  }
  finish(end: CallEnd): void {
    if (this.end) return;
    this.end = end;
    this.joined = null;
    this.hearing.clear();
    this.#abort.abort();
    this.#resolve(end);
  }
}

export class FakeParty implements CallParty {
  readonly partyId: string;
  released: string | null = null;
  readonly ringing: Promise<void>;
  readonly accepted: Promise<void>;
  readonly outcome: CallParty['outcome'];
  readonly gone: CallParty['gone'];
  readonly rings: () => void;
  /** 200 OK, without sound yet. */
  readonly accepts: () => void;
  readonly #resolveOutcome: (outcome: Awaited<CallParty['outcome']>) => void;
  readonly vanish: (why: 'hungUp' | 'lost' | 'released') => void;
  readonly #transfers = new Set<(asked: TransferAsked) => void>();
  readonly #holds = new Set<(isHeld: boolean) => void>();
  readonly #digits = new Set<(pressed: DigitPressed) => void>();

  constructor(partyId: string) {
    this.partyId = partyId;
    const ringing = Promise.withResolvers<void>();
    const accepted = Promise.withResolvers<void>();
    const outcome = Promise.withResolvers<Awaited<CallParty['outcome']>>();
    const gone = Promise.withResolvers<'hungUp' | 'lost' | 'released'>();
    this.ringing = ringing.promise;
    this.rings = ringing.resolve;
    this.accepted = accepted.promise;
    this.accepts = accepted.resolve;
    this.outcome = outcome.promise;
    this.#resolveOutcome = outcome.resolve;
    this.gone = gone.promise;
    this.vanish = gone.resolve;
  }

  onHold(listener: (isHeld: boolean) => void): Disposable {
    this.#holds.add(listener);
    return { dispose: () => void this.#holds.delete(listener) };
  }
  onDigit(listener: (pressed: DigitPressed) => void): Disposable {
    this.#digits.add(listener);
    return { dispose: () => void this.#digits.delete(listener) };
  }
  onTransferAsked(listener: (asked: TransferAsked) => void): Disposable {
    this.#transfers.add(listener);
    return { dispose: () => void this.#transfers.delete(listener) };
  }
  /** The transfer key of the phone; resolves with how it went. */
  refers(target: string, into: VoiceCall | null = null): Promise<boolean> {
    return new Promise((resolve) => {
      for (const listener of [...this.#transfers]) listener({ target, into, referredBy: null, done: resolve });
    });
  }
  release(why: string): void {
    this.released ??= why;
    this.#resolveOutcome({ kind: 'failed', failure: 'canceled' });
  }
  answers(): void {
    this.rings();
    this.accepts();
    this.#resolveOutcome({ kind: 'answered', atMonotonic: 0 });
  }
  fails(failure: AgentLegFailure): void {
    this.#resolveOutcome({ kind: 'failed', failure });
  }
  presses(digit: string): void {
    for (const listener of this.#digits) listener({ digit, at: 0 });
  }
  holds(isHeld: boolean): void {
    for (const listener of this.#holds) listener(isHeld);
  }
}

export class FakeLeg extends FakeParty implements AgentLeg {
  readonly agentId;
  readonly reservationId;
  readonly request: RingRequest;

  constructor(request: RingRequest) {
    super(request.reservationId);
    this.request = request;
    this.agentId = request.agentId;
    this.reservationId = request.reservationId;
  }
}

export class FakeOutside extends FakeParty implements OutsideLeg {
  readonly number: string;

  /** As it was asked for. */
  readonly dialled: OutsideNumber;
  readonly keysSent: string[] = [];
  /** What it says as it hangs up. */
  readonly farewells: Record<string, string> = {};
  readonly #earlySounds = new Set<() => void>();

  constructor(outside: OutsideNumber) {
    super(outside.partyId);
    this.number = outside.number;
    this.dialled = outside;
  }

  sendDigit(digit: string): void {
    this.keysSent.push(digit);
  }

  farewell(name: string): string | null {
    return this.farewells[name] ?? null;
  }

  onEarlySound(listener: () => void): Disposable {
    this.#earlySounds.add(listener);
    return { dispose: () => void this.#earlySounds.delete(listener) };
  }
  /** The network plays something before the answer. */
  earlySound(): void {
    for (const listener of this.#earlySounds) listener();
  }
}

function pairOf(listener: Talker, speaker: Talker): string {
  const nameOf = (talker: Talker) => (talker === 'customer' ? talker : talker.partyId);
  return `${nameOf(listener)} < ${nameOf(speaker)}`;
}

export class FakePhones implements AgentPhones {
  readonly legs: FakeLeg[] = [];
  readonly #listeners = new Set<(extension: string, isReachable: boolean) => void>();
  readonly registered = new Set<string>();

  ring(request: RingRequest): AgentLeg {
    const leg = new FakeLeg(request);
    this.legs.push(leg);
    return leg;
  }
  prepare(): void {}
  isReachable(extension: string): boolean {
    return this.registered.has(extension);
  }
  /** Extensions that were asked for a word. They answer at once. */
  readonly doubted: string[] = [];
  doubt(extension: string): void {
    this.doubted.push(extension);
  }
  onReachable(listener: (extension: string, isReachable: boolean) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }
  register(extension: string, isReachable = true): void {
    if (isReachable) this.registered.add(extension);
    else this.registered.delete(extension);
    for (const listener of this.#listeners) listener(extension, isReachable);
  }
  get last(): FakeLeg {
    const leg = this.legs.at(-1);
    if (!leg) throw new Error('No phone has been rung');
    return leg;
  }
}

export class FakeDesktops implements Desktops {
  readonly pushes: { readonly agentId: string; readonly name: PushName; readonly payload: unknown }[] = [];
  /** Acknowledges pops at once, as a living desktop does. */
  onOffer: ((agentId: AgentId, payload: PushPayload<'reservation:offered'>) => void) | null = null;

  push<Name extends PushName>(agentId: AgentId, name: Name, payload: PushPayload<Name>): void {
    this.pushes.push({ agentId, name, payload });
    if (name === 'reservation:offered') this.onOffer?.(agentId, payload as PushPayload<'reservation:offered'>);
  }
  broadcast<Name extends PushName>(name: Name, payload: PushPayload<Name>): void {
    this.pushes.push({ agentId: '*', name, payload });
  }
  /** Whose desktops are not there. */
  readonly gone = new Set<AgentId>();
  isConnected(agentId: AgentId): boolean {
    return !this.gone.has(agentId);
  }
  of<Name extends PushName>(name: Name, agentId?: string): PushPayload<Name>[] {
    return this.pushes
      .filter((push) => push.name === name && (!agentId || push.agentId === agentId))
      .map((push) => push.payload as PushPayload<Name>);
  }
}

export const margaret: ContactSummary = {
  contactId: 'c-margaret',
  name: 'Margaret Okafor',
  title: 'Operations director',
  accountId: 'a-harbour',
  accountName: 'Harbour & Vale Freight',
  isKeyAccount: true,
  tier: 'diamond',
  locale: 'en',
};

export const margaretsRecord: ContactRecord = {
  ...margaret,
  identifiers: [],
  thingsToKnow: [],
  cases: [],
  timeline: { items: [], total: 0, nextBefore: null },
  products: [],
  notes: [],
  keyAccount: null,
  consent: { recording: true, smsOffers: true, emailOffers: false },
  prefersChannel: 'voice',
  monthlySpend: null,
  contractEndsAt: null,
  contractLevel: null,
  churnRisk: null,
  churnReasons: [],
  manager: null,
  possibleDuplicates: [],
};

export type FoundPerson = ContactSummary & { readonly cardId?: string };

function cardsOf({ contactId, cardId = contactId }: FoundPerson) {
  return { cardId, cardIds: [...new Set([contactId, cardId])] };
}

export class FakeContacts implements ContactRepository {
  /** Who has the number: one is certain, several are candidates. */
  found: FoundPerson[] = [margaret];
  /** Set to make the store slow or broken. */
  gate: Promise<void> | null = null;
  readonly linked: string[] = [];
  readonly asked: Arrival[] = [];
  /** Who is found by what was typed in the menu. */
  readonly byEntered = new Map<string, FoundPerson>();

  async identify(arrival: Arrival): Promise<Identified> {
    this.asked.push(arrival);
    await this.gate;
    const typed = arrival.entered.flatMap((digits) => this.byEntered.get(digits) ?? []);
    const people = typed.length > 0 ? typed : this.found;
    const [first, ...others] = people;
    if (!first) return { kind: 'unknown' };
    if (others.length === 0)
      return {
        kind: 'certain',
        reason: typed.length > 0 ? 'enteredId' : 'numberOnFile',
        record: { ...margaretsRecord, ...first },
        cards: cardsOf(first),
      };
    return {
      kind: 'candidates',
      candidates: people.map((person) => ({ ...person, lastUsedAt: null, confidence: 10, reasons: [] })),
      cards: Object.fromEntries(people.map((person) => [person.contactId, cardsOf(person)])),
      suggestShared: false,
    };
  }
  async readRecord(contactId: ContactId) {
    const known = this.found.find((contact) => contact.contactId === contactId);
    return known ? { ...margaretsRecord, ...known } : null;
  }
  async readPerson(contactId: ContactId) {
    const record = await this.readRecord(contactId);
    return record && { record, cardIds: [contactId, record.contactId] };
  }
  async readTimeline() {
    return { items: [], total: 0, nextBefore: null };
  }
  async callsSince(_key: string | null, since: readonly number[]) {
    return since.map(() => 2);
  }
  readonly taught: (string | null)[] = [];
  async linkInteraction({ interactionId, contactId, taught }: InteractionLink) {
    this.linked.push(`${interactionId} ${contactId}`);
    this.taught.push(taught?.key ?? null);
    return { cardId: contactId, cardIds: [contactId] };
  }
  /** Whom the customer knows; `preferredGate` makes the store slow to say so. */
  preferred: PreferredAgents = { lastAgent: null, accountManager: null };
  async preferredAgents() {
    await this.preferredGate;
    return this.preferred;
  }
  preferredGate: Promise<void> | null = null;
  async addNote() {
    return { noteId: 'n-1', at: 0, author: '', text: '' };
  }
}

export class FakeInteractions implements InteractionRepository {
  readonly completed: Parameters<InteractionRepository['complete']>[0][] = [];
  readonly drafts = new Map<string, { text: string; revision: number; savedAt: number }>();
  open: Awaited<ReturnType<InteractionRepository['readOpen']>> = [];
  failNext = false;

  async recordCaller() {}
  async saveDraft(...[interactionId, , text, revision, at]: Parameters<InteractionRepository['saveDraft']>) {
    const stored = this.drafts.get(interactionId);
    if (stored && stored.revision > revision) return { ok: false as const, storedRevision: stored.revision };
    this.drafts.set(interactionId, { text, revision, savedAt: at });
    return { ok: true as const, savedAt: at };
  }
  async readDraft(interactionId: string) {
    return this.drafts.get(interactionId) ?? null;
  }
  async complete(closing: Parameters<InteractionRepository['complete']>[0]) {
    if (this.failNext) {
      this.failNext = false;
      throw new Error('disk full');
    }
    this.completed.push(closing);
  }
  async readOpen() {
    return this.open;
  }
}

/** Recordings kept in memory: what became of each, in order. */
export class FakeRecordings implements RecordingRepository, RecordingFiles {
  readonly told: string[] = [];
  readonly running = new Map<string, StoredRecording>();
  failNext = false;

  async begin(recording: Parameters<RecordingRepository['begin']>[0]): Promise<void> {
    if (this.failNext) {
      this.failNext = false;
      throw new Error('disk full');
    }
    this.told.push(`begin ${recording.interactionId}`);
    this.running.set(recording.recordingId, { ...recording, durationMs: null, isPaused: false });
  }
  async setPaused(_recordingId: string, isPaused: boolean, atMs: number): Promise<void> {
    this.told.push(`${isPaused ? 'paused' : 'resumed'} at ${atMs}`);
  }
  async end(recordingId: string, durationMs: number): Promise<void> {
    this.told.push(`end ${durationMs}`);
    this.running.delete(recordingId);
  }
  async belongTo(_recordingId: string, interactionId: string): Promise<void> {
    this.told.push(`belongs to ${interactionId}`);
  }
  async discard(recordingId: string): Promise<void> {
    this.told.push('discard');
    this.running.delete(recordingId);
  }
  async readOpen() {
    return [...this.running.values()];
  }
  async find() {
    return null;
  }
  async open() {
    return null;
  }
  async durationMs() {
    return null;
  }
  async remove(): Promise<void> {
    this.told.push('remove');
  }
}

export const billing: QueueConfiguration = queueOf('billing', {
  name: { en: 'Billing', zh: '账务' },
  needs: 'billing >= 1',
  missesBeforeNotReady: 3,
  wrapUp: { mode: 'timed', seconds: 90, extendBySeconds: 30, maxExtensions: 2, defaultDisposition: 'notCoded' },
});

/** Promises kept in memory, as a disk would. */
export class FakeCallbacks implements CallbackRepository {
  readonly rows = new Map<string, PromisedCallback & { state: string }>();
  failNext = false;
  gate: Promise<void> | null = null;

  async promise(promised: PromisedCallback): Promise<void> {
    await this.gate;
    if (this.failNext) {
      this.failNext = false;
      throw new Error('disk full');
    }
    this.rows.set(promised.workItemId, { ...promised, state: 'pending' });
  }
  async countAttempt(workItemId: string, attempts: number): Promise<boolean> {
    const row = this.rows.get(workItemId);
    if (row?.state !== 'pending') return false;
    this.rows.set(workItemId, { ...row, attempts });
    return true;
  }
  async end(workItemId: string, ending: CallbackEnding): Promise<void> {
    const row = this.rows.get(workItemId);
    if (row?.state === 'pending') this.rows.set(workItemId, { ...row, state: ending });
  }
  async readPending(): Promise<readonly PromisedCallback[]> {
    return [...this.rows.values()].filter(({ state }) => state === 'pending').sort((a, b) => a.queuedAt - b.queuedAt);
  }
  get states(): string[] {
    return [...this.rows.values()].map(({ state }) => state);
  }
}

/** A call to a customer whose phone rings until the test says what becomes of it. */
export class FakeOutboundCall extends FakeCall implements OutboundCall {
  isDialled = false;
  unreached: Unreached | null = null;
  /** The routes it was given. */
  routes: readonly CallRoute[] = [];
  readonly #progress = new Set<(progress: 'ringing' | 'earlyMedia') => void>();
  readonly #answered = Promise.withResolvers<boolean>();

  override async answer(): Promise<boolean> {
    this.isDialled = true;
    void this.ended.then(() => this.#answered.resolve(false));
    return this.#answered.promise;
  }
  onProgress(listener: (progress: 'ringing' | 'earlyMedia') => void): Disposable {
    this.#progress.add(listener);
    return { dispose: () => void this.#progress.delete(listener) };
  }
  progress(progress: 'ringing' | 'earlyMedia'): void {
    for (const listener of this.#progress) listener(progress);
  }
  customerAnswers(): void {
    this.#answered.resolve(true);
  }
  customerIsBusy(): void {
    this.unreached = 'busy';
    this.finish({ by: 'system', reason: 'rejected', fault: 'upstream' });
  }
}

export class FakeCustomers implements CustomerPhones {
  readonly calls: FakeOutboundCall[] = [];
  hasMedia = true;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  call({ number, dialled, peer, routes = [] }: CustomerNumber): FakeOutboundCall | null {
    if (!this.hasMedia) return null;
    const call = new FakeOutboundCall(this.#clock, dialled, { number, presentedName: null });
    call.peer = peer;
    call.routes = routes;
    this.calls.push(call);
    return call;
  }
  get dialled(): FakeOutboundCall[] {
    return this.calls.filter(({ isDialled }) => isDialled);
  }
}

/** Every acceptance wins; what was said is remembered. */
export class FakeLedger implements AcceptanceLedger {
  readonly said: string[] = [];
  outcome: 'won' | 'lost' = 'won';

  offered(reservationId: string): void {
    this.said.push(`offered ${reservationId}`);
  }
  withdrawn(reservationId: string): void {
    this.said.push(`withdrawn ${reservationId}`);
  }
  async accept({ reservationId }: { readonly reservationId: string }): Promise<'won' | 'lost'> {
    this.said.push(`accept ${reservationId}`);
    return this.outcome;
  }
  released(workItemId: string): void {
    this.said.push(`released ${workItemId}`);
  }
  async releasedAll(): Promise<number> {
    return 0;
  }
  async highestFencing(): Promise<number> {
    return 0;
  }
}

export const mainFlow = flowOf(
  {
    language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'welcome' } },
    welcome: { kind: 'play', prompts: ['welcome'], exits: { next: 'menu' } },
    menu: {
      kind: 'menu',
      prompts: ['menu-main'],
      onSilence: 'no-input',
      onWrongKey: 'not-understood',
      keys: { '1': { en: 'Bills', zh: '账单' }, '7': { en: 'Nothing more', zh: '无' } },
      waitMs: 6_000,
      attempts: 3,
      exits: { '1': 'queue', '7': 'bye', noInput: 'queue' },
    },
    queue: { kind: 'queue', queueId: 'billing', priority: null, exits: {} },
    bye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
  },
  'language',
  { flowId: 'main', fallback: { queueId: 'billing', prompt: 'technical-difficulty' } },
);

export const lena = asId<AgentId>('lena');
export const wei = asId<AgentId>('wei');
export const users: readonly User[] = [
  {
    userId: asId<UserId>('u-lena'),
    username: 'lena',
    name: 'Lena Hartmann',
    role: 'agent',
    locale: 'en',
    agentId: lena,
    extension: '6012',
    skills: { billing: 4 },
    rights: rightsOfRole.agent,
    isDemo: true,
  },
  {
    userId: asId<UserId>('u-wei'),
    username: 'wei',
    name: '林薇',
    role: 'agent',
    locale: 'zh',
    agentId: wei,
    extension: '6013',
    skills: { billing: 3 },
    rights: rightsOfRole.agent,
    isDemo: true,
  },
];

const setUpsOf = (people: readonly User[]): readonly AgentSetUp[] =>
  people.flatMap(({ agentId, name, locale, extension, phone }) =>
    agentId && extension ? [{ agentId, name, locale, extension, hasDeskPhone: phone !== undefined && phone.kind !== 'desktop' }] : [],
  );

interface HouseParts {
  readonly clock: Clock;
  readonly desktops: Desktops;
  readonly users: readonly User[];
  readonly queue: QueueConfiguration;
  readonly flow: Flow;
  /** For a house after a restart: ids that no house before it gave. */
  readonly ids?: IdSource;
  /** Where promises to call are kept; `promises` of the house, when nothing is said. */
  readonly kept?: CallbackRepository;
}

/** The stories with a real router and a real menu over fake phones and a store that remembers; the clock and the desktops are given. */
export function buildHouse({ clock, desktops, users: people, queue, flow: menu, ids = countingIds(), kept }: HouseParts) {
  const errors: unknown[] = [];
  const scope = new Scope('house', clock, (error) => errors.push(error));
  const events: BusinessEvent[] = [];
  /** Nothing is on it before a test opens the gate. */
  const disk: { gate: Promise<void> | null } = { gate: null };
  const keep = async (batch: readonly BusinessEvent[]) => {
    if (disk.gate) await disk.gate;
    events.push(...batch);
  };
  const journal = { commit: keep, note: keep, isDegraded: false };
  const report = new Report({ timeZone: 'Asia/Shanghai' });
  const listeners: EventListener[] = [(event) => report.fold(event)];
  const recorder = createRecorder({ journal, clock, ids, log: silentLog, listeners });
  const ledger = new FakeLedger();
  const routing = new Routing(clock, silentLog, { ledger, decisions: { append: () => {} }, runId: 'run', nextFencing: 1 });
  const phones = new FakePhones();
  const contacts = new FakeContacts();
  const interactions = new FakeInteractions();
  const recordings = new FakeRecordings();
  /** How the queue is recorded; a test may set it. */
  const recordedQueue: { as: QueueRecording | undefined } = { as: undefined };
  const live = new LiveInteractions();
  routing.tell({ type: 'queue:configured', queue });
  const queueNews = new QueueNews(clock, routing, desktops);
  scope.add(() => queueNews.stop());
  for (const { agentId, skills } of people) {
    if (agentId) routing.tell({ type: 'agent:configured', agentId, settings: settingsOf(skills) });
  }
  const agents = new Agents(setUpsOf(people), { routing, phones, desktops, recorder, queueNews, clock });
  const ivr = new FakeIvrHouse();
  const context: StoryContext = {
    clock,
    ids,
    log: silentLog,
    recorder,
    routing,
    agents,
    phones,
    desktops,
    live,
    contacts,
    interactions,
    defaultOutcomes: new DefaultOutcomes({ interactions, scope, log: silentLog }),
    today: (agentId) => figures.today(agentId),
    recording: {
      repository: recordings,
      files: recordings,
      settingsOf: () => recordedQueue.as,
      voicemailOf: () => undefined,
      left: new Map(),
    },
    organisation: {
      homeCountry: 'CN',
      queueIds: [asId<QueueId>(queue.id)],
      flowFor: (dialled) => (dialled === '1000' ? entranceOf(menu) : undefined),
    },
    ivr,
    scope,
    get callbacks() {
      return callbacks;
    },
  };
  /** Whether customers are asked how it was, which a test may set. */
  const asking: Pick<Configuration, 'queues' | 'surveys' | 'chatSites'> = { queues: [queue], surveys: [], chatSites: [] };
  const figures = createOwnFigures(context, {
    report,
    names: { namesOf: async (ids) => knownNames.filter(({ interactionId }) => ids.includes(interactionId)) },
    configuration: () => asking,
  });
  listeners.push(figures.listener);
  scope.add(figures);
  const promises = new FakeCallbacks();
  const customers = new FakeCustomers(clock);
  const callbacks = new Callbacks(context, { repository: kept ?? promises, customers });
  const desk = createDesk(
    context,
    () => ({
      organisation: {
        name: { en: 'Northline', zh: '东海通信' },
        homeCountry: 'CN',
        timeZone: 'Asia/Shanghai',
        dialling: { outsidePrefix: null, areaCode: null },
      },
      reasons: [{ id: 'meal', name: { en: 'Meal', zh: '用餐' } }],
      skills: [{ id: 'billing', name: { en: 'Billing', zh: '账务' } }],
      customFields: [],
      dispositions: [
        { code: 'billing', name: { en: 'Billing', zh: '账务' }, parent: null },
        { code: 'billing.explained', name: { en: 'Bill explained', zh: '已解释' }, parent: 'billing' },
        { code: 'notCoded', name: { en: 'Not coded', zh: '未小结' }, parent: null },
      ],
    }),
    () => ({ units: null }),
  );
  const features = createCallFeatures(context, {
    scopeOf: () => ({ key: 'all', has: (agentId) => !outOfScope.has(agentId) }),
    lineFor: (_asker, number) =>
      number.startsWith('900') ? err({ code: 'forbidden', message: 'barred' }) : ok({ number, peer: '192.0.2.9:5060', shownAs: '1000' }),
  });
  const supervised = createSupervisedCalls(context, {
    scopeOf: () => ({ key: 'all', has: (agentId) => agentId !== 'unknown' && !outOfScope.has(agentId) }),
    isHidden: () => hidesSupervision.is,
  });
  const outOfScope = new Set<string>();
  const hidesSupervision = { is: false };
  /** Who was behind which contact. */
  const knownNames: ContactName[] = [];
  const parked = new Parking(context);
  const parking = parked.commands;
  return {
    disk,
    context,
    ivr,
    desk,
    features,
    parked,
    parking,
    supervised,
    report,
    figures,
    asking,
    knownNames,
    outOfScope,
    hidesSupervision,
    phones,
    contacts,
    interactions,
    recordings,
    recordedQueue,
    live,
    routing,
    ledger,
    events,
    listeners,
    promises,
    customers,
    callbacks,
    errors,
    scope,
    types: () => events.map((event) => event.type),
  };
}

/** A whole bridge without its outside, under a clock that obeys. */
export function newHouse(queue: QueueConfiguration = billing, people: readonly User[] = users, menu: Flow = mainFlow) {
  const clock = new VirtualClock();
  const desktops = new FakeDesktops();
  const house = buildHouse({ clock, desktops, users: people, queue, flow: menu });
  const { desk, phones } = house;
  desktops.onOffer = (agentId, offer) => void desk.popDelivered(agentId, { reservationId: offer.reservationId, popId: offer.pop.popId });
  return {
    ...house,
    clock,
    desktops,
    /** The agent's desktop and phone are there, and the agent is available. */
    async ready(agentId: AgentId, extension: string) {
      phones.register(extension);
      desk.desktopConnected(agentId, clock.now());
      await clock.run(0);
      await desk.setPresence(agentId, { presence: 'available' });
    },
  };
}

type House = ReturnType<typeof newHouse>;

/** A call that has pressed 1 and waits in the billing queue. */
export async function callInQueue(house: Pick<House, 'clock' | 'context'>, caller?: CallerAddress) {
  const call = new FakeCall(house.clock, '1000', caller);
  const story = inboundCall(call, house.context);
  await house.clock.run(10);
  call.press('1');
  await house.clock.run(10);
  return { call, story };
}

/** The place of a caller before whom nobody waited at a crash. */
export const alone: PlaceInLine = { turn: () => Promise.resolve(), taken: () => {} };

/** A call that Lena has answered. */
export async function callTalking(house: House) {
  await house.ready(lena, '6012');
  const { call, story } = await callInQueue(house);
  const leg = house.phones.last;
  leg.answers();
  await house.clock.run(10);
  const interactionId = house.desktops.of('interaction:assigned')[0]?.interactionId ?? 'none';
  return { call, story, leg, interactionId };
}
