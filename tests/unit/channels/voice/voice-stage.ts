import { createVoiceChannel } from '../../../../cti-bridge/channels/voice/index.ts';
import type { RingRequest, VoiceCall } from '../../../../cti-bridge/interactions/index.ts';
import { countingIds, silentLog, VirtualClock } from '../../../../cti-bridge/kernel/index.ts';
import type { AgentId, InteractionId, ReservationId } from '../../../../shared/ids.ts';
import { asId } from '../../../../shared/ids.ts';
import type { FakeMediaSession } from '../../../support/fake-media.ts';
import { FakeMediaEngine } from '../../../support/fake-media.ts';
import type { FakeOutgoingLeg } from '../../../support/fake-sip.ts';
import { FakeIncomingLeg, FakeSipStack } from '../../../support/fake-sip.ts';

export const ringRequest: RingRequest = {
  agentId: asId<AgentId>('agent-1'),
  extension: '201',
  reservationId: asId<ReservationId>('reservation-1'),
  interactionId: asId<InteractionId>('interaction-1'),
  callerDisplay: 'Margaret Okafor',
  callerNumber: '+447700900142',
};

/** The voice channel between a fake stack and a fake engine, on a virtual clock. */
export function voiceStage() {
  const clock = new VirtualClock();
  const sip = new FakeSipStack();
  const media = new FakeMediaEngine();
  const calls: VoiceCall[] = [];
  const channel = createVoiceChannel({
    sip,
    media,
    clock,
    log: silentLog,
    ids: countingIds('call'),
    prompts: { fileOf: (name, locale) => (/^[\w-]+$/.test(name) ? `/prompts/${locale}/${name}.wav` : null) },
    musicFile: '/music.wav',
    recordingsFolder: '/recordings',
  });
  channel.onCall((call) => calls.push(call));
  sip.register('201');

  const stage = {
    clock,
    sip,
    media,
    channel,
    calls,
    receive(leg = new FakeIncomingLeg()) {
      sip.receive(leg);
      const call = calls.at(-1);
      const session = media.sessions.at(-1);
      if (!call || !session) throw new Error('no call came through');
      return { leg, call, session };
    },
    async answered(leg = new FakeIncomingLeg()) {
      const parts = stage.receive(leg);
      await parts.call.answer();
      await settled();
      return parts;
    },
    /** A call with an agent's phone ringing. */
    async ringing() {
      const parts = await stage.answered();
      const agentLeg = channel.phones.ring(ringRequest, parts.call);
      return { ...parts, agentLeg, phone: lastPhone(sip) };
    },
    /** A call with an agent who answered, not joined yet. */
    async connected() {
      const parts = await stage.ringing();
      parts.phone.progress(180);
      parts.phone.answer();
      await settled();
      parts.session.tell('connected', { legId: agentMediaLeg(parts.session) });
      await parts.agentLeg.outcome;
      return parts;
    },
  };
  return stage;
}

export function lastPhone(sip: FakeSipStack): FakeOutgoingLeg {
  const phone = sip.invited.at(-1);
  if (!phone) throw new Error('no INVITE was sent');
  return phone;
}

/** Id of the WebRTC leg: the second leg of a session, after the caller's. */
export const agentMediaLeg = (_session: FakeMediaSession): string => 'webrtc-2';

export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

export async function stateOf<Value>(promise: Promise<Value>): Promise<Value | 'pending'> {
  return Promise.race([promise, settled().then(() => 'pending' as const)]);
}
