import type { CallEnd, CallTrouble, EndedBy, EndReason, Fault, Unreached } from '../../shared/contracts/call.ts';
import type { AgentId, CallId, ContactId, InteractionId, QueueId, ReservationId, TrunkId, WorkItemId } from '../../shared/ids.ts';
import type { Disposable } from '../kernel/index.ts';
import type { BusinessEvent } from './events.ts';
import type { CallRecording } from './recording.ts';

/** The caller's address as the network presented it, before anybody has said who that is. */
export interface CallerAddress {
  /** User part of the asserted or From identity as received; null when withheld (RFC 3323 privacy, anonymous.invalid). */
  readonly number: string | null;
  readonly presentedName: string | null;
}

/**
 * A sound to play: `prompt:` names a recording in `assets/prompts/<locale>/<name>.wav`; `music` is the hold music, looped; `ringback` and
 * `busy` are tones; `echo` is what they say themselves, so much later. Music, ringback and echo go on until they are stopped.
 */
export type Sound =
  | { readonly kind: 'prompt'; readonly name: string; readonly locale: 'en' | 'zh' }
  | { readonly kind: 'music' }
  | { readonly kind: 'ringback' }
  | { readonly kind: 'echo'; readonly delayMs: number };

/** How playing ended. `stopped` = somebody asked (abort, another sound); `missing` = the file is not there. */
export type PlayOutcome = 'finished' | 'stopped' | 'missing' | 'callEnded';

/** A key the far side pressed; the same key arriving by RFC 4733 and by INFO is told once. */
export interface DigitPressed {
  readonly digit: string;
  readonly at: number;
}

/**
 * One phone call with a customer, as the flows see it. A narrow port that holds no sequence: what happens in which order is told in
 * `flows/`. Implemented by `channels/voice` over SIP and media. No method throws for what the far side does; after the end every method
 * resolves at once and does nothing.
 */
export interface VoiceCall {
  readonly callId: CallId;
  /** Of a call that we make: the one that has it now, which may be another than the first. */
  readonly trunkId: TrunkId;
  readonly caller: CallerAddress;
  /** DNIS: the dialled number as received, user part only. */
  readonly dialled: string;
  /** What its trunk sent along under that name of a SIP header; null where it did not, and for a call that we make. A restart forgets it. */
  header(name: string): string | null;
  /** Where the call came from, `host:port`; a call back goes out there. Null when it came by no way that we could take. */
  readonly peer: string | null;
  /** Monotonic ms of the INVITE's arrival at our socket, from the same clock as everything else; and epoch ms of the same moment. */
  readonly receivedAtMonotonic: number;
  readonly receivedAt: number;
  /** Resolves once, when the caller's leg is gone for whatever reason. Never rejects. */
  readonly ended: Promise<CallEnd>;
  /** Aborted at the same moment. */
  readonly signal: AbortSignal;

