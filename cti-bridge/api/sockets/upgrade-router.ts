import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Mount } from '../../kernel/index.ts';
import { mountOf } from '../http/mounts.ts';
import type { OriginGate } from '../http/origin-gate.ts';
import { socketPath } from './socket-server.ts';

export type AcceptUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface UpgradeOptions {
  readonly gate: OriginGate;
  readonly sipPath: string;
  readonly mounts: readonly Mount[];
  readonly acceptSip: AcceptUpgrade;
  readonly isDraining: () => boolean;
}

/** HTTP upgrades: socket.io takes its own, so does what is mounted, SIP over WebSocket is handed on after its Host, Origin and path were checked, others end here. */
export function routeUpgrades(server: Server, { gate, sipPath, mounts, acceptSip, isDraining }: UpgradeOptions): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = request.url ?? '';
    if (url.startsWith(socketPath)) return;
    const mount = mountOf(url, mounts);
    if (mount?.upgrade) {
      if (!gate.judge(request, 'mounted').ok) return refuseUpgrade(socket, '421 Misdirected Request');
      if (isDraining()) return refuseUpgrade(socket, '503 Service Unavailable');
      return mount.upgrade(request, socket, head);
    }
    if (url.split('?', 1)[0] !== sipPath) return refuseUpgrade(socket, '404 Not Found');
    const answer = gate.judge(request, 'sip');
    if (!answer.ok) return refuseUpgrade(socket, answer.status === 421 ? '421 Misdirected Request' : '403 Forbidden');
    if (isDraining()) return refuseUpgrade(socket, '503 Service Unavailable');
    acceptSip(request, socket, head);
  });
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy()); // the far side may be gone already; nothing is lost with it
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
