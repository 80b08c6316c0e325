import type { AudioSettings, SoundDevice } from '../../shared/contracts/desktop-api.ts';

/** What is plugged in, by kinds. */
export interface SoundDevices {
  readonly microphones: readonly SoundDevice[];
  readonly speakers: readonly SoundDevice[];
  /** The device behind the computer's own choice, by what stays the same of it: another one, and whoever uses the choice moves along. */
  readonly usualMicrophone: string;
}

/** What each kind of sound goes through now: `''` is what the computer chooses by itself. */
export interface SoundUse {
  readonly microphone: string;
  readonly usualMicrophone: string;
  readonly speaker: string;
  readonly speakerVolume: number;
  readonly ringer: string;
  readonly ringerVolume: number;
}

type Listed = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'groupId' | 'label'>;

/** Names of the computer's own choices, which stand for a device that is in the list as well. */
const aliases: ReadonlySet<string> = new Set(['default', 'communications']);

export const noSoundDevices: SoundDevices = { microphones: [], speakers: [], usualMicrophone: '' };
export const usualUse: SoundUse = { microphone: '', usualMicrophone: '', speaker: '', speakerVolume: 1, ringer: '', ringerVolume: 1 };

/** Of what a browser lists; before somebody has allowed the microphone, it names nothing. */
export function readDevices(listed: readonly Listed[]): SoundDevices {
  const of = (kind: MediaDeviceKind) =>
    listed
      .filter((each) => each.kind === kind && each.deviceId !== '' && !aliases.has(each.deviceId))
      .map(({ deviceId, label }) => ({ id: deviceId, label: label.slice(0, 200) }));
  const microphones = listed.filter(({ kind }) => kind === 'audioinput');
  // Without an alias the first one is the computer's choice.
  const usual = microphones.find(({ deviceId }) => deviceId === 'default') ?? microphones[0];
  return { microphones: of('audioinput'), speakers: of('audiooutput'), usualMicrophone: usual ? `${usual.groupId} ${usual.label}` : '' };
}

/** A chosen device among those that are plugged in; in another socket it may have another id, and has the same name. */
export function findDevice(among: readonly SoundDevice[], chosen: SoundDevice | null): SoundDevice | null {
  if (!chosen) return null;
  return among.find(({ id }) => id === chosen.id) ?? among.find(({ label }) => label !== '' && label === chosen.label) ?? null;
}

/** What was chosen, as far as it is there; otherwise what the computer chooses. */
export function soundUse({ microphones, speakers, usualMicrophone }: SoundDevices, chosen: AudioSettings): SoundUse {
  const speaker = findDevice(speakers, chosen.speaker);
  const ringer = findDevice(speakers, chosen.ringer);
  const volumeOf = (device: SoundDevice | null) => chosen.volumes[device?.label ?? ''] ?? 1;
  return {
    microphone: findDevice(microphones, chosen.microphone)?.id ?? '',
    usualMicrophone,
    speaker: speaker?.id ?? '',
    speakerVolume: volumeOf(speaker),
    ringer: ringer?.id ?? '',
    ringerVolume: volumeOf(ringer),
  };
}

export interface DeviceWatch {
  /** Looks again: with the microphone's permission devices get their names. */
  look(): void;
  stop(): void;
}

/** Tells what is plugged in, now and whenever that changes. */
export function watchDevices(devices: MediaDevices | undefined, told: (found: SoundDevices) => void): DeviceWatch {
  let asked = 0;
  const look = () => {
    asked += 1;
    const mine = asked;
    // A browser that will not say leaves the choice to the computer.
    devices?.enumerateDevices().then(
      (listed) => mine === asked && told(readDevices(listed)),
      () => undefined,
    );
  };
  devices?.addEventListener('devicechange', look);
  look();
  return {
    look,
    stop() {
      asked += 1;
      devices?.removeEventListener('devicechange', look);
    },
  };
}
