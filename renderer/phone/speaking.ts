/**
 * Of several calls at a time the agent speaks in one: the microphone of each other is closed here as well, whatever the bridge connects.
 * Pure: calls and wishes in, who is heard out.
 */
export interface Speaking {
  /** Answered calls by their reservations, the one answered last at the end. */
  readonly answered: readonly string[];
  /** In which one the agent speaks; null, or one that is not answered: the one answered last. */
  readonly wanted: string | null;
  /** Calls in which the agent's own microphone is closed. */
  readonly muted: ReadonlySet<string>;
}

/** The call that keys, mute and hanging up mean. */
export function spokenIn({ answered, wanted }: Speaking): string | null {
  if (wanted !== null && answered.includes(wanted)) return wanted;
  return answered.at(-1) ?? null;
}

/** Says whether what the agent says goes into that call. */
export function isMicrophoneOpen(speaking: Speaking, reservationId: string): boolean {
  return spokenIn(speaking) === reservationId && !speaking.muted.has(reservationId);
}
