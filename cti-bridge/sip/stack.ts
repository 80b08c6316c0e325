import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { Certificate, Clock, IdSource, Log } from '../kernel/index.ts';
import type { CallLeg, CredentialLookup, IncomingLeg, SipConfig, SipStack } from './api.ts';
import { Authenticator } from './auth/index.ts';
import type { LegParts } from './b2bua/index.ts';
import { createOutgoingLeg, LegRegistry, restoreLeg, UserAgent } from './b2bua/index.ts';
import { Counters } from './counters.ts';
import { HeldRequests } from './held-requests.ts';
import { encodeUser, parseMessage, parseUri, parseVia, type ReceivedRequest } from './message/index.ts';
import type { RandomBytes } from './names.ts';
import { createNames } from './names.ts';
import { ownAddress } from './own-address.ts';
import { Bindings, KeepAlive, Registrar } from './registrar/index.ts';
import { rfcTimers, TransactionLayer } from './transaction/index.ts';
import type { DatagramTransport, Flow } from './transport/index.ts';
import { createTransports, EdgeFlows, maxBodyBytes, maxHeadBytes, originOf, stampTopVia, stampVia } from './transport/index.ts';
import type { Resolver } from './trunks/index.ts';
import { createTrunks, dnsResolver } from './trunks/index.ts';

export interface SipStackOptions {
  readonly config: SipConfig;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly credentials: CredentialLookup;
  /** Needed where a listener is TLS. */
  readonly certificate?: Certificate | null;
  readonly random?: RandomBytes;
  /** In place of the first UDP socket: a network in memory. */
  readonly datagrams?: DatagramTransport;
  /** Where the names of trunks are looked up; the machine's name servers without it. */
  readonly resolver?: Resolver;
  /** Legs of a bridge before this one are restored: requests that may be theirs, and new calls, wait until `legsRestored`. */
  readonly awaitsLegs?: boolean;
}

/** How long `stop` waits for the answers to its BYEs. */
const farewellLimitMs = 1_000;

