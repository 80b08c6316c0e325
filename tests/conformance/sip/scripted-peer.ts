import type { Clock } from '../../../cti-bridge/kernel/index.ts';
import { silentLog, VirtualClock } from '../../../cti-bridge/kernel/index.ts';
import type {
  ClientTransaction,
  Header,
  IncomingLeg,
  LegEnd,
  ReceivedRequest,
  ReceivedResponse,
  Resolver,
  ServerTransaction,
  SipConfig,
  SipRequest,
  SipStack,
  StreamTarget,
} from '../../../cti-bridge/sip/index.ts';
import {
  answerChallenge,
  Counters,
  createNames,
  createSipStack,
  Dialog,
  headerOf,
  parseMessage,
  rfcTimers,
  sdpOf,
  stampVia,
  TransactionLayer,
} from '../../../cti-bridge/sip/index.ts';
import type { NetworkFaults } from './memory-network.ts';
import { MemoryNetwork, seeded } from './memory-network.ts';

export const offer = 'v=0\r\ns=offer\r\n';
export const answer = 'v=0\r\ns=answer\r\n';

const randomOf = (seed: number) => {
  const next = seeded(seed);
  return (size: number) => Uint8Array.from({ length: size }, () => Math.floor(next() * 256));
};

/** A stack in a network of memory and virtual time. */
export interface World {
  readonly clock: VirtualClock;
  readonly network: MemoryNetwork;
  readonly stack: SipStack;
  readonly calls: { readonly leg: IncomingLeg; end: LegEnd | null }[];
  peer(host: string): ScriptedPeer;
}

export const stackHost = '192.0.2.1';
export const trunkHost = '192.0.2.10';

export async function createWorld(
  onCall: (leg: IncomingLeg) => void,
  faults: NetworkFaults = {},
  config: Partial<SipConfig> = {},
  resolver?: Resolver,
  /** Begins in the place of the stack that is there. */
  inPlaceOf?: World,
  awaitsLegs = false,
): Promise<World> {
  const clock = inPlaceOf?.clock ?? new VirtualClock();
  const network = inPlaceOf?.network ?? new MemoryNetwork(clock, faults);
  const stack = createSipStack({
    config: {
      domain: 'example.com',
      product: 'Crosspoint/test',
      listeners: [{ transport: 'UDP', host: stackHost, port: 5060 }],
      advertised: null,
      trunks: [{ trunkId: 'trunk', sources: [trunkHost] }],
      inviteRateLimit: 100_000,
      ...config,
    },
    clock,
    ids: { next: <Id extends string>() => 'id' as Id },
    log: silentLog,
    random: randomOf(faults.seed ?? 1),
    credentials: (username) =>
      username.startsWith('nobody') ? null : { password: `secret-of-${username}`, isRandom: username.startsWith('desktop') },
    datagrams: network.endpoint(stackHost, 5060),
    awaitsLegs,
    ...(resolver ? { resolver } : {}),
  });
  await stack.start();
  const calls: World['calls'] = [];
  stack.onCall((leg) => {
    const call = { leg, end: null as LegEnd | null };
    calls.push(call);
    void leg.ended.then((end) => {
      call.end = end;
    });
    onCall(leg);
  });
  let peers = 0;
  return { clock, network, stack, calls, peer: (host) => new ScriptedPeer(clock, network, host, (faults.seed ?? 1) * 100 + ++peers) };
}

/** What became of a call the peer made. */
export class PeerCall {
  readonly invite: SipRequest;
  readonly statuses: number[] = [];
  dialog: Dialog | null = null;
  /** Final status, 0 for no answer at all; null while it is open. */
  final: number | null = null;
  readonly responses: ReceivedResponse[] = [];
  lastResponse: ReceivedResponse | null = null;
  transaction: ClientTransaction | null = null;
  byeStatus: number | null = null;

  constructor(invite: SipRequest) {
    this.invite = invite;
  }
}

/** The other side of the wire: speaks SIP through the same transactions, decides by script. */
export class ScriptedPeer {
  readonly host: string;
  readonly acks: ReceivedRequest[] = [];
  readonly requests: ServerTransaction[] = [];
  /** Set false to leave 2xx unacknowledged. */
  acknowledges = true;
  /** Description in the ACK of a re-INVITE that had none. */
  ackBody: string | null = null;
  onAck: (ack: ReceivedRequest) => void = () => {};
  onRequest: (transaction: ServerTransaction) => void = (transaction) => transaction.respond(200);
  readonly layer: TransactionLayer;
  readonly #names: ReturnType<typeof createNames>;
  readonly #endpoint: ReturnType<MemoryNetwork['endpoint']>;

