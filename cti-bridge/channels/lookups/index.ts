/**
 * Asks other systems on behalf of call flows, over HTTP, wherever a flow sends us: so nothing that a flow or a caller writes may turn it
 * against the house (server-side request forgery).
 *
 * Two things to know: names are resolved here, what they resolve to is judged (`judge-address.ts`), and the connection goes to the very
 * address that was judged; and systems inside the house are asked only where the bridge's settings name them (`ivr.lookups.allowedHosts`).
 * It promises an answer, whatever the other side does, within the limit that comes with the question.
 */
export { type AllowedHosts, allowedHosts } from './allowed-hosts.ts';
export { GuardedHttp } from './guarded-http.ts';
export { HostNames } from './host-names.ts';
