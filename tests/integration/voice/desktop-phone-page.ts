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

Object.assign(window, {
  desktopPhone: {
    events,
    spoken,
    states: () => connections.map(({ connectionState }) => connectionState),
    heard: () => connections.at(-1)?.getReceivers()[0]?.getSynchronizationSources().length ?? 0,
    start: (account: PhoneAccount) =>
      phone.start(account, {
        registration: (state) => events.push(state),
        microphone: (state) => events.push(`microphone ${state}`),
        carrying: (reservationIds) => events.push(`carrying ${reservationIds.join(' ') || 'nothing'}`),
        muted: (isMuted) => events.push(isMuted ? 'closed' : 'open'),
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
    stop: phone.stop,
  },
});
