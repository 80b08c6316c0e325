import type { InviteRequest, LegEnd, OutgoingLeg } from '../api.ts';
import { Dialog } from '../dialog/index.ts';
import type { Header, ReceivedResponse, SipRequest } from '../message/index.ts';
import { encodeUser, formatNameAddr, sdpOf } from '../message/index.ts';
import type { Binding } from '../registrar/index.ts';
import { allow, supported } from './capabilities.ts';
import type { LegParts } from './leg-parts.ts';
import { LegSession } from './leg-session.ts';
import { reasonHeader, reasonText } from './reason-header.ts';

type Outcome = Awaited<OutgoingLeg['outcome']>;

/**
 * The UAC side of a call (RFC 3261 §13.2): rings a registered phone over the flow of its binding. On the wire when this returns. `onSilence`
 * is told when the phone said nothing at all, not even that it tries, until it was given up.
 */
export function createOutgoingLeg(
  parts: LegParts,
  domain: string,
  wanted: InviteRequest,
  binding: Binding,
  onSilence: () => void,
): OutgoingLeg {
  const { names, transactions, outlets } = parts;
  const localTag = names.tag();
  const session = new LegSession(parts, { callId: names.callId(), localTag, extension: binding.extension, madeCallId: true });
  const request = createInvite(parts, domain, wanted, binding, session);
  const { promise: outcome, resolve } = Promise.withResolvers<Outcome>();
  let onProgress: (status: number, sdp: string | null) => void = () => {};
  /** Resends the ACK of each dialog a 2xx made, by the far side's tag. */
  const acks = new Map<string | null, () => void>();

  let isHeard = false;

  function fail(end: LegEnd): void {
    session.finish(end);
    resolve({ ok: false, end });
    if (!isHeard && end.cause !== 'protocolError') onSilence();
  }

  /** RFC 3261 §13.2.2.4. The first 2xx wins; other forks, and one that comes after we gave up, are acknowledged and told good-bye. */
  function succeeded(response: ReceivedResponse, at: number): void {
    const again = acks.get(response.toTag);
    if (again) return again();
    const dialog = Dialog.asClient(request, response, binding.flow);
    acks.set(
      response.toTag,
      transactions.sendAck(dialog.request('ACK', { headers: [session.userAgent] }, response.cseq.number), dialog.flow(outlets)),
    );
    const sdp = sdpOf(response);
    if (session.isEnded || session.dialog || sdp === null) {
      const bye = dialog.request('BYE', { headers: [session.userAgent] });
      transactions.send(bye, dialog.flow(outlets), { onResponse() {}, onFailure() {} });
      if (sdp === null && !session.isEnded && !session.dialog)
        fail({ cause: 'protocolError', by: 'remote', status: response.status, text: '2xx without SDP' });
      return;
    }
    session.offers.localSdp = wanted.offer;
    session.confirm(dialog);
    resolve({ ok: true, sdp, at });
  }

  const transaction = transactions.send(request, binding.flow, {
    onResponse(response, at) {
      isHeard = true;
      if (response.status >= 200 && response.status < 300) return succeeded(response, at);
      if (session.isEnded) return;
      if (response.status < 200) {
        if (response.status > 100) onProgress(response.status, sdpOf(response));
        return;
      }
      fail({ cause: 'rejected', by: 'remote', status: response.status, text: reasonText(response) ?? response.reason });
    },
    onFailure(why) {
      if (why === 'timeout') fail({ cause: 'timeout', by: 'network', status: 408, text: null });
      else if (why === 'transport') fail({ cause: 'flowClosed', by: 'network', status: null, text: null });
      else fail({ cause: 'protocolError', by: 'local', status: null, text: 'request could not be written' });
    },
  });

  return {
    callId: session.callId,
    ended: session.ended,
    outcome,
    onProgress(handler) {
      onProgress = handler;
    },
    onOffer: (handler) => session.offers.onOffer(handler),
    onInfo: (handler) => session.onInfo(handler),
    reinvite: (sdp) => session.offers.reinvite(sdp),
    sendInfo: (type, body) => session.sendInfo(type, body),
    hangUp(reason) {
      if (session.isEnded) return;
      const end: LegEnd = { cause: 'local', by: 'local', status: null, text: reason?.text ?? null };
      if (session.isConfirmed) return session.bye(end, reason);
      transaction.cancel(reason ? [reasonHeader(reason)] : []);
      fail(end);
    },
  };
}

function createInvite(parts: LegParts, domain: string, wanted: InviteRequest, binding: Binding, session: LegSession): SipRequest {
  const from = formatNameAddr(wanted.from.displayName, `sip:${encodeUser(wanted.from.user)}@${domain}`, session.localTag);
  const headers: Header[] = [
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: from },
    { name: 'To', value: `<sip:${encodeUser(wanted.extension)}@${domain}>` },
    { name: 'Call-ID', value: session.callId },
    { name: 'CSeq', value: '1 INVITE' },
    { name: 'Contact', value: `<${parts.names.contactUri(binding.flow)}>` },
    allow,
    supported,
    session.userAgent,
    ...Object.entries(wanted.headers ?? {}).map(([name, value]) => ({ name, value })),
    { name: 'Content-Type', value: 'application/sdp' },
  ];
  return { kind: 'request', method: 'INVITE', uri: binding.contactUri, headers, body: Buffer.from(wanted.offer, 'utf8') };
}
