import { randomBytes } from 'node:crypto';
import type { Clock, Disposable, Log } from '../../kernel/index.ts';
import { Emitter } from '../../kernel/index.ts';
import type { MediaEvents, MediaSession, RecordingOutcome } from '../api.ts';
import { MediaError } from '../api.ts';
import type { NegotiatedAudio, NegotiationFailure } from '../sdp/rtp-negotiation.ts';
import { answerOffer, readAnswer } from '../sdp/rtp-negotiation.ts';
import { readWebRtcTerms } from '../webrtc/webrtc-terms.ts';
import type { BencodeDictionary } from './bencode.ts';
import type { NgClient } from './ng-client.ts';
import { packetsOf } from './relay-statistics.ts';
import type { RelayTerms } from './relay-terms.ts';
import { agreeOnTerms, answeredDirection, describeAudio, endpointOf, nobody, onlyLaw, withDirection } from './relay-terms.ts';

type Kind = 'rtp' | 'webrtc';
type Tag = 'one' | 'other';

interface RelayLeg {
  readonly legId: string;
  readonly tag: Tag;
  readonly kind: Kind;
  readonly sessionNumber: number;
  version: number;
  /** What the daemon knows of the far side; null before it answered. */
  description: string | null;
  isHeld: boolean;
  isConnected: boolean;
  packets: number;
  /** When the count of its packets last grew (monotonic ms), or it could first do so. */
  heardAt: number | null;
}

/** One who is there, or nobody yet. */
type Side = Pick<RelayLeg, 'tag' | 'kind' | 'description'>;

export interface RelaySessionParts {
  readonly client: NgClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly rtpTimeoutMs: number;
  readonly onClosed: () => void;
}

/** How the daemon is to speak to a side of this kind. */
const towards: Readonly<Record<Kind, BencodeDictionary>> = {
  rtp: { 'transport-protocol': 'RTP/AVP', ICE: 'remove', 'rtcp-mux': ['demux'] },
  webrtc: { 'transport-protocol': 'UDP/TLS/RTP/SAVPF', ICE: 'force', 'rtcp-mux': ['offer', 'require'] },
};

/**
 * A call of two sides whose packets go through rtpengine. The daemon knows calls as one offer and one answer, so a side that is not there yet
 * is played by a description that leads nowhere, and takes its place when it comes:
 *
 *     answerRtpLeg   offer(one) answer(nobody)   -> where `one` is heard; its port stays
 *     offerRtpLeg    offer(one)                  -> what `other` is offered
 *     acceptAnswer              answer(other)    -> packets flow
 *
 * What needs the sound itself is refused with `notRelayed`: such a call belongs on our own engine from its first leg.
 */
export class RelaySession implements MediaSession {
  readonly sessionId: string;
  readonly #parts: RelaySessionParts;
  readonly #emitter: Emitter<MediaEvents>;
  readonly #legs = new Map<string, RelayLeg>();
  #terms: RelayTerms | null = null;
  #nextLeg = 1;
  #isClosed = false;
  #isEnding = false;
  /** The daemon has this call. */
  #isTold = false;
  /** Commands of a call go one after another: an offer and its answer belong together. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(sessionId: string, parts: RelaySessionParts) {
    this.sessionId = sessionId;
    this.#parts = parts;
    this.#emitter = new Emitter((error) => parts.log.error('media:listener-failed', { error: String(error) }));
  }

  on<Name extends keyof MediaEvents>(name: Name, listener: (event: MediaEvents[Name]) => void): Disposable {
    return this.#emitter.on(name, listener);
  }

  answerRtpLeg(offer: string, srtp = 'never'): Promise<{ legId: string; sdp: string }> {
    return this.#inTurn(async () => {
      const leg = this.#take('rtp', srtp);
      try {
        return { legId: leg.legId, sdp: (await this.#answer(leg, offer)).sdp };
      } catch (error) {
        this.#legs.delete(leg.legId);
        throw error;
      }
    });
  }

  offerRtpLeg(srtp = 'never'): Promise<{ legId: string; sdp: string }> {
    return this.#inTurn(async () => {
      const leg = this.#take('rtp', srtp);
      const offered = await this.#offerTo(leg);
      return { legId: leg.legId, sdp: describeAudio(this.#end(leg, offered), this.#terms) };
    });
  }

  offerWebRtcLeg(): Promise<{ legId: string; sdp: string }> {
    return this.#inTurn(async () => {
      const leg = this.#take('webrtc', 'never');
      // Nobody, at the null address, counts as holding.
      return { legId: leg.legId, sdp: withDirection(await this.#offerTo(leg), 'sendrecv') };
    });
  }

  acceptAnswer(legId: string, sdp: string): Promise<void> {
    return this.#inTurn(async () => {
      const leg = this.#leg(legId);
      const audio = read(leg.kind === 'rtp' ? readAnswer(sdp) : readWebRtcTerms(sdp));
      this.#agree(audio);
      leg.description = this.#described(leg, audio, sdp);
      leg.isHeld = audio.isHeld;
      await this.#ask('answer', this.#peerOf(leg).tag, leg.tag, leg.description, this.#peerOf(leg).kind);
      this.#begin();
    });
  }

  offerAgain(): Promise<string> {
    return Promise.reject(notRelayed('other codecs in a call that is up'));
  }

  renegotiate(legId: string, offer: string): Promise<{ sdp: string; isHeld: boolean }> {
    return this.#inTurn(() => this.#answer(this.#leg(legId), offer));
  }

  /** Both hear each other as soon as both are there. */
  join(legA: string, legB: string): void {
    this.#leg(legA);
    this.#leg(legB);
  }

