import type { Disposable } from '../../cti-bridge/kernel/index.ts';
import type {
  CallLeg,
  CustomerInvite,
  IncomingLeg,
  InviteRequest,
  LegEnd,
  LegSnapshot,
  OutgoingLeg,
  Refer,
  SipStack,
} from '../../cti-bridge/sip/api.ts';
import type { SipTrunks, TrunkDial, TrunkLine } from '../../cti-bridge/sip/trunks/index.ts';

/** A SIP stack without sockets: tests play the far side by hand and read what was sent. */

let tags = 0;

class FakeLeg implements CallLeg {
  readonly callId = 'fake-call-id';
  readonly localTag = `fake-tag-${++tags}`;
  readonly ended: Promise<LegEnd>;
  readonly sent: string[] = [];
  /** In re-INVITEs of ours. */
  readonly offered: string[] = [];
  hungUpWith: Parameters<CallLeg['hangUp']>[0];
  protected readonly resolveEnded: (end: LegEnd) => void;
  #offerHandler: Parameters<CallLeg['onOffer']>[0] | undefined;
  #infoHandler: Parameters<CallLeg['onInfo']>[0] | undefined;
  #referHandler: Parameters<CallLeg['onRefer']>[0] | undefined;

  constructor() {
    ({ promise: this.ended, resolve: this.resolveEnded } = Promise.withResolvers<LegEnd>());
  }

  onOffer(handler: Parameters<CallLeg['onOffer']>[0]): void {
    this.#offerHandler = handler;
  }

  onInfo(handler: Parameters<CallLeg['onInfo']>[0]): void {
    this.#infoHandler = handler;
  }

  reinvite(sdp: string): ReturnType<CallLeg['reinvite']> {
    this.sent.push('re-INVITE');
    this.offered.push(sdp);
    return Promise.resolve({ ok: true, sdp });
  }

  update(sdp?: string): ReturnType<CallLeg['update']> {
    this.sent.push('UPDATE');
    return Promise.resolve({ ok: true, sdp: sdp ?? null });
  }

  onRefer(handler: Parameters<CallLeg['onRefer']>[0]): void {
    this.#referHandler = handler;
  }

  /** The far side asks for another call. */
  referred(refer: Refer): void {
    this.#referHandler?.(refer);
  }

  refer(target: string): Promise<number> {
    this.sent.push(`REFER ${target}`);
    return Promise.resolve(200);
  }

  /** What their BYE says. */
  readonly bye: Record<string, string> = {};

  byeHeader(name: string): string | undefined {
    return this.bye[name];
  }

  snapshot(): LegSnapshot | null {
    return null;
  }

  sendInfo(contentType: string): void {
    this.sent.push(`INFO ${contentType}`);
  }

  hangUp(reason?: Parameters<CallLeg['hangUp']>[0]): void {
    this.hungUpWith ??= reason;
    this.sent.push('hangUp');
    this.end({ cause: 'local', by: 'local' });
  }

  /** The far side, or the network, ends the leg. */
  end(end: Partial<LegEnd> & Pick<LegEnd, 'cause'>): void {
    this.resolveEnded({ by: 'remote', status: null, text: null, ...end });
  }

  reoffer(sdp: string): Promise<{ readonly sdp: string } | { readonly status: number }> {
    if (!this.#offerHandler) throw new Error('nobody listens for offers on this leg');
    return this.#offerHandler(sdp);
  }

  info(contentType: string, body: string): void {
    this.#infoHandler?.(contentType, body);
  }
}

export class FakeIncomingLeg extends FakeLeg implements IncomingLeg {
  readonly receivedAt: number;
  readonly dialled: string;
  readonly caller = { user: '+447700900142', displayName: 'Margaret' };
  readonly trunk = 'local';
  readonly peer = '192.0.2.7:5060';
  readonly phone: string | null;
  readonly offer: string | null;
  readonly replaces = null;
  readonly hopsLeft = 70;
  readonly diversion: readonly string[] = [];
  /** How the far side takes our 200. */
  ack: { readonly acked: true; readonly sdp: string | null } | { readonly acked: false } = { acked: true, sdp: null };
  answeredWith: string | undefined;
  refusedWith: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined;

  constructor(
    options: { readonly offer?: string | null; readonly receivedAt?: number; readonly phone?: string; readonly dialled?: string } = {},
  ) {
    super();
    this.phone = options.phone ?? null;
    this.dialled = options.dialled ?? '1000';
    this.offer = options.offer === undefined ? 'caller offer' : options.offer;
    this.receivedAt = options.receivedAt ?? 0;
  }

  header(): string | undefined {
    return undefined;
  }

  progress(status: 180 | 183): void {
    this.sent.push(String(status));
  }

  answer(sdp: string): ReturnType<IncomingLeg['answer']> {
    this.answeredWith = sdp;
    this.sent.push('200');
    return Promise.resolve(this.ack);
  }

