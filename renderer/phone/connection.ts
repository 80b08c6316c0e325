import type { SoundPath } from '../../shared/contracts/sound-path.ts';

/** What the browser is told about the way of a call's sound. Null: it finds the bridge by itself. */
export function connectionBy(path: SoundPath | null): RTCConfiguration {
  return {
    iceServers: path?.iceServers ?? [],
    iceTransportPolicy: path?.iceTransportPolicy ?? 'all',
    bundlePolicy: 'max-bundle',
  };
}
