import * as z from 'zod/mini';

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();

/** A SIP address whose host is a literal IP address: `sip:6012@10.0.0.7`, `sip:6012@10.0.0.7:5062`, `sip:6012@[fd00::7]`. Names are not looked up. */
export function hasIpAddress(sipUri: string): boolean {
  const parts = /^sip:[^@\s]+@(?:\[([^\]]+)\]|([^[\]:;?]+))(?::(\d{1,5}))?(?:[;?]\S*)?$/.exec(sipUri);
  if (!parts || Number(parts[3] ?? 5060) > 65_535) return false;
  return parts[1] === undefined ? ipv4.safeParse(parts[2]).success : ipv6.safeParse(parts[1]).success;
}
