import { digitOfInfo } from '../../../cti-bridge/channels/voice/digits.ts';
import type { Header, ReceivedRequest, ReceivedResponse, ResponseParts, SipRequest } from '../../../cti-bridge/sip/message/index.ts';
import { formatNameAddr, headerLines, headerOf, parseNameAddr, sdpOf } from '../../../cti-bridge/sip/message/index.ts';
import type { Credentials } from './digest.ts';
import { answerChallenge } from './digest.ts';
import type { Ears } from './ears.ts';
import type { Journal } from './journal.ts';
import type { Mouth } from './mouth.ts';
import type { Direction, PhoneMedia } from './phone-media.ts';
import type { Respond, SipPeer } from './sip-peer.ts';
import { newBranch, reasonOf } from './sip-peer.ts';

export interface OutgoingCallOptions {
  /** User part of the called number. */
  readonly to: string;
  readonly from: string;
  readonly displayName?: string;
  /** Withholds the number (RFC 3323): From anonymous, `Privacy: id`, the number only in P-Asserted-Identity. */
  readonly isPrivate?: boolean;
  /** `late`: INVITE without SDP, our answer in the ACK. */
  readonly offer?: 'early' | 'late';
  readonly headers?: readonly Header[];
  /** Never ACKs the 200. */
  readonly neverAcks?: boolean;
  /** Answers one challenge with these. */
  readonly credentials?: Credentials;
}

export interface Ending {
  readonly by: 'us' | 'them' | 'network';
  readonly how: 'bye' | 'refused' | 'canceled' | 'lost';
  readonly status: number | null;
  /** Text of the Reason header, of the status line, or of the network's complaint. */
  readonly text: string;
}

interface Dialog {
  readonly localTag: string;
  remoteTag: string | null;
  readonly localUri: string;
  readonly remoteUri: string;
  /** Contact of the far side; requests inside the dialog go there. */
  target: string;
  routes: readonly string[];
  sequence: number;
}

/**
 * One call of a scripted phone, placed or received. The journal tells what happened on the wire and what was heard; `ears` and `mouth` are
 * the sound. Every wait has a limit and fails with the whole story so far.
 */
export class ScriptedCall {
  readonly callId: string;
  readonly journal: Journal;
  readonly media: PhoneMedia;
  /** Resolves when the call is over, however. */
  readonly over: Promise<Ending>;
  readonly #peer: SipPeer;
  readonly #dialog: Dialog;
  readonly #contact: string;
  readonly #resolveOver: (ending: Ending) => void;
  #inviteBranch = newBranch();
  /** The INVITE's headers, repeated by its CANCEL. */
  #invite: ReceivedRequest | undefined;
  #respondToInvite: Respond | undefined;
  #sentInvite: Omit<SipRequest, 'kind'> | undefined;
  #state: 'calling' | 'talking' | 'over' = 'calling';
  #isCanceled = false;
  #hasAuthorized = false;
  #sendAck: (() => void) | undefined;
  #stop200: (() => void) | undefined;

  /** What to answer to an offer in a re-INVITE in place of 200; null for what is taken. */
  refusesOffer: ((offer: string) => number | null) | undefined;
  #onReferred: ((status: number) => void) | undefined;

