import type { CaseView, Channel, Product, ThingToKnow } from '../../shared/contracts/contact.ts';
import { days, hours } from '../../shared/duration.ts';

/** What the record holds of a person and their company that may be worth a word before speaking. Times are epoch ms. */
export interface RecordFacts {
  /** Not yet kept. */
  readonly promises: readonly { readonly text: string; readonly dueAt: number; readonly caseNumber: string | null }[];
  /** Still open. */
  readonly cases: readonly CaseView[];
  readonly contractEndsAt: number | null;
  /** Minor units of `currency`. */
  readonly arrears: { readonly amount: number; readonly currency: string } | null;
  readonly anniversaries: readonly { readonly label: string; readonly day: string; readonly inDays: number }[];
  readonly churnRisk: number | null;
  readonly churnReasons: readonly { readonly code: string; readonly points: number }[];
  /** Of service. */
  readonly contractLevel: string | null;
  readonly products: readonly Product[];
  readonly prefersChannel: Channel | null;
  /** When they called, latest first. */
  readonly recentCalls: readonly number[];
}

/**
 * At most three things, the most pressing first. Each rule below is one line of the list an experienced agent would run through in her
 * head; the order of the rules is the order of importance. Facts of each code, for the desktop's sentence:
 *
 *     promiseOverdue, promiseDue   text, dueAt, caseNumber (absent when the promise has no case)
 *     caseOverdue, complaintOpen   number, subject, dueAt or openedAt
 *     contractEnding               endsAt, inDays
 *     arrears                      amount (minor units), currency
 *     anniversary                  label, day (MM-DD), inDays
 *     churnRisk                    risk (0 to 100), reason1 and reason2: the codes that add most to it
 *     contractLevel                level
 *     unusedLines                  product, unused, quantity
 *     prefersChannel               channel
 *     calledRecently               count (within seven days), lastAt
 */
export function thingsToKnow(record: RecordFacts, at: number): ThingToKnow[] {
  const promised = [...record.promises].sort((one, other) => one.dueAt - other.dueAt);
  const promisedCases = new Set(promised.filter((each) => each.dueAt < at + dueSoonMs).map((each) => each.caseNumber));
  // A promise about a case says more than the case does: it is not told twice.
  const cases = record.cases.filter((each) => !promisedCases.has(each.number));
  const contractInDays = record.contractEndsAt === null ? null : Math.ceil((record.contractEndsAt - at) / days(1));
  const lately = record.recentCalls.filter((each) => each > at - days(7) && each <= at);
  const idle = [...record.products].sort((one, other) => other.unused - one.unused)[0];

  const things: (ThingToKnow | false)[] = [
    ...promised.filter((each) => each.dueAt < at).map((each) => thing(1, 'promiseOverdue', promiseFacts(each))),
    ...promised.filter((each) => each.dueAt >= at && each.dueAt < at + dueSoonMs).map((each) => thing(1, 'promiseDue', promiseFacts(each))),
    ...complaintsFirst(cases).flatMap((each) =>
      each.dueAt !== null && each.dueAt < at
        ? [thing(1, 'caseOverdue', { number: each.number, subject: each.subject, dueAt: each.dueAt })]
        : [],
    ),
    ...cases.flatMap((each) =>
      each.kind === 'complaint' && (each.dueAt === null || each.dueAt >= at)
        ? [thing(2, 'complaintOpen', { number: each.number, subject: each.subject, openedAt: each.openedAt })]
        : [],
    ),
    contractInDays !== null &&
      contractInDays >= 0 &&
      contractInDays <= 30 &&
      thing(2, 'contractEnding', { endsAt: record.contractEndsAt ?? 0, inDays: contractInDays }),
    record.arrears !== null && record.arrears.amount > 0 && thing(2, 'arrears', { ...record.arrears }),
    ...record.anniversaries.filter((each) => each.inDays >= 0 && each.inDays <= 3).map((each) => thing(3, 'anniversary', { ...each })),
    record.churnRisk !== null &&
      record.churnRisk >= 70 &&
      thing(3, 'churnRisk', { risk: record.churnRisk, ...topReasons(record.churnReasons) }),
    record.contractLevel !== null && thing(3, 'contractLevel', { level: record.contractLevel }),
    idle !== undefined && idle.unused > 0 && thing(3, 'unusedLines', { product: idle.name, unused: idle.unused, quantity: idle.quantity }),
    record.prefersChannel !== null && thing(3, 'prefersChannel', { channel: record.prefersChannel }),
    lately.length > 0 && thing(3, 'calledRecently', { count: lately.length, lastAt: Math.max(...lately) }),
  ];
  return things.filter((each) => each !== false).slice(0, 3);
}

function complaintsFirst(cases: readonly CaseView[]): readonly CaseView[] {
  return [...cases].sort((one, other) => Number(other.kind === 'complaint') - Number(one.kind === 'complaint'));
}

function topReasons(reasons: RecordFacts['churnReasons']): ThingToKnow['facts'] {
  const top = [...reasons].filter(({ points }) => points > 0).sort((one, other) => other.points - one.points);
  return Object.fromEntries(top.slice(0, 2).map(({ code }, index) => [`reason${index + 1}`, code]));
}

/** A promise is "due" on the day before its hour. */
const dueSoonMs = hours(24);

function thing(severity: ThingToKnow['severity'], code: ThingToKnow['code'], facts: ThingToKnow['facts']): ThingToKnow {
  return { severity, code, facts };
}

function promiseFacts(promise: RecordFacts['promises'][number]): ThingToKnow['facts'] {
  const { text, dueAt, caseNumber } = promise;
  return caseNumber === null ? { text, dueAt } : { text, dueAt, caseNumber };
}
