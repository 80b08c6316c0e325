import { isIP } from 'node:net';
import type { Header, ReceivedRequest, SipUri, Via } from '../message/index.ts';
import { formatVia } from '../message/index.ts';
import type { Flow, Outlets } from './flow.ts';

const defaultPort = 5060;

/** Marks the topmost Via with where the request really came from (RFC 3261 §18.2.1, RFC 3581 §4). What the sender claimed there is overwritten. */
export function stampVia(request: ReceivedRequest, flow: Flow): ReceivedRequest {
  const via = stamped(request.via, flow);
  return { ...request, via, headers: replaceTopVia(request.headers, via) };
}

function stamped(via: Via, flow: Flow): Via {
  const params = new Map(via.params);
  params.delete('received');
  const wantsPort = params.has('rport');
  if (wantsPort) params.set('rport', String(flow.remote.port));
  if (wantsPort || via.host !== flow.remote.host) params.set('received', flow.remote.host);
  return { ...via, params };
}

/** For replies to what could not be fully read. */
export function stampTopVia(headers: readonly Header[], via: Via, flow: Flow): readonly Header[] {
  return replaceTopVia(headers, stamped(via, flow));
}

function replaceTopVia(headers: readonly Header[], via: Via): readonly Header[] {
  const top = headers.findIndex((header) => header.name === 'Via');
  return headers.map((header, index) => (index === top ? { name: 'Via', value: formatVia(via) } : header));
}

/**
 * Where responses to this request go: the same flow; over UDP, without rport, the source address with the port of the sent-by; over TCP,
 * when the connection is gone, a new one to there (RFC 3261 §18.2.2). `maddr` is not followed: it would let a stranger aim our answers at
 * somebody else. Over TLS there is no way back: the name that the caller's certificate must bear is not known.
 */
export function responseFlow(via: Via, flow: Flow, outlets: Outlets): Flow {
  if (flow.transport === 'TCP' && flow.isClosed)
    return outlets.stream({ transport: 'TCP', host: flow.remote.host, port: via.port ?? defaultPort });
  if (flow.transport !== 'UDP' || via.params.has('rport')) return flow;
  const port = via.port ?? defaultPort;
  return port === flow.remote.port ? flow : (flow.beside?.(port) ?? outlets.datagram(flow.remote.host, port));
}

/**
 * Next hop of a request within a dialog. Over a connection: that connection, or when it is closed a new one. Over UDP: its first route, or
 * the remote target, where that is a literal address (RFC 3261 §8.1.2). A name, or a peer behind NAT, is reached where it was heard from.
 */
export function nextHopFlow(
  target: Pick<SipUri, 'host' | 'port' | 'params'> | null,
  heardOn: Flow,
  isBehindNat: boolean,
  outlets: Outlets,
): Flow {
  if (heardOn.isClosed && heardOn.again) return heardOn.again();
  if (isBehindNat || target === null || isIP(target.host) === 0) return heardOn;
  const port = target.port ?? defaultPort;
  const wantsTcp = target.params.get('transport')?.toLowerCase() === 'tcp';
  if (heardOn.transport === 'TCP' ? heardOn.isClosed : heardOn.transport === 'UDP' && wantsTcp)
    return outlets.stream({ transport: 'TCP', host: target.host, port });
  if (heardOn.transport !== 'UDP') return heardOn;
  return target.host === heardOn.remote.host && port === heardOn.remote.port ? heardOn : outlets.datagram(target.host, port);
}
