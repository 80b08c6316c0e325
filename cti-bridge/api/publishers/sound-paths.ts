import type { SoundPath } from '../../../shared/contracts/sound-path.ts';
import { relayCredentials, type UserSession } from '../../identity/index.ts';
import type { Clock, Disposable } from '../../kernel/index.ts';
import type { DesktopRegistry } from './desktop-registry.ts';

/** A TURN server that shares a secret with us. */
export interface Relay {
  readonly urls: readonly string[];
  readonly secret: string;
  readonly lifeSeconds: number;
  readonly relayOnly: boolean;
}

/**
 * Tells each desktop with a phone how its sound may go: with the snapshot, and anew at every half of a password's life, so that the one
 * in hand always has the other half of it left.
 */
export class SoundPaths {
  readonly #relay: Relay | null;
  readonly #clock: Clock;

  constructor(relay: Relay | null, clock: Clock) {
    this.#relay = relay;
    this.#clock = clock;
  }

  /** Null: straight, or there is no phone in this desktop. */
  of({ sip, user }: UserSession): SoundPath | null {
    if (!this.#relay || !sip || user.agentId === null) return null;
    const { urls, secret, lifeSeconds, relayOnly } = this.#relay;
    const { username, credential, expiresAt } = relayCredentials(secret, user.agentId, this.#clock.now(), lifeSeconds);
    return {
      iceServers: [{ urls: [...urls], username, credential }],
      iceTransportPolicy: relayOnly ? 'relay' : 'all',
      expiresAt,
    };
  }

  /** Until it is disposed. */
  keepRenewed(desktops: DesktopRegistry): Disposable {
    if (!this.#relay) return { dispose: () => {} };
    const everyMs = (this.#relay.lifeSeconds * 1_000) / 2;
    const renew = () => {
      for (const line of desktops.all()) {
        const path = this.of(line.session);
        if (path) line.push('soundPath:renewed', path);
      }
      timer = this.#clock.timer(everyMs, renew);
    };
    let timer = this.#clock.timer(everyMs, renew);
    return { dispose: () => timer.cancel() };
  }
}
