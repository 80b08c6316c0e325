import type { AccountPage, Anniversary } from '../../shared/contracts/account.ts';
import type { CommandAnswer, CommandRequest } from '../../shared/contracts/bridge-events.ts';
import type { TimelineItem } from '../../shared/contracts/contact.ts';
import type { LoginFailure } from './stores.ts';

/** How far a question to the bridge has come. While it is asked again, the last answer stands. */
export type Asked = { readonly phase: 'none' | 'loading' | 'ready' } | { readonly phase: 'failed'; readonly code: LoginFailure };

export type AccountFields = CommandRequest<'account:edit'>['fields'];
export type AccountField = keyof AccountFields;
export type MyCustomer = CommandAnswer<'account:mine'>['accounts'][number];
export type Manager = CommandAnswer<'account:managers'>['managers'][number];

/** What is being written down; null ids are new ones. */
export type AccountForm =
  | { readonly kind: 'visit'; readonly visitId: string | null }
  | { readonly kind: 'anniversary'; readonly anniversaryId: string | null }
  | { readonly kind: 'gift' }
  | { readonly kind: 'person'; readonly contactId: string };

/** The file of one company. */
export interface AccountState {
  readonly accountId: string | null;
  readonly asked: Asked;
  readonly page: AccountPage | null;
  readonly form: AccountForm | null;
  /** What is being changed, and what came in its way. After a conflict `page` already is what somebody else made of it. */
  readonly edit: { readonly fields: AccountFields; readonly isBusy: boolean; readonly failure: LoginFailure | null } | null;
  /** The form that is open could not be stored. */
  readonly formFailure: LoginFailure | null;
  readonly stream: AccountStream;
  readonly showsGroup: boolean;
  /** Offices and colleagues to choose from; empty until they are asked for. */
  readonly orgUnits: readonly { readonly id: string; readonly name: { readonly en: string; readonly zh: string } }[];
}

/** The timeline of all its people, as far as it was asked for. */
export interface AccountStream {
  readonly text: string;
  readonly items: readonly TimelineItem[];
  readonly total: number;
  readonly nextBefore: number | null;
  readonly asked: Asked;
}

export const noStream: AccountStream = { text: '', items: [], total: 0, nextBefore: null, asked: { phase: 'none' } };
export const noAccount: AccountState = {
  accountId: null,
  asked: { phase: 'none' },
  page: null,
  form: null,
  edit: null,
  formFailure: null,
  stream: noStream,
  showsGroup: false,
  orgUnits: [],
};

export const pressings = ['all', 'overdue', 'churn', 'contract', 'arrears', 'silent'] as const;
export type Pressing = (typeof pressings)[number];
export const customerOrders = ['pressing', 'name', 'monthly', 'churn', 'nextVisit'] as const;
export type CustomerOrder = (typeof customerOrders)[number];

/** The customers somebody looks after, the days to remember, and a handover that is being made. */
export interface MyCustomersState {
  readonly asked: Asked;
  /** The most pressing first, as the bridge says. */
  readonly customers: readonly MyCustomer[];
  /** Whose; null: one's own. */
  readonly agentId: string | null;
  readonly managers: readonly Manager[];
  readonly text: string;
  readonly pressing: Pressing;
  readonly order: CustomerOrder;
  readonly care: {
    readonly asked: Asked;
    readonly days: number;
    readonly whose: 'mine' | 'all';
    readonly anniversaries: readonly Anniversary[];
  };
  /** Marked in the list, for a handover. */
  readonly chosen: readonly string[];
  readonly handover: Handover | null;
}

export interface Handover {
  readonly step: 'choose' | 'confirm' | 'done';
  readonly toAgentId: string | null;
  readonly remark: string;
  readonly isBusy: boolean;
  readonly failure: LoginFailure | null;
  readonly handedOver: number;
}

export const newHandover: Handover = { step: 'choose', toAgentId: null, remark: '', isBusy: false, failure: null, handedOver: 0 };
export const noCustomers: MyCustomersState = {
  asked: { phase: 'none' },
  customers: [],
  agentId: null,
  managers: [],
  text: '',
  pressing: 'all',
  order: 'pressing',
  care: { asked: { phase: 'none' }, days: 7, whose: 'mine', anniversaries: [] },
  chosen: [],
  handover: null,
};

const dayMs = 86_400_000;
export const highChurn = 70;
const contractNearMs = 60 * dayMs;
const silentMs = 90 * dayMs;

/** Whether a customer is pressing in one way. */
export function isPressing(customer: MyCustomer, pressing: Pressing, now: number): boolean {
  switch (pressing) {
    case 'all':
      return true;
    case 'overdue':
      return customer.overdueCases > 0;
    case 'churn':
      return (customer.churn ?? 0) >= highChurn;
    case 'contract':
      return customer.contractEndsAt !== null && customer.contractEndsAt - now < contractNearMs;
    case 'arrears':
      return (customer.arrears?.amount ?? 0) > 0;
    case 'silent':
      return customer.lastContactAt === null || now - customer.lastContactAt > silentMs;
  }
}

/** What the list shows: those that fit the filters, in the chosen order; where two are alike, as the bridge put them. */
export function customersShown(state: MyCustomersState, now: number): readonly MyCustomer[] {
  const wanted = state.text.trim().toLocaleLowerCase();
  const fitting = state.customers.filter(
    (each) => isPressing(each, state.pressing, now) && (wanted === '' || each.name.toLocaleLowerCase().includes(wanted)),
  );
  const by = orders[state.order];
  return by ? fitting.toSorted(by) : fitting;
}

const last = Number.POSITIVE_INFINITY;
const orders: Readonly<Record<CustomerOrder, ((a: MyCustomer, b: MyCustomer) => number) | null>> = {
  pressing: null,
  name: (a, b) => a.name.localeCompare(b.name),
  monthly: (a, b) => (b.monthly?.amount ?? -1) - (a.monthly?.amount ?? -1),
  churn: (a, b) => (b.churn ?? -1) - (a.churn ?? -1),
  nextVisit: (a, b) => Math.sign((a.nextVisitAt ?? last) - (b.nextVisitAt ?? last)) || 0,
};

/** Takes what a page says; what was read of its timeline beyond it is begun anew. */
export function showPage(state: AccountState, page: AccountPage): AccountState {
  const isSame = state.page?.accountId === page.accountId;
  const { items, total, nextBefore } = page.timeline;
  return {
    ...state,
    accountId: page.accountId,
    page,
    asked: { phase: 'ready' },
    showsGroup: isSame && state.showsGroup,
    stream: isSame && state.stream.text !== '' ? state.stream : { text: '', items, total, nextBefore, asked: { phase: 'ready' } },
  };
}

/** Adds a further page of the timeline; an entry that is there already is not shown twice. */
export function continueStream(
  stream: AccountStream,
  page: { readonly items: readonly TimelineItem[]; readonly total: number; readonly nextBefore: number | null },
): AccountStream {
  const known = new Set(stream.items.map(({ id }) => id));
  return {
    ...stream,
    items: [...stream.items, ...page.items.filter(({ id }) => !known.has(id))],
    total: page.total,
    nextBefore: page.nextBefore,
    asked: { phase: 'ready' },
  };
}
