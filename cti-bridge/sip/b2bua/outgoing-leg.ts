import type { Carried, InviteRequest, LegEnd, OutgoingLeg } from '../api.ts';
import type { Credentials } from '../auth/index.ts';
import { Dialog, readAgreedInterval, sessionExpiresHeaders } from '../dialog/index.ts';
import type { Header, ReceivedResponse, SipRequest } from '../message/index.ts';
import { encodeUser, headerOf, headerTokens, sdpOf } from '../message/index.ts';
import type { ClientTransaction } from '../transaction/index.ts';
import type { Flow } from '../transport/index.ts';
import { isWebSocket } from '../transport/index.ts';
import { callLeg } from './call-leg.ts';
import { identityHeaders } from './caller-identity.ts';
import { allow, supported } from './capabilities.ts';
import { carriedHeaders, maxForwardsOf } from './carried.ts';
import type { LegParts } from './leg-parts.ts';
import { LegSession } from './leg-session.ts';
import { reasonHeader, reasonText } from './reason-header.ts';

type Outcome = Awaited<OutgoingLeg['outcome']>;

/** Where an INVITE goes. A phone of ours has an `extension`, under which it may come back on another flow; others have none. */
export interface OutgoingWay {
  readonly extension: string | null;
  /** Our Request-URI. */
  readonly contactUri: string;
  readonly flow: Flow;
  /** Proxies on the way, as Route. */
  readonly routes?: readonly string[];
}

/** What a line of a provider wants beside the call itself. */
export interface OutgoingInvite extends InviteRequest {
  /** To; our own domain without it. */
  readonly toUri?: string;
  /** Domain of From, where the provider wants its own. */
  readonly fromDomain?: string;
  /** The caller's number is not to be shown. */
  readonly isWithheld?: boolean;
  /** P-Asserted-Identity is said to this far side (RFC 3325). */
  readonly isTrusted?: boolean;
  readonly carried?: Carried | undefined;
  /** Hears every response to the INVITE, 100 included. */
  readonly onResponse?: (response: ReceivedResponse) => void;
}

const sessionSeconds = 1_800;
/** How often a 422 may raise the session interval. */
const maxRaises = 2;

/**
 * The UAC side of a call (RFC 3261 §13.2): rings a phone over the flow of its binding, or a number over a line. On the wire when this
 * returns. `onSilence` is told when the far side said nothing at all, not even that it tries, until it was given up.
 */
