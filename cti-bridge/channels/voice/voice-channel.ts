import type { CallId } from '../../../shared/ids.ts';
import type { AgentPhones, CallRestorer, CustomerPhones, OwnPhones, PhoneCall, VoiceCall } from '../../interactions/index.ts';
import type { Clock, IdSource, Log } from '../../kernel/index.ts';
import { createIdSource } from '../../kernel/index.ts';
import { isProtected, type MediaEngine, type MediaSession, type SrtpUse } from '../../media/index.ts';
import type { IncomingLeg, SipStack } from '../../sip/index.ts';
import { RegisteredPhones } from './agent-phones.ts';
import { createBrowserLeg, createOutboundLeg, isOutbound, type OutboundLeg } from './outbound-leg.ts';
import { PhoneKinds } from './phone-kinds.ts';
import { deskPhonesOf, LastingSession, readStoredLegs, restoredCustomer, withGap } from './re-establish/index.ts';
import type { SoundFolder } from './sound-player.ts';
import { allInClear, type SrtpRules, srtpTaken } from './srtp-terms.ts';
import { inTrunksCodecs, type TrunkCodecs } from './trunk-codecs.ts';
import { SipVoiceCall } from './voice-call.ts';

export interface VoiceChannelOptions extends SoundFolder {
  readonly sip: SipStack;
  readonly media: MediaEngine;
  readonly clock: Clock;
  readonly log: Log;
  readonly ids?: IdSource;
  /** How long ICE and DTLS of an agent's phone may take after its 200. */
  readonly connectLimitMs?: number;
  /** Recordings are written here, each as `<its id>.wav`; without it no call can be recorded. */
  readonly recordingsFolder?: string;
  /** Reads a number as the trunk of a call that came in sent it; without it numbers are taken as they are. */
  readonly readNumber?: (trunkId: string, received: string) => string;
  /** Which calls are protected by SRTP with keys in SDP; none, where nothing is said. Desktops' phones always are, by DTLS. */
  readonly srtp?: SrtpRules;
  /** Which extensions' phones are asked to answer by themselves; without it none is. */
  readonly answersItself?: (extension: string) => boolean;
  /** Without it every trunk takes both laws of G.711. */
  readonly codecs?: TrunkCodecs;
}

export interface VoiceChannel {
  /** The one listener for new calls; without it calls are refused 503. Called in the tick of the INVITE's arrival. */
  onCall(handler: (call: VoiceCall) => void): void;
  /** The one listener for codes that agents dial on their desk phones; without it they are refused 503. */
  onPhoneCall(handler: (call: PhoneCall, extension: string) => void): void;
  readonly phones: AgentPhones;
  readonly customers: CustomerPhones;
  readonly ownPhones: OwnPhones;
  readonly restorer: CallRestorer;
  /** For the metrics page. */
  counters(): Readonly<Record<'callsReceived' | 'callsActive' | 'callsRefusedNoMedia', number>>;
  /** Refuses new calls and ends those that are up, as a shutdown. Stack and engine belong to the caller and stay up. */
  stop(): Promise<void>;
}

