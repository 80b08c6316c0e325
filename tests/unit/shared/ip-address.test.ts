import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { parseUri } from '../../../cti-bridge/sip/message/index.ts';
import { hasIpAddress } from '../../../shared/ip-address.ts';

const addresses: readonly (readonly [uri: string, hasOne: boolean])[] = [
  ['sip:6012@10.0.0.7', true],
  ['sip:6012@10.0.0.7:5062', true],
  ['sip:6012@10.0.0.7:5062;transport=udp', true],
  ['sip:6012@[fd00::7]', true],
  ['sip:6012@[fd00::7]:5062', true],
  ['sip:6012@phone.example', false],
  ['sip:6012@localhost', false],
  ['sip:6012@10.0.0', false],
  ['sip:6012@10.0.0.256', false],
  ['sip:6012@10.0.0.7.example', false],
  ['sip:6012@fd00::7', false],
  ['sip:6012@[fd00::7', false],
  ['sip:6012@[10.0.0.7]', false],
  ['sip:6012@10.0.0.7:70000', false],
  ['sip:6012@10.0.0.7:', false],
  ['sips:6012@10.0.0.7', false],
  ['sip:10.0.0.7', false],
  ['', false],
];

describe('a fixed address of a phone', () => {
  it.each(addresses)('%s: %s', (uri, hasOne) => {
    expect(hasIpAddress(uri)).toBe(hasOne);
    // What is accepted is what the SIP stack can send to.
    const parsed = parseUri(uri);
    if (hasOne) expect(parsed.ok && parsed.value.scheme === 'sip' && isIP(parsed.value.host) !== 0).toBe(true);
  });
});
