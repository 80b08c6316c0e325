import { randomBytes } from 'node:crypto';
import type { Header, ReceivedRequest, ReceivedResponse } from '../../../cti-bridge/sip/message/index.ts';
import { encodeUser, headerOf } from '../../../cti-bridge/sip/message/index.ts';
import type { Credentials } from './digest.ts';
import { answerChallenge } from './digest.ts';
import { Journal } from './journal.ts';
import type { KnownSounds } from './known-sounds.ts';
import type { PhoneMedia } from './phone-media.ts';
import type { RtpMediaOptions } from './rtp-media.ts';
import { RtpMedia } from './rtp-media.ts';
import type { OutgoingCallOptions } from './scripted-call.ts';
import { ScriptedCall } from './scripted-call.ts';
import type { Address, SipLink } from './sip-link.ts';
import { udpLink, webSocketLink } from './sip-link.ts';
import type { Respond } from './sip-peer.ts';
import { SipPeer, token } from './sip-peer.ts';

export type MediaFactory = (journal: Journal, known: KnownSounds | null) => Promise<PhoneMedia>;

interface PhoneParts {
  readonly link: SipLink;
  readonly name: string;
  /** Host part of the URIs it calls, and domain of its own. */
  readonly domain: string;
  readonly user: string;
  readonly known: KnownSounds | null;
  readonly openMedia: MediaFactory;
  readonly ringsByItself: boolean;
  readonly credentials: Credentials | null;
}

export interface TrunkPhoneOptions extends RtpMediaOptions {
  /** Where the bridge listens for its trunk; null for a phone that only waits to be called. */
  readonly sip: Address | null;
  readonly name?: string;
  /** Recordings to recognise by name; see `knownSoundsOf`. */
  readonly known?: KnownSounds;
  /** Address to send from; a trunk is known by it. */
  readonly bindHost?: string;
  /** Any free one without it. */
  readonly bindPort?: number;
  /** Ears and a mouth of its own, in place of plain RTP that recognises what it hears. */
  readonly openMedia?: MediaFactory;
}

export interface DeskPhoneOptions extends RtpMediaOptions {
  /** Where the bridge listens; null for a phone that is there before the bridge, see `aim`. */
  readonly sip: Address | null;
  readonly extension: string;
  /** Registers with it, and answers the challenges to what it dials. Without one it is a phone at a fixed address. */
  readonly password?: string;
  readonly known?: KnownSounds;
}

export interface WebSocketPhoneOptions {
  readonly url: string;
  readonly origin: string;
  readonly credentials: Credentials;
  /** `sip:201@crosspoint.invalid` */
  readonly uri: string;
  readonly name?: string;
  readonly known?: KnownSounds;
  readonly openMedia: MediaFactory;
  /** Says 180 as soon as it is called, as a browser's phone does. */
  readonly ringsByItself?: boolean;
}

/**
 * A telephone that does what a test says: calls, is called, sends keys, plays and recognises sounds, hangs up or vanishes. On a trunk or on
 * a desk over UDP with plain RTP, or registered over a WebSocket as the desktop's phone is.
 *
 *   const phone = await ScriptedPhone.onTrunk({ sip: { host: '127.0.0.1', port: 5060 } });
 *   const call = await phone.call({ to: '1000', from: '+447700900142' });
 *   await call.answered();
 *   await call.ears.prompt('welcome');
 *   await call.press('1');
 */
export class ScriptedPhone {
  readonly journal: Journal;
  readonly #parts: PhoneParts;
  readonly #peer: SipPeer;
  readonly #contact: string;
  readonly #calls = new Map<string, ScriptedCall>();
  readonly #incoming: ScriptedCall[] = [];
  readonly #callWaiters = new Set<(call: ScriptedCall) => void>();
  #onCall: ((call: ScriptedCall) => void) | undefined;
  #registerSequence = 0;
  readonly #registerCallId = token();
  #lost: string | undefined;
  #opened = 0;

