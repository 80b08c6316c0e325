import type { Flow, FlowNode } from '../../ivr/index.ts';

/**
 * The demo hotline: greets in the language of the caller's record, or of the line for a stranger, and asks what it is about.
 *
 *     answer ▶ welcome ▶ menu ──1 2 3 0──▶ please wait ▶ queue
 *                         │ ▲
 *                         9 └── in the other language
 */
export function mainFlow(flowId: string, lineLocale: 'en' | 'zh'): Flow {
  return demoFlow(flowId, lineLocale === 'zh' ? chineseHotline : englishHotline, 'line-language', {
    'line-language': { kind: 'setLanguage', to: lineLocale, exits: { next: 'caller-language' } },
    'caller-language': { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'welcome' } },
    welcome: { kind: 'play', prompts: ['welcome'], exits: { next: 'menu' } },
    menu,
    'switch-language': { kind: 'setLanguage', to: 'other', exits: { next: 'menu' } },
    ...waitThenQueue('billing'),
    ...waitThenQueue('technical'),
    ...waitThenQueue('sales'),
    ...waitThenQueue('general'),
  });
}

const chineseHotline = { en: 'Chinese hotline', zh: '中文热线' };
const englishHotline = { en: 'English hotline', zh: '英文热线' };

const menu: FlowNode = {
  kind: 'menu',
  prompts: ['menu-main'],
  onSilence: 'no-input',
  onWrongKey: 'not-understood',
  keys: {
    '1': { en: 'Bills and payments', zh: '话费与账单' },
    '2': { en: 'Faults and technical help', zh: '故障与技术支持' },
    '3': { en: 'Products and contracts', zh: '产品与合约' },
    '0': { en: 'Anything else', zh: '人工服务' },
    '9': { en: 'The other language', zh: '切换语言' },
  },
  waitMs: 6_000,
  attempts: 3,
  exits: {
    '1': 'wait-billing',
    '2': 'wait-technical',
    '3': 'wait-sales',
    '0': 'wait-general',
    '9': 'switch-language',
    noInput: 'wait-general',
  },
};

function waitThenQueue(queueId: string): Record<string, FlowNode> {
  return {
    [`wait-${queueId}`]: { kind: 'play', prompts: ['please-wait'], exits: { next: `queue-${queueId}` } },
    [`queue-${queueId}`]: { kind: 'queue', queueId, priority: null, exits: {} },
  };
}

/** The key accounts' own line: no menu, straight to the people who know them, in the language of their record. */
export function directFlow(flowId: string, queueId: string): Flow {
  return demoFlow(flowId, { en: 'Direct line', zh: '专线' }, 'language', {
    language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
    answer: { kind: 'answer', exits: { next: 'queue' } },
    queue: { kind: 'queue', queueId, priority: 9, exits: {} },
  });
}

function demoFlow(flowId: string, name: Flow['name'], start: string, nodes: Flow['nodes']): Flow {
  return { format: 1, flowId, name, start, fallback: { queueId: 'general', prompt: 'technical-difficulty' }, nodes, layout: {}, tests: [] };
}
