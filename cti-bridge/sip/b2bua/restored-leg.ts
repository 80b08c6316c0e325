import type { CallLeg, LegSnapshot } from '../api.ts';
import { Dialog } from '../dialog/index.ts';
import { parseUri } from '../message/index.ts';
import { closedFlow, type Flow } from '../transport/index.ts';
import { callLeg } from './call-leg.ts';
import type { LegParts } from './leg-parts.ts';
import { LegSession } from './leg-session.ts';

/** Goes on with a confirmed leg that a bridge before us had. */
export function restoreLeg(parts: LegParts, snapshot: LegSnapshot): CallLeg {
  const known = parts.legs.find(snapshot.localTag)?.leg;
  if (known) return known;
  const { callId, localTag, extension, madeCallId } = snapshot;
  const credentials = () => (extension === null ? parts.credentialsAt(snapshot.flow.host) : null);
  const session = new LegSession(parts, { callId, localTag, extension, madeCallId, credentials });
  const leg: CallLeg = {
    ...callLeg(session),
    hangUp(reason) {
      session.bye({ cause: 'local', by: 'local', status: null, text: reason?.text ?? null }, reason);
    },
  };
  session.leg = leg;
  session.resume(snapshot, Dialog.restore(snapshot, flowOf(parts, snapshot)));
  return leg;
}

function flowOf({ outlets }: LegParts, { flow, target }: LegSnapshot): Flow {
  const { transport, host, port } = flow;
  if (transport === 'UDP') return outlets.datagram(host, port);
  if (transport === 'TCP' || transport === 'TLS') {
    // Where it came from was the far side's end of a connection that is gone; where it listens, its Contact says.
    const listens = parseUri(target);
    const listenPort = listens.ok && listens.value.host === host ? (listens.value.port ?? (transport === 'TLS' ? 5061 : 5060)) : port;
    return outlets.stream({ transport, host, port: listenPort });
  }
  // A WebSocket of before the restart: its phone must come back by itself.
  return closedFlow(`lost:${host}:${port}`, transport, flow);
}
