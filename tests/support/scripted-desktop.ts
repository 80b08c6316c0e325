import type { Socket } from 'socket.io-client';
import { io } from 'socket.io-client';
import { headerOf } from '../../cti-bridge/sip/message/index.ts';
import type {
  CommandAnswer,
  CommandName,
  CommandRequest,
  LoginAnswer,
  Push,
  PushName,
  PushPayload,
  Snapshot,
  UploadAnswer,
  UploadName,
  UploadRequest,
} from '../../shared/contracts/bridge-events.ts';
import { reservationHeader, uploads } from '../../shared/contracts/bridge-events.ts';
import type { Ack } from '../../shared/contracts/errors.ts';
import { contractVersion } from '../../shared/contracts/version.ts';
import type { KnownSounds, MediaFactory, ScriptedCall } from './scripted-phone/index.ts';
import { Journal, ScriptedPhone, WebRtcMedia } from './scripted-phone/index.ts';

export interface ScriptedDesktopOptions {
  /** `http://127.0.0.1:8600` */
  readonly bridge: string;
  readonly username: string;
  readonly password: string;
  readonly takeOver?: boolean;
  /** How its phone carries sound: WebRTC unless told otherwise, `NoMedia.open` for load, `null` for a desktop without a phone. */
  readonly phoneMedia?: MediaFactory | null;
  /** A desktop says 180 as soon as its phone is called, and that the pop is delivered as soon as it is. False: it stays silent. */
  readonly ringsByItself?: boolean;
  readonly acknowledgesPops?: boolean;
  readonly known?: KnownSounds;
}

const commandLimitMs = 5_000;
const uploadLimitMs = 20_000;

/**
 * An agent's desktop without a screen: signs in over HTTP, holds the real socket, resumes, acknowledges pops, and registers its phone over
 * SIP on a WebSocket with the credentials of the log-in. What it heard is in `pushes` and `journal`.
 */
export class ScriptedDesktop {
  readonly journal: Journal;
  login: LoginAnswer;
  readonly pushes: Push[] = [];
  #options: ScriptedDesktopOptions;
  readonly #waiting = new Set<() => void>();
  readonly #listeners = new Set<(push: Push) => void>();
  #socket: Socket;
  #snapshot: Snapshot | undefined;
  #phone: ScriptedPhone | null = null;
  /** Numbers that did not follow their predecessor: an event was lost or repeated. */
  readonly gaps: { readonly expected: number; readonly got: number }[] = [];
  #lastSeq = 0;

  private constructor(options: ScriptedDesktopOptions, login: LoginAnswer) {
    this.#options = options;
    this.login = login;
    this.journal = new Journal(`desktop of ${options.username}`);
    this.#socket = this.#open();
  }

