import type { ConnectionState } from './stores.ts';

/** What was typed or sent off and is not stored by the bridge yet. */
export interface Unstored {
  readonly notes: number;
  readonly messages: number;
}

/** One thing an agent depends on. `state` names its words; `since` is when it became so, epoch ms. */
export interface LightPart {
  readonly part: 'bridge' | 'phone' | 'microphone' | 'texts';
  readonly state:
    | 'connected'
    | 'connecting'
    | 'lost'
    | 'none'
    | 'desk'
    | 'registered'
    | 'unknown'
    | 'ready'
    | 'blocked'
    | 'missing'
    | 'stored'
    | 'kept'
    | 'memory';
  /** `ready`: works. `waiting`: not yet, or at a risk. `broken`: something an agent needs does not work. Null: says nothing either way. */
  readonly tone: 'ready' | 'waiting' | 'broken' | null;
  readonly since: number | null;
}

export interface ConnectionLight {
  /** What is most wrong; the bridge, when nothing is. */
  readonly headline: LightPart;
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly parts: readonly LightPart[];
}

/** Round trips above which a bar is missing, ms. */
const barsFor = [80, 200, 500] as const;

/** The connection in words that are true: one line for the corner of the eye, and each part for whoever asks. */
export function connectionLight(connection: ConnectionState, unstored: Unstored, keepsTexts: boolean): ConnectionLight {
  const { bridge, roundTripMs, changedAt } = connection;
  const parts = [
    bridgePart(connection),
    { part: 'phone', state: connection.phone, tone: phoneTones[connection.phone], since: changedAt.phone },
    { part: 'microphone', state: connection.microphone, tone: microphoneTones[connection.microphone], since: changedAt.microphone },
    textsPart(unstored, keepsTexts),
  ] as const satisfies readonly LightPart[];
  const worst = parts.find(({ tone }) => tone === 'broken') ?? (bridge === 'connected' ? undefined : parts[0]);
  const missing = barsFor.filter((limit) => roundTripMs !== null && roundTripMs >= limit).length;
  return { headline: worst ?? parts[0], level: bridge === 'connected' ? ((4 - missing) as 1 | 2 | 3 | 4) : 0, parts };
}

function bridgePart({ bridge, lostSince, changedAt }: ConnectionState): LightPart {
  const tone = bridge === 'connected' ? 'ready' : bridge === 'lost' ? 'broken' : 'waiting';
  return { part: 'bridge', state: bridge, tone, since: lostSince ?? changedAt.bridge };
}

const phoneTones = { none: null, desk: null, connecting: 'waiting', registered: 'ready', lost: 'broken' } as const;
const microphoneTones = { unknown: null, ready: 'ready', blocked: 'broken', missing: 'broken' } as const;

function textsPart({ notes, messages }: Unstored, keepsTexts: boolean): LightPart {
  const isWaiting = notes + messages > 0;
  if (keepsTexts) return { part: 'texts', state: isWaiting ? 'kept' : 'stored', tone: isWaiting ? 'waiting' : 'ready', since: null };
  return { part: 'texts', state: 'memory', tone: isWaiting ? 'broken' : 'waiting', since: null };
}
