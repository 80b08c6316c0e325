/**
 * Far ends of many calls in one process, for the bench: plain RTP and WebRTC peers that send 50 packets a second each and judge what comes
 * back. Every packet carries one byte all through, a code that counts up; the peer at the other end of the bridge knows by it which packets
 * were lost on their way and how long each took. As telephones and browsers do, they agree on events for keys, so that nobody has to listen for
 * keys in the sound. Started by `sound-load.ts`, spoken to by messages.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type RTCDtlsTransport, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import { OutboundStream, parseRtp, type RtpPacket, readAnswer, startPacer, writeRtp } from '../../../cti-bridge/media/index.ts';
import { installPathSockets } from '../../../cti-bridge/media/webrtc/path-socket.ts';
import { SecuredPath } from '../../../cti-bridge/media/webrtc/secured-path.ts';

export type PeerOrder =
  | { readonly order: 'offerRtp'; readonly requestId: number; readonly peer: number }
  | { readonly order: 'acceptAnswer'; readonly requestId: number; readonly peer: number; readonly sdp: string }
  | { readonly order: 'answerWebRtc'; readonly requestId: number; readonly peer: number; readonly sdp: string }
  /** These two are one call: what one says the other hears. */
  | { readonly order: 'pair'; readonly requestId: number; readonly peer: number; readonly other: number }
  /** Counts from now on; the answer to `judge` tells what was counted. */
  | { readonly order: 'measure' | 'judge' | 'close'; readonly requestId: number };

export interface Judgement {
  /** Packets that should have been heard at the other end by now, and those of which nothing was. */
  readonly sent: number;
  readonly lost: number;
  /** From sending to hearing, sorted, in ms. */
  readonly delays: readonly number[];
  /** How late the peers themselves were with sending, at the 99th percentile, in ms: a busy machine is not the bridge's doing. */
  readonly ownLatenessMs: number;
  readonly processorMs: number;
}

/** Codes come round after two seconds; 0x80 and on are positive in mu-law, which keeps all of them through decoding and encoding. */
const codes = 100;
const firstCode = 0x80;
/** A packet is given up when nothing of it was heard by then. */
const patienceMs = 1_000;

interface Voice {
  send(packet: RtpPacket): void;
  close(): Promise<void>;
}

class Peer {
  voice: Voice | null = null;
  other: Peer | null = null;
  readonly phaseMs: number;
  readonly #stream = new OutboundStream();
  /** When each code was sent last, 0 when it was heard since. */
  readonly #sentAt = new Float64Array(codes);
  #next = 0;

  constructor(phaseMs: number) {
    this.phaseMs = phaseMs;
  }

  speak(now: number): void {
    const code = this.#next;
    this.#next = (code + 1) % codes;
    if (isMeasuring) this.#judgeUnheard(now);
    this.#sentAt[code] = now;
    this.voice?.send(this.#stream.audio(0, payloads[code] ?? Buffer.alloc(160)));
    this.#stream.advance();
  }

  hear(payload: Uint8Array): void {
    const now = performance.now();
    for (const byte of [payload[0], payload[payload.length - 1]]) {
      const code = (byte ?? 0) - firstCode;
      const sentAt = this.other?.takeSent(code) ?? 0;
      if (sentAt > 0 && isMeasuring && sentAt >= measuringSince) {
        sent++;
        delays.push(now - sentAt);
      }
    }
  }

  takeSent(code: number): number {
    const at = this.#sentAt[code] ?? 0;
    this.#sentAt[code] = 0;
    return at;
  }

  #judgeUnheard(now: number): void {
    // The one that is half a round away: long overdue if it is still there.
    const code = (this.#next + codes / 2 - 1) % codes;
    const at = this.#sentAt[code] ?? 0;
    if (at === 0 || now - at < patienceMs - 20) return;
    this.#sentAt[code] = 0;
    if (at < measuringSince) return;
    sent++;
    lost++;
  }
}

const payloads = Array.from({ length: codes }, (_, code) => Buffer.alloc(160, firstCode + code));
const peers = new Map<number, Peer>();
let isMeasuring = false;
let measuringSince = 0;
let sent = 0;
let lost = 0;
let delays: number[] = [];
let lateness: number[] = [];
let processorAt = process.cpuUsage();

function peerOf(id: number): Peer {
  const known = peers.get(id);
  if (known) return known;
  // The phases of the peers are spread over the twenty milliseconds, as those of real phones are.
  const peer = new Peer((id * 7) % 20);
  peers.set(id, peer);
  return peer;
}

class PlainVoice implements Voice {
  readonly #socket: Socket;
  target: { readonly port: number; readonly address: string } | null = null;