export function createOutgoingLeg(
  parts: LegParts,
  domain: string,
  wanted: OutgoingInvite,
  way: OutgoingWay,
  onSilence: () => void,
  credentials: Credentials | null = null,
): OutgoingLeg {
  const { names, transactions } = parts;
  const localTag = names.tag();
  const session = new LegSession(parts, {
    callId: names.callId(),
    localTag,
    extension: way.extension,
    madeCallId: true,
    credentials: () => credentials,
  });
  const attempt = session.requests.attempt();
  const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
  let onProgress: (status: number, sdp: string | null) => void = () => {};
  /** Each far side that answers, provisionally or not, has a dialog of its own (RFC 3261 §12.1.2), by its tag. */
  const dialogs = new Map<string | null, Dialog>();
  /** Resends the ACK of each dialog a 2xx made. */
  const acks = new Map<string | null, () => void>();
  /** Last RSeq of each far side (RFC 3262 §4), and the answers that came in reliable provisional responses. */
  const heardSequences = new Map<string | null, number>();
  const answers = new Map<string | null, string>();
  let request: SipRequest;
  let transaction: ClientTransaction;
  let cseq = 0;
  let raises = 0;
  let isHeard = false;
  session.offers.localSdp = wanted.offer;
  session.offers.open('ours');

  function fail(end: LegEnd): void {
    session.finish(end);
    resolve({ ok: false, end });
    if (!isHeard && end.cause !== 'protocolError') onSilence();
  }

  function dialogWith(response: ReceivedResponse): Dialog {
    const known = dialogs.get(response.toTag);
    if (known) return known;
    const dialog = Dialog.asClient(request, response, way.flow);
    dialogs.set(response.toTag, dialog);
    if (!session.isEnded && !session.isConfirmed) session.early(response.toTag, () => dialog);
    return dialog;
  }

  function progressed(response: ReceivedResponse): void {
    if (response.status === 100) return;
    session.learn(response);
    const dialog = response.toTag === null ? null : dialogWith(response);
    if (dialog && headerTokens(response, 'Require').includes('100rel') && !acknowledge(response, dialog)) return;
    onProgress(response.status, sdpOf(response));
  }

  /** PRACK (RFC 3262 §4). False for what was heard before, or came too early: it will be repeated. */
  function acknowledge(response: ReceivedResponse, dialog: Dialog): boolean {
    const sequence = Number(/^\d{1,10}$/.exec((headerOf(response, 'RSeq') ?? '').trim())?.[0] ?? Number.NaN);
    const last = heardSequences.get(response.toTag);
    if (Number.isNaN(sequence) || (last !== undefined && sequence !== last + 1)) return false;
    heardSequences.set(response.toTag, sequence);
    const sdp = sdpOf(response);
    if (sdp !== null && !answers.has(response.toTag)) {
      answers.set(response.toTag, sdp);
      session.offers.remoteSdp = sdp;
      session.offers.settle();
    }
    const rack = { name: 'RAck', value: `${sequence} ${response.cseq.number} INVITE` };
    const isAgreed = answers.has(response.toTag);
    session.send(
      'PRACK',
      { headers: [rack] },
      {
        onResponse: ({ status }) => {
          if (status >= 200 && status < 300 && isAgreed) session.mayUpdateEarly = true;
        },
        onFailure() {},
      },
      dialog,
    );
    return true;
  }

  /** RFC 3261 §13.2.2.4. The first 2xx wins; other forks, and one that comes after we gave up, are acknowledged and told good-bye. */
  function succeeded(response: ReceivedResponse, at: number): void {
    const again = acks.get(response.toTag);
    if (again) return again();
    const dialog = dialogWith(response);
    dialog.confirmedBy(response);
    acks.set(response.toTag, session.requests.acknowledge(request, response, dialog));
    // An answer that came reliably is the answer. A line that says another one in its 2xx means that one: the audio follows it.
    const sdp = sdpOf(response) ?? answers.get(response.toTag) ?? null;
    if (session.isEnded || session.isConfirmed || sdp === null) {
      session.send('BYE', {}, { onResponse() {}, onFailure() {} }, dialog);
      if (sdp === null && !session.isEnded && !session.isConfirmed)
        fail({ cause: 'protocolError', by: 'remote', status: response.status, text: '2xx without SDP' });
      return;
    }
    session.offers.remoteSdp = sdp;
    session.learn(response);
    session.confirm(dialog);
    session.offers.settle();
    session.timer.restart(readAgreedInterval(response));
    resolve({ ok: true, sdp, at });
  }

  /** Sends the INVITE again, where that helps: with credentials, or with the session interval that a proxy insists on. */
  function triesAgain(response: ReceivedResponse): boolean {
    const headers = attempt.answer(response, 'INVITE', way.contactUri);
    if (headers) send(headers);
    else if (response.status === 422 && ++raises <= maxRaises) {
      session.raiseInterval(response);
      send(session.requests.credentialsFor('INVITE', way.contactUri));
    } else return false;
    return true;
  }

  function send(more: readonly Header[]): void {
    request = createInvite(parts, domain, wanted, way, session, ++cseq, more);
    transaction = transactions.send(request, way.flow, {
      onResponse(response, at) {
        isHeard = true;
        wanted.onResponse?.(response);
        if (response.status >= 200 && response.status < 300) return succeeded(response, at);
        if (session.isEnded) return;
        if (response.status < 200) return progressed(response);
        if (triesAgain(response)) return;
        fail({ cause: 'rejected', by: 'remote', status: response.status, text: reasonText(response) ?? response.reason });
      },
      onFailure(why) {
        if (why === 'timeout') fail({ cause: 'timeout', by: 'network', status: 408, text: null });
        else if (why === 'transport') fail({ cause: 'flowClosed', by: 'network', status: null, text: null });
        else fail({ cause: 'protocolError', by: 'local', status: null, text: 'request could not be written' });
      },
    });
  }
  send([]);

  const leg: OutgoingLeg = {
    ...callLeg(session),
    outcome,
    onProgress(handler) {
      onProgress = handler;
    },
    hangUp(reason) {
      if (session.isEnded) return;
      const end: LegEnd = { cause: 'local', by: 'local', status: null, text: reason?.text ?? null };
      if (session.isConfirmed) return session.bye(end, reason);
      transaction.cancel(reason ? [reasonHeader(reason)] : []);
      fail(end);
    },
  };
  session.leg = leg;
  return leg;
}

/** RFC 5373, and what phones took for it before and since: Call-Info with its delay, Alert-Info with a word. */
const answeringHeaders = (domain: string): readonly Header[] => [
  { name: 'Answer-Mode', value: 'Auto' },
  { name: 'Call-Info', value: `<sip:${domain}>;answer-after=0` },
  { name: 'Alert-Info', value: `<sip:${domain}>;info=alert-autoanswer;delay=0` },
];

function createInvite(
  parts: LegParts,
  domain: string,
  wanted: OutgoingInvite,
  way: OutgoingWay,
  session: LegSession,
  cseq: number,
  more: readonly Header[],
): SipRequest {
  const identity = { ...wanted.from, isWithheld: wanted.isWithheld ?? false, isTrusted: wanted.isTrusted ?? false };
  const [from, ...asserted] = identityHeaders(identity, wanted.fromDomain ?? domain, session.localTag);
  const headers: Header[] = [
    maxForwardsOf(wanted.carried ?? wanted),
    ...(way.routes ?? []).map((value) => ({ name: 'Route', value })),
    ...(from ? [from] : []),
    { name: 'To', value: `<${wanted.toUri ?? `sip:${encodeUser(wanted.extension)}@${domain}`}>` },
    { name: 'Call-ID', value: session.callId },
    { name: 'CSeq', value: `${cseq} INVITE` },
    { name: 'Contact', value: `<${parts.names.contactUri(way.flow)}>` },
    allow,
    supported,
    session.requests.userAgent,
    // A browser's flow tells by itself when its phone is gone; JsSIP would refresh for nothing.
    ...(isWebSocket(way.flow) ? [] : sessionExpiresHeaders({ seconds: sessionSeconds, minimum: session.minInterval, refresher: null })),
    ...asserted,
    ...carriedHeaders(wanted.carried, identity, wanted.fromDomain ?? domain, way.contactUri),
    ...(wanted.answersItself ? answeringHeaders(domain) : []),
    ...Object.entries(wanted.headers ?? {}).map(([name, value]) => ({ name, value })),
    ...more,
    { name: 'Content-Type', value: 'application/sdp' },
  ];
  return { kind: 'request', method: 'INVITE', uri: way.contactUri, headers, body: Buffer.from(wanted.offer, 'utf8') };
}
