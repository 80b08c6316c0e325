import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A connection below SMPP: bytes both ways. */
export interface Wire {
  write(bytes: Uint8Array): void;
  /** At once; `closed` is not told any more. */
  close(): void;
}

export interface WireEvents {
  opened(): void;
  bytes(chunk: Uint8Array): void;
  /** Once, unless we closed it. In plain words, for the administrator. */
  closed(why: string): void;
}

/** Begins to connect. Nothing is told before it returns. */
export type Dial = (events: WireEvents) => Wire;

export interface SmscAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** PEM, in place of those the system trusts. */
  readonly certificateAuthority?: string | undefined;
}

/** Connects over TCP or TLS. */
export function dialSmsc({ host, port, tls, certificateAuthority }: SmscAddress): Dial {
  return (events) => {
    const ca = certificateAuthority === undefined ? {} : { ca: certificateAuthority };
    const socket: Socket = tls
      ? connectTls({ host, port, servername: /^[\d.]+$|:/.test(host) ? '' : host, ...ca })
      : connectTcp({ host, port });
    let why = 'it closed the connection';
    let isOpen = false;
    let isOurs = false;
    socket.setNoDelay(true);
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      isOpen = true;
      events.opened();
    });
    socket.on('data', (chunk: Buffer) => events.bytes(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      why = isOpen
        ? `the connection broke (${error.code ?? 'error'})`
        : `no connection to ${host}:${port} (${error.code ?? error.message})`;
    });
    socket.once('close', () => {
      if (!isOurs) events.closed(why);
    });
    return {
      write: (bytes) => void socket.write(bytes),
      close() {
        isOurs = true;
        socket.destroy();
      },
    };
  };
}
