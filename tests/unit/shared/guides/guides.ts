import type { Guide, GuideField, GuideStep } from '../../../../shared/contracts/guides.ts';

const both = (text: string) => ({ en: text, zh: `${text}（中文）` });

export const field = (name: string, more: Partial<GuideField> = {}): GuideField => ({
  ...{ name, kind: 'text', label: both(name), required: true, shape: null, least: null, most: null, currency: null, options: [] },
  ...more,
});

export const choice = (name: string, values: readonly string[], needsApproval: readonly string[] = []): GuideField =>
  field(name, {
    kind: 'choice',
    options: values.map((value) => ({
      ...{ value, label: both(`${name} ${value}`), note: { en: '', zh: '' }, needsApproval: needsApproval.includes(value), article: null },
    })),
  });

export const step = (id: string, more: Partial<GuideStep> = {}): GuideStep => ({
  ...{ id, title: both(id), say: both(`say ${id}`), fields: [], article: null, exits: [{ when: [], to: null, outcome: null }] },
  ...more,
});

export const to = (stepId: string | null, fact?: string, value = '', outcome: string | null = null) => ({
  when: fact === undefined ? [] : [{ fact, is: 'equals' as const, value }],
  to: stepId,
  outcome,
});

export const guide = (more: Partial<Guide> = {}): Guide => ({
  ...{ format: 1, guideId: 'billing', name: both('Billing complaint'), opens: [], followUps: [] },
  case: { kind: 'complaint', subject: both('The bill'), priority: 0 },
  steps: [step('greet')],
  ...more,
});

/** Greeted; asked for the amount; credited (in full with approval) or told why not, and then offered something. */
export const billing = guide({
  opens: [{ queueId: 'billing', when: [] }],
  steps: [
    step('greet', { fields: [field('verified', { kind: 'check' })], exits: [to('credit')] }),
    step('credit', {
      fields: [field('amount', { kind: 'money', currency: 'GBP', least: 0 }), choice('credit', ['full', 'half', 'none'], ['full'])],
      exits: [to('explain', 'answer.credit', 'none'), to('offer')],
    }),
    step('explain', { exits: [to('offer', 'answer.credit', 'none'), to('greet')] }),
    step('offer', {
      fields: [field('remark', { required: false })],
      exits: [to(null, 'answer.credit', 'none', 'explained'), to(null, undefined, '', 'credited')],
    }),
  ],
  followUps: [
    { kind: 'promise', text: both('Call back'), inHours: 24, when: [{ fact: 'answer.credit', is: 'equals', value: 'full' }] },
    { kind: 'task', text: both('Look after it'), inHours: 2, when: [] },
  ],
});
