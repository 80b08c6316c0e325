import type { AgentRow, Board, BoardAlert, BoardContact, BoardFigure, QueueRow } from '../../../shared/contracts/board.ts';
import type { Why } from '../../../shared/contracts/queue.ts';
import type { StageLanguage } from './people.ts';

/** An invented floor: seven queues, thirty-nine people, and a queue in trouble. Told relative to `now`. */
const second = 1_000;
const minute = 60_000;

type State = 'free' | 'ringing' | 'engaged' | 'wrappingUp' | 'notReady' | 'notReachable' | 'signedOut';

const queueSeeds = [
  ['accounts', 'Key accounts, billing', '大客户账务', 'voice', 1, 24, 94, 96, 142, 1, 9, 312, [2, 0, 3, 1, 0, 0]],
  ['repairs', 'Repairs, fibre', '宽带故障', 'voice', 4, 192, 58, 71, 208, 14, 51, 430, [0, 0, 7, 1, 1, 0]],
  ['billing', 'Billing, general', '账务咨询', 'voice', 3, 46, 77, 84, 311, 11, 22, 278, [1, 1, 6, 1, 1, 0]],
  ['sales', 'Sales, business', '集团业务办理', 'voice', 0, 0, 91, 92, 96, 2, 11, 380, [2, 0, 2, 0, 1, 0]],
  ['german', 'German desk', '方言专席', 'voice', 1, 12, 88, 90, 54, 1, 14, 331, [0, 0, 2, 0, 0, 0]],
  ['chat', 'Web chat', '在线客服', 'chat', 2, 31, 86, 88, 188, 6, 25, 542, [0, 0, 3, 0, 1, 0]],
  ['written', 'SMS and e-mail', '短信与邮件', 'email', 0, 0, null, 97, 285, 0, 860, 225, [0, 0, 1, 0, 0, 1]],
] as const;

export function stageQueues(now: number): QueueRow[] {
  return queueSeeds.map(([queueId, en, zh, channel, waiting, waited, level, today, answered, abandoned, asa, aht, people], index) => ({
    queueId,
    name: { en, zh },
    channel,
    isOpen: queueId !== 'german',
    waiting,
    longestWaitSince: waiting === 0 ? null : now - waited * second,
    target: { percent: 80, thresholdMs: 20 * second },
    serviceLevelNow: { percent: level, inTime: level === null ? 0 : level, of: level === null ? 0 : 100 },
    serviceLevelToday: { percent: today, inTime: Math.round((answered * today) / 100), of: answered },
    answered,
    abandoned,
    diverted: queueId === 'repairs' ? 3 : 0,
    handling: people[1] + people[2] + people[3],
    forCustomer: queueId === 'written' ? 3 : queueId === 'chat' ? 1 : 0,
    snoozed: queueId === 'written' ? 2 : 0,
    averageAnswerMs: asa * second,
    averageHandlingMs: aht * second,
    satisfaction: { average: 4.3, count: 7 },
    people: {
      free: people[0],
      ringing: people[1],
      engaged: people[2],
      wrappingUp: people[3],
      notReady: people[4],
      notReachable: people[5],
      signedOut: 1,
    },
    trend: Array.from({ length: 16 }, (_none, at) =>
      queueId === 'written' && at > 11
        ? null
        : Math.max(0, Math.min(100, today + 8 * Math.sin(at * 1.7 + index * 2) - (queueId === 'repairs' ? at * 1.6 : 0))),
    ),
    alerts: queueId === 'repairs' ? ['longestWait', 'serviceLevel'] : [],
  }));
}

