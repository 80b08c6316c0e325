import { type DesktopSettings, type SoundDevice, usualSettings } from '../../shared/contracts/desktop-api.ts';
import type { DeviceDeeds } from '../features/devices/index.ts';
import { type ComputerSound, type DeviceWatch, findDevice, noSoundDevices, type Phone, type Ringer, soundUse } from '../phone/index.ts';
import { type DeviceKind, notify, type Stores } from '../stores/index.ts';

export interface OwnSound extends Omit<DeviceDeeds, 'connectHeadset'> {
  start(): void;
  stop(): void;
}

export interface OwnSoundParts {
  readonly stores: Stores;
  readonly phone: Pick<Phone, 'soundThrough'>;
  readonly ringer: Pick<Ringer, 'use'>;
  readonly sound: ComputerSound;
  changeSettings(change: Pick<DesktopSettings, 'audio'>): void;
}

const kinds = ['microphone', 'speaker', 'ringer'] as const satisfies readonly DeviceKind[];

/**
 * What the agent speaks into and hears from. What is chosen is remembered of the device: pulled, the computer's choice takes its place;
 * plugged in again, it has its place back, in a call as well. Whoever uses it is told, and nobody has to click.
 */
export function ownSound({ stores, phone, ringer, sound, changeSettings }: OwnSoundParts): OwnSound {
  let plugged = noSoundDevices;
  let watch: DeviceWatch | null = null;
  let unfollow: (() => void)[] = [];
  /** Chosen and there, by kinds: what changes of it by itself is told. */
  let there: Partial<Record<DeviceKind, boolean>> = {};

  const chosen = () => stores.settings.getState().audio ?? usualSettings.audio;
  const amongOf = (kind: DeviceKind) => (kind === 'microphone' ? plugged.microphones : plugged.speakers);

  function apply(): void {
    const use = soundUse(plugged, chosen());
    const { microphone, speaker, ringer: rings } = use;
    stores.devices.setState({ ...plugged, used: { microphone, speaker, ringer: rings } });
    phone.soundThrough(use);
    ringer.use(use);
  }

  /** Devices of one headset come and go together: that is told once. */
  function tellChanges(): void {
    const told = new Set<string>();
    const before = there;
    there = {};
    for (const kind of kinds) {
      const device = chosen()[kind];
      if (!device) continue;
      const isThere = findDevice(amongOf(kind), device) !== null;
      there[kind] = isThere;
      if (before[kind] === undefined || before[kind] === isThere || told.has(device.label)) continue;
      told.add(device.label);
      notify(stores, { kind: 'soundDevice', name: device.label, isBack: isThere });
    }
  }

  return {
    start() {
      watch = sound.watch((found) => {
        plugged = found;
        apply();
        tellChanges();
      });
      unfollow = [
        stores.settings.subscribe((now, before) => {
          if (now.audio === before.audio) return;
          there = {};
          apply();
          tellChanges();
        }),
        // Devices get their names with the permission for the microphone.
        stores.connection.subscribe((now, before) => {
          if (now.microphone === 'ready' && before.microphone !== 'ready') watch?.look();
        }),
      ];
    },
    stop() {
      watch?.stop();
      for (const end of unfollow) end();
      unfollow = [];
    },

    choose(kind, id) {
      const device = amongOf(kind).find((each) => each.id === id) ?? null;
      changeSettings({ audio: { ...chosen(), [kind]: device } });
    },
    setVolume(kind, volume) {
      const { label } = deviceOf(kind) ?? { label: '' };
      changeSettings({ audio: { ...chosen(), volumes: { ...chosen().volumes, [label]: volume } } });
    },
    play(kind) {
      const use = soundUse(plugged, chosen());
      return kind === 'ringer' ? sound.play(use.ringer, use.ringerVolume) : sound.play(use.speaker, use.speakerVolume);
    },
    listen: (told) => sound.listen(soundUse(plugged, chosen()).microphone, told),
  };

  function deviceOf(kind: DeviceKind): SoundDevice | null {
    return findDevice(amongOf(kind), chosen()[kind]);
  }
}
