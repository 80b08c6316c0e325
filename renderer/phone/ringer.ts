import type { SoundUse } from './sound-devices.ts';
import { hearOn, playOn } from './speaker.ts';

/** The sound of an offer. Starts on the offer and stops with it, at once. */
export interface Ringer {
  start(): void;
  stop(): void;
  /** Where it rings from now on, also when it rings just now. */
  use(devices: RingsOn): void;
}

export type RingsOn = Pick<SoundUse, 'ringer' | 'ringerVolume'>;

// Found at build time when the file exists; the built-in ring is synthesised otherwise.
const recorded: Readonly<Record<string, string>> = import.meta.glob('../../assets/sounds/ring.wav', {
  eager: true,
  query: '?url',
  import: 'default',
});

export function createRinger(): Ringer {
  const url = Object.values(recorded)[0];
  return url === undefined ? synthesisedRinger() : recordedRinger(url);
}

function recordedRinger(url: string): Ringer {
  const audio = new Audio(url);
  audio.loop = true;
  audio.preload = 'auto';
  return {
    start() {
      audio.currentTime = 0;
      // A page nobody has touched yet may not make a sound; the offer is still seen, and in Electron this is allowed.
      audio.play().catch(() => undefined);
    },
    stop: () => audio.pause(),
    use: ({ ringer, ringerVolume }) => hearOn(audio, ringer, ringerVolume),
  };
}

/** Two soft tones, one second in four. */
function synthesisedRinger(): Ringer {
  let context: AudioContext | null = null;
  let again: ReturnType<typeof setInterval> | undefined;
  let rings: RingsOn = { ringer: '', ringerVolume: 1 };

  const burst = () => {
    if (!context) return;
    const volume = context.createGain();
    volume.connect(context.destination);
    const now = context.currentTime;
    const loud = 0.12 * rings.ringerVolume;
    for (const [at, level] of [
      [0, 0],
      [0.02, loud],
      [0.45, loud],
      [0.5, 0],
      [0.6, 0],
      [0.62, loud],
      [1.05, loud],
      [1.1, 0],
    ] as const) {
      volume.gain.linearRampToValueAtTime(level, now + at);
    }
    for (const frequency of [440, 554]) {
      const tone = context.createOscillator();
      tone.frequency.value = frequency;
      tone.connect(volume);
      tone.start(now);
      tone.stop(now + 1.2);
    }
  };

  return {
    start() {
      if (context) return;
      context = new AudioContext();
      playOn(context, rings.ringer);
      burst();
      again = setInterval(burst, 4_000);
    },
    stop() {
      clearInterval(again);
      void context?.close();
      context = null;
    },
    use(devices) {
      rings = devices;
      if (context) playOn(context, rings.ringer);
    },
  };
}
