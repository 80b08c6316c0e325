import type { CallParty, PlayOutcome, Sound, Talker, VoiceQuality } from '../../interactions/index.ts';
import type { Disposable, Log, Scope } from '../../kernel/index.ts';
import { Emitter } from '../../kernel/index.ts';
import type { MediaEvents } from '../../media/index.ts';
import { callQuality } from './call-quality.ts';
import { SipPartyLeg } from './party-leg.ts';
import type { LastingSession } from './re-establish/index.ts';
import { type SoundFolder, SoundPlayer } from './sound-player.ts';

export interface CallSoundParts {
  readonly session: LastingSession;
  readonly sounds: SoundFolder;
  readonly log: Log;
}

/** The customer's media leg; undefined while there is none. */
type CustomersLeg = () => string | undefined;

interface SoundEvents {
  firstAudio: { readonly direction: 'toAgent' | 'toCaller'; readonly afterAnswerMs: number };
  quality: VoiceQuality;
}

/** The sound of a call: who hears whom, what is played to whom, and how well the customer and the agent hear each other. */
export class CallSound {
  readonly #parts: CallSoundParts;
  readonly #scope: Scope;
  readonly #customersLeg: CustomersLeg;
  readonly #events: Emitter<SoundEvents>;
  /** By the leg they play to. */
  readonly #players = new Map<string, SoundPlayer>();
  readonly #qualities = new Map<string, MediaEvents['quality']>();
  /** The agent, or whoever is in their place, whom the customer talks with. */
  #joined: SipPartyLeg | undefined;
  #awaitingFirstAudio = new Set<'toAgent' | 'toCaller'>();

  constructor(parts: CallSoundParts, scope: Scope, customersLeg: CustomersLeg, failed: (error: unknown) => void) {
    const { session } = parts;
    this.#parts = parts;
    this.#scope = scope;
    this.#customersLeg = customersLeg;
    this.#events = new Emitter(failed);
    scope.add(session.on('played', (event) => this.#heard(event)));
    scope.add(session.on('firstAudio', (event) => this.#onFirstAudioPacket(event)));
    scope.add(session.on('quality', (event) => this.#onLegQuality(event)));
  }

  connect(one: Talker, other: Talker, how: 'both' | 'oneHearsOther'): void {
    const oneLeg = this.#mediaOf(one);
    const otherLeg = this.#mediaOf(other, how === 'oneHearsOther');
    if (oneLeg === null || otherLeg === null) return;
    const { session } = this.#parts;
    this.#players.get(oneLeg)?.joined();
    if (how === 'both') {
      this.#players.get(otherLeg)?.joined();
      session.join(oneLeg, otherLeg);
    } else {
      session.hear(otherLeg, oneLeg, false);
      session.hear(oneLeg, otherLeg, true);
    }
    const agent = how === 'oneHearsOther' ? null : one === 'customer' ? other : other === 'customer' ? one : null;
    if (!(agent instanceof SipPartyLeg)) return;
    this.#joined = agent;
    this.#awaitingFirstAudio = new Set(['toAgent', 'toCaller']);
  }

  disconnect(one: Talker, other: Talker): void {
    const oneLeg = this.#mediaOf(one, true);
    const otherLeg = this.#mediaOf(other, true);
    if (oneLeg === null || otherLeg === null) return;
    if (isOf('customer', one, other) && isOf(this.#joined, one, other)) this.#joined = undefined;
    this.#parts.session.part(oneLeg, otherLeg);
  }

  async play(to: 'customer' | CallParty, sound: Sound, signal?: AbortSignal): Promise<PlayOutcome> {
    if (this.#scope.isEnded) return 'callEnded';
    const mediaLegId = this.#mediaOf(to);
    // No early media: before the answer there is nothing to play into.
    return mediaLegId === null ? 'stopped' : this.#playerOf(mediaLegId).play(mediaLegId, sound, signal);
  }

  onFirstAudio(listener: (direction: 'toAgent' | 'toCaller', afterAnswerMs: number) => void): Disposable {
    return this.#events.on('firstAudio', (event) => listener(event.direction, event.afterAnswerMs));
  }

  onQuality(listener: (quality: VoiceQuality) => void): Disposable {
    return this.#events.on('quality', listener);
  }

  /** Whoever waits for a sound is told `callEnded`. */
  close(): void {
    for (const player of this.#players.values()) player.close();
    this.#joined = undefined;
  }

  #onFirstAudioPacket(event: MediaEvents['firstAudio']): void {
    const direction = event.toLegId === this.#customersLeg() ? 'toCaller' : 'toAgent';
    if (!this.#joined || (direction === 'toAgent' && event.toLegId !== this.#joined.mediaLegId)) return;
    if (!this.#awaitingFirstAudio.delete(direction)) return;
    this.#events.emit('firstAudio', { direction, afterAnswerMs: Math.max(0, event.at - this.#joined.answeredAt) });
  }

  /** A call is as good as the worse of its two legs. */
  #onLegQuality(quality: MediaEvents['quality']): void {
    this.#qualities.set(quality.legId, quality);
    const of = (legId: string | undefined) => (legId === undefined ? null : (this.#qualities.get(legId) ?? null));
    const together = callQuality(of(this.#customersLeg()), of(this.#joined?.mediaLegId));
    if (together) this.#events.emit('quality', together);
  }

  #heard(event: MediaEvents['played']): void {
    for (const player of this.#players.values()) player.heard(event);
  }

  #playerOf(mediaLegId: string): SoundPlayer {
    const known = this.#players.get(mediaLegId);
    if (known) return known;
    const player = new SoundPlayer(this.#parts.session, this.#parts.sounds);
    this.#players.set(mediaLegId, player);
    return player;
  }

  /**
   * The leg of somebody who can be connected now, or `isToBeHeard` and no more: a phone outside before its answer. Legs of other calls live
   * in other media sessions and cannot be: that is a bug in the flow, told in the log.
   */
  #mediaOf(talker: Talker, isToBeHeard = false): string | null {
    if (this.#scope.isEnded) return null;
    if (talker === 'customer') return this.#customersLeg() ?? null;
    if (talker instanceof SipPartyLeg && talker.belongsTo(this.#parts.session))
      return talker.isAnswered || (isToBeHeard && talker.isHeard) ? (talker.mediaLegId ?? null) : null;
    this.#parts.log.error('call:foreignLeg', { partyId: talker.partyId });
    return null;
  }
}

function isOf(talker: Talker | undefined, one: Talker, other: Talker): boolean {
  return talker === one || talker === other;
}