  /** 180. */
  ring(): void;
  /** Opens what an answer will need, while it is not yet known whether there will be one. The caller is told nothing. */
  prepare(): void;
  /** 200 with our media; resolves true when it has left and media can flow, false when the call ended instead. */
  answer(): Promise<boolean>;
  /** Resolves with the caller's ACK, or with the end of the call: until then nobody knows whether they got our answer. At once where we call. */
  readonly acknowledged: Promise<void>;
  /** Refuses before the answer with a SIP status; `text` is what the phone may show in place of the status' usual words. */
  refuse(status: RefusalStatus, why: { readonly reason: EndReason; readonly fault: Fault; readonly text?: string }): void;
  /** Plays to the caller, replacing what plays now. Ends early when `signal` aborts. Music and ringback loop until then. */
  play(sound: Sound, signal?: AbortSignal): Promise<PlayOutcome>;
  onDigit(listener: (pressed: DigitPressed) => void): Disposable;
  /** Sends a key to the caller's side (RFC 4733). */
  sendDigit(digit: string): void;
  /**
   * Says who of two hears whom, in place of what was said of them before; what plays to who now hears somebody stops. A party that is not
   * answered yet, or is gone, hears nobody, and is heard before only as `onEarlySound` says.
   */
  connect(one: Talker, other: Talker, how: 'both' | 'oneHearsOther'): void;
  /** Neither hears the other any more. Play music to whoever is then alone. */
  disconnect(one: Talker, other: Talker): void;
  /** Calls a number that is no phone of ours into this call. It hears nobody until it is connected. */
  dial(outside: OutsideNumber): OutsideLeg;
  /**
   * The customer of another call comes into this one as a party, and hears nobody until connected; the other call is over with that, as
   * transferred. Where their phone does not take it, it goes on as it was.
   */
  bringIn(other: VoiceCall, partyId: string): OutsideLeg;
  /** As `play`, to another party than the customer. */
  playTo(party: CallParty, sound: Sound, signal?: AbortSignal): Promise<PlayOutcome>;
  /** `connect` with the customer, both ways. */
  join(leg: CallParty): void;
  /** `disconnect` from the customer. */
  part(leg: CallParty): void;
  /** BYE (or a final refusal if unanswered). */
  hangUp(reason: EndReason, by: EndedBy, fault: Fault): void;
  /** Fires once per direction when the first audio packet passes after a join. Durations in ms since the agent's 200 OK. */
  onFirstAudio(listener: (direction: 'toAgent' | 'toCaller', afterAnswerMs: number) => void): Disposable;
  /**
   * Fires when what carried the sound was replaced, after `tookMs`, in our house or at a party's side (they are on another phone now); all
   * hear each other as before.
   */
  onMediaMoved(listener: (tookMs: number) => void): Disposable;
  onQuality(listener: (quality: VoiceQuality) => void): Disposable;
  /**
   * Records the customer and everything they hear of us, in two channels, until it is stopped or the call ends. `isPaused`: begins with
   * silence.
   */
  record(recordingId: string, isPaused?: boolean): CallRecording;
  /** Masked, the tones of the keys that the customer presses reach nobody on the line and no recording; `onDigit` is told as ever. */
  maskDigits(isMasked: boolean): void;
}

/** How good a call sounds: the worse of its two legs. */
export interface VoiceQuality {
  readonly lossPercent: number;
  readonly jitterMs: number;
  /** 1 to 4.5, by the E-model (ITU-T G.107). */
  readonly mos: number;
  readonly trouble: CallTrouble | null;
}

/** 403 not allowed, 404 unknown number, 486 busy, 503 overload (with Retry-After). */
export type RefusalStatus = 403 | 404 | 480 | 486 | 503;

/** A code that is dialled on a phone of ours. */
export type PhoneCall = VoiceCall;

/** Why ringing an agent's phone came to nothing. */
export type AgentLegFailure = 'rejected' | 'noAnswer' | 'deviceUnreachable' | 'mediaFailed' | 'canceled';

/** Whoever is on the line with the customer: rings, answers, may vanish. Same promises as `VoiceCall`. */
export interface CallParty {
  /** Names it among the parties of the call. */
  readonly partyId: string;
  /** Resolves when the phone sent 180: the device is really there. Never rejects; stays pending if it never rings. */
  readonly ringing: Promise<void>;
  /** Resolves at the phone's 200 OK: the one thing that accepts a reservation. Never rejects; stays pending if it never comes. */
  readonly accepted: Promise<void>;
  /** `answered` when sound can flow behind the 200, or why not; `mediaFailed` may follow an acceptance, by seconds. */
  readonly outcome: Promise<
    { readonly kind: 'answered'; readonly atMonotonic: number } | { readonly kind: 'failed'; readonly failure: AgentLegFailure }
  >;
  /** After the answer: resolves when this leg is gone. `hungUp` = they sent BYE; `lost` = flow closed, 408/481 or no media. */
  readonly gone: Promise<'hungUp' | 'lost' | 'released'>;
  /** The phone itself put us on hold or took us back (re-INVITE with sendonly/inactive or sendrecv). */
  onHold(listener: (isHeld: boolean) => void): Disposable;
  onDigit(listener: (pressed: DigitPressed) => void): Disposable;
  /** The phone asks by itself that the call be given to somebody (REFER). Without a listener it is refused. */
  onTransferAsked(listener: (asked: TransferAsked) => void): Disposable;
  /** CANCEL before the answer (told to the phone with a Reason header), BYE after. */
  release(why: 'callerLeft' | 'answeredElsewhere' | 'noAnswer' | 'rejected' | 'rescinded' | 'ended'): void;
}

