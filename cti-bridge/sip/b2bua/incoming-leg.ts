import { isIPv6 } from 'node:net';
import type { TimerHandle } from '../../kernel/index.ts';
import type { IncomingLeg, LegEnd } from '../api.ts';
import { Dialog, readSessionInterval } from '../dialog/index.ts';
import type { Header, ResponseParts } from '../message/index.ts';
import { headerLines, headerOf, parseUri, sdpOf } from '../message/index.ts';
import type { ServerTransaction } from '../transaction/index.ts';
import { callerIdentity } from './caller-identity.ts';
import { allow, supported } from './capabilities.ts';
import type { LegParts } from './leg-parts.ts';
import { LegSession } from './leg-session.ts';
import { reasonHeader, reasonText } from './reason-header.ts';

function hostPort({ host, port }: { readonly host: string; readonly port: number }): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** RFC 3261 §13.3.1.1: proxies drop a ringing call of which they hear nothing for three minutes. */
const repeatProgressMs = 60_000;

/** The UAS side of a call (RFC 3261 §13.3). 100 was sent before it is made. */
export function createIncomingLeg(
  parts: LegParts,
  transaction: ServerTransaction,
  from: Pick<IncomingLeg, 'trunk' | 'phone'>,
): IncomingLeg {
  const { clock, names } = parts;
  const { request, flow, toTag } = transaction;
  const session = new LegSession(parts, { callId: request.callId, localTag: toTag, extension: null, madeCallId: false });
  const offer = sdpOf(request);
  const uri = parseUri(request.uri);
  const recordRoutes = headerLines(request, 'Record-Route').map((value) => ({ name: 'Record-Route', value }));
  const contact: Header = { name: 'Contact', value: `<${names.contactUri(flow)}>` };
  let lastProgress: { readonly status: number; readonly parts: ResponseParts } | undefined;
  let progressTimer: TimerHandle | undefined;

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
  session.onEarlyRequest((early) => {
    if (early.request.method !== 'BYE')
      return early.respond(early.request.method === 'INVITE' || early.request.method === 'UPDATE' ? 491 : 481);
    // RFC 3261 §15: a caller may end an early dialog by BYE; the INVITE is answered as if cancelled.
    early.respond(200);
    refuseWith(487, {}, { cause: 'bye', by: 'remote', status: 487, text: reasonText(early.request) });
  });
  session.own({ dispose: () => progressTimer?.cancel() });
  const expires = headerOf(request, 'Expires');
  if (expires !== undefined && /^\d{1,6}$/.test(expires)) {
    // RFC 3261 §13.3.1: the caller waits so long and no longer.
    const limit = clock.timer(Number(expires) * 1_000, () => {
      if (!transaction.isAnswered) refuseWith(487, {}, { cause: 'timeout', by: 'remote', status: 487, text: 'INVITE expired' });
    });
    session.own({ dispose: () => limit.cancel() });
  }

  function sendProgress(): void {
    if (!lastProgress || transaction.isAnswered) return;
    transaction.respond(lastProgress.status, lastProgress.parts);
    progressTimer?.cancel();
    progressTimer = clock.timer(repeatProgressMs, sendProgress);
  }

  const leg: IncomingLeg = {
    callId: session.callId,
    receivedAt: transaction.receivedAt,
    dialled: (uri.ok ? uri.value.user : null) ?? '',
    caller: callerIdentity(request),
    ...from,
    peer: flow.transport === 'UDP' ? hostPort(flow.remote) : null,
    offer,
    ended: session.ended,
    header: (name) => headerOf(request, name),
    onOffer: (handler) => session.offers.onOffer(handler),
    onInfo: (handler) => session.onInfo(handler),
    reinvite: (sdp) => session.offers.reinvite(sdp),
    sendInfo: (type, body) => session.sendInfo(type, body),

    progress(status, sdp) {
      if (session.isEnded || transaction.isAnswered) return;
      if (sdp !== undefined) session.offers.localSdp = sdp;
      const body = sdp === undefined ? undefined : { type: 'application/sdp', content: sdp };
      lastProgress = { status, parts: { headers: [contact, allow, ...recordRoutes], body } };
      sendProgress();
    },

    answer(sdp) {
      if (session.isEnded || transaction.isAnswered) return Promise.resolve({ acked: false });
      progressTimer?.cancel();
      const interval = readSessionInterval(request);
      session.offers.localSdp = sdp;
      session.confirm(Dialog.asServer(request, toTag, flow));
      session.awaitAck();
      const timerHeaders = interval.kind === 'watched' ? interval.headers : [];
      const headers = [contact, allow, supported, ...recordRoutes, ...timerHeaders];
      transaction.respond(200, { headers, body: { type: 'application/sdp', content: sdp } });
      return new Promise((resolve) => {
        session.offers.expectAck(
          transaction,
          (ack) => {
            if (interval.kind === 'watched' && !session.isEnded) session.watchInterval(interval.endsAfterMs);
            session.ackSettled();
            resolve(session.isEnded ? { acked: false } : { acked: true, sdp: sdpOf(ack) });
          },
          () => session.ackSettled(),
        );
        void session.ended.then(() => resolve({ acked: false }));
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
  return leg;
}