  /** Signs in, connects, resumes, registers the phone. */
  static async logIn(options: ScriptedDesktopOptions): Promise<ScriptedDesktop> {
    const { bridge, username, password, takeOver = false } = options;
    const reply = await fetch(`${bridge}/api/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: bridge },
      body: JSON.stringify({ username, password, takeOver, contractMajor: contractVersion.major }),
      signal: AbortSignal.timeout(commandLimitMs),
    });
    if (!reply.ok) throw new Error(`log-in of ${username} was answered ${reply.status}: ${await reply.text()}`);
    const desktop = new ScriptedDesktop(options, (await reply.json()) as LoginAnswer);
    await desktop.#connected();
    await desktop.connectPhone();
    await desktop.#atWork();
    return desktop;
  }

  /** The bridge has stored that they are here, and knows that their phone can be rung: from now on colleagues may ask for them. */
  async #atWork(): Promise<void> {
    const isAtWork = (view: PushPayload<'agent:changed'>) => view.presence !== 'loggedOut' && view.workState !== 'notReachable';
    const { agent } = this.snapshot;
    if (agent && this.#phone && !isAtWork(agent)) await this.push('agent:changed', isAtWork);
  }

  get snapshot(): Snapshot {
    if (!this.#snapshot) throw new Error(`${this.journal.name} has not resumed yet`);
    return this.#snapshot;
  }

  get phone(): ScriptedPhone {
    if (!this.#phone) throw new Error(`${this.journal.name} has no phone`);
    return this.#phone;
  }

  get agentId(): string {
    return this.snapshot.agent?.agentId ?? '';
  }

  /** Sends a command; the ack as it came. */
  command<Name extends CommandName>(name: Name, request: CommandRequest<Name>): Promise<Ack<CommandAnswer<Name>>> {
    return this.#socket.timeout(commandLimitMs).emitWithAck('command', name, request) as Promise<Ack<CommandAnswer<Name>>>;
  }

  /** POSTs what is too large for the socket; the ack as it came. */
  async upload<Name extends UploadName>(name: Name, request: UploadRequest<Name>): Promise<Ack<UploadAnswer<Name>>> {
    const reply = await fetch(`${this.#options.bridge}${uploads[name].path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.login.token}` },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(uploadLimitMs),
    });
    return (await reply.json()) as Ack<UploadAnswer<Name>>;
  }

  /** Sends a command that should succeed; its answer. */
  async ask<Name extends CommandName>(name: Name, request: CommandRequest<Name>): Promise<CommandAnswer<Name>> {
    const ack = await this.command(name, request);
    if (!ack.ok) throw new Error(`${this.journal.name}: ${name} was refused: ${ack.error.code}, ${ack.error.message}`);
    return ack.value;
  }

  async becomeAvailable(): Promise<void> {
    await this.ask('agent:set-presence', { presence: 'available' });
  }