  private constructor(parts: PhoneParts) {
    this.#parts = parts;
    this.journal = new Journal(parts.name);
    this.#contact =
      parts.link.transport === 'WS'
        ? `sip:${randomBytes(4).toString('hex')}@${parts.link.sentBy};transport=ws`
        : `sip:${encodeUser(parts.user)}@${parts.link.sentBy}`;
    this.#peer = new SipPeer(parts.link, {
      onRequest: (request, respond, tag) => this.#onRequest(request, respond, tag),
      onTraffic: (line) => this.journal.note(line),
    });
    parts.link.onLost((why) => {
      this.#lost ??= why;
      this.journal.note(`connection lost: ${why}`);
      for (const call of this.#calls.values()) call.onLost(why);
    });
  }

  static async onTrunk(options: TrunkPhoneOptions): Promise<ScriptedPhone> {
    const link = await udpLink(options.sip, options.bindHost, options.bindPort);
    return new ScriptedPhone({
      link,
      name: options.name ?? 'caller',
      domain: options.sip ? `${options.sip.host}:${options.sip.port}` : link.sentBy,
      user: 'phone',
      known: options.known ?? null,
      ringsByItself: false,
      credentials: null,
      openMedia:
        options.openMedia ??
        ((journal, known) => RtpMedia.open(journal, known, { host: link.sentBy.slice(0, link.sentBy.lastIndexOf(':')), ...options })),
    });
  }

  /** An agent's phone on a desk; registers when it has a password. */
  static async onDesk(options: DeskPhoneOptions): Promise<ScriptedPhone> {
    const { sip, extension, password } = options;
    const link = await udpLink(sip);
    const phone = new ScriptedPhone({
      link,
      name: `desk phone ${extension}`,
      domain: sip ? `${sip.host}:${sip.port}` : link.sentBy,
      user: extension,
      known: options.known ?? null,
      ringsByItself: true,
      credentials: password === undefined ? null : { username: extension, password },
      openMedia: (journal, known) => RtpMedia.open(journal, known, options),
    });
    if (password !== undefined) await phone.#mustRegister({ username: extension, password });
    return phone;
  }

  /** Connects and registers. */
  static async onWebSocket(options: WebSocketPhoneOptions): Promise<ScriptedPhone> {
    const link = await webSocketLink(options.url, options.origin);
    const [user = '', domain = ''] = options.uri.replace(/^sip:/, '').split('@');
    const phone = new ScriptedPhone({
      link,
      name: options.name ?? `phone ${user}`,
      domain,
      user,
      known: options.known ?? null,
      ringsByItself: options.ringsByItself ?? false,
      credentials: null,
      openMedia: options.openMedia,
    });
    await phone.#mustRegister(options.credentials);
    return phone;
  }

  async #mustRegister(credentials: Credentials): Promise<void> {
    const status = await this.register(credentials);
    if (status === 200) return;
    await this.close();
    throw new Error(`${this.journal.name}: REGISTER was answered ${status}\n${this.journal.toString()}`);
  }

  /** Every message received, parsed. */
  get received(): SipPeer['received'] {
    return this.#peer.received;
  }

  /** Where it can be reached: its socket's address. */
  get sentBy(): string {
    return this.#parts.link.sentBy;
  }

  /** A phone that was there first learns where the bridge is. */
  aim(target: Address): void {
    this.#parts.link.aim?.(target);
  }

  /** Dials as a person does: from its own extension, with its own password. */
  dial(to: string, headers: readonly Header[] = []): Promise<ScriptedCall> {
    const { user, credentials } = this.#parts;
    return this.call({ to, from: user, headers, ...(credentials ? { credentials } : {}) });
  }

  /** Places a call; resolves when the INVITE is on the wire. */
  async call(options: OutgoingCallOptions): Promise<ScriptedCall> {
    const callId = `${token()}@${this.#parts.link.sentBy}`;
    const journal = new Journal(`${this.#parts.name}, call ${++this.#opened} to ${options.to}`);
    const media = await this.#parts.openMedia(journal, this.#parts.known);
    const uri = `sip:${encodeUser(options.to)}@${this.#parts.domain}`;
    const dialog = {
      localTag: token(),
      remoteTag: null,
      localUri: `sip:${encodeUser(options.from)}@${this.#parts.link.sentBy}`,
      remoteUri: uri,
      target: uri,
      routes: [],
      sequence: 0,
    };
    const call = new ScriptedCall(this.#peer, this.#contact, callId, dialog, media, journal);
    this.#keep(call);
    await call.place(uri, options);
    if (this.#lost !== undefined) call.onLost(this.#lost);
    return call;
  }

  /** The next call that rings here, or one that already does and was not taken. */
  nextCall(limitMs = 5_000): Promise<ScriptedCall> {
    const waiting = this.#incoming.shift();
    if (waiting) return Promise.resolve(waiting);
    return new Promise((resolve, reject) => {
      const take = (call: ScriptedCall) => {
        clearTimeout(limit);
        resolve(call);
      };
      const limit = setTimeout(() => {
        this.#callWaiters.delete(take);
        reject(new Error(`${this.journal.name}: no call within ${limitMs} ms. So far:\n${this.journal.toString()}`));
      }, limitMs);
      this.#callWaiters.add(take);
    });
  }

  /** Handles every incoming call by itself, instead of `nextCall`. */
  onCall(handler: (call: ScriptedCall) => void): void {
    this.#onCall = handler;
  }

  /** REGISTER, answering one challenge; the final status. `expires` 0 takes the binding away. */
  async register(credentials: Credentials, expires = 600): Promise<number> {
    const first = await this.#sendRegister(expires, []);
    if (first.status !== 401 && first.status !== 407) return first.status;
    const name = first.status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    const answer = answerChallenge(headerOf(first, name) ?? '', 'REGISTER', `sip:${this.#parts.domain}`, credentials);
    if (answer === null) throw new Error(`${this.journal.name}: cannot answer the challenge ${headerOf(first, name)}`);
    const second = await this.#sendRegister(expires, [
      { name: first.status === 401 ? 'Authorization' : 'Proxy-Authorization', value: answer },
    ]);
    return second.status;
  }

  /** The connection breaks and comes back after `meanwhile`, registered again; calls and their sound go on, as with a browser's phone. */
  async reconnect(credentials: Credentials, meanwhile: () => Promise<void> = async () => {}): Promise<number> {
    await this.#parts.link.reopen?.(meanwhile);
    return this.register(credentials);
  }

  sendRaw(bytes: Buffer | string): void {
    this.#peer.sendRaw(bytes);
  }

  /** Hangs up what is up and closes. */
  async close(): Promise<void> {
    await Promise.all([...this.#calls.values()].map((call) => call.hangUp()));
    await this.vanish();
  }

  /** Gone without a word: sockets closed, no BYE. */
  async vanish(): Promise<void> {
    this.#peer.close();
    this.journal.close('the phone is closed');
    await Promise.all([...this.#calls.values()].map((call) => call.vanish()));
  }

  #sendRegister(expires: number, headers: readonly Header[]): Promise<ReceivedResponse> {
    const { domain, user } = this.#parts;
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`${this.journal.name}: REGISTER was not answered`)), 5_000);
      this.#peer.send(
        {
          method: 'REGISTER',
          uri: `sip:${domain}`,
          headers: [
            { name: 'From', value: `<sip:${user}@${domain}>;tag=${token()}` },
            { name: 'To', value: `<sip:${user}@${domain}>` },
            { name: 'Call-ID', value: this.#registerCallId },
            { name: 'CSeq', value: `${++this.#registerSequence} REGISTER` },
            { name: 'Contact', value: `<${this.#contact}>;expires=${expires}` },
            { name: 'Expires', value: String(expires) },
            { name: 'Supported', value: 'path, outbound' },
            ...headers,
          ],
          body: Buffer.alloc(0),
        },
        (response) => {
          if (response.status < 200) return;
          clearTimeout(limit);
          resolve(response);
        },
      );
    });
  }

  #keep(call: ScriptedCall): void {
    this.#calls.set(call.callId, call);
  }

  #onRequest(request: ReceivedRequest, respond: Respond, tag: string): void {
    const known = this.#calls.get(request.callId);
    if (known) return known.onRequest(request, respond);
    if (request.method === 'INVITE' && request.toTag === null) return void this.#onInvite(request, respond, tag);
    if (request.method !== 'ACK') respond(request.method === 'OPTIONS' ? 200 : 481);
  }

  async #onInvite(request: ReceivedRequest, respond: Respond, tag: string): Promise<void> {
    const journal = new Journal(`${this.#parts.name}, call ${++this.#opened} received`);
    // The call is known before its media is open, so that a CANCEL in the same moment finds it.
    const media = await this.#parts.openMedia(journal, this.#parts.known);
    const call = ScriptedCall.incoming(this.#peer, this.#contact, request, respond, tag, media, journal);
    this.#keep(call);
    if (this.#parts.ringsByItself) call.ring();
    const [waiter] = this.#callWaiters;
    if (this.#onCall) this.#onCall(call);
    else if (waiter) {
      this.#callWaiters.delete(waiter);
      waiter(call);
    } else this.#incoming.push(call);
  }
}
