import type { LoginAnswer } from '../../shared/contracts/bridge-events.ts';
import type { UserSession } from '../identity/index.ts';

/** Where phones of ours connect, and at which domain they register. */
export interface PhoneDoor {
  readonly webSocketPath: string;
  readonly domain: string;
}

/** As whom the phone of this session registers. */
export function phoneOf({ sip }: UserSession, { webSocketPath, domain }: PhoneDoor): LoginAnswer['phone'] {
  if (!sip) return null;
  return {
    webSocketPath,
    uri: `sip:${sip.username}@${domain}`,
    username: sip.username,
    password: sip.password,
    realm: domain,
    use: sip.use,
  };
}
