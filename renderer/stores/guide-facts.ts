import type { ScreenPop } from '../../shared/contracts/screen-pop.ts';

/**
 * What a guide knows of a contact, by the names of facts: what the menu found out (`entered`, `attribute`, `lookUp`, `passed`), and
 *
 *     call.number  call.dialled  contact.queue  contact.channel  agent.name
 *     customer.known  .name  .tier  .company  .keyAccount     known and keyAccount: `yes` or absent
 *     customer.CODE                                           `yes` for each thing to know of them, such as customer.arrears
 *     case.number  .subject                                   of the case opened last that is still open
 */
export function guideFacts(pop: ScreenPop, agentName: string): Record<string, string> {
  const { caller, match } = pop;
  const contact = match.kind === 'certain' ? match.contact : null;
  const lastCase = contact?.cases.toSorted((a, b) => b.openedAt - a.openedAt)[0];
  const facts: Record<string, string | null | undefined> = {
    ...pop.facts,
    'call.number': caller.number,
    'call.dialled': pop.dialled,
    'contact.queue': pop.queueId,
    'contact.channel': pop.written?.channel ?? 'voice',
    'agent.name': agentName,
    ...(contact && {
      'customer.known': 'yes',
      'customer.name': contact.name,
      'customer.tier': contact.tier,
      'customer.company': contact.accountName,
      'customer.keyAccount': contact.isKeyAccount ? 'yes' : null,
      ...Object.fromEntries(contact.thingsToKnow.map(({ code }) => [`customer.${code}`, 'yes'])),
    }),
    'case.number': lastCase?.number,
    'case.subject': lastCase?.subject,
  };
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value ? [[name, value.slice(0, longestFact)] as const] : [])),
  );
}

/** As the contract takes it. */
const longestFact = 500;
