/**
 * Ties INVITEs to offers. Pure: state and input in, state and effects out.
 *
 *                    answerClicked            invited
 *   ringing(no call) -------------> wanted ------------> connected
 *        | invited                                          ^
 *        v                     answerClicked                |
 *   ringing(call) ------------------------------------------+
 *
 * A call that rings for an offer is prepared, so that Answer finds its sound path made. An INVITE without an offer is a stray: it is watched
 * for three seconds and then refused with 480. So is one whose offer ended. A `rejoin` (after a reload in a call) is an offer whose Answer
 * has already been pressed.
 */
export type CallKey = string;

interface Expected {
  readonly phase: 'ringing' | 'wanted' | 'connected';
  readonly call: CallKey | null;
}

export interface Matching {
  readonly expected: Readonly<Record<string, Expected>>;
  /** Calls nobody expects (yet), by key, with the reservation their INVITE names. */
  readonly strays: Readonly<Record<CallKey, string | null>>;
}

export const nothingMatched: Matching = { expected: {}, strays: {} };

export type MatchingInput =
  | { readonly type: 'offered'; readonly reservationId: string }
  | { readonly type: 'offerEnded'; readonly reservationId: string; readonly isAnswered: boolean }
  | { readonly type: 'answerClicked'; readonly reservationId: string }
  | { readonly type: 'rejoin'; readonly reservationId: string }
  | { readonly type: 'invited'; readonly call: CallKey; readonly reservationId: string | null }
  | { readonly type: 'callEnded'; readonly call: CallKey }
  | { readonly type: 'patienceOver'; readonly call: CallKey };

export type MatchingEffect =
  /** Make everything ready to be answered, and say nothing yet. */
  | { readonly type: 'prepare'; readonly call: CallKey }
  | { readonly type: 'answer'; readonly call: CallKey; readonly reservationId: string }
  /** Nobody expects this call yet: say `patienceOver` in three seconds. */
  | { readonly type: 'watch'; readonly call: CallKey }
  | { readonly type: 'refuse'; readonly call: CallKey };

export function match(state: Matching, input: MatchingInput): { readonly state: Matching; readonly effects: readonly MatchingEffect[] } {
  const unchanged = { state, effects: [] };
  switch (input.type) {
    case 'offered': {
      if (state.expected[input.reservationId]) return unchanged;
      return claim(state, input.reservationId, 'ringing');
    }
    case 'rejoin':
      return claim(state, input.reservationId, 'wanted');
    case 'answerClicked': {
      const entry = state.expected[input.reservationId];
      if (entry?.phase !== 'ringing') return unchanged;
      return connectOr(state, input.reservationId, entry.call);
    }
    case 'invited': {
      const entry = input.reservationId === null ? undefined : state.expected[input.reservationId];
      if (input.reservationId !== null && entry && entry.phase !== 'connected' && entry.call === null) {
        if (entry.phase === 'wanted') return connectOr(state, input.reservationId, input.call);
        return ringWith(state, input.reservationId, input.call);
      }
      return {
        state: { ...state, strays: { ...state.strays, [input.call]: input.reservationId } },
        effects: [{ type: 'watch', call: input.call }],
      };
    }
    case 'offerEnded': {
      const entry = state.expected[input.reservationId];
      if (!entry || (input.isAnswered && entry.phase !== 'ringing')) return unchanged;
      const { [input.reservationId]: _over, ...expected } = state.expected;
      // The bridge cancels the INVITE itself; the watch is for the case that the CANCEL is lost.
      if (entry.call === null || entry.phase === 'connected') return { state: { ...state, expected }, effects: [] };
      return { state: { expected, strays: { ...state.strays, [entry.call]: null } }, effects: [{ type: 'watch', call: entry.call }] };
    }
    case 'callEnded': {
      const { [input.call]: _gone, ...strays } = state.strays;
      const expected = Object.fromEntries(
        Object.entries(state.expected).flatMap(([reservationId, entry]): [string, Expected][] => {
          if (entry.call !== input.call) return [[reservationId, entry]];
          // Still on offer: the bridge may ring the phone again, or end the offer.
          return entry.phase === 'ringing' ? [[reservationId, { ...entry, call: null }]] : [];
        }),
      );
      return { state: { expected, strays }, effects: [] };
    }
    case 'patienceOver': {
      if (!(input.call in state.strays)) return unchanged;
      const { [input.call]: _refused, ...strays } = state.strays;
      return { state: { ...state, strays }, effects: [{ type: 'refuse', call: input.call }] };
    }
  }
}

/** Begins to expect a reservation's call; takes it from the strays when it was first. */
function claim(state: Matching, reservationId: string, phase: 'ringing' | 'wanted') {
  const stray = Object.entries(state.strays).find(([, named]) => named === reservationId)?.[0] ?? null;
  const strays = Object.fromEntries(Object.entries(state.strays).filter(([call]) => call !== stray));
  const claimed: Matching = { ...state, strays };
  if (phase === 'wanted') return connectOr(claimed, reservationId, stray);
  return ringWith(claimed, reservationId, stray);
}

function ringWith(state: Matching, reservationId: string, call: CallKey | null): { state: Matching; effects: MatchingEffect[] } {
  return { state: expect(state, reservationId, { phase: 'ringing', call }), effects: call === null ? [] : [{ type: 'prepare', call }] };
}

/** Answers the call when it is here, otherwise as soon as it comes. */
function connectOr(state: Matching, reservationId: string, call: CallKey | null): { state: Matching; effects: MatchingEffect[] } {
  if (call === null) return { state: expect(state, reservationId, { phase: 'wanted', call }), effects: [] };
  return { state: expect(state, reservationId, { phase: 'connected', call }), effects: [{ type: 'answer', call, reservationId }] };
}

function expect(state: Matching, reservationId: string, entry: Expected): Matching {
  return { ...state, expected: { ...state.expected, [reservationId]: entry } };
}
