import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import type { FlowRunDeeds } from '../../../../../renderer/features/flows/run-deeds.ts';
import type { FlowNames } from '../../../../../renderer/features/flows/words.ts';
import { TextProvider } from '../../../../../renderer/i18n/index.ts';
import type { Simulated, TranscriptLine } from '../../../../../shared/contracts/ivr/commands.ts';
import type { CallerStep, Flow, Pretended } from '../../../../../shared/contracts/ivr/flow.ts';
import { createI18n } from '../../../../support/both-languages.ts';
import { flowOf, menu, play, queue } from './stage-flow.ts';

/** Welcome, a menu with the keys 1 and 2, and a queue behind each. */
export const stageFlow: Flow = flowOf({
  welcome: { ...play({ next: 'menu' }), label: 'Welcome' },
  menu: { ...menu({ 1: 'front', 2: 'second', noInput: 'front' }), label: 'Main menu' },
  front: { ...queue('front'), label: 'To the front' },
  second: { ...queue('second'), label: 'To the second' },
});

const named = (id: string, en: string, zh: string) => ({ id, name: { en, zh } });
export const stageNames: FlowNames = {
  references: {
    queues: [named('front', 'Front desk', '前台'), named('second', 'Second line', '二线')],
    hours: [],
    skills: [],
    prompts: ['welcome', 'main-menu'],
  },
  flows: [{ flowId: 'day', name: stageFlow.name }],
  dialled: ['4000'],
  promptText: () => null,
};

/** What the bridge would answer of `stageFlow`, by the steps alone. */
export function simulated(steps: readonly CallerStep[], given?: Pretended): Simulated {
  const line = (nodeId: string, what: TranscriptLine['what'], more: Partial<TranscriptLine> = {}): TranscriptLine => ({
    ...{ atMs: 0, nodeId, what, text: '', prompts: [], exit: null },
    ...more,
  });
  const lines = [
    line('welcome', 'entered'),
    line('welcome', 'heard', { prompts: ['welcome'] }),
    line('welcome', 'left', { exit: 'next', atMs: 2_000 }),
    line('menu', 'entered', { atMs: 2_000 }),
    line('menu', 'heard', { prompts: ['main-menu'], atMs: 2_000 }),
  ];
  const base = { locale: given?.locale ?? 'en', facts: {} } as const;
  const waiting: Simulated = { ...base, lines, at: { nodeId: 'menu', waitsFor: 'key' }, end: null };
  const ended = (more: readonly TranscriptLine[], end: NonNullable<Simulated['end']>): Simulated => ({
    ...{ ...base, lines: [...lines, ...more], at: null, end },
  });
  for (const step of steps) {
    if ('does' in step) {
      if (step.does === 'hangsUp') return ended([], { kind: 'callerLeft', queueId: null, priority: null, skills: null });
      lines.push(line('menu', 'silent', { atMs: 7_000 }));
      continue;
    }
    lines.push(line('menu', 'pressed', { text: step.keys, atMs: 4_000 }));
    const to = step.keys === '1' ? 'front' : step.keys === '2' ? 'second' : null;
    if (to === null) continue;
    return ended([line('menu', 'left', { exit: step.keys, atMs: 4_000 }), line(to, 'entered', { atMs: 4_000 })], {
      ...{ kind: 'queue', queueId: to, priority: given?.facts['customer.tier'] === 'diamond' ? 60 : null, skills: null },
    });
  }
  return waiting;
}

/** A bridge that answers at once; what it was asked stands in `asked`. */
export function runDeedsOnStage(own: Partial<FlowRunDeeds> = {}) {
  const asked: { flow: Flow; given: Pretended; steps: readonly CallerStep[] }[] = [];
  const deeds: FlowRunDeeds = {
    simulate: async (flow, given, steps) => {
      asked.push({ flow, given, steps });
      return { ok: true, value: simulated(steps, given) };
    },
    openTry: async () => ({ ok: true, value: '*7010' }),
    callDraft: () => ({ press: () => undefined, hangUp: () => undefined }),
    readHeat: async () => ({ ok: true, value: { callers: 0, nodes: [] } }),
    findCalls: async () => ({ ok: true, value: [] }),
    readTrace: async () => ({ ok: true, value: [] }),
    openPrompt: async (promptId, locale) => `sound:${locale}/${promptId}`,
    readPrompts: async () => ({ ok: true, value: [] }),
    ...own,
  };
  return { deeds, asked };
}

export function show(element: ReactElement, language: 'en' | 'zh' = 'en') {
  const i18n = createI18n(language);
  const wrapped = (inner: ReactElement) => (
    <TextProvider i18n={i18n} language={language}>
      {inner}
    </TextProvider>
  );
  const view = render(wrapped(element));
  return { ...view, again: (inner: ReactElement) => view.rerender(wrapped(inner)), hand: userEvent.setup({ delay: null }) };
}
