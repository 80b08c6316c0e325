import type { Carried, OutgoingLeg } from '../api.ts';
import type { Credentials } from '../auth/index.ts';
import type { LegParts } from '../b2bua/index.ts';
import { createOutgoingLeg, plainAddress } from '../b2bua/index.ts';
import { encodeUser, formatHostPort, headerOf } from '../message/index.ts';
import type { Try } from './hunt.ts';
import { createHuntingLeg } from './hunt.ts';
import type { Resolver, TrunkTarget } from './resolve.ts';
import { retryAfterOf, Trunk } from './trunk.ts';
import type { TrunkDial, TrunkLine, TrunkRoute, TrunkState } from './trunk-line.ts';

/** The trunks of the configuration. */
export interface SipTrunks {
  /** Takes the place of all before. One that stays as it was keeps its registration; calls that are up stay up. */
  configure(lines: readonly TrunkLine[]): void;
  states(): readonly TrunkState[];
  /** Null when no route can be tried. The first INVITE is on the wire when this returns. */
  dial(request: TrunkDial): OutgoingLeg | null;
  /** The trunk that calls from this address come through; null for a stranger's. */
  trunkAt(address: string): string | null;
  /** Our name and password where calls from or to this address pass; null where none is wanted. */
  credentialsAt(address: string): Credentials | null;
  /** Whether what this trunk says of who calls is believed. */
  trustsIdentity(trunkId: string): boolean;
  /** Whether one more call may come in over it; one that may not is counted. */
  takesOneMore(trunkId: string): boolean;
  /** A call is up on a trunk until it has ended. */
  count(trunkId: string, ended: Promise<unknown>): void;
  onChange(listener: () => void): void;
  /** Unregisters everywhere. */
  stop(): void;
}

export interface TrunksParts {
  /** Complete only after the stack was made. */
  readonly legParts: () => LegParts;
  readonly resolver: Resolver;
  readonly domain: string;
}

export function createTrunks({ legParts, resolver, domain }: TrunksParts): SipTrunks {
  const trunks = new Map<string, { readonly key: string; readonly trunk: Trunk }>();
  let listener: () => void = () => {};

  function add(line: TrunkLine, key: string, before: Pick<Trunk, 'callsNow' | 'refusedFull'> | undefined): void {
    const { clock, log, names, transactions, outlets, product } = legParts();
    const trunk = new Trunk(line, { clock, log, names, transactions, outlets, resolver, domain, product, onChange: () => listener() });
    trunk.callsNow = before?.callsNow ?? 0;
    trunk.refusedFull = before?.refusedFull ?? 0;
    trunks.set(line.trunkId, { key, trunk });
    trunk.start();
  }

  function count(trunkId: string, ended: Promise<unknown>): void {
    const of = () => trunks.get(trunkId)?.trunk;
    const trunk = of();
    if (!trunk) return;
    trunk.callsNow++;
    void ended.then(() => {
      // It may have been set up anew meanwhile, which keeps the count.
      const now = of();
      if (now && now.callsNow > 0) now.callsNow--;
    });
  }

  /** Every target of every route, each as one try. Looked at only when its turn comes: what was learned meanwhile counts. */
  function* tries({ routes, onRoute = () => {}, carried }: TrunkDial): Generator<Try> {
    for (const route of routes) {
      const trunk = trunks.get(route.trunkId)?.trunk;
      if (!trunk) continue;
      for (const target of trunk.ways()) yield tryOf(trunk, target, route, onRoute, carried);
    }
  }

  function tryOf(
    trunk: Trunk,
    target: TrunkTarget,
    route: TrunkRoute,
    onRoute: (trunkId: string) => void,
    carried: Carried | undefined,
  ): Try {
    const { line } = trunk;
    const provider = line.register?.registrar ?? line.host;
    return {
      start(onResponse) {
        const parts = legParts();
        const flow = trunk.flowTo(target);
        if (flow.isClosed) return null;
        const transport = line.transport === 'UDP' ? '' : `;transport=${line.transport.toLowerCase()}`;
        const user = encodeUser(route.number);
        // A provider that we sign in to knows us by our name there, whatever number we show.
        const from = route.shown ?? (line.register ? line.credentials?.username : undefined) ?? 'anonymous';
        onRoute(route.trunkId);
        const leg = createOutgoingLeg(
          parts,
          domain,
          {
            extension: route.number,
            from: { user: from, displayName: '' },
            offer: route.offer,
            toUri: `sip:${user}@${provider}`,
            ...(line.register ? { fromDomain: provider } : {}),
            isWithheld: route.isWithheld,
            isTrusted: line.trustsIdentity ?? true,
            carried,
            onResponse,
          },
          { extension: null, contactUri: `sip:${user}@${formatHostPort(target.host, target.port)}${transport}`, flow },
          () => {},
          line.credentials,
        );
        count(route.trunkId, leg.ended);
        return leg;
      },
      onAnswered: () => trunk.learned(target, 'answered'),
      onFailed(last) {
        parts().log.warn('trunk:callFailed', { trunkId: route.trunkId, status: last?.status ?? null });
        trunk.learned(target, 'failed', last?.status === 503 ? retryAfterOf(headerOf(last, 'Retry-After')) : null);
        listener();
      },
    };
  }
  const parts = () => legParts();

  return {
    configure(lines) {
      const wanted = new Map(lines.map((line) => [line.trunkId, line]));
      for (const [trunkId, { trunk }] of trunks) {
        if (wanted.has(trunkId)) continue;
        trunk.stop();
        trunks.delete(trunkId);
      }
      for (const line of lines) {
        const key = JSON.stringify(line);
        const known = trunks.get(line.trunkId);
        if (known?.key === key) continue;
        known?.trunk.stop();
        add(line, key, known?.trunk);
      }
      listener();
    },
    states: () => [...trunks.values()].map(({ trunk }) => trunk.state),
    dial(request) {
      return createHuntingLeg(tries(request), parts().clock);
    },
    trunkAt(address) {
      const plain = plainAddress(address);
      for (const [trunkId, { trunk }] of trunks) if (trunk.isAt(plain)) return trunkId;
      return null;
    },
    trustsIdentity: (trunkId) => trunks.get(trunkId)?.trunk.line.trustsIdentity ?? true,
    takesOneMore(trunkId) {
      const trunk = trunks.get(trunkId)?.trunk;
      const most = trunk?.line.maxChannels ?? null;
      if (!trunk || most === null || trunk.callsNow < most) return true;
      trunk.refusedFull++;
      return false;
    },
    credentialsAt(address) {
      const plain = plainAddress(address);
      for (const { trunk } of trunks.values()) if (trunk.line.credentials && trunk.isAt(plain)) return trunk.line.credentials;
      return null;
    },
    count,
    onChange(next) {
      listener = next;
    },
    stop() {
      for (const { trunk } of trunks.values()) trunk.stop();
      trunks.clear();
    },
  };
}
