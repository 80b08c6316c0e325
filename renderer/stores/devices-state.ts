import type { SoundDevice } from '../../shared/contracts/desktop-api.ts';

/** What this computer has for sound; what was chosen of it is among the settings. */
export interface DevicesState {
  readonly microphones: readonly SoundDevice[];
  readonly speakers: readonly SoundDevice[];
  /** What was chosen and is there, by its id; `''` where the computer chooses. */
  readonly used: { readonly microphone: string; readonly speaker: string; readonly ringer: string };
  /** What hears the agent now, by its name; null while nothing does, or it has none. */
  readonly heardBy: string | null;
  /** Whose buttons and lamps are one with the call bar's; null: nobody's. */
  readonly headset: string | null;
}

export type DeviceKind = keyof DevicesState['used'];

export const noDevices: DevicesState = {
  microphones: [],
  speakers: [],
  used: { microphone: '', speaker: '', ringer: '' },
  heardBy: null,
  headset: null,
};
