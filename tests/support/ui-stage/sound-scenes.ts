import type { Desk } from '../../../renderer/app/desk.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';
import type { ScriptedPhone } from './scripted-phone.ts';
import type { ScriptedSound } from './scripted-sound.ts';

/** What the agent speaks into, and the check before a shift. */
const scenes = ['devices', 'check', 'check-done'] as const;
type SoundScene = (typeof scenes)[number];
export const isSoundScene = (scene: string): scene is SoundScene => scenes.some((each) => each === scene);

const headset = { id: 'h1', label: 'Jabra Evolve2 65' };
const screen = { id: 's1', label: 'Dell U2723QE' };

/** After the desk has begun. */
export function setSoundScene(scene: SoundScene, bridge: ScriptedBridge, desk: Desk, phone: ScriptedPhone, sound: ScriptedSound): void {
  const { stores } = desk;
  bridge.answers['phone:test'] = () => ({ ok: true, value: { reservationId: 'test-1' } });
  sound.plug({ microphones: [headset, { id: 'b1', label: 'Built-in Audio' }], speakers: [headset, screen] });
  stores.settings.setState({
    audio: { microphone: headset, speaker: headset, ringer: { id: 'gone', label: 'Desk speaker' }, volumes: { [headset.label]: 0.7 } },
  });
  phone.listener?.microphone('ready', headset.label);
  const speak = () => {
    for (const rms of [-68, -66, -40, -24, -22]) sound.hear(rms);
  };
  if (scene === 'devices') {
    stores.view.setState({ open: 'devices' });
    setInterval(speak, 100);
    return;
  }
  // Asked of whoever becomes available for the first time in a shift.
  const { agent } = bridge.snapshotNow;
  if (agent) bridge.push('agent:changed', { ...agent, presence: 'notReady', notReadyReason: null, since: Date.now() - 40_000 });
  desk.check.start();
  setTimeout(() => {
    phone.listener?.carrying(['test-1']);
    for (let round = 0; round < 8; round += 1) speak();
    phone.listener?.measured('test-1', {
      ...{ lostInPercent: 4, lostOutPercent: 2, jitterMs: 11, roundTripMs: 38 },
      ...{ spokenDb: -28, silentForMs: 0, network: 'wifi' },
    });
    stores.check.setState({ startedAt: Date.now() - 6_000, ...(scene === 'check-done' ? { phase: 'done' as const } : {}) });
  }, 150);
}