/** What a phone wants that gives a call away with a key of its own. */
export interface TransferAsked {
  /** As dialled there: an extension, a number. */
  readonly target: string;
  /** They mean whoever is in this other call of the same phone (an attended transfer); null: whoever has that number. */
  readonly into: VoiceCall | null;
  /** Who asks, as the phone says it to whoever is called; null when it says nothing. */
  readonly referredBy: string | null;
  /** Says how it went, while the phone is still in the call. Once. */
  done(isTheirs: boolean): void;
}

/** One side of a connection: the customer, or any other party of the call. */
export type Talker = CallParty | 'customer';

/** An agent's phone in a call. What accepts the reservation is its 200 OK. */
export interface AgentLeg extends CallParty {
  readonly agentId: AgentId;
  readonly reservationId: ReservationId;
}

/** A number that is no phone of ours, called into a call. */
export interface OutsideLeg extends CallParty {
  readonly number: string;
  /**
   * What their phone does can be heard before they answer, as the network plays it, announcements included; whoever is connected to hear them
   * hears it from then on. May be told more than once.
   */
  onEarlySound(listener: () => void): Disposable;
  /** Sends it a key (RFC 4733), once it has answered: a key that the customer presses is no sound, and reaches nobody by itself. */
  sendDigit(digit: string): void;
  /** What it said under that name of a SIP header as it hung up; null where it did not. */
  farewell(name: string): string | null;
}

/** A number to be called into a call, the way to it, and who it is shown as calling. */
export interface OutsideNumber {
  readonly partyId: string;
  readonly number: string;
  /** `host:port` of the trunk that takes it there. */
  readonly peer: string;
  /** The number of ours that is shown. */
  readonly shownAs: string;
  /** Of the phone that asked for it, see `TransferAsked`. */
  readonly referredBy?: string | null;
  /** User-to-User (RFC 7433) that goes with it, in place of what the caller's side sent. */
  readonly userToUser?: string;
  /** Over trunks of the configuration, one after another; `peer` and `shownAs` say nothing then. */
  readonly routes?: readonly CallRoute[];
}

/** One way to a number: what is dialled on that trunk and what is shown there, both as the trunk writes numbers. */
export interface CallRoute {
  readonly trunkId: string;
  readonly number: string;
  /** Null: the trunk shows what it has for us. */
  readonly shown: string | null;
  readonly isWithheld: boolean;
  /** In the order of preference. */
  readonly codecs: readonly ('PCMA' | 'PCMU' | 'opus')[];
}

/** What an agent's phone shows on its own display; the desktop shows the pop instead. */
export interface RingRequest {
  readonly agentId: AgentId;
  /** The agent's extension: the AOR's user part at the registrar. */
  readonly extension: string;
  readonly reservationId: ReservationId;
  readonly interactionId: InteractionId;
  readonly callerDisplay: string;
  readonly callerNumber: string;
}

/** Rings agents' phones. Implemented by `channels/voice`. */
export interface AgentPhones {
  /** Sends the INVITE in this very tick where the binding is known. `call` names the media session the leg will be able to join. */
  ring(request: RingRequest, call: VoiceCall): AgentLeg;
  /** Opens what ringing this phone will need, so that `ring` waits for nothing. The phone is told nothing. */
  prepare(extension: string, call: VoiceCall): void;
  isReachable(extension: string): boolean;
  /** The desktop around it has lost its line: it is not reachable until it has said a word, which it is asked for. */
  doubt(extension: string): void;
  onReachable(listener: (extension: string, isReachable: boolean) => void): Disposable;
}

