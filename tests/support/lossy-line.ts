import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Lines to ports on loopback that can be lost: nobody is told, nothing arrives any more, and new connections hang. Of streams, what was under
 * way arrives late when the line is back, as TCP would repeat it; datagrams are gone.
 */
interface LossyLine {
  /** Where it begins. */
  readonly port: number;
  lose(isLost: boolean): void;
  /**
   * Back from another address, as after a sleep or with another network: whatever was begun before, also while it was lost, stays silent for
   * ever, and nobody is told of that either.
   */
  comeBackElsewhere(): void;
  close(): Promise<void>;
}

export class LossyStreams implements LossyLine {
  readonly #server: Server;
  readonly #ends = new Set<Socket>();
  readonly #left = new Set<Socket>();
  readonly #from = addresses();
  #isLost = false;
  /** Kept while nobody listens. */
  #port = 0;
  #to = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<LossyStreams> {
    const server = createServer({ pauseOnConnect: true });
    const line = new LossyStreams(server);
    server.on('connection', (near) => {
      line.#carry(near, connect({ port: line.#to, host: '127.0.0.1', localAddress: line.#from.current }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  /** Where it ends, from the next connection on. */
  leadTo(port: number): void {
    this.#to = port;
  }

  get port(): number {
    const address = this.#server.address();
    if (this.#port === 0 && (address === null || typeof address === 'string')) throw new Error('the line is closed');
    return address === null || typeof address === 'string' ? this.#port : address.port;
  }

  lose(isLost: boolean): void {
    this.#isLost = isLost;
    for (const end of this.#ends) {
      if (isLost) end.pause();
      else end.resume();
    }
  }

  comeBackElsewhere(): void {
    for (const end of this.#ends) this.#left.add(end.pause());
    this.#ends.clear();
    this.#from.next();
    this.#isLost = false;
  }

  /** Nobody listens, as where a bridge is not running: what there is ends at once, and everything new is refused. */
  async refuse(isRefused: boolean): Promise<void> {
    const { port } = this;
    this.#port = port;
    if (!isRefused) return void (await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve)));
    for (const end of this.#ends) end.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async close(): Promise<void> {
    for (const end of [...this.#ends, ...this.#left]) end.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #carry(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#ends.add(from);
      from.on('data', (bytes) => to.write(bytes));
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#ends.delete(from);
        this.#left.delete(from);
        to.destroy();
      });
      if (this.#isLost) from.pause();
      else from.resume();
    }
  }
}

export class LossyDatagrams implements LossyLine {
  readonly #near: DatagramSocket;
  /** One for each who sends, so that the far end can tell them apart. */
  readonly #far = new Map<string, DatagramSocket>();
  /** Of those, whose way is gone for good. */
  readonly #left = new Set<DatagramSocket>();
  readonly #from = addresses();
  #isLost = false;

  private constructor(near: DatagramSocket) {
    this.#near = near;
  }

  static async to(port: number): Promise<LossyDatagrams> {
    const near = createSocket('udp4');
    const line = new LossyDatagrams(near);
    near.on('message', (bytes, from) => {
      const name = `${from.address}:${from.port}`;
      let far = line.#far.get(name);
      if (!far) {
        const begun = createSocket('udp4');
        begun.bind(0, line.#from.current);
        begun.on('message', (answer) => line.#isLost || line.#left.has(begun) || near.send(answer, from.port, from.address));
        line.#far.set(name, begun);
        far = begun;
      }
      if (!line.#isLost && !line.#left.has(far)) far.send(bytes, port, '127.0.0.1');
    });
    await new Promise<void>((resolve) => near.bind(0, '127.0.0.1', resolve));
    return line;
  }

  get port(): number {
    return this.#near.address().port;
  }

  lose(isLost: boolean): void {
    this.#isLost = isLost;
  }

  comeBackElsewhere(): void {
    for (const far of this.#far.values()) this.#left.add(far);
    this.#from.next();
    this.#isLost = false;
  }

  async close(): Promise<void> {
    const sockets = [this.#near, ...this.#far.values()];
    await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.close(resolve))));
  }
}

/** Addresses of this machine, one after the other. */
function addresses(): { readonly current: string; next(): void } {
  let last = 1;
  return {
    get current() {
      return `127.0.0.${last}`;
    },
    next() {
      last = (last % 250) + 1;
    },
  };
}
