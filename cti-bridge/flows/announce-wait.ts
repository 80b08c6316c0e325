import { expectedWait, itemOf, positionOf, type Queue } from '../acd/index.ts';
import type { Disposable, Scope } from '../kernel/index.ts';
import type { StoryContext } from './context.ts';
import type { LiveInteraction } from './live-interaction.ts';

/** What a caller hears while waiting. */
export interface WaitingRoom {
  /** An agent has taken the call: what is being said stops, and the music stays until the agent is joined. */
  hush(): void;
  /** They wait in another queue now, whose ways may be others. */
  queueChanged(): void;
}

/** Positions beyond have no recording, and would comfort nobody. */
const furthestPosition = 60;
/** The waits that are said, in minutes: coarser the longer they are, since nobody can know better. Beyond the last it is "more than an hour". */
const spokenMinutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 45, 60] as const;
/** Whose agent answers at once hears no scrap of music first; a silence this short is not heard as one. */
const musicAfterMs = 200;
/** An agent rings just now: what was to be said is tried again after this. */
const laterMs = 5_000;

/**
 * Music, and every so often over it the caller's place and the expected wait, and after a while the offer to be called back. Only what has
 * become better is said again: a number that stands still or rises tells somebody that they wait for nothing. Nothing begins while an agent's
 * phone rings for them, and nothing is ever said over an agent.
 */
export function announceWait(
  interaction: LiveInteraction,
  context: StoryContext,
  scope: Scope,
  /** Key 1 after the offer: keep the place and be called back. Null: they cannot be. */
  wantsCallback: (() => void) | null,
  /** Key 2 after the offer: leave a message. */
  wantsVoicemail: () => void,
): WaitingRoom {
  const { routing, log } = context;
  const { call, workItemId } = interaction;
  const told: { position: number; minutes: number } = { position: Number.POSITIVE_INFINITY, minutes: Number.POSITIVE_INFINITY };
  let speaking: AbortController | undefined;
  let next: Disposable | undefined;
  let nextOffer: Disposable | undefined;
  let nextVoicemail: Disposable | undefined;
  let isOffered = false;
  let isVoicemailOffered = false;

  const music = () => void call.play({ kind: 'music' }, scope.signal);

  async function say(prompts: readonly string[]): Promise<void> {
    const own = new AbortController();
    speaking = own;
    const signal = AbortSignal.any([scope.signal, own.signal]);
    try {
      for (const name of prompts) {
        const outcome = await call.play({ kind: 'prompt', name, locale: interaction.locale }, signal);
        if (signal.aborted || outcome === 'callEnded') return;
        if (outcome === 'missing') log.error('wait:promptMissing', { name, locale: interaction.locale });
      }
    } catch (error) {
      // What could not be said is left unsaid; the caller keeps the music and the place.
      log.error('wait:announcementFailed', { prompts, error: String(error) });
    }
    speaking = undefined;
    music();
  }

  /** Waits, and nobody's phone rings for them. */
  const isQuiet = () => {
    const item = itemOf(routing.state, workItemId);
    return item !== null && item.reservationIds.length === 0 && speaking === undefined;
  };
  const queueNow = (): Queue | null => (interaction.queueId === null ? null : routing.queue(interaction.queueId));

  function newsOf({ announcements }: Queue): string[] {
    const position = announcements.position ? positionOf(routing.state, workItemId) : null;
    const expected = announcements.expectedWait ? expectedWait(routing.state, workItemId) : null;
    const minutes = expected && minutesToSay(expected.waitMs);
    const prompts: string[] = [];
    if (position !== null && position < told.position && position <= furthestPosition) {
      told.position = position;
      prompts.push('position-before', `number-${position}`, 'position-after');
    }
    if (minutes !== null && minutes < told.minutes) {
      told.minutes = minutes;
      prompts.push('wait-before', Number.isFinite(minutes) ? `minutes-${minutes}` : 'minutes-more');
    }
    return prompts;
  }

  function announceIn(ms: number): void {
    void next?.dispose();
    next = scope.timer(ms, () => {
      const queue = queueNow();
      const everyMs = queue?.announcements.everyMs ?? null;
      if (!queue || everyMs === null) return;
      if (!isQuiet()) return announceIn(Math.min(laterMs, everyMs));
      const prompts = newsOf(queue);
      if (prompts.length > 0) scope.run(() => say(prompts));
      announceIn(everyMs);
    });
  }

  function offerIn(ms: number): void {
    void nextOffer?.dispose();
    nextOffer = scope.timer(ms, () => {
      if (!isQuiet()) return offerIn(laterMs);
      isOffered = true;
      scope.run(() => say(['callback-offer']));
    });
  }

  function voicemailIn(ms: number): void {
    void nextVoicemail?.dispose();
    nextVoicemail = scope.timer(ms, () => {
      if (!isQuiet()) return voicemailIn(laterMs);
      isVoicemailOffered = true;
      scope.run(() => say(['voicemail-offer']));
    });
  }

  function queueChanged(): void {
    const queue = queueNow();
    void next?.dispose();
    void nextOffer?.dispose();
    if (queue?.announcements.everyMs != null) announceIn(queue.announcements.everyMs);
    if (queue?.callbackAfterMs != null && wantsCallback && !isOffered)
      offerIn(Math.max(0, interaction.waitingSince + queue.callbackAfterMs - routing.now()));
    void nextVoicemail?.dispose();
    if (queue?.voicemailAfterMs != null && !isVoicemailOffered)
      voicemailIn(Math.max(0, interaction.waitingSince + queue.voicemailAfterMs - routing.now()));
  }

  scope.add(
    call.onDigit(({ digit }) => {
      if (digit === '1' && isOffered) wantsCallback?.();
      if (digit === '2' && isVoicemailOffered) wantsVoicemail();
    }),
  );
  scope.timer(musicAfterMs, music);
  queueChanged();
  return {
    hush() {
      if (!speaking) return;
      speaking.abort();
      speaking = undefined;
      music();
    },
    queueChanged,
  };
}

/** Infinity: longer than anything that is said. */
function minutesToSay(waitMs: number): number {
  return spokenMinutes.find((minutes) => waitMs <= minutes * 60_000) ?? Number.POSITIVE_INFINITY;
}
