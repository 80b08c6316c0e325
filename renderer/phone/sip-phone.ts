import { UA, WebSocketInterface } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRTCSessionEvent, RTCSessionEvent } from 'jssip/lib/UA';
import { reservationHeader } from '../../shared/contracts/bridge-events.ts';
import { firstSound } from './first-sound.ts';
import { type Microphone, openMicrophone } from './microphone.ts';
import { type CallKey, type Matching, type MatchingEffect, type MatchingInput, match, nothingMatched } from './offer-matching.ts';
import type { Phone, PhoneAccount, PhoneListener } from './phone.ts';

const patienceMs = 3_000;
const registerEverySeconds = 60;
const recoverySeconds = { min: 1, max: 4 };
const digitMs = 120;

interface Call {
  readonly key: CallKey;
  readonly session: RTCSession;
  reservationId: string | null;
  readonly over: AbortController;
}

/** A `Phone` on JsSIP: SIP over WebSocket for the signalling, the browser's WebRTC for the sound. */
export function sipPhone(): Phone {
  let ua: UA | null = null;
  let microphone: Microphone | null = null;
  let listener: PhoneListener | null = null;
  let matching: Matching = nothingMatched;
  let speaker: HTMLAudioElement | null = null;
  const calls = new Map<CallKey, Call>();
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
      case 'answer':
        call.reservationId = effect.reservationId;
        void answer(call, effect.reservationId);
        return;
      case 'refuse':
        // RFC 3261 §21.4.18: 480, nobody here can take it.
        if (!call.session.isEnded()) call.session.terminate({ status_code: 480 });
        return;
      case 'watch': {
        const timer = setTimeout(() => perform({ type: 'patienceOver', call: effect.call }), patienceMs);
        call.over.signal.addEventListener('abort', () => clearTimeout(timer));
      }
    }
  }

  async function answer(call: Call, reservationId: string): Promise<void> {
    const { session } = call;
    const stream = (await microphone?.stream()) ?? null;
    if (session.isEnded()) return;
    if (!stream) {
      listener?.answerFailed(reservationId);
      session.terminate({ status_code: 480 });
      return;
    }
    for (const track of stream.getAudioTracks()) track.enabled = true;
    session.on('icecandidate', ({ ready }) => ready());
    session.on('peerconnection', ({ peerconnection }) => hear(call, peerconnection));
    session.answer({ mediaStream: stream, pcConfig: { iceServers: [], bundlePolicy: 'max-bundle' } });
    listener?.carrying(reservationId);
    listener?.muted(false);
  }

  function hear(call: Call, connection: RTCPeerConnection): void {
    connection.addEventListener('track', ({ track, receiver, streams }) => {
      if (track.kind !== 'audio') return;
      speaker ??= new Audio();
      speaker.autoplay = true;
      speaker.srcObject = streams[0] ?? new MediaStream([track]);
      // Allowed, because Answer was pressed; `autoplay` starts it anyway once the stream has sound.
      speaker.play().catch(() => undefined);
      const clickedAt = call.reservationId === null ? undefined : clicks.get(call.reservationId);
      if (clickedAt === undefined) return;
      void firstSound(receiver, call.over.signal).then((heardAt) => {
        if (heardAt !== null && call.reservationId !== null) listener?.firstSound(call.reservationId, heardAt - clickedAt);
      });
    });
  }

  function incoming({ session, request }: IncomingRTCSessionEvent): void {
    const reservationId: string | undefined = request.getHeader(reservationHeader);
    const call: Call = { key: session.id, session, reservationId: null, over: new AbortController() };
    calls.set(call.key, call);
    const ended = () => {
      calls.delete(call.key);
      call.over.abort();
      perform({ type: 'callEnded', call: call.key });
      if (call.reservationId === null) return;
      clicks.delete(call.reservationId);
      if ([...calls.values()].some((other) => other.reservationId !== null)) return;
      microphone?.silence();
      if (speaker) speaker.srcObject = null;
      listener?.carrying(null);
      listener?.muted(false);
    };
    session.on('ended', ended);
    session.on('failed', ended);
    session.on('muted', () => listener?.muted(true));
    session.on('unmuted', () => listener?.muted(false));
    perform({ type: 'invited', call: call.key, reservationId: reservationId?.trim() || null });
  }

  const carried = (): RTCSession | undefined =>
    [...calls.values()].find((call) => call.reservationId !== null && !call.session.isEnded())?.session;

  function stop(): void {
    for (const call of calls.values()) call.over.abort();
    calls.clear();
    clicks.clear();
    matching = nothingMatched;
    listener = null;
    ua?.stop();
    ua = null;
    microphone?.stop();
    microphone = null;
    if (speaker) speaker.srcObject = null;
  }

  function start(account: PhoneAccount, to: PhoneListener): void {
    stop();
    listener = to;
    to.registration('connecting');
    microphone = openMicrophone(navigator.mediaDevices, (state) => listener?.microphone(state));
    void microphone.stream();

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
    agent.on('disconnected', () => isCurrent() && listener?.registration('lost'));
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
