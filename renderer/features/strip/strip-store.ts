import type { OutsideState, OutsideWish } from '../../../shared/contracts/outside.ts';
import type { Ring, StripApi } from '../../../shared/contracts/strip-api.ts';
import type { Ringer } from '../../phone/index.ts';

export interface StripStore {
  start(): Promise<void>;
  read(): OutsideState | null;
  follow(changed: () => void): () => void;
  wish(wish: OutsideWish): void;
  openMenu(): void;
}

/** What the program tells the strip. What is told while the first answer is on its way is newer than it. */
export function stripStore(program: StripApi, ringer: Ringer): StripStore {
  const followers = new Set<() => void>();
  let state: OutsideState | null = null;
  let isRinging = false;
  const told = { state: false, ring: false };

  const show = (next: OutsideState | null) => {
    state = next;
    for (const changed of followers) changed();
  };
  const ring = ({ isRinging: rings, deviceId, volume }: Ring) => {
    ringer.use({ ringer: deviceId, ringerVolume: volume });
    if (rings === isRinging) return;
    isRinging = rings;
    if (rings) ringer.start();
    else ringer.stop();
  };

  return {
    async start() {
      program.on('strip:changed', (changed) => {
        told.state = true;
        show(changed.state);
      });
      program.on('ring:changed', (changed) => {
        told.ring = true;
        ring(changed);
      });
      const now = await program.call('strip:read', {});
      if (!told.state) show(now.state);
      if (!told.ring) ring(now.ring);
    },
    read: () => state,
    follow(changed) {
      followers.add(changed);
      return () => void followers.delete(changed);
    },
    wish: (wish) => void program.call('strip:wish', { wish }),
    openMenu: () => void program.call('strip:menu', {}),
  };
}
