import type { CallView, PartyView } from '../../../shared/contracts/call.ts';
import type { CallRoom } from '../call-room.ts';
import type { LiveInteraction } from '../live-interaction.ts';
import type { Guest } from './guest.ts';

/** A guest as the agent who asked sees them. */
export function partyView({ partyId, asked, party, purpose }: Guest, room: CallRoom): PartyView {
  const place = party && room.placeOf(party);
  const state = !party ? 'ringing' : place === 'talk' ? 'talking' : place === 'hold' ? 'held' : 'aside';
  return { partyId, kind: asked.kind, name: asked.name, agentId: asked.kind === 'agent' ? asked.agentId : null, state, purpose };
}

/** The call as a colleague sees it who was asked in: whom they advise, and whether they are with somebody or hear music. */
export function adviserView({ part, party, answered }: Guest, from: LiveInteraction, now: number): CallView {
  const place = party && from.room.placeOf(party);
  const isHeld = place === 'hold';
  return {
    interactionId: part.interactionId,
    reservationId: answered?.reservation.reservationId ?? '',
    state: isHeld ? 'held' : 'talking',
    answeredAt: part.callView?.answeredAt ?? now,
    heldSince: isHeld ? now : null,
    endedAt: null,
    end: null,
    advising: { name: from.assigned?.agentName ?? '', withCustomer: place === 'talk' },
  };
}

/** What the agent's own view of the call becomes: with the customer or not, and who else there is. Null: it is not for us to say now. */
export function askersView({ conversation, callView, room }: LiveInteraction, now: number): Partial<CallView> | null {
  if (!callView || callView.state === 'rejoining') return null;
  const leg = conversation?.leg() ?? null;
  const isWithCustomer = leg !== null && room.placeOf(leg) === 'talk' && room.placeOf('customer') === 'talk';
  return { state: isWithCustomer ? 'talking' : 'held', heldSince: isWithCustomer ? null : (callView.heldSince ?? now) };
}
