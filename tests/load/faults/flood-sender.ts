import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';

/** Sends INVITEs from many loopback addresses at a steady rate; a thread of its own, so that what is flooded is not slowed by its flood. */
export interface FloodOrder {
  readonly port: number;
  readonly perSecond: number;
  readonly total: number;
  readonly addresses: number;
}

const { port, perSecond, total, addresses } = workerData as FloodOrder;
let answers = 0;
const sockets = await Promise.all(
  Array.from({ length: addresses }, async (_, at) => {
    const socket = createSocket('udp4');
    socket.on('message', () => answers++);
    socket.bind(0, `127.${10 + Math.floor(at / 250)}.0.${1 + (at % 250)}`);
    await once(socket, 'listening');
    return socket;
  }),
);

const body = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n';
const invite = (number: number): string =>
  [
    'INVITE sip:4001@127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bKflood${number}`,
    'Max-Forwards: 70',
    `From: <sip:${number}@example.net>;tag=f${number}`,
    'To: <sip:4001@127.0.0.1>',
    `Call-ID: flood-${number}`,
    'CSeq: 1 INVITE',
    'Contact: <sip:x@127.0.0.1:9>',
    'Content-Type: application/sdp',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');

let sent = 0;
const start = performance.now();
const pace = setInterval(() => {
  const due = Math.min(total, Math.floor(((performance.now() - start) / 1_000) * perSecond));
  for (; sent < due; sent++) sockets[sent % addresses]?.send(invite(sent), port, '127.0.0.1');
  if (sent < total) return;
  clearInterval(pace);
  const seconds = (performance.now() - start) / 1_000;
  for (const socket of sockets) socket.close();
  parentPort?.postMessage({ sent, seconds, answers });
}, 5);
