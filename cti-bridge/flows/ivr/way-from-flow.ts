import type { OutsideNumber, VoiceCall } from '../../interactions/index.ts';
import type { Dialling } from '../dialling.ts';

/** By the trunks of the configuration that carry the number, or else the way the call came. Null: there is neither. */
export function wayFromFlow(
  number: string,
  { peer, dialled }: Pick<VoiceCall, 'peer' | 'dialled'>,
  dialling: Pick<Dialling, 'routesBack'>,
): Omit<OutsideNumber, 'partyId'> | null {
  const routes = dialling.routesBack(number, null);
  if (routes.length > 0) return { number, peer: '', shownAs: routes[0]?.shown ?? '', routes };
  return peer === null ? null : { number, peer, shownAs: dialled };
}