  constructor(clock: Clock, network: MemoryNetwork, host: string, seed: number) {
    this.host = host;
    this.#endpoint = network.endpoint(host, 5060);
    this.#names = createNames(randomOf(seed), () => ({ host, port: 5060 }));
    const parts = {
      clock,
      log: silentLog,
      timers: rfcTimers,
      names: this.#names,
      counters: new Counters(),
      outlets: {
        datagram: (toHost: string, toPort: number) => this.#endpoint.flowTo(toHost, toPort),
        stream: ({ host: toHost, port: toPort }: StreamTarget) => this.#endpoint.flowTo(toHost, toPort),
      },
      product: 'Peer/test',
    };
    this.layer = new TransactionLayer(parts, {
      screen: () => null,
      onRequest: (transaction) => {
        this.requests.push(transaction);
        this.onRequest(transaction);
      },
      onAck: (ack) => {
        this.acks.push(ack);
        this.onAck(ack);
      },
    });
    void this.#endpoint.start((bytes, flow, at) => {
      const parsed = parseMessage(bytes);
      if (parsed.ok) this.layer.receive(parsed.value.kind === 'request' ? stampVia(parsed.value, flow) : parsed.value, flow, at);
    });
  }

  get flow() {
    return this.#endpoint.flowTo(stackHost, 5060);
  }

  get contact(): Header {
    return { name: 'Contact', value: `<sip:peer@${this.host}:5060>` };
  }

  call(options: { readonly offer?: string | null; readonly headers?: readonly Header[] } = {}): PeerCall {
    const sdp = options.offer === undefined ? offer : options.offer;
    const invite = this.request(
      'INVITE',
      'sip:4001@example.com',
      'sip:+8613800000001@example.net',
      [this.contact, ...(options.headers ?? [])],
      sdp,
    );
    const call = new PeerCall(invite);
    const acks = new Map<string | null, () => void>();
    const dialogs = new Map<string | null, Dialog>();
    const dialogWith = (response: ReceivedResponse) => {
      const dialog = dialogs.get(response.toTag) ?? Dialog.asClient(invite, response, this.flow);
      dialogs.set(response.toTag, dialog);
      return dialog;
    };
    call.transaction = this.layer.send(invite, this.flow, {
      onResponse: (response) => {
        call.statuses.push(response.status);
        call.lastResponse = response;
        call.responses.push(response);
        if (response.status < 200) {
          if (response.toTag !== null) call.dialog = dialogWith(response);
          return;
        }
        call.final = response.status;
        if (response.status >= 300 || !this.acknowledges) return;
        const again = acks.get(response.toTag);
        if (again) return again();
        const dialog = dialogWith(response);
        call.dialog = dialog;
        const body = sdp === null ? { body: { type: 'application/sdp', content: answer } } : {};
        acks.set(response.toTag, this.layer.sendAck(dialog.request('ACK', body, response.cseq.number), this.flow));
      },
      onFailure: () => {
        call.final = 0;
      },
    });
    return call;
  }

  hangUp(call: PeerCall): void {
    this.ask(call.dialog, 'BYE', (status) => {
      call.byeStatus = status;
    });
  }

  /** Sends a request within a dialog; an INVITE's 2xx is acknowledged. */
  ask(
    dialog: Dialog | null,
    method: string,
    onFinal: (status: number, response?: ReceivedResponse) => void,
    sdp?: string,
    headers: readonly Header[] = [],
  ): void {
    if (!dialog) throw new Error('no dialog');
    const parts = {
      headers: [this.contact, ...headers],
      ...(sdp === undefined ? {} : { body: { type: 'application/sdp', content: sdp } }),
    };
    this.layer.send(dialog.request(method, parts), this.flow, {
      onResponse: (response) => {
        if (response.status < 200) return;
        const ackParts = this.ackBody === null ? {} : { body: { type: 'application/sdp', content: this.ackBody } };
        if (method === 'INVITE' && response.status < 300)
          this.layer.sendAck(dialog.request('ACK', ackParts, response.cseq.number), this.flow);
        onFinal(response.status, response);
      },
      onFailure: () => onFinal(0),
    });
  }

  /** REGISTER with digest; resolves with the last status. */
  register(
    extension: string,
    options: { readonly password?: string; readonly contact?: string; readonly expires?: string; readonly callId?: string } = {},
  ): Promise<ReceivedResponse> {
    const headers: Header[] = [{ name: 'Contact', value: options.contact ?? `<sip:${extension}@${this.host}:5060>` }];
    if (options.expires !== undefined) headers.push({ name: 'Expires', value: options.expires });
    const aor = `sip:${extension}@example.com`;
    const send = (extra: readonly Header[]) =>
      new Promise<ReceivedResponse>((resolve, reject) => {
        const request = this.request('REGISTER', 'sip:example.com', aor, [...headers, ...extra], null, aor);
        this.layer.send(request, this.flow, { onResponse: resolve, onFailure: reject });
      });
    return send([]).then((challenged) => {
      const value = answerChallenge(headerOf(challenged, 'WWW-Authenticate') ?? '', {
        method: 'REGISTER',
        uri: 'sip:example.com',
        username: extension,
        password: options.password ?? `secret-of-${extension}`,
        cnonce: 'c',
        nonceCount: 1,
      });
      return value === null ? challenged : send([{ name: 'Authorization', value }]);
    });
  }

  request(method: string, uri: string, from: string, headers: readonly Header[] = [], sdp: string | null = null, to = uri): SipRequest {
    return {
      kind: 'request',
      method,
      uri,
      headers: [
        { name: 'Max-Forwards', value: '70' },
        { name: 'From', value: `<${from}>;tag=${this.#names.tag()}` },
        { name: 'To', value: `<${to}>` },
        { name: 'Call-ID', value: this.#names.callId() },
        { name: 'CSeq', value: `1 ${method}` },
        ...headers,
        ...(sdp === null ? [] : [{ name: 'Content-Type', value: 'application/sdp' }]),
      ],
      body: Buffer.from(sdp ?? ''),
    };
  }
}

/** Status, method or SDP of what a peer received, for short assertions. */
export const sdpIn = (message: ReceivedRequest | ReceivedResponse | undefined): string | null => (message ? sdpOf(message) : null);
