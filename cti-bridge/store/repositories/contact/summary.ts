import type { ContactSummary } from '../../../../shared/contracts/contact.ts';
import { type CustomerScope, firstFilled } from '../../../crm/index.ts';
import type { CardRow } from './cards.ts';

/** The company of a person: the head's, or the first of another card. */
export function companyOf(cards: readonly CardRow[]): CardRow | null {
  return cards.find((card) => card.account_id !== null) ?? null;
}

/** A person in one line, of cards in order. */
export function summaryOf(cards: readonly CardRow[]): ContactSummary {
  const [head] = cards;
  if (!head) throw new Error('A person has at least one card');
  const company = companyOf(cards);
  return {
    contactId: head.head_id,
    name: head.name,
    title: firstFilled(cards, (card) => card.title),
    accountId: company?.account_id ?? null,
    accountName: company?.account_name ?? null,
    isKeyAccount: company?.is_key_account === 1,
    tier: head.tier as ContactSummary['tier'],
    locale: head.locale as ContactSummary['locale'],
  };
}

/** A person is a customer of every office that one of their cards belongs to; who belongs to none is everybody's. */
export function isInScope(cards: readonly CardRow[], { units }: CustomerScope): boolean {
  if (units === null) return true;
  const own = cards.flatMap((card) => card.org_unit_id ?? []);
  return own.length === 0 || own.some((unit) => units.includes(unit));
}

/** The same cards without the companies of offices that are out of reach: a person may be everybody's and their company not. */
export function withCompaniesIn(cards: readonly CardRow[], { units }: CustomerScope): readonly CardRow[] {
  if (units === null) return cards;
  return cards.map((card) =>
    card.account_org_unit_id === null || units.includes(card.account_org_unit_id)
      ? card
      : { ...card, account_id: null, account_name: null, is_key_account: null, manager_agent_id: null, manager_name: null },
  );
}
