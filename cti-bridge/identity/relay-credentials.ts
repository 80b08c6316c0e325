import { createHmac } from 'node:crypto';
import type { AgentId } from '../../shared/ids.ts';

/** What opens a TURN server for one agent, for a while. */
export interface RelayCredentials {
  readonly username: string;
  readonly credential: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/**
 * A password the relay can judge by itself, without asking us: it shares the secret and reads the end of its life in the name
 * (draft-uberti-behave-turn-rest-00 §2.2: username `timestamp:user`, password base64 of HMAC-SHA1).
 */
export function relayCredentials(secret: string, agentId: AgentId, now: number, lifeSeconds: number): RelayCredentials {
  const expires = Math.floor(now / 1_000) + lifeSeconds;
  const username = `${expires}:${agentId}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64'), expiresAt: expires * 1_000 };
}
