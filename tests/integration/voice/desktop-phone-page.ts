import type { Phone, PhoneAccount } from '../../../renderer/phone/phone.ts';
import { sipPhone } from '../../../renderer/phone/sip-phone.ts';

/** Runs in Chromium: the desktop's own phone without the desktop. The test steers it through `window.desktopPhone`. */

const events: string[] = [];
const connections: RTCPeerConnection[] = [];
const Native = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Native {
  constructor(...parameters: ConstructorParameters<typeof Native>) {
    super(...parameters);
    connections.push(this);
  }
};

const phone: Phone = sipPhone();

/** What left the latest connection: packets, and the energy of the sound in them. */
async function spoken(): Promise<{ readonly packets: number; readonly energy: number }> {
  let packets = 0;
  let energy = 0;
  for (const report of (await connections.at(-1)?.getStats())?.values() ?? []) {
    if (report.type === 'outbound-rtp') packets = report.packetsSent;
    if (report.type === 'media-source') energy = report.totalAudioEnergy;
  }
  return { packets, energy };
}

/**
 * Microphones that each say a tone of their own, named after it, in place of the browser's: those are one and the same to it. `pull` takes
 * one away as a cable does.
 */
function plugTones(...frequencies: number[]): { pull(frequency: number): void } {
  const context = new AudioContext();
  const plugged = new Set(frequencies);
  const open = new Map<number, MediaStreamTrack[]>();
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const asked = ((wish?.audio as MediaTrackConstraints | undefined)?.deviceId as { exact?: string } | undefined)?.exact;
    const frequency = asked === undefined ? [...plugged][0] : Number(asked);
    if (frequency === undefined || !plugged.has(frequency))
      throw new DOMException('none', asked ? 'OverconstrainedError' : 'NotFoundError');
    await context.resume();
    const out = context.createMediaStreamDestination();
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(out);
    tone.start();
    for (const track of out.stream.getTracks()) {
      Object.defineProperty(track, 'label', { value: `tone ${frequency}` });
      open.set(frequency, [...(open.get(frequency) ?? []), track]);
    }
    return out.stream;
  };
  return {
    pull(frequency) {
      plugged.delete(frequency);
      for (const track of open.get(frequency) ?? []) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    },
  };
}

Object.assign(window, {
  desktopPhone: {
    events,
    spoken,
    states: () => connections.map(({ connectionState }) => connectionState),
    heard: () => connections.at(-1)?.getReceivers()[0]?.getSynchronizationSources().length ?? 0,
    start: (account: PhoneAccount) =>
      phone.start(account, {
        registration: (state) => events.push(state),
        microphone: (state, name) => events.push(name === null || !name.startsWith('tone') ? `microphone ${state}` : `speaks into ${name}`),
        carrying: (reservationIds) => events.push(`carrying ${reservationIds.join(' ') || 'nothing'}`),
        muted: (isMuted) => events.push(isMuted ? 'closed' : 'open'),
        measured: () => undefined,
        answerFailed: (reservationId) => events.push(`failed ${reservationId}`),
        firstSound: (reservationId) => events.push(`hears ${reservationId}`),
      }),
    offered: phone.offered,
    offerEnded: phone.offerEnded,
    answer: phone.answer,
    rejoin: phone.rejoin,
    listenIn: phone.listenIn,
    speakIn: phone.speakIn,
    setMuted: phone.setMuted,
    soundThrough: phone.soundThrough,
    wake: phone.wake,
    reconnect: phone.reconnect,
    plugTones,
    stop: phone.stop,
  },
});
