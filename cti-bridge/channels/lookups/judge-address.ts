import { BlockList, isIP } from 'node:net';

/**
 * Where an address leads. `public`: to the internet. `inside`: to a system of the house, private networks and this machine. `never`: to
 * what answers no question: groups, links, the metadata services of clouds, addresses that stand for others.
 */
export type AddressPlace = 'public' | 'inside' | 'never';

/** RFC 1918, RFC 6598 (shared by customers of one provider), RFC 1122 §3.2.1.3 (this machine). */
const inside4 = listOf('ipv4', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8']);

/** The IANA registry of special-purpose IPv4 addresses (RFC 6890) but for those above; groups; and where clouds keep their secrets. */
const never4 = listOf('ipv4', [
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '100.100.100.200/32',
  '168.63.129.16/32',
]);

/** RFC 4193 unique local addresses; this machine. */
const inside6 = listOf('ipv6', ['fc00::/7', '::1/128']);
const metadata6 = listOf('ipv6', ['fd00:ec2::254/128', 'fd20:ce::254/128']);

/** What is handed out for the internet at all (RFC 4291 §2.4): so mapped, translated (NAT64) and link-local forms are not in it. */
const global6 = listOf('ipv6', ['2000::/3']);
/** Within that: protocols and tunnels that carry an IPv4 address inside (Teredo, 6to4), and documentation. */
const never6 = listOf('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** `address` as a resolver or a parsed URL gives it; an IPv6 zone makes it one that leads nowhere. */
export function placeOf(address: string): AddressPlace {
  switch (isIP(address)) {
    case 4:
      if (never4.check(address)) return 'never';
      return inside4.check(address) ? 'inside' : 'public';
    case 6:
      if (address.includes('%') || metadata6.check(address, 'ipv6')) return 'never';
      if (inside6.check(address, 'ipv6')) return 'inside';
      return global6.check(address, 'ipv6') && !never6.check(address, 'ipv6') ? 'public' : 'never';
    default:
      return 'never';
  }
}

function listOf(family: 'ipv4' | 'ipv6', blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = '', bits = ''] = block.split('/');
    list.addSubnet(network, Number(bits), family);
  }
  return list;
}
