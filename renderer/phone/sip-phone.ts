import { UA, WebSocketInterface } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRTCSessionEvent, RTCSessionEvent } from 'jssip/lib/UA';
import { reservationHeader } from '../../shared/contracts/bridge-events.ts';
import { IncomingCall } from './incoming-call.ts';
import { type Microphone, openMicrophone } from './microphone.ts';
import { type CallKey, type Matching, type MatchingEffect, type MatchingInput, match, nothingMatched } from './offer-matching.ts';
import type { Phone, PhoneAccount, PhoneListener } from './phone.ts';

const patienceMs = 3_000;
const preparedWithinMs = 200;
const registerEverySeconds = 60;
const recoverySeconds = { min: 1, max: 4 };
const digitMs = 120;

/** A `Phone` on JsSIP: SIP over WebSocket for the signalling, the browser's WebRTC for the sound. */
export function sipPhone(): Phone {
  let ua: UA | null = null;
  let microphone: Microphone | null = null;
  let listener: PhoneListener | null = null;
  let matching: Matching = nothingMatched;
  const calls = new Map<CallKey, IncomingCall>();
  const clicks = new Map<string, number>();

  function perform(input: MatchingInput): void {
    const next = match(matching, input);
    matching = next.state;
    for (const effect of next.effects) carryOut(effect);
  }

  function carryOut(effect: MatchingEffect): void {
    const call = calls.get(effect.call);
    if (!call) return;
    switch (effect.type) {
      case 'prepare':
        // The record is painted first; an Answer before that does not wait for this.
        requestIdleCallback(
          () => {
            if (!call.over.aborted) void call.prepare();
          },
          { timeout: preparedWithinMs },
        );
        return;
      case 'answer':
        void answer(call, effect.reservationId);
        return;
      case 'refuse':
        // RFC 3261 §21.4.18: 480, nobody here can take it. The words tell the bridge that it was no agent's choice.
        call.refuse(480, 'No offer here');
        return;
      case 'watch': {
        const timer = setTimeout(() => perform({ type: 'patienceOver', call: effect.call }), patienceMs);
        call.over.addEventListener('abort', () => clearTimeout(timer));
      }
    }
  }

  async function answer(call: IncomingCall, reservationId: string): Promise<void> {
    const clickedAt = clicks.get(reservationId);
    const isAnswered = await call.answer(reservationId, (heardAt) => {
      if (clickedAt !== undefined) listener?.firstSound(reservationId, heardAt - clickedAt);
    });
    if (call.over.aborted) return;
    if (!isAnswered) {
      listener?.answerFailed(reservationId);
      // RFC 3261 §21.4.26: 488, there is no sound to be had.
      return call.refuse(488, 'No microphone');
    }
    listener?.carrying(reservationId);
    listener?.muted(false);
  }

  function incoming({ session, request }: IncomingRTCSessionEvent): void {
    if (!microphone) return;
    const reservationId: string | undefined = request.getHeader(reservationHeader);
    const call = new IncomingCall(session, request, microphone);
    calls.set(call.key, call);
    const ended = () => {
      calls.delete(call.key);
      call.close();
      perform({ type: 'callEnded', call: call.key });
      if (call.reservationId === null) return;
      clicks.delete(call.reservationId);
      if ([...calls.values()].some((other) => other.isAnswered)) return;
      listener?.carrying(null);
      listener?.muted(false);
    };
    session.on('ended', ended);
    session.on('failed', ended);
    session.on('muted', () => listener?.muted(true));
    session.on('unmuted', () => listener?.muted(false));
    perform({ type: 'invited', call: call.key, reservationId: reservationId?.trim() || null });
  }

  /** The bridge has given up what only rang: its INVITE went with the connection. */
  function connectionLost(): void {
    for (const call of calls.values()) if (!call.isAnswered) call.refuse(480, 'Connection lost');
    listener?.registration('lost');
  }

  const carried = (): RTCSession | undefined => [...calls.values()].find((call) => call.isAnswered && !call.session.isEnded())?.session;

  function stop(): void {
    for (const call of calls.values()) call.close();
    calls.clear();
    clicks.clear();
    matching = nothingMatched;
    listener = null;
    ua?.stop();
    ua = null;
    microphone?.stop();
    microphone = null;
  }

  function start(account: PhoneAccount, to: PhoneListener): void {
    stop();
    listener = to;
    to.registration('connecting');
    microphone = openMicrophone(navigator.mediaDevices, (state) => listener?.microphone(state));
    void microphone.open();

    const agent = new UA({
      sockets: [new WebSocketInterface(account.webSocketUrl)],
      uri: account.uri,
      authorization_user: account.username,
      password: account.password,
      realm: account.realm,
      register: true,
      register_expires: registerEverySeconds,
      session_timers: false,
      connection_recovery_min_interval: recoverySeconds.min,
      connection_recovery_max_interval: recoverySeconds.max,
      user_agent: 'Crosspoint',
    });
    ua = agent;
    const isCurrent = () => ua === agent;
    agent.on('registered', () => isCurrent() && listener?.registration('registered'));
    agent.on('unregistered', () => isCurrent() && listener?.registration('lost'));
    agent.on('registrationFailed', () => isCurrent() && listener?.registration('lost'));
    agent.on('disconnected', () => isCurrent() && connectionLost());
    agent.on('newRTCSession', (event: RTCSessionEvent) => {
      if (isCurrent() && isIncoming(event)) incoming(event);
    });
    agent.start();
  }

  return {
    start,
    stop,
    offered: (reservationId) => perform({ type: 'offered', reservationId }),
    offerEnded: (reservationId, isAnswered) => perform({ type: 'offerEnded', reservationId, isAnswered }),
    answer(reservationId) {
      clicks.set(reservationId, performance.now());
      perform({ type: 'answerClicked', reservationId });
    },
    rejoin: (reservationId) => perform({ type: 'rejoin', reservationId }),
    setMuted(isMuted) {
      const session = carried();
      if (isMuted) session?.mute({ audio: true });
      else session?.unmute({ audio: true });
    },
    sendDigit(digit) {
      const session = carried();
      const sender = session?.connection?.getSenders().find((each) => each.track?.kind === 'audio')?.dtmf;
      if (!session?.isEstablished() || !sender?.canInsertDTMF) return false;
      // RFC 4733; JsSIP still calls it by the number of its predecessor.
      session.sendDTMF(digit, { transportType: 'RFC2833' as never, duration: digitMs });
      return true;
    },
    hangUp: () => carried()?.terminate(),
  };
}

function isIncoming(event: RTCSessionEvent): event is IncomingRTCSessionEvent {
  return (event.originator as string) === 'remote';
}
