import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRequest } from 'jssip/lib/SIPMessage';
import type { LineFigures } from '../stores/index.ts';
import { firstSound } from './first-sound.ts';
import { holdAnswer } from './held-answer.ts';
import { measureLine } from './line-figures.ts';
import { type CallVoice, type Microphone, stopTracks, switchTracks } from './microphone.ts';
import type { CallKey } from './offer-matching.ts';
import type { SoundUse } from './sound-devices.ts';
import { hearOn } from './speaker.ts';

/** Where and how loud the far side is heard. */
export type HeardOn = Pick<SoundUse, 'speaker' | 'speakerVolume'>;

/**
 * One INVITE, from its ringing to its end. `prepare` makes the sound path while it rings; `answer` says the 200 and closes the two switches,
 * microphone and speaker, which are open until then: nothing is heard on either side before Answer.
 */
export class IncomingCall {
  readonly key: CallKey;
  readonly session: RTCSession;
  /** Set by Answer. */
  reservationId: string | null = null;
  readonly #microphone: Microphone;
  readonly #connection: RTCConfiguration;
  readonly #held: { release(): void };
  readonly #over = new AbortController();
  #ready: Promise<boolean> | null = null;
  #voice: CallVoice | null = null;
  /** What of the microphone goes into the call now. */
  #said: MediaStream | null = null;
  #heardOn: HeardOn;
  #isMicrophoneOpen = true;
  #speaker: HTMLAudioElement | null = null;
  #receiver: RTCRtpReceiver | null = null;
  #onFirstSound: ((at: number) => void) | null = null;

  constructor(session: RTCSession, request: IncomingRequest, microphone: Microphone, connection: RTCConfiguration, heardOn: HeardOn) {
    this.key = session.id;
    this.session = session;
    this.#microphone = microphone;
    this.#connection = connection;
    this.#heardOn = heardOn;
    this.#held = holdAnswer(request);
  }

  /** Aborted when the call is over. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  get isAnswered(): boolean {
    return this.reservationId !== null;
  }

  /** False when there is no microphone; asked again, it looks again. */
  prepare(): Promise<boolean> {
    this.#ready ??= this.#prepare();
    return this.#ready;
  }

  /** False when nothing can come of it. `onFirstSound` is told when the caller's sound came out, by `performance.now()`. */
  async answer(reservationId: string, onFirstSound: (at: number) => void): Promise<boolean> {
    this.reservationId = reservationId;
    if (!(await this.prepare())) return false;
    this.#onFirstSound = onFirstSound;
    this.#switchMicrophone();
    this.#sendVoice();
    this.#held.release();
    this.#letHear();
    return true;
  }

  /** Every two seconds from now on, until the call is over. */
  measure(told: (figures: LineFigures) => void): void {
    const { connection } = this.session;
    if (connection) measureLine(connection, () => this.#isMicrophoneOpen, this.over, told);
  }

  /** Whether what the agent says goes to the far side, from the answer on. */
  openMicrophone(isOpen: boolean): void {
    if (this.#isMicrophoneOpen === isOpen) return;
    this.#isMicrophoneOpen = isOpen;
    if (this.isAnswered) this.#switchMicrophone();
  }

  hearOn(heardOn: HeardOn): void {
    this.#heardOn = heardOn;
    if (this.#speaker) hearOn(this.#speaker, heardOn.speaker, heardOn.speakerVolume);
  }

  refuse(status: 480 | 488, reason: string): void {
    if (!this.session.isEnded()) this.session.terminate({ status_code: status, reason_phrase: reason });
  }

  /** The session is over. */
  close(): void {
    this.#over.abort();
    this.#voice?.release();
    if (this.#said) stopTracks(this.#said);
    if (this.#speaker) this.#speaker.srcObject = null;
  }

  #switchMicrophone(): void {
    if (!this.#said) return;
    // JsSIP switches the track by itself when the far side negotiates anew, and keeps it closed only if it was told so.
    if (this.#isMicrophoneOpen) this.session.unmute({ audio: true });
    else this.session.mute({ audio: true });
    switchTracks(this.#said, this.#isMicrophoneOpen);
  }

  /** The microphone is another: what comes from it goes on in this call as it was, open or closed. */
  #replaceVoice(voice: MediaStream): void {
    const before = this.#said;
    this.#said = voice;
    switchTracks(voice, this.isAnswered && this.#isMicrophoneOpen);
    this.#sendVoice();
    if (before) stopTracks(before);
  }

  /** W3C WebRTC, RTCRtpSender.replaceTrack: nothing is negotiated anew, and the far side knows nothing of it. */
  #sendVoice(): void {
    const [track] = this.#said?.getAudioTracks() ?? [];
    const sender = this.session.connection?.getSenders().find((each) => each.track?.kind === 'audio');
    if (!track || !sender || sender.track === track) return;
    // It fails only where the connection is closed.
    sender.replaceTrack(track).catch(() => undefined);
  }

  async #prepare(): Promise<boolean> {
    const voice = await this.#microphone.forCall((replaced) => this.#replaceVoice(replaced));
    if (!voice) {
      this.#ready = null;
      return false;
    }
    if (this.#over.signal.aborted) {
      voice.release();
      stopTracks(voice.stream);
      return false;
    }
    this.#voice = voice;
    this.#said ??= voice.stream;
    // The bridge is an ICE-lite agent and looks at no candidates: the first will do.
    this.session.on('icecandidate', ({ ready }) => ready());
    this.session.on('peerconnection', ({ peerconnection }) => this.#listen(peerconnection));
    this.session.answer({ mediaStream: this.#said, pcConfig: this.#connection });
    return true;
  }

  #listen(peer: RTCPeerConnection): void {
    peer.addEventListener('track', ({ track, receiver }) => {
      if (track.kind !== 'audio') return;
      this.#receiver = receiver;
      this.#speaker = new Audio();
      this.#speaker.autoplay = true;
      this.#speaker.muted = true;
      this.hearOn(this.#heardOn);
      // Not the far side's own stream: the bridge may go on from another worker under another stream's name, which takes the track along.
      this.#speaker.srcObject = new MediaStream([track]);
      this.#letHear();
    });
  }

  /** Once Answer was pressed and the far side's track is there, in whichever order. */
  #letHear(): void {
    if (!this.#onFirstSound || !this.#speaker || !this.#receiver) return;
    this.#speaker.muted = false;
    // Allowed, because Answer was pressed; `autoplay` starts it anyway once the stream has sound.
    this.#speaker.play().catch(() => undefined);
    const tell = this.#onFirstSound;
    void firstSound(this.#receiver, this.#over.signal).then((at) => at !== null && tell(at));
  }
}
