import { type DeviceWatch, type SoundDevices, watchDevices } from './sound-devices.ts';
import { type Loudness, measureLoudness } from './sound-meter.ts';
import { playOn } from './speaker.ts';

/** What the computer has for sound, outside of calls. */
export interface ComputerSound {
  /** What is plugged in, now and whenever that changes. */
  watch(told: (found: SoundDevices) => void): DeviceWatch;
  /** How loud it is at a microphone, `''` the computer's own choice, until the returned function is called. Null: it cannot be opened. */
  listen(microphone: string, told: (loudness: Loudness) => void): Promise<(() => void) | null>;
  /** Three short notes. Resolves when they have been played; false where the computer plays nothing. */
  play(speaker: string, volume: number): Promise<boolean>;
}

const notes = [523, 659, 784] as const;
const noteSeconds = 0.16;

export function computerSound(devices: MediaDevices | undefined): ComputerSound {
  return {
    watch: (told) => watchDevices(devices, told),
    async listen(microphone, told) {
      // As a call hears it: what the browser takes out of the noise is not there for the customer either.
      const wish = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
      const audio = microphone === '' ? wish : { ...wish, deviceId: { exact: microphone } };
      const stream = await devices?.getUserMedia({ audio, video: false }).catch(() => null);
      if (!stream) return null;
      const end = measureLoudness(stream, told);
      return () => {
        end();
        for (const track of stream.getTracks()) track.stop();
      };
    },
    play(speaker, volume) {
      return new Promise((resolve) => {
        let context: AudioContext;
        try {
          context = new AudioContext();
        } catch {
          resolve(false);
          return;
        }
        playOn(context, speaker);
        const start = context.currentTime + 0.05;
        for (const [index, frequency] of notes.entries()) {
          const at = start + index * noteSeconds;
          const loudness = context.createGain();
          loudness.connect(context.destination);
          loudness.gain.setValueAtTime(0, at);
          loudness.gain.linearRampToValueAtTime(0.2 * volume, at + 0.02);
          loudness.gain.exponentialRampToValueAtTime(0.001, at + noteSeconds);
          const tone = context.createOscillator();
          tone.frequency.value = frequency;
          tone.connect(loudness);
          tone.start(at);
          tone.stop(at + noteSeconds);
        }
        // A page nobody has touched may make no sound: its clock then stands still.
        setTimeout(
          () => {
            resolve(context.state === 'running');
            void context.close();
          },
          (notes.length * noteSeconds + 0.3) * 1_000,
        );
      });
    },
  };
}
