import { UA, WebSocketInterface } from 'jssip';
import type { IncomingRTCSessionEvent, RTCSessionEvent } from 'jssip/lib/UA';
import { reservationHeader } from '../../shared/contracts/bridge-events.ts';
import { connectionBy } from './connection.ts';
import { IncomingCall } from './incoming-call.ts';
import { type Microphone, openMicrophone } from './microphone.ts';
import { type CallKey, type Matching, type MatchingEffect, type MatchingInput, match, nothingMatched } from './offer-matching.ts';
import type { Phone, PhoneAccount, PhoneListener } from './phone.ts';
import { type SoundUse, usualUse } from './sound-devices.ts';
import { isMicrophoneOpen, type Speaking, spokenIn } from './speaking.ts';
import { type LineWaker, lineWaker, type SipLine } from './wake-line.ts';

const patienceMs = 3_000;
const preparedWithinMs = 200;
const registerEverySeconds = 60;
/** By itself it is hardly tried: whoever has it wakes it when there is a way (see `bridge/way-back.ts`). */
const recoverySeconds = { min: 20, max: 40 };
const digitMs = 120;

/** A `Phone` on JsSIP: SIP over WebSocket for the signalling, the browser's WebRTC for the sound. */
export function sipPhone(): Phone {
  let ua: UA | null = null;
  let microphone: Microphone | null = null;
  let listener: PhoneListener | null = null;
  let waker: LineWaker | null = null;
  let matching: Matching = nothingMatched;
  let connection = connectionBy(null);
  let devices: SoundUse = usualUse;
  const calls = new Map<CallKey, IncomingCall>();
  const clicks = new Map<string, number>();
  /** Calls answered and not over, by their reservations, in the order of their answers. */
  const answered = new Map<string, IncomingCall>();
  const muted = new Set<string>();
  let wanted: string | null = null;

  const speaking = (): Speaking => ({ answered: [...answered.keys()], wanted, muted });

  function switchMicrophones(): void {
    const now = speaking();
    for (const [reservationId, call] of answered) call.openMicrophone(isMicrophoneOpen(now, reservationId));
    const spoken = spokenIn(now);
    listener?.muted(spoken !== null && muted.has(spoken));
  }

  function carrying(): void {
    listener?.carrying([...answered.keys()]);
    switchMicrophones();
  }

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
    // Before the first word can leave: whoever listens in, or is muted, is not heard for a moment.
    call.openMicrophone(!muted.has(reservationId));
    const isAnswered = await call.answer(reservationId, (heardAt) => {
      if (clickedAt !== undefined) listener?.firstSound(reservationId, heardAt - clickedAt);
    });
    if (call.over.aborted) return;
    if (!isAnswered) {
      listener?.answerFailed(reservationId);
      // RFC 3261 §21.4.26: 488, there is no sound to be had.
      return call.refuse(488, 'No microphone');
    }
    answered.delete(reservationId);
    answered.set(reservationId, call);
    call.measure((figures) => answered.get(reservationId) === call && listener?.measured(reservationId, figures));
    carrying();
  }

  function incoming({ session, request }: IncomingRTCSessionEvent): void {
    if (!microphone) return;
    const reservationId: string | undefined = request.getHeader(reservationHeader);
    const call = new IncomingCall(session, request, microphone, connection, devices);
    calls.set(call.key, call);
    const ended = () => {
      calls.delete(call.key);
      call.close();
      perform({ type: 'callEnded', call: call.key });
      if (call.reservationId === null) return;
      clicks.delete(call.reservationId);
      // A call that was answered anew in its place goes on under the same reservation.
      if (answered.get(call.reservationId) !== call) return;
      answered.delete(call.reservationId);
      muted.delete(call.reservationId);
      carrying();
    };
    session.on('ended', ended);
    session.on('failed', ended);
    perform({ type: 'invited', call: call.key, reservationId: reservationId?.trim() || null });
  }

  /** The bridge has given up what only rang: its INVITE went with the connection. */
  function connectionLost(): void {
    for (const call of calls.values()) if (!call.isAnswered) call.refuse(480, 'Connection lost');
    listener?.registration('lost');
  }

  const spoken = (): IncomingCall | undefined => answered.get(spokenIn(speaking()) ?? '');

  function stop(): void {
    for (const call of calls.values()) call.close();
    calls.clear();
    clicks.clear();
    answered.clear();
    muted.clear();
    wanted = null;
    matching = nothingMatched;
    listener = null;
    waker?.stop();
    waker = null;
    ua?.stop();
    ua = null;
    microphone?.stop();
    microphone = null;
  }

  function start(account: PhoneAccount, to: PhoneListener): void {
    stop();
    listener = to;
    to.registration('connecting');
    microphone = openMicrophone(navigator.mediaDevices, (state, name) => listener?.microphone(state, name));
    microphone.use(devices);
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
    const onLine = lineWaker(lineOf(agent, account.uri));
    waker = onLine;
    agent.on('connected', () => onLine.connected());
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
    reachBy(path) {
      connection = connectionBy(path);
    },
    soundThrough(now) {
      devices = now;
      microphone?.use(now);
      for (const call of calls.values()) call.hearOn(now);
    },
    offered: (reservationId) => perform({ type: 'offered', reservationId }),
    offerEnded: (reservationId, isAnswered) => perform({ type: 'offerEnded', reservationId, isAnswered }),
    answer(reservationId) {
      clicks.set(reservationId, performance.now());
      // The first word after the answer is for whoever was answered.
      wanted = reservationId;
      perform({ type: 'answerClicked', reservationId });
    },
    rejoin: (reservationId) => perform({ type: 'rejoin', reservationId }),
    letGo(reservationId) {
      const session = answered.get(reservationId)?.session;
      if (session && !session.isEnded()) session.terminate();
    },
    listenIn(reservationId) {
      muted.add(reservationId);
      perform({ type: 'rejoin', reservationId });
    },
    speakIn(reservationId) {
      wanted = reservationId;
      switchMicrophones();
    },
    setMuted(isMuted) {
      const reservationId = spokenIn(speaking());
      if (reservationId === null) return;
      if (isMuted) muted.add(reservationId);
      else muted.delete(reservationId);
      switchMicrophones();
    },
    sendDigit(digit) {
      const session = spoken()?.session;
      const sender = session?.connection?.getSenders().find((each) => each.track?.kind === 'audio')?.dtmf;
      if (!session?.isEstablished() || !sender?.canInsertDTMF) return false;
      // RFC 4733; JsSIP still calls it by the number of its predecessor.
      session.sendDTMF(digit, { transportType: 'RFC2833' as never, duration: digitMs });
      return true;
    },
    hangUp() {
      const session = spoken()?.session;
      if (session && !session.isEnded()) session.terminate();
    },
    wake: () => waker?.wake(),
    reconnect: () => waker?.reconnect(),
  };
}

/** What JsSIP has and its types leave out. */
interface Untyped {
  readonly transport: { isConnecting(): boolean; connect(): void; disconnect(): void };
  sendOptions(target: string, body: undefined, options: { readonly eventHandlers: Record<'succeeded' | 'failed', Heard> }): unknown;
}
type Heard = (told: { readonly response: unknown }) => void;

function lineOf(ua: UA, uri: string): SipLine {
  const agent = ua as UA & Untyped;
  const { transport } = agent;
  return {
    isConnected: () => agent.isConnected(),
    isConnecting: () => transport.isConnecting(),
    register: () => agent.register(),
    ask(answered) {
      // RFC 3261 §11: whatever is answered, somebody is there.
      const heard: Heard = ({ response }) => void (response && answered());
      agent.sendOptions(uri, undefined, { eventHandlers: { succeeded: heard, failed: heard } });
    },
    reconnect() {
      if (agent.isConnected() || transport.isConnecting()) transport.disconnect();
      transport.connect();
    },
  };
}

function isIncoming(event: RTCSessionEvent): event is IncomingRTCSessionEvent {
  return (event.originator as string) === 'remote';
}
