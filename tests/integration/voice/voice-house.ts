import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { VoiceChannel, VoiceChannelOptions } from '../../../cti-bridge/channels/voice/index.ts';
import { createVoiceChannel } from '../../../cti-bridge/channels/voice/index.ts';
import type { AgentLeg, RingRequest, VoiceCall } from '../../../cti-bridge/interactions/index.ts';
import type { CertificatePair } from '../../../cti-bridge/kernel/index.ts';
import { createIdSource, createLog, systemClock } from '../../../cti-bridge/kernel/index.ts';
import type { MediaEngine } from '../../../cti-bridge/media/index.ts';
import { createMediaEngine, tone, writeWav } from '../../../cti-bridge/media/index.ts';
import type { SipListener, SipStack } from '../../../cti-bridge/sip/index.ts';
import { createSipStack } from '../../../cti-bridge/sip/index.ts';
import type { AgentId, InteractionId, ReservationId } from '../../../shared/ids.ts';
import { asId } from '../../../shared/ids.ts';
import type {
  KnownSounds,
  MediaFactory,
  RtpMediaOptions,
  ScriptedCall,
  TrunkPhoneOptions,
  WebSocketPhoneOptions,
} from '../../support/scripted-phone/index.ts';
import { knownSoundsOf, ScriptedPhone, WebRtcMedia } from '../../support/scripted-phone/index.ts';
import { babble } from '../../support/tones.ts';

const domain = 'crosspoint.invalid';
const passwords: Readonly<Record<string, string>> = { '201': 'secret-of-201', '202': 'secret-of-202' };

/** The bridge's telephony without its business: real SIP stack, real media worker, voice channel; flows are written by each test. */
export interface VoiceHouse {
  readonly sip: SipStack;
  readonly media: MediaEngine;
  readonly channel: VoiceChannel;
  readonly known: KnownSounds;
  /** A phone on the trunk. */
  trunkPhone(options?: Partial<TrunkPhoneOptions>): Promise<ScriptedPhone>;
  /** An agent's registered WebRTC phone. */
  agentPhone(extension?: string, openMedia?: MediaFactory): Promise<ScriptedPhone>;
  /** A desk phone, registered over UDP; or at a fixed address in place of a registration. */
  deskPhone(extension?: string, kind?: 'registered' | 'address', sound?: RtpMediaOptions): Promise<ScriptedPhone>;
  /** What a phone needs to register as this extension. */
  agentAccount(extension: string): Pick<WebSocketPhoneOptions, 'url' | 'uri' | 'credentials'>;
  /** The next call that reaches the flow. */
  nextCall(): Promise<VoiceCall>;
  /** Somebody on the trunk whose call is answered. */
  inCall(): Promise<{ readonly line: ScriptedCall; readonly call: VoiceCall }>;
  /** The same, and this phone of an agent is with them; neither has said anything. */
  talking(phone: ScriptedPhone): Promise<{
    readonly line: ScriptedCall;
    readonly call: VoiceCall;
    readonly leg: AgentLeg;
    readonly desk: Awaited<ReturnType<ScriptedPhone['nextCall']>>;
  }>;
  ring(call: VoiceCall, extension?: string): AgentLeg;
  /** Resolves when no dialog and no media session is left; says which ones are if they stay. */
  isEmpty(): Promise<void>;
  /** Ends calls and phones between tests. */
  tidy(): Promise<void>;
  stop(): Promise<void>;
}

interface VoiceHouseOptions {
  readonly rtpTimeoutMs?: number;
  readonly connectLimitMs?: number;
  readonly workers?: number;
  readonly srtp?: NonNullable<VoiceChannelOptions['srtp']>;
  /** Proxies in front, and who calls in through them. */
  readonly edges?: readonly string[];
  readonly trunkSources?: readonly string[];
  /** Beside UDP; TLS with this certificate. */
  readonly listeners?: readonly SipListener[];
  readonly certificate?: CertificatePair;
  /** In what calls over the trunk may talk. */
  readonly codecs?: ReturnType<NonNullable<VoiceChannelOptions['codecs']>['of']>;
  readonly recordingsFolder?: string;
}