  refuse(status: number, _text?: string, headers: Readonly<Record<string, string>> = {}): void {
    this.refusedWith ??= { status, headers };
    this.sent.push(String(status));
    this.end({ cause: 'local', by: 'local', status });
  }
}

export class FakeOutgoingLeg extends FakeLeg implements OutgoingLeg {
  readonly outcome: OutgoingLeg['outcome'];
  readonly request: InviteRequest;
  #resolveOutcome: (outcome: Awaited<OutgoingLeg['outcome']>) => void;
  #onProgress: Parameters<OutgoingLeg['onProgress']>[0] | undefined;

  constructor(request: InviteRequest) {
    super();
    this.request = request;
    ({ promise: this.outcome, resolve: this.#resolveOutcome } = Promise.withResolvers<Awaited<OutgoingLeg['outcome']>>());
  }

  onProgress(handler: Parameters<OutgoingLeg['onProgress']>[0]): void {
    this.#onProgress = handler;
  }

  progress(status: number, sdp: string | null = null): void {
    this.#onProgress?.(status, sdp);
  }

  answer(sdp = 'phone answer', at = 0): void {
    this.#resolveOutcome({ ok: true, sdp, at });
  }

  fail(end: Partial<LegEnd> & Pick<LegEnd, 'cause'>): void {
    const whole: LegEnd = { by: 'remote', status: null, text: null, ...end };
    this.#resolveOutcome({ ok: false, end: whole });
    this.resolveEnded(whole);
  }
}

export class FakeSipStack implements SipStack {
  readonly addresses = [{ transport: 'UDP', host: '127.0.0.1', port: 5060 }] as const;
  readonly udpAddress = { host: '127.0.0.1', port: 5060 };
  readonly registered = new Set<string>();
  /** Of those registered: phones on UDP. */
  readonly onUdp = new Set<string>();
  /** What `setAddress` was told. */
  readonly fixed = new Map<string, string>();
  readonly invited: FakeOutgoingLeg[] = [];
  /** What was asked of the trunks of the configuration. */
  readonly dialled: TrunkDial[] = [];
  lines: readonly TrunkLine[] = [];
  readonly trunks: SipTrunks = {
    configure: (lines) => {
      this.lines = lines;
    },
    states: () => [],
    dial: (request) => {
      const [route] = request.routes;
      if (!route) return null;
      this.dialled.push(request);
      const leg = new FakeOutgoingLeg({ extension: route.number, from: { user: route.shown ?? '', displayName: '' }, offer: route.offer });
      this.invited.push(leg);
      return leg;
    },
    trunkAt: () => null,
    trustsIdentity: () => true,
    takesOneMore: () => true,
    credentialsAt: () => null,
    count: () => {},
    onChange: () => {},
    stop: () => {},
  };
  readonly #registrationListeners = new Set<(extension: string, isRegistered: boolean) => void>();
  #handler: ((leg: IncomingLeg) => void) | undefined;

  start(): Promise<void> {
    return Promise.resolve();
  }

  acceptUpgrade(): void {}

  onCall(handler: (leg: IncomingLeg) => void): void {
    this.#handler = handler;
  }

  invite(request: InviteRequest): OutgoingLeg | null {
    if (!this.registered.has(request.extension)) return null;
    const leg = new FakeOutgoingLeg(request);
    this.invited.push(leg);
    return leg;
  }

  inviteCustomer({ number, peer, from, offer }: CustomerInvite): OutgoingLeg | null {
    const leg = new FakeOutgoingLeg({ extension: `${number}@${peer}`, from: { user: from, displayName: '' }, offer });
    this.invited.push(leg);
    return leg;
  }

  isRegistered(extension: string): boolean {
    return this.registered.has(extension);
  }

  transportOf(extension: string): ReturnType<SipStack['transportOf']> {
    if (!this.registered.has(extension)) return null;
    return this.onUdp.has(extension) ? 'UDP' : 'WS';
  }

  setAddress(extension: string, uri: string | null): boolean {
    if (uri === null) this.fixed.delete(extension);
    else this.fixed.set(extension, uri);
    return uri === null || !uri.includes('.example');
  }

  onRegistration(listener: (extension: string, isRegistered: boolean) => void): Disposable {
    this.#registrationListeners.add(listener);
    return { dispose: () => void this.#registrationListeners.delete(listener) };
  }

  doubt(): void {}
  unregister(extension: string): void {
    this.register(extension, false);
  }

  restoreLeg(): CallLeg {
    return new FakeLeg();
  }

  legsRestored(): void {}

  counters(): Readonly<Record<string, number>> {
    return {};
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  /** An INVITE arrives. */
  receive(leg: FakeIncomingLeg): void {
    this.#handler?.(leg);
  }

  register(extension: string, isRegistered = true): void {
    if (isRegistered) this.registered.add(extension);
    else this.registered.delete(extension);
    for (const listener of this.#registrationListeners) listener(extension, isRegistered);
  }
}
