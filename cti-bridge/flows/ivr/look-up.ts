import type { Deed } from '../../ivr/index.ts';
import { withTimeLimit } from '../../kernel/index.ts';
import { limits, type StoryContext } from '../context.ts';
import { identify } from '../identify.ts';
import type { LiveInteraction } from '../live-interaction.ts';
import { wallClock } from './current-facts.ts';
import { customerFacts } from './customer-facts.ts';
import { type DeedRun, type Done, done } from './deed-run.ts';

type LookUp = Extract<Deed, { readonly kind: 'lookUp' }>;

/**
 * Looks something up in the record of whoever calls. `by` null: of whom the number of the call leads to; else of whom that value leads to,
 * such as a customer number that they typed. The agent's screen has from then on who was found.
 */
export async function lookUp({ what, by }: LookUp, { interaction }: DeedRun, context: StoryContext): Promise<Done> {
  const isFound = await find(interaction, by, context);
  if (!isFound) return done('notFound');
  if (what === 'customer') return done('found', customerFacts(interaction));
  return what === 'case' ? openCase(interaction) : owed(interaction, context);
}

/** What they typed must lead to them: that their number does is no answer to it. */
async function find(interaction: LiveInteraction, by: string | null, context: StoryContext): Promise<boolean> {
  if (by === null) {
    if (interaction.record === null && !interaction.isChosen) await identify(interaction, context);
    return interaction.record !== null;
  }
  const isKnown = interaction.foundBy === by && interaction.record !== null;
  if (isKnown) return true;
  const found = await identify(interaction, context, [by]);
  const isTheirs = found.kind === 'certain' && found.reason === 'enteredId';
  if (isTheirs) interaction.foundBy = by;
  return isTheirs;
}

/** The one that is due first. */
function openCase({ record }: LiveInteraction): Done {
  const [first] = record?.cases ?? [];
  if (!first) return done('notFound');
  return done('found', { 'case.open': 'yes', 'case.id': first.number, 'case.state': 'open', 'case.subject': first.subject });
}

async function owed({ record, cards }: LiveInteraction, { clock, ivr }: StoryContext): Promise<Done> {
  const cardIds = cards.cardIds.length > 0 ? cards.cardIds : record ? [record.contactId] : [];
  const asked = ivr.money.owedBy(cardIds, record?.accountId ?? null, clock.now());
  const bills = await withTimeLimit(clock, limits.identify, 'looking up what is owed', asked);
  if (!bills) return done('notFound');
  const { currency, unpaid, arrears, dueAt } = bills;
  const dueOn: Record<string, string> = dueAt === null ? {} : { 'balance.dueOn': wallClock(ivr.timeZone, dueAt).date };
  return done('found', {
    'balance.amount': amountOf(unpaid),
    'balance.currency': currency,
    'balance.arrears': amountOf(arrears),
    ...dueOn,
  });
}

/** Of minor units. Every currency that is spoken has a hundred of them. */
const amountOf = (minor: number): string => (minor / 100).toFixed(2);
