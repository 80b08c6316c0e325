import { callerFacts } from '../../crm/index.ts';
import type { StoryContext } from '../context.ts';
import type { LiveInteraction } from '../live-interaction.ts';

/** What a flow knows of the customer once it is certain who calls; empty before. */
export function customerFacts({ record }: Pick<LiveInteraction, 'record'>): Readonly<Record<string, string>> {
  if (!record) return {};
  return {
    'customer.known': 'yes',
    'customer.id': record.contactId,
    'customer.name': record.name,
    'customer.tier': record.tier,
    'customer.locale': record.locale,
  };
}

/** What a flow knows of the call itself. The dialled number it has already. */
export function callFacts(
  { call }: Pick<LiveInteraction, 'call'>,
  organisation: StoryContext['organisation'],
): Readonly<Record<string, string>> {
  const { number, kind, region } = callerFacts(call.caller, organisation, { today: 0, week: 0 });
  return {
    ...(number === null ? {} : { 'call.number': number }),
    ...(kind === 'anonymous' ? { 'call.anonymous': 'yes' } : {}),
    ...(region === null ? {} : { 'call.region': region.en }),
  };
}
