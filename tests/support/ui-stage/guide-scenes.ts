import { demoGuides } from '../../../cti-bridge/store/seed/guides.ts';
import type { Desk } from '../../../renderer/app/desk.ts';
import type { Guide, GuideRun } from '../../../shared/contracts/guides.ts';
import { type GuideInput, handedOver, startRun, stepGuide } from '../../../shared/guide-steps.ts';
import { stageConfiguration } from './organisation.ts';
import type { StageLanguage } from './people.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';
import { wrapUpOf } from './wrap-up.ts';

const scenes = [
  'guide',
  'guide-problems',
  'guide-taken-over',
  'guide-read-along',
  'guide-end',
  'guide-kept',
  'guide-wrap-up',
  'guide-choose',
  'guide-editor',
  'guide-editor-step',
  'guide-trial',
] as const;
type GuideScene = (typeof scenes)[number];

/** All of them begin in a call. */
export const isGuideScene = (scene: string): scene is GuideScene => scenes.some((each) => each === scene);

const answers: readonly (readonly [string, string])[] = [
  ['verified', 'yes'],
  ['about', 'roaming'],
  ['amount', '1284.00'],
  ['credit', 'half'],
  ['offer', 'yes'],
];

/** The guide of the demo, gone through until it is at that step; null: to its end. */
export function gone(guide: Guide, until: string | null, facts: Readonly<Record<string, string>>, amount = '1284.00'): GuideRun {
  let run = startRun(guide, 1, facts);
  const take = (input: GuideInput) => {
    run = stepGuide(guide, run, input).run;
  };
  for (let steps = 0; steps < guide.steps.length && run.path.at(-1) !== until && !run.isAtEnd; steps += 1) {
    for (const [name, value] of answers) take({ kind: 'answer', name, value: name === 'amount' ? amount : value });
    take({ kind: 'next' });
  }
  return run;
}

/** The amounts of the guide as an English desk has them. */
function inPounds(guide: Guide): Guide {
  return {
    ...guide,
    steps: guide.steps.map((step) => ({
      ...step,
      fields: step.fields.map((field) => ({ ...field, currency: field.currency && 'GBP' })),
    })),
  };
}

export function setGuideScene(scene: GuideScene, bridge: ScriptedBridge, desk: Desk, language: StageLanguage): void {
  const shipped = demoGuides.find(({ guideId }) => guideId === 'billing-complaint');
  if (!shipped) return;
  const guide: Guide = language === 'en' ? inPounds(shipped) : shipped;
  const facts =
    language === 'en'
      ? { 'customer.name': 'Margaret Okafor', 'agent.name': 'Lena' }
      : { 'customer.name': '陈志远', 'agent.name': '林晓月' };
  const isOver = scene === 'guide-end' || scene === 'guide-kept';
  const run = gone(guide, isOver ? null : 'credit', facts, language === 'en' ? '1284.00' : '11284.00');
  const colleague = language === 'en' ? 'Tom Marsh' : '陈晓';
  const isFromColleague = scene === 'guide-taken-over' || scene === 'guide-read-along';
  const finished = scene === 'guide-kept' ? { at: 0, caseId: 'case-1', caseNumber: 'C-20418' } : null;
  bridge.answers['guide:open'] = () => ({
    ok: true,
    value: {
      opened: {
        ...{ guide, version: 1, why: 'begun' },
        kept: { run: isFromColleague ? handedOver(run, colleague) : run, revision: 4, savedAt: 0, finished },
        ...(scene === 'guide-read-along' ? { readAlong: { name: colleague } } : {}),
      },
      guides: demoGuides.map(({ guideId, name }) => ({ guideId, name })),
    },
  });
  bridge.answers['guide:save'] = ({ revision }) => ({ ok: true, value: { savedAt: Date.now(), revision } });
  if (scene === 'guide-wrap-up') {
    const now = Date.now();
    bridge.snapshotNow = {
      ...bridge.snapshotNow,
      interactions: bridge.snapshotNow.interactions.map((item) => ({
        ...item,
        state: 'wrapping',
        call: { ...item.call, state: 'ended', endedAt: now - 34_000, end: { by: 'caller', reason: 'hungUp', fault: 'unknown' } },
        wrapUp: wrapUpOf('timed', now),
      })),
    };
  }
  if (scene === 'guide-editor' || scene === 'guide-editor-step' || scene === 'guide-trial') {
    const at = Date.UTC(2026, 10, 20, 9, 0);
    const by = { userId: 'dana', name: 'Dana Whitlock' };
    bridge.snapshotNow = {
      ...bridge.snapshotNow,
      user: { ...bridge.snapshotNow.user, rights: [...bridge.snapshotNow.user.rights, 'guide:write'] },
    };
    bridge.answers['configuration:read'] = () => ({
      ok: true,
      value: { revision: 1, configuration: stageConfiguration(), prompts: [], flows: [] },
    });
    bridge.answers['guide:list'] = () => ({
      ok: true,
      value: {
        guides: demoGuides.map(({ guideId, name }, index) => ({
          ...{ guideId, name, live: { version: 3 - index, at, by } },
          draft: guideId === guide.guideId ? { revision: 7, at, by } : null,
        })),
      },
    });
    const broken = {
      severity: 'error',
      code: 'wordsMissing',
      stepId: 'explain',
      field: 'say',
      what: '',
      facts: { language: 'zh' },
    } as const;
    const odd = {
      severity: 'warning',
      code: 'unknownFact',
      stepId: null,
      field: 'opens/0',
      what: '',
      facts: { fact: 'weather.now' },
    } as const;
    bridge.answers['guide:read'] = () => ({
      ok: true,
      value: { guide, version: null, draftRevision: 7, live: 2, problems: [broken, odd] },
    });
    desk.goTo('guides');
    const loaded = desk.stores.guideEditor.subscribe(({ asked, open }) => {
      if (asked.phase !== 'ready' || open) return;
      loaded();
      void desk.guideEditor.choose(guide.guideId).then(() => {
        desk.guideEditor.showStep(scene === 'guide-editor' ? null : 'credit');
        if (scene === 'guide-trial') desk.guideEditor.showDialog('trial');
      });
    });
  }
  const then = desk.stores.guides.subscribe(({ at }) => {
    if (!at['i-1']) return;
    then();
    if (scene === 'guide-problems') {
      desk.guides.step('i-1', { kind: 'answer', name: 'credit', value: 'full' });
      desk.guides.step('i-1', { kind: 'next' });
    }
    if (scene === 'guide-choose') desk.guides.startChoosing('i-1');
  });
}