/** Builds the floor. Nothing is bound before `start`. */
export function createSipStack(options: SipStackOptions): SipStack {
  const { config, clock, ids, log, credentials } = options;
  const random = options.random ?? randomBytes;
  const counters = new Counters();
  const timers = { ...rfcTimers, ...config.timers };
  const edges = new EdgeFlows(config.edges ?? []);
  const transports = createTransports({
    listeners: config.listeners,
    certificate: options.certificate ?? null,
    limits: config.connections ?? {},
    datagrams: options.datagrams,
    clock,
    ids,
    log,
    isTrusted: (host) => edges.isEdge(host) || userAgent.isTrunk(host),
    onBytes: (bytes, flow, receivedAt) => onBytes(bytes, flow, receivedAt),
    onUnframed,
    onClosed: (flow) => transactions.flowClosed(flow),
  });
  const { outlets } = transports;
  const names = createNames(random, (flow) => ownAddress(flow, transports.addresses, config.advertised));
  const bindings = new Bindings(clock, log);
  const authenticator = new Authenticator(config.domain, credentials, clock, random);
  const registrar = new Registrar({ clock, log, bindings, authenticator });
  const legs = new LegRegistry();
  const liveCalls = new Set<Pick<CallLeg, 'hangUp'>>();
  let callHandler: (leg: IncomingLeg) => void = (leg) => leg.refuse(480);
  let isDraining = false;
  let stopping: Promise<void> | undefined;

  const userAgent = new UserAgent(
    {
      config,
      counters,
      registrar,
      authenticator,
      bindings,
      legParts: () => legParts,
      isDraining: () => isDraining,
      isAwaitingLegs: () => held.isHolding,
      onCall: begin,
      trunkAt: (host) => trunks.trunkAt(host),
      isEdge: (host) => edges.isEdge(host),
      trunks: {
        trustsIdentity: (trunkId) => trunks.trustsIdentity(trunkId),
        takesOneMore: (trunkId) => trunks.takesOneMore(trunkId),
      },
    },
    clock,
  );
  const transactions = new TransactionLayer({ clock, log, timers, names, counters, outlets, product: config.product }, userAgent);
  const keepAlive = new KeepAlive({ clock, names, transactions, bindings, domain: config.domain, product: config.product });
  const legParts: LegParts = {
    clock,
    log,
    timers,
    names,
    transactions,
    outlets,
    bindings,
    product: config.product,
    legs,
    credentialsAt: (host) => trunks.credentialsAt(host),
  };

  const trunks = createTrunks({ legParts: () => legParts, resolver: options.resolver ?? dnsResolver, domain: config.domain });

  function track(leg: Pick<CallLeg, 'ended' | 'hangUp'>): void {
    liveCalls.add(leg);
    void leg.ended.then(() => liveCalls.delete(leg));
  }

  function begin(leg: IncomingLeg): void {
    track(leg);
    if (leg.trunk !== '') trunks.count(leg.trunk, leg.ended);
    try {
      callHandler(leg);
    } catch (error) {
      counters.add('faults');
      log.error('sip:call-handler-failed', { callId: leg.callId, error: error instanceof Error ? error.stack : String(error) });
      leg.refuse(500);
      leg.hangUp();
    }
  }

  const held = new HeldRequests(options.awaitsLegs ?? false, (flow) => userAgent.isTrunk(originOf(flow).host));

  function receive(request: ReceivedRequest, flow: Flow, receivedAt: number): void {
    if (!held.hold(request, flow, receivedAt)) transactions.receive(request, flow, receivedAt);
  }

  /** Whatever arrives, by whichever way. Nothing of it may stop us. */
  function onBytes(bytes: Buffer, flow: Flow, receivedAt: number): void {
    if (bytes.every((byte) => byte === 13 || byte === 10 || byte === 0)) return; // keep-alive of a phone behind NAT
    counters.add('messagesIn');
    if (userAgent.isShutOut(flow)) return;
    const parsed = parseMessage(bytes, flow.isReliable ? maxHeadBytes + maxBodyBytes : undefined);
    try {
      if (!parsed.ok) {
        counters.add('parseErrors');
        const { reply, status, text } = parsed.error;
        const via = parseVia(reply?.find((header) => header.name === 'Via')?.value ?? '');
        if (reply && via.ok && userAgent.mayAnswer(flow)) transactions.replyUnread(stampTopVia(reply, via.value, flow), flow, status, text);
      } else if (parsed.value.kind === 'response') transactions.receive(parsed.value, flow, receivedAt);
      else receive(stampVia(parsed.value, flow), edges.flowOf(parsed.value, flow), receivedAt);
    } catch (error) {
      // A bug of ours, or of a listener: this message is lost, the house stands.
      counters.add('faults');
      log.error('sip:fault', { error: error instanceof Error ? error.stack : String(error) });
    }
  }

  /** Cannot be read on: whoever sent it is told what was wrong, as far as it can be answered. */
  function onUnframed(head: Buffer, flow: Flow, status: number, text: string): void {
    counters.add('parseErrors');
    const parsed = parseMessage(head, maxHeadBytes);
    const headers = parsed.ok ? (parsed.value.kind === 'request' ? parsed.value.headers : null) : parsed.error.reply;
    const via = parseVia(headers?.find((header) => header.name === 'Via')?.value ?? '');
    if (headers && via.ok && userAgent.mayAnswer(flow)) transactions.replyUnread(stampTopVia(headers, via.value, flow), flow, status, text);
  }

  bindings.on('bound', ({ flow }) => flow.markAuthenticated?.(true));
  bindings.on('unbound', ({ flow }) => flow.markAuthenticated?.(false));

  return {
    get addresses() {
      return transports.addresses;
    },
    get udpAddress() {
      const { host = '', port = 0 } = transports.addresses.find(({ transport }) => transport === 'UDP') ?? {};
      return { host, port };
    },
    start: () => transports.start(),
    acceptUpgrade: (request, socket, head) => transports.acceptUpgrade(request, socket, head),
    onCall(handler) {
      callHandler = handler;
    },
    invite(request) {
      const binding = isDraining ? null : bindings.find(request.extension);
      if (!binding) return null;
      const leg = createOutgoingLeg(legParts, config.domain, request, binding, () => keepAlive.ask(request.extension));
      track(leg);
      return leg;
    },
    inviteCustomer({ number, peer, from, offer, carried }) {
      const contactUri = `sip:${encodeUser(number)}@${peer}`;
      const address = parseUri(contactUri);
      if (isDraining || !address.ok || isIP(address.value.host) === 0) return null;
      const flow = outlets.datagram(address.value.host, address.value.port ?? 5060);
      const way = { extension: number, contactUri, flow, callId: '', cseq: 0, expiresAt: null };
      const leg = createOutgoingLeg(
        legParts,
        config.domain,
        { extension: number, from: { user: from, displayName: '' }, offer, carried },
        way,
        () => {},
      );
      track(leg);
      return leg;
    },
    trunks: {
      ...trunks,
      dial(request) {
        const leg = isDraining ? null : trunks.dial(request);
        if (leg) track(leg);
        return leg;
      },
    },
    isRegistered: (extension) => bindings.find(extension) !== null,
    transportOf(extension) {
      const binding = bindings.find(extension);
      return binding && originOf(binding.flow).transport;
    },
    onRegistration(listener) {
      const bound = bindings.on('bound', ({ extension }) => listener(extension, true));
      const unbound = bindings.on('unbound', ({ extension }) => listener(extension, false));
      return {
        dispose() {
          void bound.dispose();
          void unbound.dispose();
        },
      };
    },
    doubt: (extension) => keepAlive.doubt(extension),
    unregister(extension) {
      // The one it is rung on last, so that no other takes its place.
      for (const binding of [...bindings.all(extension)].reverse()) {
        if (binding.expiresAt === null) continue;
        bindings.remove(binding);
        binding.flow.close('logged out');
      }
    },
    setAddress(extension, uri) {
      const known = bindings.known(extension);
      if (uri === null) {
        if (known?.expiresAt === null) bindings.remove(known);
        return true;
      }
      const address = parseUri(uri);
      if (!address.ok || address.value.scheme !== 'sip' || isIP(address.value.host) === 0) return false;
      if (known?.expiresAt === null && known.contactUri === uri) return true;
      const flow = outlets.datagram(address.value.host, address.value.port ?? 5060);
      bindings.fix({ extension, contactUri: uri, flow, callId: '', cseq: 0, expiresAt: null });
      keepAlive.ask(extension);
      return true;
    },
    legsRestored() {
      held.release((request, flow, receivedAt) => {
        try {
          transactions.receive(request, flow, receivedAt);
        } catch (error) {
          counters.add('faults');
          log.error('sip:fault', { error: error instanceof Error ? error.stack : String(error) });
        }
      });
    },
    restoreLeg(snapshot, trunkId) {
      const isKnown = legs.find(snapshot.localTag) !== undefined;
      const leg = restoreLeg(legParts, snapshot);
      if (isKnown) return leg;
      track(leg);
      if (trunkId !== undefined) trunks.count(trunkId, leg.ended);
      return leg;
    },
    counters: () => ({
      ...counters.snapshot(),
      transactionsLive: transactions.live,
      dialogsLive: legs.live,
      legsRemembered: legs.size,
      bindings: bindings.size,
      ...transports.counters(),
    }),
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };

  async function stop(): Promise<void> {
    isDraining = true;
    trunks.stop();
    for (const leg of [...liveCalls]) leg.hangUp({ protocol: 'SIP', cause: 503, text: 'Shutting down' });
    const farewells = legs.whenEmpty().then(() => transactions.whenAnswered());
    await new Promise<void>((resolve) => {
      const limit = clock.timer(farewellLimitMs, resolve);
      void farewells.then(() => {
        limit.cancel();
        resolve();
      });
    });
    legs.abandonAll();
    keepAlive.stop();
    bindings.clear();
    await transports.stop();
    transactions.stop();
  }
}
