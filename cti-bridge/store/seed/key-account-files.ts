import { days } from '../../../shared/duration.ts';
import { dayOf } from '../../crm/index.ts';
import type { Row, Rows } from './insert-rows.ts';
import { deskManagers, managers } from './names.ts';

/** What stands in the key-account file beside the record: days to remember, visits, gifts, and what was heard before the open complaint. */
export interface KeyFile {
  readonly locale: 'en' | 'zh';
  readonly accountId: string;
  /** Who decides, who pays, who runs the systems. */
  readonly people: readonly [director: string, finance: string, systems: string];
  readonly financeNumber: string;
  /** Today at an hour, so many days from now. */
  readonly atHour: (dayOffset: number, hour: number) => number;
  readonly now: number;
}

type Words = {
  readonly birthday: string;
  readonly customer: string;
  readonly contract: string;
  readonly founded: string;
  /** The next one first. `daysAgo`, `hour`, purpose, what they said, how they were. */
  readonly visits: readonly (readonly [daysAgo: number, hour: number, purpose: string, opinion: string | null, mood: string | null])[];
  readonly gifts: readonly (readonly [daysAgo: number, what: string, occasion: string, amount: number])[];
  readonly complaint: readonly [number: string, subject: string, outcome: string];
};

const words: Readonly<Record<'en' | 'zh', Words>> = {
  en: {
    birthday: 'Margaret Okafor’s birthday',
    customer: '11 years as a customer',
    contract: 'Fleet agreement ends',
    founded: 'Company founded, 30 years',
    visits: [
      [-4, 10, 'Renewal', null, null],
      [18, 10, 'Finance lead present, rival quote seen', 'Your rival asks 9% less for the same lines.', 'atRisk'],
      [102, 13, 'Depot tour', 'Fleet tracking asked about, 80 vehicles.', 'lead'],
      [196, 14, 'Leased line after the move', 'Pleased with the engineer.', 'good'],
      [344, 10, 'Yearly review', 'Satisfied with the leased line. Asked for one contact.', 'neutral'],
    ],
    gifts: [
      [362, 'Tea set', 'Birthday', 6_500],
      [341, 'Ten years’ crystal', 'Anniversary as a customer', 12_000],
    ],
    complaint: ['C-20377', 'Roaming bundle not booked', 'credited'],
  },
  zh: {
    birthday: '陈志远生日',
    customer: '入网 11 周年',
    contract: '集团服务合同到期',
    founded: '公司成立 30 周年',
    visits: [
      [-4, 10, '续约', null, null],
      [18, 10, '财务经理在座，见到友商报价单', '友商同样的线路便宜 9%。', 'atRisk'],
      [102, 13, '仓库走访', '咨询车辆定位，80 台。', 'lead'],
      [196, 14, '迁址后专线回访', '对工程师表示满意。', 'good'],
      [344, 10, '年度走访', '对专线满意，希望由专人对接。', 'neutral'],
    ],
    gifts: [
      [362, '茶具一套', '生日', 65_000],
      [341, '水晶纪念座', '入网十周年', 120_000],
    ],
    complaint: ['C-20378', '漫游套餐未生效', '已退费'],
  },
};

export function keyFileRows(file: KeyFile): Rows {
  const { locale, accountId, people, atHour, now } = file;
  const [director, finance] = people;
  const told = words[locale];
  const anniversary = (number: number, label: string, day: number, more: Partial<Row<'anniversary'>>): Row<'anniversary'> => ({
    ...{ anniversary_id: `${accountId}/a${number}`, account_id: accountId, label, day: dayOf(day) },
    ...more,
  });
  const yearsAgo = (count: number) => new Date(now).getFullYear() - count;
  const [number, subject, outcome] = told.complaint;
  return {
    anniversary: [
      anniversary(1, told.birthday, now + days(3), { kind: 'birthday', contact_id: director, plan: 'visit' }),
      anniversary(2, told.customer, now + days(5), { kind: 'customerSince', year: yearsAgo(11), plan: 'card' }),
      anniversary(3, told.founded, now + days(49), { kind: 'founding', year: yearsAgo(30), plan: 'gift' }),
      anniversary(4, told.contract, now + days(24), { kind: 'contract' }),
    ],
    visit: told.visits.map(([daysAgo, hour, purpose, opinion, mood], index) => ({
      visit_id: `${accountId}/v${index + 1}`,
      account_id: accountId,
      contact_id: director,
      at: atHour(-daysAgo, hour),
      visitor: managers[locale][0],
      agent_id: deskManagers[locale],
      purpose,
      state: daysAgo < 0 ? 'planned' : 'done',
      opinion,
      mood,
    })),
    gift: told.gifts.map(([daysAgo, what, occasion, amount], index) => ({
      gift_id: `${accountId}/g${index + 1}`,
      account_id: accountId,
      contact_id: director,
      at: atHour(-daysAgo, 11),
      what,
      occasion,
      amount,
      currency: locale === 'zh' ? 'CNY' : 'GBP',
      given_by: managers[locale][0],
    })),
    // Who asks how to take their numbers elsewhere thinks of leaving.
    interaction: [
      {
        interaction_id: `${finance}/porting`,
        contact_id: finance,
        number: file.financeNumber,
        number_received: file.financeNumber,
        presented_name: null,
        dialled: '',
        received_at: atHour(-3, 11),
        agent_id: deskManagers[locale],
        disposition_code: 'porting',
        is_automatic: 0,
        handling_ms: 240_000,
        completed_at: atHour(-3, 11) + 240_000,
      },
    ],
    customer_case: [
      {
        case_id: `case-${number}`,
        contact_id: director,
        account_id: accountId,
        number,
        kind: 'complaint',
        status: 'closed',
        subject,
        opened_at: atHour(-26, 10),
        due_at: atHour(-24, 10),
        closed_at: atHour(-25, 16),
        outcome,
      },
    ],
    // As it was before the last year: a customer to grow with.
    score_history: [12, 9, 6, 3].map((monthsAgo, index) => {
      const month = new Date(Date.UTC(new Date(now).getFullYear(), new Date(now).getMonth() - monthsAgo, 15)).toISOString().slice(0, 7);
      const [value = 0, growth = 0, churn = 0] = earlierScores[index] ?? [];
      return { owner_id: accountId, contact_id: null, account_id: accountId, month, value, growth, churn };
    }),
  };
}

const earlierScores = [
  [90, 76, 24],
  [88, 70, 29],
  [86, 62, 37],
  [84, 55, 48],
] as const;
