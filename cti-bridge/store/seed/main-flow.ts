import type { Flow, FlowNode } from '../../ivr/index.ts';

/**
 * The demo hotline: greets in the language of the caller's record, or of the line for a stranger, and asks what it is about.
 *
 *     answer ▶ welcome ▶ menu ──1 2 3 0──▶ please wait ▶ queue
 *                         │ ▲
 *                         9 └── in the other language
 */
export function mainFlow(flowId: string, lineLocale: 'en' | 'zh'): Flow {
  return {
    flowId,
    version: 1,
    start: 'line-language',
    fallbackQueueId: 'general',
    nodes: {
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
    },
  };
}

const menu: FlowNode = {
  kind: 'menu',
  prompts: ['menu-main'],
  onSilence: 'no-input',
  onWrongKey: 'not-understood',
  keys: {
    '1': { label: { en: 'Bills and payments', zh: '话费与账单' }, next: 'wait-billing' },
    '2': { label: { en: 'Faults and technical help', zh: '故障与技术支持' }, next: 'wait-technical' },
    '3': { label: { en: 'Products and contracts', zh: '产品与合约' }, next: 'wait-sales' },
    '0': { label: { en: 'Anything else', zh: '人工服务' }, next: 'wait-general' },
    '9': { label: { en: 'The other language', zh: '切换语言' }, next: 'switch-language' },
  },
  waitMs: 6_000,
  attempts: 3,
  exits: { noInput: 'wait-general' },
};

function waitThenQueue(queueId: string): Record<string, FlowNode> {
  return {
    [`wait-${queueId}`]: { kind: 'play', prompts: ['please-wait'], exits: { next: `queue-${queueId}` } },
    [`queue-${queueId}`]: { kind: 'queue', queueId, priority: null },
  };
}

/** The key accounts' own line: no menu, straight to the people who know them, in the language of their record. */
export function directFlow(flowId: string, queueId: string): Flow {
  return {
    flowId,
    version: 1,
    start: 'language',
    fallbackQueueId: 'general',
    nodes: {
      language: { kind: 'setLanguage', to: 'caller', exits: { next: 'answer' } },
      answer: { kind: 'answer', exits: { next: 'queue' } },
      queue: { kind: 'queue', queueId, priority: 9 },
    },
  };
}
