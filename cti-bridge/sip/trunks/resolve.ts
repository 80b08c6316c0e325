import { isIP } from 'node:net';
import { priorityOrder } from '../../kernel/index.ts';
import type { TrunkLine } from './trunk-line.ts';

/** Asks the domain name system. Every method rejects when it cannot be asked, and gives nothing for a name without such records. */
export interface Resolver {
  naptr(name: string): Promise<readonly NaptrRecord[]>;
  srv(name: string): Promise<readonly SrvRecord[]>;
  /** A and AAAA. */
  addresses(name: string): Promise<readonly string[]>;
}

export interface NaptrRecord {
  readonly order: number;
  readonly preference: number;
  readonly flags: string;
  readonly service: string;
  readonly replacement: string;
}

export interface SrvRecord {
  readonly priority: number;
  readonly weight: number;
  readonly name: string;
  readonly port: number;
}

/** Where requests of a trunk go. */
export interface TrunkTarget {
  /** Literal. */
  readonly host: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

const naptrServices = { UDP: 'SIP+D2U', TCP: 'SIP+D2T', TLS: 'SIPS+D2T' } as const;
const srvPrefixes = { UDP: '_sip._udp.', TCP: '_sip._tcp.', TLS: '_sips._tcp.' } as const;
const usualPorts = { UDP: 5060, TCP: 5060, TLS: 5061 } as const;

/**
 * RFC 3263 §4, for a transport that is set up: a literal address is itself; with a port of its own a name is looked up for addresses; else
 * NAPTR may name where the SRV records of this transport stand, and without any the name's own addresses count. Rejects when nothing could be
 * asked.
 */
export async function resolveTargets(
  line: Pick<TrunkLine, 'port' | 'transport'>,
  host: string,
  resolver: Resolver,
): Promise<readonly TrunkTarget[]> {
  const { port, transport } = line;
  if (isIP(host) !== 0) return [{ host, port, priority: 0, weight: 1 }];
  if (port === usualPorts[transport]) {
    const service = await serviceName(host, transport, resolver);
    const records = await resolver.srv(service).catch(() => []);
    // RFC 2782: a target of "." says that there is no such service here.
    const offered = records.filter(({ name }) => name !== '.' && name !== '');
    const found = await Promise.all(offered.map((record) => targetsOf(record, resolver)));
    const targets = found.flat();
    if (targets.length > 0) return targets;
  }
  const addresses = await resolver.addresses(host);
  return addresses.map((address) => ({ host: address, port, priority: 0, weight: 1 }));
}

async function serviceName(host: string, transport: TrunkLine['transport'], resolver: Resolver): Promise<string> {
  const records = await resolver.naptr(host).catch(() => []);
  const [first] = records
    .filter(({ flags, service }) => flags.toLowerCase() === 's' && service.toUpperCase() === naptrServices[transport])
    .sort((one, other) => one.order - other.order || one.preference - other.preference);
  return first && first.replacement !== '' ? first.replacement : srvPrefixes[transport] + host;
}

/** One name that cannot be looked up does not take the others with it. */
async function targetsOf({ name, port, priority, weight }: SrvRecord, resolver: Resolver): Promise<readonly TrunkTarget[]> {
  const addresses = isIP(name) === 0 ? await resolver.addresses(name).catch(() => []) : [name];
  return addresses.map((host) => ({ host, port, priority, weight }));
}

/** Drawn anew for every call, so that the weights come true. */
export const inOrder = (targets: readonly TrunkTarget[], random: () => number): readonly TrunkTarget[] => priorityOrder(targets, random);