  /** Nothing where one of them is gone. */
  part(legA: string, legB: string): void {
    if (this.#legs.has(legA) && this.#legs.has(legB)) throw notRelayed('parting two who talk');
  }

  hear(listenerLegId: string, speakerLegId: string, hears: boolean): void {
    if (!hears) this.part(listenerLegId, speakerLegId);
  }

  play(): string {
    throw notRelayed('playing a sound');
  }

  /** Nothing plays. */
  stop(): void {}

  sendDigit(): void {
    throw notRelayed('sending a key');
  }

  /** Keys of the side are swallowed by the daemon. Only those of RFC 4733: it does not listen to the sound. */
  maskDigits(legId: string, isMasked: boolean): void {
    const { tag } = this.#leg(legId);
    const command = isMasked ? 'block DTMF' : 'unblock DTMF';
    void this.#inTurn(() => this.#command(command, { 'from-tag': tag })).catch((error: unknown) =>
      this.#parts.log.error('media:mask-failed', { sessionId: this.sessionId, error: String(error) }),
    );
  }

  startRecording(): Promise<void> {
    return Promise.reject(notRelayed('recording'));
  }

  pauseRecording(): void {}

  resumeRecording(): void {}

  stopRecording(): Promise<RecordingOutcome> {
    return Promise.resolve({ durationMs: 0, pauses: [] });
  }

  closeLeg(legId: string): void {
    const leg = this.#legs.get(legId);
    if (!leg) return;
    const peer = this.#peerOf(leg);
    this.#legs.delete(legId);
    if (peer.description === null) return;
    // Nobody takes its place, so that nothing more is sent to it.
    void this.#inTurn(() => this.#exchange(peer)).catch(() => {});
  }

