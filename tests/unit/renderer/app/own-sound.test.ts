import { describe, expect, it } from 'vitest';
import { deskOnStage } from './stage.ts';

const headset = { id: 'h1', label: 'Evolve2 65' };
const builtIn = { id: 'b1', label: 'Built-in' };
const desk = { id: 'd1', label: 'Desk speaker' };

function signedIn() {
  const stage = deskOnStage(0);
  stage.desk.start();
  stage.sound.plug({ microphones: [builtIn, headset], speakers: [builtIn, headset, desk] });
  return stage;
}

describe('the sound of this computer', () => {
  it('goes where it was chosen, each kind apart, and is kept for the computer', () => {
    const { desk: own, phone, rings, stores, told } = signedIn();
    own.devices.choose('microphone', 'h1');
    own.devices.choose('speaker', 'h1');
    own.devices.choose('ringer', 'd1');
    expect(phone.devices.at(-1)).toMatchObject({ microphone: 'h1', speaker: 'h1', ringer: 'd1' });
    expect(rings.at(-1)).toBe('d1');
    expect(stores.settings.getState().audio).toMatchObject({ microphone: headset, speaker: headset, ringer: desk });
    expect(told.filter((name) => name === 'settings:write')).toHaveLength(3);
    own.devices.choose('ringer', '');
    expect([rings.at(-1), stores.settings.getState().audio?.ringer]).toEqual(['', null]);
    own.stop();
  });

  it('a loudness is remembered of the device', () => {
    const { desk: own, phone } = signedIn();
    own.devices.choose('speaker', 'h1');
    own.devices.setVolume('speaker', 0.3);
    own.devices.choose('speaker', 'b1');
    expect(phone.devices.at(-1)).toMatchObject({ speaker: 'b1', speakerVolume: 1 });
    own.devices.choose('speaker', 'h1');
    expect(phone.devices.at(-1)).toMatchObject({ speaker: 'h1', speakerVolume: 0.3 });
    own.stop();
  });

  it('moves along when a chosen device is pulled and when it is back, and both are told once for the whole headset', () => {
    const { desk: own, phone, sound, stores } = signedIn();
    own.devices.choose('microphone', 'h1');
    own.devices.choose('speaker', 'h1');
    const notices = () => stores.notices.getState().map((notice) => notice.kind === 'soundDevice' && [notice.name, notice.isBack]);
    sound.plug({ microphones: [builtIn], speakers: [builtIn, desk] });
    expect(phone.devices.at(-1)).toMatchObject({ microphone: '', speaker: '' });
    expect(notices()).toEqual([['Evolve2 65', false]]);
    sound.plug({ microphones: [builtIn, { id: 'h9', label: 'Evolve2 65' }], speakers: [builtIn, { id: 'h9', label: 'Evolve2 65' }] });
    expect(phone.devices.at(-1)).toMatchObject({ microphone: 'h9', speaker: 'h9' });
    expect(notices()).toEqual([
      ['Evolve2 65', false],
      ['Evolve2 65', true],
    ]);
    own.stop();
  });

  it('is looked at again once the microphone is allowed, which gives the devices their names', () => {
    const stage = deskOnStage(0);
    stage.desk.start();
    expect(stage.sound.looks).toBe(1);
    expect(stage.stores.devices.getState().heardBy).toBe('Headset');
    stage.desk.stop();
  });

  it('is tried where it was chosen', async () => {
    const { desk: own, sound } = signedIn();
    own.devices.choose('ringer', 'd1');
    own.devices.setVolume('ringer', 0.5);
    expect(await own.devices.play('ringer')).toBe(true);
    await own.devices.play('speaker');
    expect(sound.played).toEqual(['d1 0.5', 'usual 1']);
    own.stop();
  });
});
