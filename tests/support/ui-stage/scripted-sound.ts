import { type ComputerSound, noSoundDevices, type SoundDevices } from '../../../renderer/phone/index.ts';

/** A computer without sound: what is plugged in is told by the test, and what was played is remembered. */
export interface ScriptedSound extends ComputerSound {
  plug(found: Partial<SoundDevices>): void;
  readonly played: string[];
  /** What the microphone hears, for whoever listens just now. */
  hear(rms: number, peak?: number): void;
  /** How often was asked what is plugged in. */
  looks: number;
  microphone: 'there' | 'missing';
}

export function scriptedSound(): ScriptedSound {
  let told: (found: SoundDevices) => void = () => undefined;
  let plugged: SoundDevices = noSoundDevices;
  const listeners = new Set<(loudness: { rms: number; peak: number }) => void>();
  const sound: ScriptedSound = {
    played: [],
    looks: 0,
    microphone: 'there',
    plug(found) {
      plugged = { ...plugged, ...found };
      told(plugged);
    },
    hear(rms, peak = rms + 12) {
      for (const listener of listeners) listener({ rms, peak });
    },
    watch(then) {
      told = then;
      return {
        look() {
          sound.looks += 1;
        },
        stop() {
          told = () => undefined;
        },
      };
    },
    listen: async (_microphone, then) => {
      if (sound.microphone === 'missing') return null;
      listeners.add(then);
      return () => listeners.delete(then);
    },
    play: async (speaker, volume) => {
      sound.played.push(`${speaker || 'usual'} ${volume}`);
      return true;
    },
  };
  return sound;
}