/** A caller who went home and keeps the place: what is needed to call them back, also after a restart. */
export interface PromisedCallback {
  readonly workItemId: WorkItemId;
  /** The call in which it was promised. */
  readonly interactionId: InteractionId;
  readonly queueId: QueueId;
  /** As received, and the key by which the same number is known again. */
  readonly number: string;
  readonly numberKey: string;
  /** Where their call came from, `host:port`: the call back goes out there. Null when that is not known. */
  readonly peer: string | null;
  readonly trunkId: TrunkId;
  /** Our number they dialled; what they are shown. */
  readonly dialled: string;
  readonly locale: 'en' | 'zh';
  readonly priority: number;
  /** Epoch ms. */
  readonly queuedAt: number;
  readonly promisedAt: number;
  /** How often they were called back so far. */
  readonly attempts: number;
  /** Not a promise but a message that they left; whoever takes it hears it, and calls them if they want to. Null: we promised. */
  readonly recordingId: string | null;
  /** JSON of what a menu found out of them, for the flows alone to read; null where there was none. */
  readonly findings: string | null;
  /** It was agreed for a time: with whom (null: with nobody in the record), and what it is about. Absent: promised to whoever waited. */
  readonly agreed?: {
    readonly contactId: ContactId | null;
    readonly about: string;
    /** Who agreed to make it themselves, and until when (epoch ms) it is theirs alone; null: anybody may. */
    readonly keeper: { readonly agentId: AgentId; readonly until: number } | null;
  };
}

/** `calledAgain`: they rang us themselves. `canceled`: no queue keeps them any more. */
export type CallbackEnding = 'reached' | 'notReached' | 'calledAgain' | 'canceled';

/** Promises are kept on disk: what was told to a customer outlives the bridge. Implemented by `store/`; every method may reject. */
export interface CallbackRepository {
  /** Resolves when it is on disk; only then is the customer told. */
  promise(promised: PromisedCallback): Promise<void>;
  /** Before the phone rings. False when the promise is over already. */
  countAttempt(workItemId: WorkItemId, attempt: number): Promise<boolean>;
  /** The number is forgotten with it. */
  end(workItemId: WorkItemId, ending: CallbackEnding): Promise<void>;
  /** In the order in which they first waited. */
  readPending(): Promise<readonly PromisedCallback[]>;
}

/** Whom to call, and as whom: `dialled` is the number of ours that they know. */
export interface CustomerNumber {
  readonly number: string;
  /** `host:port` of the trunk that took them to us. */
  readonly peer: string;
  readonly trunkId: TrunkId;
  readonly dialled: string;
  /** Over trunks of the configuration, one after another; `peer` says nothing then. */
  readonly routes?: readonly CallRoute[];
}

/** A call that we make. */
export interface OutboundCall extends VoiceCall {
  /**
   * What is heard of the customer's phone before it is answered: it rings, and we are to say so, or the network lets us hear how it does, busy
   * and announcements included; then whoever is connected with the customer hears it.
   */
  onProgress(listener: (progress: 'ringing' | 'earlyMedia') => void): Disposable;
  /** Why nobody answered, once that is known; null while it is not, and where it was our own doing. */
  readonly unreached: Unreached | null;
}

/** Calls customers. Implemented by `channels/voice`. */
export interface CustomerPhones {
  /**
   * A call that is not dialled yet. Agents' phones can be rung for it; `answer` dials, and resolves true when the customer has answered,
   * false when they did not. Null when no media can be had for it.
   */
  call(customer: CustomerNumber): OutboundCall | null;
}

/** The phone in somebody's browser, by the name it is registered under. */
export interface OwnPhone {
  readonly username: string;
  /** Its INVITE names this, and it answers by itself when it was told to expect it. */
  readonly reservationId: string;
  /** Who it is told calls. */
  readonly shownAs: string;
}

/** Calls somebody who wants to be the caller. Implemented by `channels/voice`. */
export interface OwnPhones {
  /**
   * A call that is not rung yet: `answer` rings the phone, and resolves true when it has answered and can hear. Null when the phone is not
   * registered, or no media can be had.
   */
  call(phone: OwnPhone): VoiceCall | null;
}

/** Where events go to be kept. `commit` resolves when the batch is on disk (or, while the disk stalls, when it is in the bounded backlog, see `isDegraded`). */
export interface EventJournal {
  commit(events: readonly BusinessEvent[]): Promise<void>;
  /** The same for what nobody waits for: goes with the next that somebody waits for, a few milliseconds later at most. Order is kept. */
  note(events: readonly BusinessEvent[]): Promise<void>;
  readonly isDegraded: boolean;
}

/** Who wants to hear what happened, after it was committed. Order is the order of commit. */
export type EventListener = (event: BusinessEvent) => void;