  constructor(socket: Socket, peer: Peer) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('message', (bytes) => {
      const packet = parseRtp(bytes);
      if (packet) peer.hear(packet.payload);
    });
  }

  get port(): number {
    return this.#socket.address().port;
  }

  send(packet: RtpPacket): void {
    if (this.target) this.#socket.send(writeRtp(packet), this.target.port, this.target.address);
  }

  async close(): Promise<void> {
    this.#socket.close();
    await once(this.#socket, 'close');
  }
}

async function offerRtp(id: number): Promise<string> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 256 * 1024, lookup: (address, _, found) => found(null, address, 4) });
  // With a look-up that answers at once the socket is bound before `bind` returns.
  const bound = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await bound;
  const peer = peerOf(id);
  const voice = new PlainVoice(socket, peer);
  peer.voice = voice;
  return [
    'v=0',
    `o=peer ${id} 1 IN IP4 127.0.0.1`,
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${voice.port} RTP/AVP 0 101`,
    'a=rtpmap:101 telephone-event/8000',
    'a=sendrecv',
    '',
  ].join('\r\n');
}

function acceptAnswer(id: number, sdp: string): void {
  const answer = readAnswer(sdp);
  const { voice } = peerOf(id);
  if (answer.ok && voice instanceof PlainVoice) voice.target = { port: answer.value.remotePort, address: answer.value.remoteAddress };
}

async function answerWebRtc(id: number, offer: string): Promise<string> {
  const peer = peerOf(id);
  const connection = new RTCPeerConnection({
    iceServers: [],
    bundlePolicy: 'max-bundle',
    iceUseIpv4: false,
    iceUseIpv6: false,
    iceUseTcp: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    headerExtensions: { audio: [] },
    codecs: {
      audio: [
        new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8_000, payloadType: 0 }),
        new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', clockRate: 8_000, payloadType: 101, parameters: '0-15' }),
      ],
    },
  });
  connection.addTransceiver('audio', { direction: 'sendrecv' });
  await connection.setRemoteDescription({ type: 'offer', sdp: offer });
  const [dtls] = connection.dtlsTransports;
  dtls?.onStateChange.subscribe((state) => {
    if (state === 'connected') peer.voice = secureVoice(dtls, peer, connection);
  });
  await connection.setLocalDescription(await connection.createAnswer());
  return connection.localDescription?.sdp ?? '';
}

function secureVoice(dtls: RTCDtlsTransport, peer: Peer, connection: RTCPeerConnection): Voice {
  const path = new SecuredPath(
    dtls,
    (packet) => peer.hear(packet.payload),
    () => {},
  );
  const ssrc = connection.getTransceivers()[0]?.sender.ssrc ?? 1;
  return { send: (packet) => path.send(packet, ssrc), close: () => connection.close() };
}

installPathSockets();

/** A turn each millisecond: the peers whose phase it is speak. */
let turn = 0;
startPacer(
  1,
  (dueAt) => {
    const phase = turn++ % 20;
    const now = performance.now();
    if (isMeasuring) lateness.push(now - dueAt);
    for (const peer of peers.values()) if (peer.phaseMs === phase && peer.other) peer.speak(performance.now());
  },
  40,
);

async function perform(order: PeerOrder): Promise<unknown> {
  switch (order.order) {
    case 'offerRtp':
      return offerRtp(order.peer);
    case 'acceptAnswer':
      return acceptAnswer(order.peer, order.sdp);
    case 'answerWebRtc':
      return answerWebRtc(order.peer, order.sdp);
    case 'pair': {
      const [one, other] = [peerOf(order.peer), peerOf(order.other)];
      one.other = other;
      other.other = one;
      return null;
    }
    case 'measure':
      [sent, lost, delays, lateness] = [0, 0, [], []];
      measuringSince = performance.now();
      processorAt = process.cpuUsage();
      isMeasuring = true;
      return null;
    case 'judge': {
      isMeasuring = false;
      const { user, system } = process.cpuUsage(processorAt);
      const sorted = (values: number[]) => values.sort((a, b) => a - b);
      const ownLatenessMs = sorted(lateness)[Math.floor(lateness.length * 0.99)] ?? 0;
      return { sent, lost, delays: sorted(delays), ownLatenessMs, processorMs: (user + system) / 1_000 } satisfies Judgement;
    }
    case 'close':
      await Promise.allSettled([...peers.values()].map((peer) => peer.voice?.close()));
      peers.clear();
      return null;
  }
}

process.on('message', (order: PeerOrder) => {
  perform(order).then(
    (answer) => process.send?.({ requestId: order.requestId, answer }),
    (error: unknown) => process.send?.({ requestId: order.requestId, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
