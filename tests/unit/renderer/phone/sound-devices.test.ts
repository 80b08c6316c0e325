import { describe, expect, it } from 'vitest';
import { findDevice, readDevices, soundUse } from '../../../../renderer/phone/index.ts';
import { type AudioSettings, usualSettings } from '../../../../shared/contracts/desktop-api.ts';

const listed = (kind: MediaDeviceKind, deviceId: string, label: string, groupId = label) => ({ kind, deviceId, label, groupId });
const headset = { id: 'h1', label: 'Evolve2 65' };
const plugged = readDevices([
  listed('audioinput', 'default', 'Default - Evolve2 65', 'g1'),
  listed('audioinput', 'communications', 'Communications - Evolve2 65', 'g1'),
  listed('audioinput', 'h1', 'Evolve2 65', 'g1'),
  listed('audioinput', 'b1', 'Built-in', 'g2'),
  listed('audiooutput', 'default', 'Default - Built-in', 'g2'),
  listed('audiooutput', 'h2', 'Evolve2 65', 'g1'),
  listed('audiooutput', 'b2', 'Built-in', 'g2'),
  listed('videoinput', 'c1', 'Camera', 'g3'),
]);
const chosen = (change: Partial<AudioSettings>): AudioSettings => ({ ...usualSettings.audio, ...change });

describe('the sound devices of a computer', () => {
  it('are those that can be told apart: the computer’s own choices stand for one of them', () => {
    expect(plugged.microphones).toEqual([headset, { id: 'b1', label: 'Built-in' }]);
    expect(plugged.speakers.map(({ id }) => id)).toEqual(['h2', 'b2']);
  });

  it('have no names before the microphone is allowed, and are none then', () => {
    expect(readDevices([listed('audioinput', '', '', ''), listed('audiooutput', '', '', '')])).toMatchObject({
      microphones: [],
      speakers: [],
    });
  });

  it('tell when the computer’s own choice is another', () => {
    const other = readDevices([listed('audioinput', 'default', 'Default - Built-in', 'g2'), listed('audioinput', 'b1', 'Built-in', 'g2')]);
    expect(other.usualMicrophone).not.toBe(plugged.usualMicrophone);
  });

  it('are found by their id, in another socket by their name, and not at all when they are gone', () => {
    expect(findDevice(plugged.microphones, headset)).toEqual(headset);
    expect(findDevice(plugged.microphones, { id: 'before', label: 'Evolve2 65' })).toEqual(headset);
    expect(findDevice(plugged.microphones, { id: 'gone', label: 'Other' })).toBeNull();
    expect(findDevice([{ id: 'x', label: '' }], { id: 'gone', label: '' })).toBeNull();
    expect(findDevice(plugged.microphones, null)).toBeNull();
  });

  it('are used as they were chosen, each with its loudness, and otherwise as the computer chooses', () => {
    const settings = chosen({
      microphone: headset,
      speaker: { id: 'h2', label: 'Evolve2 65' },
      ringer: { id: 'gone', label: 'Desk speaker' },
      volumes: { 'Evolve2 65': 0.4, '': 0.7 },
    });
    expect(soundUse(plugged, settings)).toMatchObject({
      ...{ microphone: 'h1', speaker: 'h2', speakerVolume: 0.4 },
      ...{ ringer: '', ringerVolume: 0.7 },
    });
    expect(soundUse(plugged, usualSettings.audio)).toMatchObject({ microphone: '', speaker: '', ringer: '', speakerVolume: 1 });
  });
});
