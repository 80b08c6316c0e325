import { type SecretReference, settingPrefix } from '../../../shared/contracts/configuration.ts';
import { hasIpAddress } from '../../../shared/ip-address.ts';
import type { Check, Report } from '../draft.ts';

/** Desk phones and trunks that can be reached, with secrets where the bridge can find them. */
export const checkPhones: Check = ({ users, trunks }, report) => {
  for (const { id, agent } of users) {
    const path = `users/${id}/agent/phone`;
    if (agent?.phone.kind === 'registered') checkSecret(agent.phone.password, `${path}/password`, report);
    // A name would have to be looked up for every call, and the answer could be anybody.
    if (agent?.phone.kind === 'address' && !hasIpAddress(agent.phone.uri))
      report(`${path}/uri`, agent.phone.uri, 'a SIP address with an IP address after the @, such as sip:6012@10.0.0.7');
  }
  for (const { id, username, password, register, callerId, direction } of trunks) {
    checkSecret(password, `trunks/${id}/password`, report);
    if (register !== null && (username === null || password === null))
      report(`trunks/${id}/register`, 'no user name or no password', 'both of them: the provider asks for them');
    if (direction !== 'in' && callerId.shows === 'trunk' && callerId.number === null)
      report(`trunks/${id}/callerId/number`, 'nothing', 'the number of this trunk, since customers are shown it');
  }
};

export function checkSecret(secret: SecretReference | null, path: string, report: Report): void {
  if (secret === null || !('env' in secret) || !secret.env.startsWith(settingPrefix)) return;
  report(`${path}/env`, secret.env, `another name: variables that begin with ${settingPrefix} are settings of the bridge itself`);
}