  constructor(peer: SipPeer, contact: string, callId: string, dialog: Dialog, media: PhoneMedia, journal: Journal) {
    this.#peer = peer;
    this.#contact = contact;
    this.callId = callId;
    this.#dialog = dialog;
    this.media = media;
    this.journal = journal;
    ({ promise: this.over, resolve: this.#resolveOver } = Promise.withResolvers<Ending>());
  }

  static incoming(
    peer: SipPeer,
    contact: string,
    invite: ReceivedRequest,
    respond: Respond,
    tag: string,
    media: PhoneMedia,
    journal: Journal,
  ): ScriptedCall {
    const contactOfPeer = parseNameAddr(headerOf(invite, 'Contact') ?? '');
    const call = new ScriptedCall(
      peer,
      contact,
      invite.callId,
      {
        localTag: tag,
        remoteTag: invite.fromTag,
        localUri: invite.to.uri,
        remoteUri: invite.from.uri,
        target: contactOfPeer.ok ? contactOfPeer.value.uri : invite.from.uri,
        routes: headerLines(invite, 'Record-Route'),
        sequence: 0,
      },
      media,
      journal,
    );
    call.#invite = invite;
    call.#respondToInvite = respond;
    journal.note(`INVITE from ${invite.from.displayName ?? ''} <${invite.from.uri}>`);
    return call;
  }

  get ears(): Ears {
    return this.media.ears;
  }

  get mouth(): Mouth {
    return this.media.mouth;
  }

  /** This call as an INVITE with Replaces names it to the far side (RFC 3891). */
  get replaces(): Header {
    const { localTag, remoteTag } = this.#dialog;
    return { name: 'Replaces', value: `${this.callId};to-tag=${remoteTag ?? ''};from-tag=${localTag}` };
  }

  get isTalking(): boolean {
    return this.#state === 'talking';
  }

  /** The INVITE that rang us. */
  get invite(): ReceivedRequest {
    if (!this.#invite) throw new Error('this call was placed, not received');
    return this.#invite;
  }

  // --- placing

  async place(uri: string, options: OutgoingCallOptions): Promise<void> {
    const sdp = options.offer === 'late' ? null : await this.media.offer();
    const from = options.isPrivate
      ? formatNameAddr('Anonymous', 'sip:anonymous@anonymous.invalid', this.#dialog.localTag)
      : formatNameAddr(options.displayName ?? null, this.#dialog.localUri, this.#dialog.localTag);
    const privacy: Header[] = options.isPrivate
      ? [
          { name: 'Privacy', value: 'id' },
          { name: 'P-Asserted-Identity', value: `<${this.#dialog.localUri}>` },
        ]
      : [];
    this.#sentInvite = {
      method: 'INVITE',
      uri,
      headers: [
        { name: 'From', value: from },
        { name: 'To', value: `<${uri}>` },
        { name: 'Call-ID', value: this.callId },
        { name: 'CSeq', value: `${++this.#dialog.sequence} INVITE` },
        { name: 'Contact', value: `<${this.#contact}>` },
        { name: 'Allow', value: 'INVITE, ACK, CANCEL, BYE, INFO, OPTIONS' },
        ...privacy,
        ...(options.headers ?? []),
        ...(sdp === null ? [] : [{ name: 'Content-Type', value: 'application/sdp' }]),
      ],
      body: Buffer.from(sdp ?? ''),
    };
    this.journal.note(`INVITE sent to ${options.to}`);
    this.#sendInvite(this.#sentInvite, options);
  }

  #sendInvite(invite: Omit<SipRequest, 'kind'>, options: OutgoingCallOptions): void {
    const onSilence = () => this.#finish({ by: 'network', how: 'lost', status: null, text: 'no answer of any kind' });
    const onResponse = (response: ReceivedResponse) => {
      // To the one without the password nothing is left to say; its 401 may come once more (RFC 3261 §17.2.1).
      if (invite === this.#sentInvite) void this.#onInviteResponse(response, options);
    };
    this.#peer.send(invite, onResponse, this.#inviteBranch, onSilence);
  }

  /** The same INVITE once more, with the password (RFC 3261 §22.2). Null when that was tried before, or cannot be. */
  #authorize(challenged: ReceivedResponse, { credentials }: OutgoingCallOptions): Omit<SipRequest, 'kind'> | null {
    const sent = this.#sentInvite;
    const challenge = headerOf(challenged, 'WWW-Authenticate');
    if (this.#hasAuthorized || !sent || !credentials || challenge === undefined || challenged.status !== 401) return null;
    const value = answerChallenge(challenge, 'INVITE', sent.uri, credentials);
    if (value === null) return null;
    this.#hasAuthorized = true;
    const cseq = `${++this.#dialog.sequence} INVITE`;
    const headers = sent.headers.map((header) => (header.name === 'CSeq' ? { name: 'CSeq', value: cseq } : header));
    return { ...sent, headers: [...headers, { name: 'Authorization', value }] };
  }

  /** 180 (or 183) came. */
  async ringing(limitMs = 3_000): Promise<void> {
    await this.journal.wait(/^18[03] /, limitMs);
  }

  /** The call is up. Fails at once when it was refused instead. */
  async answered(limitMs = 5_000): Promise<void> {
    const { what } = await this.journal.wait(/^(answered|over)/, limitMs);
    if (what !== 'answered') throw new Error(`${this.journal.name} was not answered:\n${this.journal.toString()}`);
  }

  async ended(limitMs = 5_000): Promise<Ending> {
    await this.journal.wait('over', limitMs);
    return this.over;
  }

  /** `headers`: what the BYE says. */
  async hangUp(headers: readonly Header[] = []): Promise<void> {
    if (this.#state === 'over') return;
    if (this.#state === 'calling') return this.#invite ? this.reject(480) : this.cancel();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#send('BYE', headers, '', () => resolve());
    this.#finish({ by: 'us', how: 'bye', status: null, text: '' });
    // The far side's 200 is waited for, so that closing the socket does not cut it off; one that never comes is not our problem.
    const limit = setTimeout(resolve, 1_000);
    await promise;
    clearTimeout(limit);
  }

  /** CANCEL. RFC 3261 §9.1: not before a provisional response. */
  async cancel(): Promise<void> {
    if (this.#isCanceled || this.#state !== 'calling' || !this.#sentInvite) return;
    this.#isCanceled = true;
    const heard = await this.journal.wait(/^(\d\d\d |answered|over)/, 1_000).catch(() => null);
    if (!this.#isStill('calling')) return;
    if (!heard) return this.#finish({ by: 'us', how: 'canceled', status: null, text: 'no answer of any kind' });
    const sent = this.#sentInvite;
    const headers = sent.headers
      .filter((header) => ['From', 'To', 'Call-ID', 'CSeq'].includes(header.name))
      .map((header) => (header.name === 'CSeq' ? { name: 'CSeq', value: header.value.replace('INVITE', 'CANCEL') } : header));
    this.#peer.send({ method: 'CANCEL', uri: sent.uri, headers, body: Buffer.alloc(0) }, () => {}, this.#inviteBranch);
  }

  // --- being called

  ring(status: 180 | 183 = 180): void {
    this.#respond(status);
  }

  /** 183 with our answer: whoever calls hears us before we answer, as they hear a network's ringing tone or announcement. */
  async beHeardEarly(): Promise<void> {
    const sdp = await this.media.answer(sdpOf(this.invite) ?? '');
    const headers = [{ name: 'Contact', value: `<${this.#contact}>` }];
    this.#respond(183, { headers, body: { type: 'application/sdp', content: sdp } });
  }

  /** 200 with our answer (or our offer, when the INVITE had none). */
  async answer(): Promise<void> {
    const offer = sdpOf(this.invite);
    const sdp = offer === null ? await this.media.offer() : await this.media.answer(offer);
    if (!this.#isStill('calling')) return;
    const send = () =>
      this.#respond(200, { headers: [{ name: 'Contact', value: `<${this.#contact}>` }], body: { type: 'application/sdp', content: sdp } });
    send();
    if (this.#peer.link.isReliable) return;
    let timer = setTimeout(function again() {
      send();
      timer = setTimeout(again, 1_000);
    }, 500);
    this.#stop200 = () => clearTimeout(timer);
  }

  reject(status: number, text?: string): void {
    if (this.#state !== 'calling') return;
    this.#respond(status, { text });
    this.#finish({ by: 'us', how: 'refused', status, text: text ?? '' });
  }

  // --- talking

  /** Presses keys one after the other: as RTP events, as INFO, or as both at once like some phones do. */
  async press(digits: string, by: 'rtp' | 'info' | 'both' = 'rtp', durationMs = 120): Promise<void> {
    for (const digit of digits) {
      if (by !== 'info') this.mouth.press(digit, durationMs);
      if (by !== 'rtp') await this.#info(digit, durationMs);
      // A phone that does both does them together, key by key; RTP presses alone queue by themselves.
      if (by === 'both') await this.mouth.hasPressed();
    }
  }

  /** re-INVITE: hold (`sendonly`), take back (`sendrecv`). Resolves with the status. */
  async reoffer(direction: Direction): Promise<number> {
    const sdp = await this.media.offer(direction);
    const { promise, resolve, reject } = Promise.withResolvers<ReceivedResponse>();
    const sequence = this.#send(
      'INVITE',
      [{ name: 'Contact', value: `<${this.#contact}>` }],
      sdp,
      (response) => response.status >= 200 && resolve(response),
    );
    const limit = setTimeout(
      () => reject(new Error(`${this.journal.name}: re-INVITE was not answered. So far:\n${this.journal.toString()}`)),
      5_000,
    );
    const response = await promise.finally(() => clearTimeout(limit));
    if (response.status >= 300) return response.status;
    this.#ack(sequence, '');
    const answer = sdpOf(response);
    if (answer !== null) await this.media.accept(answer);
    this.journal.note(`re-INVITE ${direction} accepted`);
    return response.status;
  }

  /** REFER: the transfer key. Resolves with what is told of it in the end (NOTIFY), or with the status of a refusal. */
  async refer(target: string, limitMs = 10_000): Promise<number> {
    return this.#refer(`sip:${target}@crosspoint.invalid`, limitMs);
  }

  /** The transfer key while a second call is up: whoever is in this call is to talk with whoever is in that one (RFC 3891 in a REFER). */
  referInto(other: ScriptedCall, limitMs = 10_000): Promise<number> {
    return this.#refer(`${other.#dialog.target}?Replaces=${encodeURIComponent(other.replaces.value)}`, limitMs);
  }

  async #refer(uri: string, limitMs: number): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#onReferred = resolve;
    const headers = [
      { name: 'Contact', value: `<${this.#contact}>` },
      { name: 'Refer-To', value: `<${uri}>` },
    ];
    this.#send('REFER', headers, '', (response) => response.status >= 300 && resolve(response.status));
    const limit = setTimeout(() => resolve(408), limitMs);
    return promise.finally(() => clearTimeout(limit));
  }

  /** Gone without a word: no BYE, no packet. */
  async vanish(): Promise<void> {
    this.#finish({ by: 'us', how: 'lost', status: null, text: 'vanished' });
    await this.media.close();
  }

  // --- what the phone passes on

  onRequest(request: ReceivedRequest, respond: Respond): void {
    switch (request.method) {
      case 'BYE':
        respond(this.#state === 'over' && !this.#isCanceled ? 481 : 200);
        return this.#finish({ by: 'them', how: 'bye', status: null, text: reasonOf(request).replace(/^ \((.*)\)$/, '$1') });
      case 'CANCEL':
        respond(200);
        if (this.#state !== 'calling') return;
        this.#respond(487);
        return this.#finish({ by: 'them', how: 'canceled', status: 487, text: reasonOf(request).replace(/^ \((.*)\)$/, '$1') });
      case 'ACK':
        return this.#onAck(request);
      case 'INVITE':
        return void this.#onReinvite(request, respond);
      case 'NOTIFY': {
        respond(200);
        // RFC 3515 §2.4.5: a fragment of the message that says how far it got.
        const status = Number(/^SIP\/2\.0 (\d{3})/.exec(request.body.toString('utf8'))?.[1] ?? 0);
        this.journal.note(`is told ${status} of the transfer`);
        if (status >= 200) this.#onReferred?.(status);
        return;
      }
      case 'INFO': {
        respond(200);
        const pressed = digitOfInfo(headerOf(request, 'Content-Type') ?? '', request.body.toString('utf8'));
        if (pressed) this.journal.note(`hears key ${pressed.digit}`);
        return;
      }
      default:
        respond(request.method === 'OPTIONS' ? 200 : 405);
    }
  }

  /** The phone's connection broke. */
  onLost(why: string): void {
    this.#finish({ by: 'network', how: 'lost', status: null, text: why });
  }

  async #onInviteResponse(response: ReceivedResponse, options: OutgoingCallOptions): Promise<void> {
    if (response.status < 200) {
      this.journal.note(`${response.status} ${response.reason}`);
      return;
    }
    if (response.status >= 300) {
      const again = this.#authorize(response, options);
      if (again) {
        this.#sentInvite = again;
        this.#inviteBranch = newBranch();
        this.journal.note('INVITE sent again with the password');
        return this.#sendInvite(again, options);
      }
      this.#finish({
        by: 'them',
        how: response.status === 487 && this.#isCanceled ? 'canceled' : 'refused',
        status: response.status,
        text: response.reason,
      });
      return;
    }
    if (options.neverAcks) return this.journal.note('200 received, not ACKed');
    if (this.#sendAck) return this.#sendAck(); // our ACK was lost: the same again (RFC 3261 §13.2.2.4)
    const contact = parseNameAddr(headerOf(response, 'Contact') ?? '');
    if (contact.ok) this.#dialog.target = contact.value.uri;
    this.#dialog.remoteTag = response.toTag;
    this.#dialog.routes = headerLines(response, 'Record-Route').reverse();
    const sdp = sdpOf(response);
    const inviteSequence = this.#dialog.sequence;
    const answer = options.offer === 'late' && sdp !== null ? await this.media.answer(sdp) : '';
    this.#sendAck = () => this.#ack(inviteSequence, answer);
    this.#sendAck();
    if (this.#isCanceled || this.#state !== 'calling') {
      // CANCEL and 200 crossed: accepted, then ended (RFC 3261 §9.1).
      this.#send('BYE', [], '', () => {});
      this.#finish({ by: 'us', how: 'canceled', status: 200, text: 'CANCEL came too late' });
      return;
    }
    this.#state = 'talking';
    if (options.offer !== 'late' && sdp !== null) await this.media.accept(sdp);
    this.journal.note('answered');
  }

  #onAck(request: ReceivedRequest): void {
    this.#stop200?.();
    if (this.#state !== 'calling' || !this.#invite) return;
    this.#state = 'talking';
    const late = sdpOf(request);
    if (late !== null && sdpOf(this.#invite) === null) void this.media.accept(late);
    this.journal.note('answered');
  }

  async #onReinvite(request: ReceivedRequest, respond: Respond): Promise<void> {
    // It crossed our BYE.
    if (this.#state === 'over') return respond(481);
    const offer = sdpOf(request);
    const refusal = offer === null ? null : (this.refusesOffer?.(offer) ?? null);
    if (refusal !== null) {
      this.journal.note(`re-INVITE refused: ${refusal}`);
      return respond(refusal);
    }
    const sdp = offer === null ? await this.media.offer() : await this.media.answer(offer);
    respond(200, { headers: [{ name: 'Contact', value: `<${this.#contact}>` }], body: { type: 'application/sdp', content: sdp } });
    this.journal.note(`re-INVITE ${/a=(sendonly|recvonly|inactive)/.exec(offer ?? '')?.[1] ?? 'sendrecv'} answered`);
  }

  /** RFC 3261 §12.1.1: who is asked over proxies that want to stay in between says so to the asker. */
  #respond(status: number, parts: ResponseParts = {}): void {
    const routes = status > 100 && status < 300 ? this.#dialog.routes.map((value) => ({ name: 'Record-Route', value })) : [];
    this.#respondToInvite?.(status, { ...parts, headers: [...routes, ...(parts.headers ?? [])] });
    if (status < 300) this.journal.note(`${status} sent`);
  }

  #info(digit: string, durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#send('INFO', [], `Signal=${digit}\r\nDuration=${durationMs}\r\n`, () => resolve(), 'application/dtmf-relay');
    });
  }

  /** A request inside the dialog. Answers its CSeq number. */
  #send(
    method: string,
    headers: readonly Header[],
    body: string,
    onResponse: (response: ReceivedResponse) => void,
    type = 'application/sdp',
  ): number {
    const sequence = ++this.#dialog.sequence;
    this.#peer.send(this.#inDialog(method, sequence, headers, body, type), onResponse);
    return sequence;
  }

  #ack(sequence: number, sdp: string): void {
    this.#peer.send(this.#inDialog('ACK', sequence, [], sdp, 'application/sdp'), () => {});
  }

  #inDialog(method: string, sequence: number, headers: readonly Header[], body: string, type: string): Omit<SipRequest, 'kind'> {
    const dialog = this.#dialog;
    return {
      method,
      uri: dialog.target,
      headers: [
        ...dialog.routes.map((value) => ({ name: 'Route', value })),
        { name: 'From', value: formatNameAddr(null, dialog.localUri, dialog.localTag) },
        { name: 'To', value: formatNameAddr(null, dialog.remoteUri, dialog.remoteTag) },
        { name: 'Call-ID', value: this.callId },
        { name: 'CSeq', value: `${sequence} ${method}` },
        ...headers,
        ...(body === '' ? [] : [{ name: 'Content-Type', value: type }]),
      ],
      body: Buffer.from(body),
    };
  }

  #isStill(state: 'calling'): boolean {
    return this.#state === state;
  }

  #finish(ending: Ending): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#stop200?.();
    const how = { bye: 'hung up', refused: `refused ${ending.status ?? ''}`, canceled: 'canceled', lost: 'lost' }[ending.how];
    this.journal.note(`over: ${how} by ${ending.by}${ending.text === '' ? '' : ` (${ending.text})`}`);
    this.#resolveOver(ending);
    void this.media.close().then(() => this.journal.close('the call is over'));
  }
}