/** A house for all tests of a file: tidied after each, which must leave nothing over in it. */
export function inVoiceHouse(options: VoiceHouseOptions, opened: (house: VoiceHouse) => void): void {
  let house: VoiceHouse;
  beforeAll(async () => {
    house = await openVoiceHouse(options);
    opened(house);
  });
  afterEach(async () => {
    await house.tidy();
    await house.isEmpty();
  });
  afterAll(() => house.stop());
}

export async function openVoiceHouse(options: VoiceHouseOptions = {}): Promise<VoiceHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'crosspoint-voice-'));
  mkdirSync(join(folder, 'prompts', 'en'), { recursive: true });
  mkdirSync(join(folder, 'music'));
  writeFileSync(join(folder, 'prompts', 'en', 'welcome.wav'), writeWav(babble(2)));
  writeFileSync(join(folder, 'prompts', 'en', 'goodbye.wav'), writeWav(babble(8).slice(48_000)));
  writeFileSync(join(folder, 'music', 'hold.wav'), writeWav(melody()));

  const { codecs } = options;
  const clock = systemClock;
  const ids = createIdSource(clock);
  const log = createLog(process.env.TEST_LOG ?? 'silent');
  const media = createMediaEngine({
    config: {
      host: '127.0.0.1',
      portRange: [0, 0],
      workers: options.workers ?? 1,
      callsPerWorker: 20,
      rtpTimeoutMs: options.rtpTimeoutMs ?? 30_000,
    },
    clock,
    log,
  });
  const sip = createSipStack({
    config: {
      domain,
      product: 'Crosspoint test',
      listeners: [{ transport: 'UDP', host: '127.0.0.1', port: 0 }, ...(options.listeners ?? [])],
      advertised: null,
      trunks: [{ trunkId: 'local', sources: options.trunkSources ?? ['127.0.0.1'] }],
      edges: options.edges ?? [],
      inviteRateLimit: 1_000,
      // A tenth of the RFC's: a BYE to a phone that vanished is given up after 3.2 s.
      timers: { t1: 50, t2: 400 },
    },
    clock,
    ids,
    log,
    credentials: (username) => (passwords[username] === undefined ? null : { password: passwords[username] }),
    certificate: options.certificate ? { current: options.certificate, onReplaced: () => ({ dispose() {} }) } : null,
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => sip.acceptUpgrade(request, socket, head));
  await Promise.all([media.start(), sip.start(), new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))]);
  const { port } = server.address() as AddressInfo;

  const channel = createVoiceChannel({
    sip,
    media,
    clock,
    log,
    ids,
    prompts: { fileOf: (name, locale) => join(folder, 'prompts', locale, `${name}.wav`) },
    musicFile: join(folder, 'music', 'hold.wav'),
    ...(options.connectLimitMs === undefined ? {} : { connectLimitMs: options.connectLimitMs }),
    ...(options.srtp ? { srtp: options.srtp } : {}),
    ...(codecs ? { codecs: { of: () => codecs, refused: () => {} } } : {}),
    ...(options.recordingsFolder === undefined ? {} : { recordingsFolder: options.recordingsFolder }),
    answersItself: (extension) => extension === '202',
  });
  const known = knownSoundsOf(folder);
  const phones: ScriptedPhone[] = [];
  const addresses = new Set<string>();
  const calls: VoiceCall[] = [];
  const waiting: ((call: VoiceCall) => void)[] = [];
  const live = new Set<VoiceCall>();
  channel.onCall((call) => {
    live.add(call);
    void call.ended.then(() => live.delete(call));
    const taker = waiting.shift();
    if (taker) taker(call);
    else calls.push(call);
  });
  let reservations = 0;
  const agentAccount = (extension: string) => ({
    url: `ws://127.0.0.1:${port}/sip`,
    uri: `sip:${extension}@${domain}`,
    credentials: { username: extension, password: passwords[extension] ?? '' },
  });

  const trunkPhone: VoiceHouse['trunkPhone'] = async (phoneOptions = {}) => {
    const phone = await ScriptedPhone.onTrunk({ sip: sip.udpAddress, known, ...phoneOptions });
    phones.push(phone);
    return phone;
  };
  const nextCall = () =>
    new Promise<VoiceCall>((resolve, reject) => {
      const call = calls.shift();
      if (call) return resolve(call);
      const limit = setTimeout(() => reject(new Error('no call reached the flow within 3 s')), 3_000);
      waiting.push((next) => {
        clearTimeout(limit);
        resolve(next);
      });
    });

  const ring: VoiceHouse['ring'] = (call, extension = '201') => {
    const request: RingRequest = {
      agentId: asId<AgentId>(`agent-${extension}`),
      extension,
      reservationId: asId<ReservationId>(`reservation-${++reservations}`),
      interactionId: asId<InteractionId>('interaction-1'),
      callerDisplay: 'Margaret Okafor',
      callerNumber: call.caller.number ?? 'anonymous',
    };
    return channel.phones.ring(request, call);
  };
  const inCall: VoiceHouse['inCall'] = async () => {
    const phone = await trunkPhone();
    const line = await phone.call({ to: '1000', from: '+447700900142' });
    const call = await nextCall();
    expect(await call.answer()).toBe(true);
    await line.answered();
    return { line, call };
  };

  return {
    sip,
    media,
    channel,
    known,
    trunkPhone,
    nextCall,
    inCall,
    async talking(phone) {
      const { line, call } = await inCall();
      const leg = ring(call);
      const desk = await phone.nextCall();
      desk.ring();
      await desk.answer();
      expect(await leg.outcome).toMatchObject({ kind: 'answered' });
      call.join(leg);
      return { line, call, leg, desk };
    },
    async agentPhone(extension = '201', openMedia = WebRtcMedia.open) {
      const phone = await ScriptedPhone.onWebSocket({ ...agentAccount(extension), origin: `http://127.0.0.1:${port}`, known, openMedia });
      phones.push(phone);
      return phone;
    },
    async deskPhone(extension = '201', kind = 'registered', sound = {}) {
      const password = kind === 'address' ? undefined : passwords[extension];
      const desk = await ScriptedPhone.onDesk({
        sip: sip.udpAddress,
        extension,
        known,
        ...sound,
        ...(password === undefined ? {} : { password }),
      });
      phones.push(desk);
      if (kind === 'address') {
        const answered = new Promise<void>((resolve) => {
          const watch = sip.onRegistration((one, isThere) => {
            if (one !== extension || !isThere) return;
            void watch.dispose();
            resolve();
          });
        });
        sip.setAddress(extension, `sip:${extension}@${desk.sentBy}`);
        addresses.add(extension);
        await answered;
      }
      return desk;
    },
    agentAccount,
    ring,
    async isEmpty() {
      const until = performance.now() + 5_000;
      for (;;) {
        const sessions = (await media.stats()).reduce((sum, worker) => sum + worker.sessions, 0);
        const { dialogsLive } = sip.counters();
        if (sessions === 0 && dialogsLive === 0 && channel.counters().callsActive === 0) return;
        if (performance.now() > until)
          throw new Error(`left over: ${sessions} media sessions, ${dialogsLive} dialogs, ${channel.counters().callsActive} calls`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async tidy() {
      for (const call of live) call.hangUp('completedInIvr', 'system', 'unknown');
      for (const extension of addresses) sip.setAddress(extension, null);
      addresses.clear();
      await Promise.all(phones.splice(0).map((phone) => phone.close()));
      calls.length = 0;
    },
    async stop() {
      await channel.stop();
      await sip.stop();
      await media.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

/** Something to hold on to: three tones in turn, unlike any prompt. */
function melody(): Int16Array {
  const notes = [520, 660, 780, 660].map((frequency) => {
    const low = tone(frequency, 400, 4_000);
    const high = tone(frequency * 1.503, 400, 2_500);
    return low.map((sample, i) => sample + (high[i] ?? 0));
  });
  const samples = new Int16Array(notes.reduce((sum, note) => sum + note.length, 0));
  let at = 0;
  for (const note of notes) {
    samples.set(note, at);
    at += note.length;
  }
  return samples;
}