/** Start the stack and the engine before calls are expected; their order does not matter here. */
export function createVoiceChannel(options: VoiceChannelOptions): VoiceChannel {
  const { sip, media, clock, log } = options;
  const ids = options.ids ?? createIdSource(clock);
  const srtpRules = options.srtp ?? allInClear;
  const active = new Set<SipVoiceCall>();
  /** Call-IDs. */
  const restored = new Set<string>();
  let handler: ((call: VoiceCall) => void) | undefined;
  let phoneHandler: ((call: PhoneCall, extension: string) => void) | undefined;
  const kinds = new PhoneKinds(sip);
  let isStopped = false;
  let callsReceived = 0;
  let callsRefusedNoMedia = 0;

  function start(callId: CallId, leg: IncomingLeg, session: MediaSession, srtp: SrtpUse): SipVoiceCall {
    const call = new SipVoiceCall({
      callId,
      leg,
      session: new LastingSession({ session, engine: media, clock, log, music: { kind: 'music', path: options.musicFile } }),
      sip,
      clock,
      log: log.child({ callId }),
      sounds: options,
      connectLimitMs: options.connectLimitMs ?? 5_000,
      keepsOfferReady: () => !kinds.areAllDeskPhones && !(isOutbound(leg) && leg.isBrowsers),
      srtp,
      srtpRules,
      recordingsFolder: options.recordingsFolder ?? null,
      answersItself: options.answersItself ?? (() => false),
      callOf: (sipTag, extension) => [...active].find((each) => each.hasPhone(sipTag, extension)) ?? null,
      ...(options.readNumber && !isOutbound(leg) ? { readNumber: options.readNumber } : {}),
    });
    active.add(call);
    void call.ended.then(() => active.delete(call));
    return call;
  }

  function startOut(make: () => OutboundLeg): SipVoiceCall | null {
    const callId = ids.next<CallId>();
    const session = isStopped ? null : media.createSession(callId);
    if (!session) return null;
    const leg = make();
    return start(callId, leg, session, leg.srtp);
  }

  sip.onCall((arrived: IncomingLeg) => {
    const { phone } = arrived;
    const leg = options.codecs && phone === null ? inTrunksCodecs(arrived, options.codecs) : arrived;
    if (!leg) return;
    if (leg.replaces && !isStopped) {
      if (![...active].some((call) => call.takesOver(leg))) leg.refuse(481);
      return;
    }
    if (phone === null) callsReceived++;
    const refuse = () => leg.refuse(503, undefined, { 'Retry-After': '10' });
    const take = phone === null ? handler : phoneHandler && ((call: PhoneCall) => phoneHandler?.(call, phone));
    if (isStopped || !take) return refuse();
    const callId = ids.next<CallId>();
    const session = media.createSession(callId);
    if (!session) {
      callsRefusedNoMedia++;
      log.warn('call:refusedNoMedia', { callId });
      return refuse();
    }
    const call = start(callId, leg, session, srtpTaken(leg, srtpRules));
    try {
      take(call);
    } catch (error) {
      // A bug in the story ends this story, not the house.
      log.error('call:handlerFailed', { callId, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      call.hangUp('fault', 'system', 'ours');
    }
  });

  return {
    onCall(next) {
      handler = next;
    },
    onPhoneCall(next) {
      phoneHandler = next;
    },
    phones: new RegisteredPhones(sip),
    customers: {
      call: (customer) => startOut(() => createOutboundLeg(sip, clock, customer, srtpRules.trunk)),
    },
    ownPhones: {
      call: (phone) => (sip.isRegistered(phone.username) ? startOut(() => createBrowserLeg(sip, clock, phone)) : null),
    },
    restorer: {
      describe(call) {
        const described = call instanceof SipVoiceCall ? call.describe() : null;
        return described && JSON.stringify(described);
      },
      restore(legs) {
        const stored = readStoredLegs(legs);
        // Of two parts of one call, one of which was about to take it over, the first has it: the customer is one.
        if (!stored || restored.has(stored.customer.callId)) return null;
        restored.add(stored.customer.callId);
        const { kept, others } = deskPhonesOf(stored);
        // What they talked over is gone; a phone that comes back to it would believe in a call that nobody else is in.
        for (const party of others) sip.restoreLeg(withGap(party)).hangUp({ protocol: 'Q.850', cause: 41, text: 'Restarted' });
        const callId = ids.next<CallId>();
        const customer = sip.restoreLeg(withGap(stored.customer), stored.known.trunkId);
        const session = isStopped ? null : media.createSession(callId);
        if (!session) {
          // Nobody is left in silence.
          customer.hangUp({ protocol: 'Q.850', cause: 42, text: 'Congestion' });
          for (const { leg } of kept) sip.restoreLeg(withGap(leg)).hangUp({ protocol: 'Q.850', cause: 42, text: 'Congestion' });
          return null;
        }
        const receivedAt = clock.monotonic() - Math.max(0, clock.now() - stored.receivedAt);
        const srtp = isProtected(stored.customer.localSdp ?? '') ? 'required' : 'never';
        const call = start(callId, restoredCustomer(customer, stored.customer, stored.known, receivedAt), session, srtp);
        for (const { extension, leg } of kept) call.keepPhone(extension, sip.restoreLeg(withGap(leg)));
        return call;
      },
    },
    counters: () => ({ callsReceived, callsActive: active.size, callsRefusedNoMedia }),
    async stop() {
      isStopped = true;
      kinds.stop();
      const calls = [...active];
      for (const call of calls) call.hangUp('shutdown', 'system', 'ours');
      await Promise.all(calls.map((call) => call.ended));
    },
  };
}
