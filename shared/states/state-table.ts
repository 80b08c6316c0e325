/** A state machine as data: for every state, where each event leads. An event that is not in a state's row is illegal there. */
export type StateTable<State extends string, Event extends string> = { readonly [S in State]: { readonly [E in Event]?: State } };

/** The state after `event`, or null when the table does not allow it: the caller then changes nothing. */
export function next<State extends string, Event extends string>(
  table: StateTable<State, Event>,
  state: State,
  event: Event,
): State | null {
  const row: { readonly [E in Event]?: State } = table[state];
  return Object.hasOwn(row, event) ? (row[event] ?? null) : null;
}