  /** The first push of this name that fits, past ones (from `after` on) included. */
  push<Name extends PushName>(
    name: Name,
    fits: (payload: PushPayload<Name>) => boolean = () => true,
    limitMs = 5_000,
    after = 0,
  ): Promise<PushPayload<Name>> {
    const find = (): PushPayload<Name> | undefined =>
      this.pushes.slice(after).find((push) => push.name === name && fits(push.payload as PushPayload<Name>))?.payload as
        | PushPayload<Name>
        | undefined;
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(limit);
        this.#waiting.delete(check);
        resolve(found);
      };
      const limit = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`${this.journal.name}: no fitting ${name} within ${limitMs} ms. So far:\n${this.journal.toString()}`));
      }, limitMs);
      this.#waiting.add(check);
      check();
    });
  }

  /** Hears every push as it comes. */
  onPush(listener: (push: Push) => void): void {
    this.#listeners.add(listener);
  }

  /** What the phone says, with what the bridge told the desktop. */
  readonly #withJournal = (error: Error): never => {
    throw new Error(`${error.message}\n${this.journal.name}:\n${this.journal.toString()}`);
  };

  /** Waits until the phone rings for this reservation (any, when none is named) and lifts it: what one click on Answer does. */
  async answer(reservationId?: string, limitMs = 5_000): Promise<ScriptedCall> {
    const call = await this.ringing(reservationId, limitMs);
    await call.answer();
    await call.answered(limitMs).catch(this.#withJournal);
    return call;
  }

  /** The call that rings the phone. */
  async ringing(reservationId?: string, limitMs = 5_000): Promise<ScriptedCall> {
    const call = await this.phone.nextCall(limitMs).catch(this.#withJournal);
    const named = headerOf(call.invite, reservationHeader);
    if (reservationId !== undefined && named !== reservationId) throw new Error(`the phone rings for ${named}, not for ${reservationId}`);
    return call;
  }

  /** Registers a phone (again). */
  async connectPhone(): Promise<void> {
    const { phone } = this.login;
    const { bridge, phoneMedia = WebRtcMedia.open, known, ringsByItself = true, username } = this.#options;
    if (phone?.use !== 'calls' || !phoneMedia) return;
    this.#phone = await ScriptedPhone.onWebSocket({
      url: `${bridge.replace(/^http/, 'ws')}${phone.webSocketPath}`,
      origin: bridge,
      credentials: phone,
      uri: phone.uri,
      name: `phone of ${username}`,
      openMedia: phoneMedia,
      ringsByItself,
      ...(known ? { known } : {}),
    });
  }

  /** The socket breaks and comes back with the same log-in; resumes from the last number seen. */
  async reconnect(): Promise<Snapshot> {
    this.disconnect();
    this.#socket = this.#open();
    await this.#connected();
    return this.snapshot;
  }

  /** Its bridge was started anew, at this address: goes on with the token it has, and registers its phone with what the resume says. */
  async goOn(bridge: string): Promise<void> {
    this.#options = { ...this.#options, bridge };
    this.#lastSeq = 0;
    await this.reconnect();
    const { phone } = this.snapshot;
    if (phone !== undefined) this.login = { ...this.login, phone };
    await this.connectPhone();
  }

  disconnect(): void {
    this.#socket.disconnect();
  }

  /** Gone without a word: the socket and the phone's are cut. */
  async vanish(): Promise<void> {
    this.#socket.io.engine?.close();
    this.#socket.disconnect();
    await this.#phone?.vanish();
    this.journal.close('the desktop vanished');
  }

  async logOut(): Promise<void> {
    await this.command('session:log-out', {});
    await this.close();
  }

  async close(): Promise<void> {
    await this.#phone?.close();
    this.disconnect();
    this.journal.close('the desktop is closed');
  }

  #open(): Socket {
    const { bridge } = this.#options;
    const socket = io(bridge, {
      auth: { token: this.login.token },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: { origin: bridge },
    });
    socket.on('push', (push: Push) => this.#onPush(push));
    socket.on('disconnect', (reason) => this.journal.note(`disconnected: ${reason}`));
    return socket;
  }

  async #connected(): Promise<void> {
    const socket = this.#socket;
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`${this.journal.name}: no socket within ${commandLimitMs} ms`)), commandLimitMs);
      socket.once('connect', () => {
        clearTimeout(limit);
        resolve();
      });
      socket.once('connect_error', (error) => {
        clearTimeout(limit);
        reject(error);
      });
    });
    this.#snapshot = await this.ask('session:resume', { lastSeq: this.#lastSeq });
    this.#lastSeq = this.#snapshot.seq;
    this.journal.note(`resumed at ${this.#lastSeq}`);
  }

  #onPush(push: Push): void {
    // Events that crossed the resume are in the snapshot already.
    if (this.#lastSeq > 0 && push.seq !== this.#lastSeq + 1) this.gaps.push({ expected: this.#lastSeq + 1, got: push.seq });
    this.#lastSeq = push.seq;
    this.pushes.push(push);
    this.journal.note(`${push.seq} ${push.name}${detailOf(push)}`);
    if (push.name === 'reservation:offered' && (this.#options.acknowledgesPops ?? true)) {
      const { reservationId, pop } = push.payload;
      void this.command('pop:delivered', { reservationId, popId: pop.popId }).catch((error: unknown) =>
        this.journal.note(`pop:delivered was not answered: ${String(error)}`),
      );
    }
    for (const listener of this.#listeners) listener(push);
    for (const check of [...this.#waiting]) check();
  }
}

function detailOf(push: Push): string {
  switch (push.name) {
    case 'agent:changed':
      return ` ${push.payload.presence}/${push.payload.workState}`;
    case 'reservation:offered':
      return ` ${push.payload.reservationId} (${push.payload.pop.match.kind})`;
    case 'reservation:ended':
      return ` ${push.payload.reservationId} ${push.payload.cause}`;
    case 'call:changed':
      return ` ${push.payload.state}`;
    default:
      return '';
  }
}