type Person = readonly [
  en: string,
  zh: string,
  state: State,
  seconds: number,
  queueId: string,
  reason?: string | undefined,
  works?: number,
];
const people: readonly Person[] = [
  ['Daniel Price', '郑浩', 'engaged', 432, 'repairs'],
  ['Elif Kaya', '王思远', 'engaged', 400, 'repairs'],
  ['Marcus Bell', '李文博', 'engaged', 845, 'repairs'],
  ['Rosa Lind', '赵敏', 'notReady', 1_100, 'repairs', 'meal'],
  ['Lena Hartmann', '林晓月', 'engaged', 402, 'accounts'],
  ['Sam Ito', '吴凯', 'free', 35, 'accounts'],
  ['Dana Whitlock', '方雅', 'free', 160, 'accounts'],
  ['Joyce Mbeki', '蒋文', 'wrappingUp', 70, 'billing'],
  ['Tom Reyes', '许涛', 'free', 52, 'billing'],
  ['Hana Novak', '唐莉', 'ringing', 6, 'billing'],
  ['Piotr Adamski', '罗成', 'engaged', 138, 'billing'],
  ['Greta Vogel', '高洁', 'engaged', 213, 'german'],
  ['Amir Rahimi', '韩冰', 'engaged', 64, 'sales'],
  ['Chloe Martin', '冯倩', 'notReachable', 41, 'written'],
  ['Owen Hughes', '曹阳', 'engaged', 590, 'chat', undefined, 3],
  ['Bea Silva', '沈佳', 'wrappingUp', 31, 'repairs'],
  ['Ivan Petrov', '孙磊', 'notReady', 2_462, 'chat', 'training'],
  ['Nina Frost', '何静', 'engaged', 48, 'billing'],
  ['Yusuf Ali', '马超', 'engaged', 252, 'chat', undefined, 2],
  ['Clara Jung', '董薇', 'free', 75, 'sales'],
  ['Ben Archer', '邓辉', 'engaged', 122, 'billing'],
  ['Mei Tanaka', '姚远', 'engaged', 325, 'repairs'],
  ['Luis Ortega', '金鑫', 'engaged', 19, 'billing'],
  ['Freya Holm', '段颖', 'wrappingUp', 12, 'accounts'],
  ['Noah Berg', '熊伟', 'engaged', 231, 'repairs'],
  ['Ines Costa', '白雪', 'notReady', 370, 'billing', 'break'],
  ['Karl Weiss', '石磊', 'engaged', 488, 'repairs'],
  ['Ruth Adeyemi', '贺兰', 'engaged', 97, 'accounts'],
  ['Vera Lang', '龚宇', 'engaged', 160, 'chat', undefined, 2],
  ['Hugo Blanc', '秦岚', 'engaged', 284, 'accounts'],
  ['Asha Patel', '尹洁', 'engaged', 361, 'sales'],
  ['Jonas Frey', '汤勇', 'engaged', 149, 'german'],
  ['Olga Sedova', '黎明', 'engaged', 700, 'written', undefined, 5],
  ['Peter Shaw', '施展', 'engaged', 58, 'billing'],
  ['Maya Cohen', '陶然', 'notReady', 750, 'sales', 'meeting'],
  ['Tariq Aziz', '袁野', 'engaged', 465, 'billing'],
  ['Lucy Grant', '佟丽', 'engaged', 82, 'repairs'],
  ['Erik Dahl', '谭松', 'free', 183, 'sales'],
  ['Nora Quinn', '叶青', 'signedOut', 30_000, 'billing'],
];

const stateOf = {
  free: ['available', 'idle'],
  ringing: ['available', 'reserved'],
  engaged: ['available', 'engaged'],
  wrappingUp: ['available', 'wrappingUp'],
  notReady: ['notReady', 'idle'],
  notReachable: ['available', 'notReachable'],
  signedOut: ['loggedOut', 'idle'],
} as const;

export function stageAgents(now: number, language: StageLanguage): AgentRow[] {
  return people.map(([en, zh, state, seconds, queueId, reason, works = 1], index) => {
    const [presence, workState] = stateOf[state];
    const since = now - seconds * second;
    const has = state === 'ringing' || state === 'engaged' || state === 'wrappingUp';
    return {
      agentId: `ag-${index + 1}`,
      name: language === 'en' ? en : zh,
      extension: String(6_101 + index),
      teamId: index < 24 ? 'north' : 'south',
      orgUnitId: index < 24 ? 'ningbo' : 'hangzhou',
      presence,
      notReadyReason: reason ?? null,
      workState,
      since,
      works: has
        ? Array.from({ length: works }, (_none, at) => ({
            interactionId: `i-${index + 1}-${at}`,
            queueId,
            channel: queueSeeds.find(([id]) => id === queueId)?.[3] ?? 'voice',
            state: state === 'ringing' ? ('reserved' as const) : state,
            since: since + at * 40 * second,
          }))
        : [],
      skills: [
        { skill: 'billing', level: (index % 5) + 3 },
        { skill: 'technical', level: (index % 4) + 2 },
      ],
      queueIds: queueId === 'repairs' ? ['repairs', 'billing'] : [queueId],
      leftQueueIds: state === 'free' && queueId === 'billing' ? ['repairs'] : [],
      handledToday: 9 + (index % 17),
      satisfactionToday: { average: 4.6, count: 3 },
      lastMissed: index === 3 ? { at: now - 40 * minute, cause: 'noAnswer' } : null,
    };
  });
}

export function stageAlerts(now: number): BoardAlert[] {
  return [
    {
      alertId: 'a-1',
      since: now - 10 * minute,
      severity: 'critical',
      subject: { kind: 'queue', queueId: 'repairs' },
      code: 'serviceLevel',
      facts: { below: 60 },
    },
    {
      alertId: 'a-2',
      since: now - 8 * minute,
      severity: 'warning',
      subject: { kind: 'agent', agentId: 'ag-3' },
      code: 'longWork',
      facts: { workedMs: 845_000, usualMs: 430_000 },
    },
    {
      alertId: 'a-3',
      since: now - 41 * second,
      severity: 'critical',
      subject: { kind: 'agent', agentId: 'ag-14' },
      code: 'agentNotReachable',
      facts: {},
    },
    {
      alertId: 'a-4',
      since: now - 12 * second,
      severity: 'warning',
      subject: { kind: 'queue', queueId: 'repairs' },
      code: 'longestWait',
      facts: { aboveMs: 180_000 },
    },
  ];
}

