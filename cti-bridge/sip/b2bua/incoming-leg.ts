import { isIPv6 } from 'node:net';
import type { TimerHandle } from '../../kernel/index.ts';
import type { IncomingLeg, LegEnd } from '../api.ts';
import { Dialog, readSessionInterval } from '../dialog/index.ts';
import type { Header, ResponseParts } from '../message/index.ts';
import { headerLines, headerOf, parseUri, sdpOf } from '../message/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import { originOf } from '../transport/index.ts';
import { callLeg } from './call-leg.ts';
import { callerIdentity } from './caller-identity.ts';
import { allow, supported } from './capabilities.ts';
import { readDiversion } from './diversion.ts';
import type { LegParts } from './leg-parts.ts';
import { LegSession } from './leg-session.ts';
import { reasonHeader, reasonText } from './reason-header.ts';
import { ReliableProgress, reliabilityOf } from './reliable-progress.ts';

type Acked = Awaited<ReturnType<IncomingLeg['answer']>>;

function hostPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** RFC 3261 §13.3.1.1: proxies drop a ringing call of which they hear nothing for three minutes. */
const repeatProgressMs = 60_000;

/** The UAS side of a call (RFC 3261 §13.3). 100 was sent before it is made. */
export function createIncomingLeg(
  parts: LegParts,
  transaction: ServerTransaction,
  from: Pick<IncomingLeg, 'trunk' | 'phone' | 'replaces'>,
  isTrusted: boolean,
): IncomingLeg {
  const { clock, names } = parts;
  const { request, flow, toTag } = transaction;
  const credentials = () => (from.phone === null ? parts.credentialsAt(originOf(flow).host) : null);
  const session = new LegSession(parts, { callId: request.callId, localTag: toTag, extension: null, madeCallId: false, credentials });
  const offer = sdpOf(request);
  const uri = parseUri(request.uri);
  const recordRoutes = headerLines(request, 'Record-Route').map((value) => ({ name: 'Record-Route', value }));
  const contact: Header = { name: 'Contact', value: `<${names.contactUri(flow)}>` };
  const reliability = reliabilityOf(request);
  const reliable = new ReliableProgress(parts, transaction, () =>
    refuseWith(504, {}, { cause: 'timeout', by: 'network', status: 504, text: 'no PRACK' }),
  );
  /** The description that the caller has from us, in a provisional response that it acknowledges. */
  let early: { readonly sdp: string; answer: string | null } | undefined;
  let lastProgress: { readonly status: number; readonly parts: ResponseParts } | undefined;
  let progressTimer: TimerHandle | undefined;
  let isAnswering = false;
  session.learn(request);
  session.offers.remoteSdp = offer;
  if (offer !== null) session.offers.open('theirs');

  /** Before the answer only. */
  function refuseWith(status: number, response: ResponseParts, end: LegEnd): void {
    transaction.respond(status, response);
    session.finish(end);
  }

  transaction.onCancel((cancel) => refuseWith(487, {}, { cause: 'cancel', by: 'remote', status: 487, text: reasonText(cancel) }));
  transaction.onFailure((why) => {
    // A refusal nobody acknowledged ended the leg when it was sent; here only a lost flow is news.
    if (why === 'transport') session.finish({ cause: 'flowClosed', by: 'network', status: null, text: null });
  });
  session.onEarlyRequest((asked, dialog) => {
    if (asked.request.method === 'PRACK') return acknowledged(asked, dialog);
    // RFC 3261 §15: a caller may end an early dialog by BYE; the INVITE is answered as if cancelled.
    asked.respond(200);
    refuseWith(487, {}, { cause: 'bye', by: 'remote', status: 487, text: reasonText(asked.request) });
  });
  session.own({ dispose: () => progressTimer?.cancel() });
  session.own({ dispose: () => reliable.stop() });
  const expires = headerOf(request, 'Expires');
  if (expires !== undefined && /^\d{1,6}$/.test(expires)) {
    // RFC 3261 §13.3.1: the caller waits so long and no longer.
    const limit = clock.timer(Number(expires) * 1_000, () => {
      if (!transaction.isAnswered) refuseWith(487, {}, { cause: 'timeout', by: 'remote', status: 487, text: 'INVITE expired' });
    });
    session.own({ dispose: () => limit.cancel() });
  }

  /** RFC 3262 §3 and §5. What a PRACK carries is the answer where the offer was ours, else an offer. */
  function acknowledged(prack: ServerTransaction, dialog: Dialog): void {
    const open = reliable.acknowledge(prack.request);
    if (!open) return prack.respond(481);
    const sdp = sdpOf(prack.request);
    if (open.hadSdp) session.mayUpdateEarly = true;
    if (open.hadSdp && offer === null && early) {
      early.answer = sdp;
      session.offers.remoteSdp = sdp;
      session.offers.settle();
      prack.respond(200);
    } else if (sdp !== null) session.offers.receive(prack, dialog);
    else prack.respond(200);
    reliable.proceed();
  }

  function sendProgress(): void {
    if (!lastProgress || transaction.isAnswered) return;
    transaction.respond(lastProgress.status, lastProgress.parts);
    repeatProgress(sendProgress);
  }

  function sendReliably(status: number, headers: readonly Header[], sdp: string | undefined): void {
    // The description is agreed on once; another one takes an UPDATE.
    const isFirst = sdp !== undefined && early === undefined;
    if (isFirst) {
      early = { sdp, answer: null };
      if (offer === null) session.offers.open('ours');
      else session.offers.settle();
    }
    reliable.send(status, { headers, body: isFirst ? { type: 'application/sdp', content: sdp } : undefined }, isFirst);
    repeatProgress(() => sendReliably(status, headers, undefined));
  }

  function repeatProgress(again: () => void): void {
    progressTimer?.cancel();
    progressTimer = clock.timer(repeatProgressMs, again);
  }

  function sendSuccess(sdp: string, resolve: (outcome: Acked) => void): void {
    if (session.isEnded || transaction.isAnswered) return resolve({ acked: false });
    progressTimer?.cancel();
    reliable.stop();
    const interval = readSessionInterval(request);
    // What was agreed on reliably is not said again (RFC 3261 §13.2.1); should it have changed since, that is an offer of its own.
    const isAgreed = early !== undefined;
    const isChanged = isAgreed && session.offers.localSdp !== sdp;
    if (!isAgreed) session.offers.localSdp = sdp;
    session.confirm(session.earlyDialog(request.fromTag) ?? Dialog.asServer(request, toTag, flow));
    session.awaitAck();
    if (offer === null && !isAgreed) session.offers.open('ours');
    else session.offers.settle();
    const timerHeaders = interval.kind === 'agreed' ? interval.headers : [];
    const headers = [contact, allow, supported, ...recordRoutes, ...timerHeaders];
    transaction.respond(200, { headers, body: isAgreed ? undefined : { type: 'application/sdp', content: sdp } });
    session.offers.expectAck(
      transaction,
      (ack) => {
        if (interval.kind === 'agreed' && !session.isEnded) session.timer.restart(interval.agreed);
        if (!isAgreed && offer === null) {
          session.offers.remoteSdp = sdpOf(ack);
          session.offers.settle();
        }
        session.ackSettled();
        if (session.isEnded) return resolve({ acked: false });
        if (!isAgreed) return resolve({ acked: true, sdp: sdpOf(ack) });
        if (!isChanged) return resolve({ acked: true, sdp: early?.answer ?? null });
        void session.offers.reinvite(sdp).then((outcome) => resolve({ acked: true, sdp: outcome.ok ? outcome.sdp : null }));
      },
      () => session.ackSettled(),
    );
  }

  const leg: IncomingLeg = {
    ...callLeg(session),
    receivedAt: transaction.receivedAt,
    dialled: (uri.ok ? uri.value.user : null) ?? '',
    caller: callerIdentity(request, isTrusted),
    ...from,
    peer: flow.transport === 'UDP' ? hostPort(flow.remote) : null,
    offer,
    hopsLeft: Number(headerOf(request, 'Max-Forwards') ?? 70),
    diversion: readDiversion(request),
    header: (name) => headerOf(request, name),

    progress(status, sdp) {
      if (session.isEnded || transaction.isAnswered || isAnswering) return;
      if (sdp !== undefined && !early) session.offers.localSdp = sdp;
      session.early(request.fromTag, () => Dialog.asServer(request, toTag, flow));
      const headers = [contact, allow, supported, ...recordRoutes];
      if (reliability === 'demanded' || (reliability === 'possible' && (sdp !== undefined || early)))
        return sendReliably(status, headers, sdp);
      const body = sdp === undefined ? undefined : { type: 'application/sdp', content: sdp };
      lastProgress = { status, parts: { headers, body } };
      sendProgress();
    },

    answer(sdp) {
      if (session.isEnded || transaction.isAnswered || isAnswering) return Promise.resolve({ acked: false });
      isAnswering = true;
      return new Promise((resolve) => {
        void session.ended.then(() => resolve({ acked: false }));
        if (reliable.owesSdp) reliable.whenAcknowledged(() => sendSuccess(sdp, resolve));
        else sendSuccess(sdp, resolve);
      });
    },

    refuse(status, text, headers = {}) {
      if (session.isEnded || transaction.isAnswered) return;
      const lines = Object.entries(headers).map(([name, value]) => ({ name, value }));
      refuseWith(status, { text, headers: lines }, { cause: 'local', by: 'local', status, text: text ?? null });
    },

    hangUp(reason) {
      if (session.isEnded) return;
      const end: LegEnd = { cause: 'local', by: 'local', status: session.isConfirmed ? null : 480, text: reason?.text ?? null };
      if (session.isConfirmed) session.bye(end, reason);
      else refuseWith(480, { headers: reason ? [reasonHeader(reason)] : [] }, end);
    },
  };
  session.leg = leg;
  return leg;
}
