import type { Desk } from '../../../renderer/app/desk.ts';
import type { FlowEntry, FlowSummary } from '../../../shared/contracts/ivr/commands.ts';
import { exitsOf } from '../../../shared/contracts/ivr/exits.ts';
import { type Flow, type FlowProblem, flowSchema } from '../../../shared/contracts/ivr/flow.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import { stageConfiguration } from './organisation.ts';
import type { StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/** Pictures of call flows: `flows` (all of them), `flows-none`, `flows-numbers`, `flows-board`, `flows-branch`, `flows-settings`, `flows-versions`, `flows-compare`, `flows-publish`, `flows-add`. */
export const isFlowScene = (scene: string) => /^flows/.test(scene);

const both = (en: string, zh: string) => ({ en, zh });

/** The business line by day, as it is drawn on the screen. */
export function stageFlow(language: StageLanguage = 'en'): Flow {
  const say = (en: string, zh: string) => (language === 'en' ? en : zh);
  return {
    format: 1,
    flowId: 'business-day',
    name: both('Business line, day', '集团热线（日间）'),
    start: 'answer',
    fallback: { queueId: 'main', prompt: 'sorry' },
    nodes: {
      answer: { kind: 'answer', label: say('Business line', '集团热线'), exits: { next: 'hours' } },
      hours: { kind: 'hours', hoursId: 'office', exits: { open: 'find', closed: 'voicemail' } },
      find: {
        ...{ kind: 'lookUp', label: say('Find customer', '识别客户'), what: 'customer', by: null, whileWaiting: null, limitMs: 3_000 },
        exits: { found: 'tier', notFound: 'menu' },
      },
      tier: {
        ...{ kind: 'branch', label: say('Key account?', '大客户？') },
        cases: [
          { id: 'key', label: say('Diamond or gold', '钻石或金卡'), all: [{ fact: 'customer.tier', is: 'equals', value: 'diamond,gold' }] },
          {
            ...{ id: 'owes', label: say('In arrears', '欠费') },
            all: [
              { fact: 'balance.arrears', is: 'atLeast', value: '1000' },
              { fact: 'case.open', is: 'unknown', value: '' },
            ],
          },
        ],
        exits: { key: 'pin', owes: 'billing', otherwise: 'menu' },
      },
      pin: {
        ...{ kind: 'collect', label: say('Ask for PIN', '输入密码'), prompts: ['ask-pin'], onInvalid: 'pin-wrong', attribute: 'pin' },
        ...{ minLength: 4, maxLength: 6, terminator: '#', firstKeyMs: 6_000, betweenKeysMs: 3_000, masked: true, attempts: 2 },
        exits: { done: 'first', nothing: 'menu' },
      },
      first: {
        kind: 'set',
        label: say('To the front', '优先'),
        priority: 60,
        skills: 'key-accounts >= 2',
        attributes: {},
        exits: { next: 'keyAccounts' },
      },
      keyAccounts: { kind: 'queue', label: say('Key accounts', '大客户组'), queueId: 'main', priority: null, exits: {} },
      menu: {
        ...{ kind: 'menu', label: say('Main menu', '主菜单'), prompts: ['main-menu'], onSilence: 'no-key', onWrongKey: 'wrong-key' },
        keys: {
          '1': both('Billing', '账单'),
          '2': both('Faults', '故障'),
          '3': both('Sales', '销售'),
          '4': both('Contract', '合同'),
          '0': both('Call back', '回电'),
        },
        ...{ waitMs: 5_000, attempts: 3 },
        exits: { '1': 'billing', '2': 'outage', '3': 'sales', '0': 'callback', noInput: 'billing' },
      },
      outage: {
        ...{ kind: 'say', label: say('Say outage', '播报故障') },
        parts: [{ prompt: 'outage' }, { fact: 'lookUp.since', as: 'time' }],
        exits: { next: 'billing' },
      },
      billing: { kind: 'queue', label: say('Billing, general', '账单综合'), queueId: 'billing', priority: null, exits: {} },
      sales: { kind: 'queue', label: say('Sales', '销售'), queueId: 'sales', priority: null, exits: {} },
      callback: {
        ...{ kind: 'callback', prompts: ['offer-callback'], queueId: 'main', acceptKey: '1', waitMs: 6_000 },
        exits: { promised: 'bye', declined: 'billing', notPossible: 'billing' },
      },
      voicemail: { kind: 'voicemail', queueId: 'main', exits: {} },
      bye: { kind: 'hangUp', prompts: ['goodbye'], exits: {} },
    },
    layout: {},
    tests: [],
  };
}

const stagePrompts = [
  ...['ask-pin', 'goodbye', 'main-menu', 'no-key', 'offer-callback', 'outage', 'pin-wrong', 'please-wait', 'sorry', 'welcome', 'wrong-key'],
];

/** What is not finished, as far as a stage has to know. */
export function stageProblems(flow: Flow): readonly FlowProblem[] {
  return Object.entries(flow.nodes).flatMap(([nodeId, node]) => [
    ...exitsOf(node)
      .filter(({ name, isRequired }) => isRequired && node.exits[name] === undefined)
      .map(
        ({ name }): FlowProblem => ({
          ...{ severity: 'error', code: 'missingExit', nodeId, field: `exits/${name}`, what: '', facts: { exit: name } },
        }),
      ),
    ...(node.kind === 'say'
      ? [
          {
            ...({ severity: 'warning', code: 'promptMissingInLanguage', nodeId, field: 'parts/0/prompt', what: '' } as const),
            facts: { prompt: 'outage', locale: 'zh' },
          },
        ]
      : []),
  ]);
}

export interface ScriptedFlows {
  /** The draft of each flow, as it was saved last. */
  readonly drafts: Map<string, { flow: Flow; revision: number }>;
  readonly live: Map<string, { flow: Flow; version: number }>;
  entries: readonly FlowEntry[];
  entriesRevision: number;
}

/** Flows in memory: drafts are kept, published and compared as the bridge would. */
export function scriptFlows(bridge: ScriptedBridge, now: number, language: StageLanguage): ScriptedFlows {
  const flow = stageFlow(language);
  const by = { userId: 'u-9', name: language === 'en' ? 'Ruth Adeyemi' : '安洁' };
  const night: Flow = {
    ...flow,
    flowId: 'night',
    name: both('Night and weekends', '夜间与周末'),
    nodes: {
      answer: { kind: 'answer', exits: { next: 'voicemail' } },
      voicemail: { kind: 'voicemail', queueId: 'main', exits: {} },
    },
  };
  const before = {
    ...flow,
    nodes: { ...flow.nodes, menu: { ...flow.nodes.menu, exits: { ...flow.nodes.menu?.exits, '4': 'sales' } } },
  } as Flow;
  const scripted: ScriptedFlows = {
    drafts: new Map([['business-day', { flow, revision: 15 }]]),
    live: new Map([
      ['business-day', { flow: before, version: 14 }],
      ['night', { flow: night, version: 3 }],
    ]),
    entries: [
      {
        ...{ dnis: '08005550110', name: both('Business line', '集团热线') },
        flows: [
          { hoursId: 'office', flowId: 'business-day' },
          { hoursId: null, flowId: 'night' },
        ],
      },
    ],
    entriesRevision: 4,
  };
  const { drafts, live } = scripted;
  const ok = <Value>(value: Value) => ({ ok: true, value }) as const;
  const refused = (code: 'conflict' | 'not_found') => ({ ok: false, error: { code, message: '' } }) as const;
  const summary = (flowId: string): FlowSummary => {
    const draft = drafts.get(flowId);
    const published = live.get(flowId);
    return {
      flowId,
      name: (draft ?? published)?.flow.name ?? both(flowId, flowId),
      live: published ? { version: published.version, at: now - 6 * 86_400_000, by } : null,
      draft: draft ? { revision: draft.revision, at: now - 3_600_000, by } : null,
      dialled: scripted.entries.filter((entry) => entry.flows.some((each) => each.flowId === flowId)).map(({ dnis }) => dnis),
    };
  };
  bridge.answers['configuration:read'] = () => ok({ revision: 3, prompts: stagePrompts, flows: [], configuration: stageConfiguration() });
  bridge.answers['flow:list'] = () =>
    ok({
      flows: [...new Set([...live.keys(), ...drafts.keys()])].map(summary),
      entries: scripted.entries,
      entriesRevision: scripted.entriesRevision,
    });
  bridge.answers['flow:read'] = ({ flowId, version }) => {
    const draft = version === null ? drafts.get(flowId) : undefined;
    const published = live.get(flowId);
    const read = draft?.flow ?? published?.flow;
    if (!read) return refused('not_found');
    return ok({
      flow: read,
      version: draft ? null : (published?.version ?? null),
      draftRevision: draft?.revision ?? null,
      live: published?.version ?? null,
    });
  };
  bridge.answers['flow:check'] = ({ flow: given }) => {
    const parsed = flowSchema.safeParse(given);
    return ok({ problems: parsed.success ? stageProblems(parsed.data) : [malformed(parsed.error.issues[0]?.path ?? [])] });
  };
  const hands = new Map<string, string>();
  bridge.answers['flow:save-draft'] = ({ flow: given, basedOn, writingId }) => {
    const parsed = flowSchema.safeParse(given);
    if (!parsed.success) return ok({ saved: false, problems: [malformed(parsed.error.issues[0]?.path ?? [])] });
    const { flowId } = parsed.data;
    const there = drafts.get(flowId)?.revision ?? null;
    if (there !== basedOn && hands.get(flowId) !== writingId) return refused('conflict');
    const revision = (there ?? 0) + 1;
    drafts.set(flowId, { flow: parsed.data, revision });
    hands.set(flowId, writingId);
    return ok({ saved: true, revision, problems: stageProblems(parsed.data) });
  };
  bridge.answers['flow:publish'] = ({ flowId }) => {
    const draft = drafts.get(flowId);
    if (!draft) return refused('not_found');
    const problems = stageProblems(draft.flow);
    if (problems.some(({ severity }) => severity === 'error')) return ok({ published: false, problems });
    const version = (live.get(flowId)?.version ?? 0) + 1;
    live.set(flowId, { flow: draft.flow, version });
    drafts.delete(flowId);
    return ok({ published: true, version });
  };
  bridge.answers['flow:roll-back'] = ({ flowId }) => {
    const published = live.get(flowId);
    if (!published) return refused('not_found');
    live.set(flowId, { ...published, version: published.version + 1 });
    return ok({ published: true, version: published.version + 1 });
  };
  bridge.answers['flow:discard-draft'] = ({ flowId }) => ok(drafts.delete(flowId) ? {} : {});
  bridge.answers['flow:remove'] = ({ flowId }) => ok(live.delete(flowId) || drafts.delete(flowId) ? {} : {});
  bridge.answers['flow:versions'] = ({ flowId }) => {
    const newest = live.get(flowId)?.version ?? 0;
    const notes =
      language === 'en' ? ['Key 4 for contracts', '', 'Gold callers give their PIN'] : ['按键 4 转合同', '', '金卡客户输入密码'];
    return ok({
      versions: [0, 1, 2]
        .map((back) => ({
          ...{ version: newest - back, at: now - (6 + 9 * back) * 86_400_000, by, note: notes[back] ?? '' },
          ...{ restores: back === 1 ? newest - 3 : null, isLive: back === 0 },
        }))
        .filter(({ version }) => version > 0),
    });
  };
  bridge.answers['flow:compare'] = () =>
    ok({
      changes: [
        {
          nodeId: 'menu',
          what: 'changed',
          fields: [
            { path: 'exits/4', before: 'sales', after: null },
            { path: 'attempts', before: '2', after: '3' },
          ],
        },
        { nodeId: 'outage', what: 'added', fields: [] },
        { nodeId: 'news', what: 'removed', fields: [] },
      ],
    });
  bridge.answers['flow:save-entries'] = ({ entries, basedOn }) => {
    if (basedOn !== scripted.entriesRevision) return refused('conflict');
    const wrong = entries.filter(({ dnis }) => !/^\+?[0-9*#]{1,20}$/.test(dnis));
    if (wrong.length > 0) return ok({ saved: false, problems: wrong.map(({ dnis }) => ({ dnis, what: 'This is no number.' })) });
    scripted.entries = entries;
    scripted.entriesRevision += 1;
    return ok({ saved: true, revision: scripted.entriesRevision });
  };
  bridge.answers['flow:simulate'] = ({ flow: given }) =>
    ok({
      lines: [
        { atMs: 0, nodeId: given.start, what: 'entered', text: '', prompts: [], exit: null },
        { atMs: 0, nodeId: given.start, what: 'left', text: '', prompts: [], exit: 'next' },
        ...('menu' in given.nodes
          ? ([
              { atMs: 400, nodeId: 'menu', what: 'entered', text: '', prompts: [], exit: null },
              { atMs: 400, nodeId: 'menu', what: 'heard', text: '', prompts: ['main-menu'], exit: null },
            ] as const)
          : []),
      ],
      at: { nodeId: 'menu' in given.nodes ? 'menu' : given.start, waitsFor: 'key' },
      ...{ locale: language, facts: {}, end: null },
    });
  bridge.answers['flow:heat'] = () =>
    ok({
      callers: 1_412,
      nodes: [
        { nodeId: 'answer', entered: 1_412, hungUp: 0, exits: { next: 1_412 } },
        { nodeId: 'hours', entered: 1_412, hungUp: 0, exits: { open: 1_398, closed: 14 } },
        { nodeId: 'find', entered: 1_398, hungUp: 0, exits: { found: 972, notFound: 426 } },
        { nodeId: 'tier', entered: 972, hungUp: 0, exits: { key: 356, otherwise: 616 } },
        { nodeId: 'pin', entered: 356, hungUp: 9, exits: { done: 311, nothing: 36 } },
        { nodeId: 'menu', entered: 1_078, hungUp: 38, exits: { '1': 604, '2': 208, '3': 96, '0': 41, noInput: 91 } },
      ],
    });
  bridge.answers['flow:traces'] = () => ok({ calls: [] });
  bridge.answers['interaction:trace'] = () => ok({ steps: [] });
  bridge.answers['flow:open-try'] = () => ok({ dial: '*8412' });
  const sound = { origin: 'shipped', durationMs: 9_000, at: null, by: null } as const;
  bridge.answers['prompt:list'] = () =>
    ok({
      speech: 'espeak-ng',
      prompts: stagePrompts.map((promptId) => ({
        ...{ promptId, revision: 0, isShipped: true, usedBy: [] },
        texts:
          promptId === 'main-menu'
            ? both('For bills press 1, for a fault 2, to order 3, or stay on the line.', '账单请按 1，报障请按 2，订购请按 3。')
            : both(promptId, promptId),
        sounds: { en: sound, zh: promptId === 'outage' ? null : sound },
      })),
    });
  return scripted;
}

function malformed(path: readonly PropertyKey[]): FlowProblem {
  const [, nodeId, ...field] = path.map(String);
  return { severity: 'error', code: 'malformed', nodeId: nodeId ?? null, field: field.join('/'), what: '', facts: {} };
}

export function setFlowScene(scene: string, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const now = bridge.snapshotNow.serverTime;
  const name = language === 'en' ? 'Ruth Adeyemi' : '安洁';
  const user = { ...bridge.snapshotNow.user, name, role: 'administrator', rights: [...rightsOfRole.administrator] };
  bridge.snapshotNow = { ...bridge.snapshotNow, user, agent: null };
  if (bridge.loginOutcome.ok) bridge.loginOutcome = { ok: true, value: { ...bridge.loginOutcome.value, user } };
  const scripted = scriptFlows(bridge, now, language);
  if (scene === 'flows-none') {
    scripted.drafts.clear();
    scripted.live.clear();
  }
  const after = async () => {
    desk.stores.view.setState({ place: 'flows' });
    await desk.flows.open();
    if (scene === 'flows-numbers') return desk.stores.flows.setState({ page: 'numbers' });
    if (scene === 'flows' || scene === 'flows-none') return;
    await desk.flows.show('business-day');
    if (scene === 'flows-settings') return;
    desk.flows.select([scene === 'flows-branch' ? 'tier' : 'menu']);
    if (scene === 'flows-versions') return desk.flows.ask('versions');
    if (scene === 'flows-compare') return desk.flows.ask('compare');
    if (scene === 'flows-publish') return desk.flows.ask('publish');
  };
  const unsubscribe = desk.stores.session.subscribe((session) => {
    if (session.phase !== 'signedIn') return;
    unsubscribe();
    void after();
  });
}
