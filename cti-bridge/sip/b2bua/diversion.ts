import type { Header, ReceivedRequest } from '../message/index.ts';
import { headerValues, parseNameAddr } from '../message/index.ts';
import { privacyOf } from './caller-identity.ts';

/**
 * Who a call was for before it was diverted to us, the last one first: Diversion (RFC 5806), which lists them so, else History-Info (RFC
 * 7044), which lists them the other way round and ends with us. Nothing of what its owner wants hidden.
 */
export function readDiversion(request: ReceivedRequest): readonly string[] {
  const privacy = privacyOf(request);
  if (privacy.has('header')) return [];
  const diverted = headerValues(request, 'Diversion')
    .filter((value) => !/;\s*privacy\s*=\s*"?(?:full|uri)\b/i.test(value))
    .flatMap(uriIn);
  if (diverted.length > 0 || privacy.has('history')) return diverted;
  return headerValues(request, 'History-Info')
    .slice(0, -1)
    .filter((value) => !/[?&]privacy=history/i.test(value))
    .flatMap(uriIn)
    .reverse();
}

function uriIn(value: string): string[] {
  const address = parseNameAddr(value);
  return address.ok ? [address.value.uri.replace(/\?.*$/, '')] : [];
}

/**
 * The same for a call that we send on: in both headers, because trunks read the one or the other. `uris`: the last one first, which is ours
 * where we are who gives the call away now.
 */
export function diversionHeaders(uris: readonly string[], target: string, isLastOurs = false): readonly Header[] {
  if (uris.length === 0) return [];
  const history = [...[...uris].reverse(), target].map(
    (uri, step) =>
      `<${uri}>;index=${Array(step + 1)
        .fill(1)
        .join('.')}`,
  );
  return [
    ...uris.map((uri, back) => ({
      name: 'Diversion',
      value: `<${uri}>;reason=${isLastOurs && back === 0 ? 'deflection' : 'unconditional'}`,
    })),
    { name: 'History-Info', value: history.join(', ') },
  ];
}