export function stageBoard(now: number, language: StageLanguage = 'en'): Board {
  return { at: now, queues: stageQueues(now), agents: stageAgents(now, language), alerts: stageAlerts(now) };
}

/** As many contacts as the number of the board says. */
export function stageContacts(board: Board, queueId: string | null, figure: BoardFigure, language: StageLanguage): BoardContact[] {
  const names =
    language === 'en'
      ? ['Julia Brandt', '+44 7700 900142', 'Margaret Okafor', 'Kestrel Housing', 'T. Whitfield']
      : ['沈国良', '139 0000 4126', '陈志远', '开元物业', '周建平'];
  return board.queues
    .filter((row) => queueId === null || row.queueId === queueId)
    .flatMap((row) =>
      Array.from({ length: figure === 'answeredInTime' ? row.serviceLevelToday.inTime : row[figure] }, (_none, at): BoardContact => {
        const isWaiting = figure === 'waiting';
        const isParked = figure === 'forCustomer' || figure === 'snoozed';
        const queuedAt = isWaiting ? (row.longestWaitSince ?? board.at) + at * 50 * second : board.at - (at + 1) * 100 * second;
        const agent = board.agents[(at * 7) % board.agents.length];
        const hasAgent = !isWaiting && figure !== 'abandoned' && figure !== 'diverted';
        return {
          interactionId: `i-${row.queueId}-${at}`,
          workItemId: `w-${row.queueId}-${at}`,
          channel: row.channel,
          queueId: row.queueId,
          receivedAt: queuedAt - 21 * second,
          queuedAt,
          answeredAt: hasAgent ? queuedAt + 12 * second : null,
          endedAt: isWaiting || figure === 'handling' || isParked ? null : queuedAt + 90 * second,
          waitedMs: isWaiting ? board.at - queuedAt : 12 * second + at * 500,
          agentId: hasAgent ? (agent?.agentId ?? null) : null,
          agentName: hasAgent ? (agent?.name ?? null) : null,
          snoozedUntil: figure === 'snoozed' ? board.at + (at + 1) * 50 * 60 * second : null,
          who: at % 6 === 5 ? null : (names[at % 5] ?? null),
          contactId: at % 6 === 5 ? null : 'c-okafor',
        };
      }),
    );
}

const queueFacts = { queueId: 'repairs', nameEn: 'Repairs, fibre', nameZh: '宽带故障' };

export function stageWhyItem(now: number, language: StageLanguage): Why {
  const elif = language === 'en' ? 'Elif Kaya' : '王思远';
  return {
    now: [
      { code: 'positionInQueue', facts: { ...queueFacts, position: 1, ofItems: 4, waitedMs: 192_000 } },
      { code: 'needsSkills', facts: { needs: 'technical >= 3 and german', agents: 4 } },
      {
        code: 'qualifiedBusy',
        facts: { engaged: 3, wrappingUp: 0, ringing: 0, notReady: 1, notReachable: 0, signedOut: 0, full: 0 },
      },
      { code: 'likelyNext', facts: { agentId: 'ag-2', agent: elif, busyMs: 400_000, usualMs: 430_000 } },
      { code: 'widensAt', facts: { inMs: 18_000, needs: 'technical >= 2', more: 3, free: 1 } },
      { code: 'outranked', facts: { count: 2, priority: 60, ownPriority: 40, ownPoints: 12 } },
      { code: 'expectedWait', facts: { waitMs: 95_000, position: 1, averageMs: 430_000, agents: 9 } },
    ],
    steps: [
      {
        at: now - 192_000,
        kind: 'queued',
        agentId: null,
        agentName: null,
        queueId: 'repairs',
        cause: null,
        reasons: [{ code: 'queueChosen', facts: queueFacts }],
      },
      {
        at: now - 120_000,
        kind: 'offered',
        agentId: 'ag-4',
        agentName: language === 'en' ? 'Rosa Lind' : '赵敏',
        queueId: 'repairs',
        cause: null,
        reasons: [{ code: 'longestIdle', facts: { idleMs: 61_000, ofAgents: 2 } }],
      },
      {
        at: now - 100_000,
        kind: 'withdrawn',
        agentId: 'ag-4',
        agentName: language === 'en' ? 'Rosa Lind' : '赵敏',
        queueId: 'repairs',
        cause: 'noAnswer',
        reasons: [],
      },
    ],
  };
}

export function stageWhyAgent(): Why {
  return {
    now: [
      { code: 'agentTakenOutOf', facts: queueFacts },
      { code: 'queueHasNothing', facts: { queues: 2 } },
      {
        code: 'queueNeedsMore',
        facts: { queueId: 'german', nameEn: 'German desk', nameZh: '方言专席', waiting: 1, needs: 'german', inMs: 40_000 },
      },
      { code: 'agentLastOffered', facts: { sinceMs: 780_000 } },
    ],
    steps: [],
  };
}
