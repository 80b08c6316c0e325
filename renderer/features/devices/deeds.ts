import type { Loudness } from '../../phone/index.ts';
import type { DeviceKind } from '../../stores/index.ts';

/** What can be done with the sound of this computer. */
export interface DeviceDeeds {
  /** By the id it has now; `''`: what the computer chooses. */
  choose(kind: DeviceKind, id: string): void;
  /** 0 to 1, remembered of the device. */
  setVolume(kind: 'speaker' | 'ringer', volume: number): void;
  /** Resolves when a short tune has been played; false where nothing plays. */
  play(kind: 'speaker' | 'ringer'): Promise<boolean>;
  /** How loud it is at the microphone, until the returned function is called; null: there is none to listen to. */
  listen(told: (loudness: Loudness) => void): Promise<(() => void) | null>;
  /** Asks whose buttons answer, end and mute; false where none was chosen. After a click only. */
  connectHeadset(): Promise<boolean>;
}