  /** `closed` follows when the daemon has freed its ports. */
  end(): void {
    if (this.#isClosed || this.#isEnding) return;
    this.#isEnding = true;
    void this.#inTurn(() => this.#command('delete', { 'delete-delay': 0 }))
      .catch((error: unknown) => this.#parts.log.warn('media:end-unanswered', { sessionId: this.sessionId, error: String(error) }))
      .then(() => this.close('ended'));
  }

  close(why: MediaEvents['closed']['why']): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#legs.clear();
    this.#parts.onClosed();
    this.#emitter.emit('closed', { why });
  }

  /** Looks at what has come in from each side. A daemon that has forgotten the call was restarted: the call's sound is gone. */
  async look(): Promise<void> {
    if (!this.#isTold || this.#isEnding) return;
    const asked = await this.#parts.client.ask('query', { 'call-id': this.sessionId });
    if (this.#isClosed || this.#isEnding) return;
    if (asked.kind === 'error') return this.close('workerDied');
    if (asked.kind !== 'ok') return;
    const now = this.#parts.clock.monotonic();
    for (const leg of [...this.#legs.values()]) this.#counted(leg, packetsOf(asked.reply, leg.tag), now);
  }

  #counted(leg: RelayLeg, packets: number, now: number): void {
    if (leg.heardAt === null) return;
    const isQuiet = packets <= leg.packets;
    leg.packets = packets;
    if (!isQuiet || leg.isHeld) leg.heardAt = now;
    if (!isQuiet && !leg.isConnected) {
      leg.isConnected = true;
      this.#emitter.emit('connected', { legId: leg.legId });
    }
    if (now - leg.heardAt < this.#parts.rtpTimeoutMs) return;
    // Told once; again only after it was heard again.
    leg.heardAt = Number.POSITIVE_INFINITY;
    this.#emitter.emit('lost', { legId: leg.legId, why: 'rtpTimeout' });
  }

  async #answer(leg: RelayLeg, offer: string): Promise<{ sdp: string; isHeld: boolean }> {
    if (leg.kind === 'webrtc') {
      const audio = read(readWebRtcTerms(offer));
      this.#agree(audio);
      leg.description = offer;
      leg.isHeld = audio.isHeld;
      return { sdp: withDirection(await this.#exchange(leg), answeredDirection(offer)), isHeld: audio.isHeld };
    }
    const chosen = onlyLaw(offer, this.#terms);
    const { audio } = read(answerOffer(chosen, { ...nobody, sessionNumber: leg.sessionNumber, version: 1 }));
    this.#agree(audio);
    // RFC 3264 §8.4: who holds by the null address is where he was.
    if (audio.remoteAddress !== nobody.host || leg.description === null) leg.description = this.#described(leg, audio, offer);
    leg.isHeld = audio.isHeld;
    const end = this.#end(leg, await this.#exchange(leg));
    return { sdp: read(answerOffer(chosen, end)).sdp, isHeld: audio.isHeld };
  }

  #agree(audio: NegotiatedAudio): void {
    const agreed = agreeOnTerms(this.#terms, audio);
    if (!agreed.ok) throw notRelayed(`a call in which ${agreed.error}`);
    this.#terms = agreed.value;
  }

  /** A telephone is described in our words, a browser in its own: its ICE and DTLS stand there. */
  #described(leg: RelayLeg, { remoteAddress: host, remotePort: port, sends, eventPayloadType }: NegotiatedAudio, sdp: string): string {
    if (leg.kind === 'webrtc') return sdp;
    const { sessionNumber, version } = leg;
    return describeAudio({ host, port, sessionNumber, version }, { ...sends, eventPayloadType });
  }

  /** Offer and answer of a side that is there; answers where the daemon waits for it. */
  async #exchange(leg: Side): Promise<string> {
    const peer = this.#peerOf(leg);
    await this.#ask('offer', leg.tag, peer.tag, leg.description, peer.kind);
    const sdp = await this.#ask('answer', leg.tag, peer.tag, peer.description, leg.kind);
    this.#begin();
    return sdp;
  }

  #offerTo(leg: RelayLeg): Promise<string> {
    const peer = this.#peerOf(leg);
    return this.#ask('offer', peer.tag, leg.tag, peer.description, leg.kind);
  }

  async #ask(command: 'offer' | 'answer', from: Tag, to: Tag, description: string | null, kind: Kind): Promise<string> {
    const sdp = description ?? describeAudio({ ...nobody, sessionNumber: 1, version: 1 }, this.#terms);
    const { sdp: said } = await this.#command(command, {
      'from-tag': from,
      'to-tag': to,
      sdp,
      ...towards[kind],
      SDES: ['off'],
      // Who has been told a port keeps it, whoever comes to the other side. Where RTCP is has no line of its own: it is where it always is.
      flags: ['port-latching', 'no-rtcp-attribute', 'generate-mid'],
      replace: ['origin', 'session-connection', 'zero-address'],
    });
    this.#isTold = true;
    if (typeof said !== 'string' || !endpointOf(said)) throw new MediaError('badSdp', `rtpengine: no audio in what ${command} gave`);
    return said;
  }

  async #command(command: string, values: BencodeDictionary): Promise<BencodeDictionary> {
    const asked = await this.#parts.client.ask(command, { ...values, 'call-id': this.sessionId });
    if (asked.kind === 'ok') return asked.reply;
    if (asked.kind === 'silent') throw new MediaError('workerDied', `rtpengine does not answer: ${command}`);
    throw new MediaError(/port/i.test(asked.reason) ? 'noPorts' : 'badSdp', `rtpengine refuses ${command}: ${asked.reason}`);
  }

  /** From now on a side that says nothing is missed. */
  #begin(): void {
    const legs = [...this.#legs.values()];
    if (legs.length < 2 || legs.some(({ description }) => description === null)) return;
    for (const leg of legs) leg.heardAt ??= this.#parts.clock.monotonic();
  }

  #end(leg: RelayLeg, sdp: string) {
    const { host, port } = endpointOf(sdp) ?? nobody;
    return { host, port, sessionNumber: leg.sessionNumber, version: ++leg.version };
  }

  #take(kind: Kind, srtp: string): RelayLeg {
    if (srtp === 'required') throw notRelayed('SRTP with keys in SDP');
    const [first, second] = [...this.#legs.values()];
    if (second) throw notRelayed('a third party');
    const leg: RelayLeg = {
      legId: `${this.sessionId}.${this.#nextLeg++}`,
      tag: first?.tag === 'one' ? 'other' : 'one',
      kind,
      sessionNumber: randomBytes(4).readUInt32BE(),
      version: 0,
      description: null,
      isHeld: false,
      isConnected: false,
      packets: 0,
      heardAt: null,
    };
    this.#legs.set(leg.legId, leg);
    return leg;
  }

  #leg(legId: string): RelayLeg {
    const leg = this.#legs.get(legId);
    if (!leg) throw new MediaError('unknownLeg', `there is no leg ${legId}`);
    return leg;
  }

  #peerOf({ tag }: Side): Side {
    const peer = [...this.#legs.values()].find((other) => other.tag !== tag);
    return peer ?? { tag: tag === 'one' ? 'other' : 'one', kind: 'rtp', description: null };
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(() => {
      if (this.#isClosed) throw new MediaError('workerDied', 'the media session is over');
      return work();
    });
    this.#last = turn.catch(() => {});
    return turn;
  }
}

const notRelayed = (what: string): MediaError => new MediaError('notRelayed', `a relay cannot do this, our own engine can: ${what}`);

function read<Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: NegotiationFailure },
): Value {
  if (!result.ok) throw new MediaError(result.error.code, result.error.message);
  return result.value;
}
