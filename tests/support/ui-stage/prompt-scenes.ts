import type { Desk } from '../../../renderer/app/desk.ts';
import type { Prompt, PromptSound } from '../../../shared/contracts/ivr/prompts.ts';
import { rightsOfRole } from '../../../shared/contracts/rights.ts';
import type { ScriptedBridge } from './scripted-bridge.ts';

/** Pictures of the library of prompts: `prompts` (nothing chosen), `prompts-one`, `prompts-text`, `prompts-recording`, `prompts-refused`, `prompts-new`. */
export const isPromptScene = (scene: string) => /^prompts/.test(scene);

const shipped = (durationMs: number): PromptSound => ({ origin: 'shipped', durationMs, at: null, by: null });

export function stagePrompts(now: number): readonly Prompt[] {
  const prompt = (promptId: string, en: string, zh: string, change: Partial<Prompt> = {}): Prompt => ({
    ...{ promptId, revision: 0, isShipped: true, usedBy: [] },
    texts: { en, zh },
    sounds: { en: shipped(en.length * 62), zh: shipped(zh.length * 210) },
    ...change,
  });
  const hotline = { flowId: 'business-day', name: { en: 'Business line, day', zh: '集团热线（日间）' }, isLive: true };
  return [
    prompt('ask-customer-number', 'Please enter your customer number, then press the hash key.', '请输入您的客户编号，按井号键结束。', {
      usedBy: [hotline],
    }),
    prompt('balance-is', 'The balance of your account is:', '您的账户余额是：'),
    prompt(
      'closed-callback-offer',
      'We are closed at the moment. To be called back when we are open again, press 1.',
      '现在是非服务时间。如需我们在上班后给您回电，请按一。',
      {
        usedBy: [hotline],
      },
    ),
    prompt('fair-november', 'Visit us at the trade fair, hall 4, until Sunday.', '欢迎莅临展会四号馆，展期至周日。', {
      ...{ revision: 4, isShipped: false },
      sounds: { en: { origin: 'recorded', durationMs: 4_100, at: now - 86_400_000, by: 'Dana Whitlock' }, zh: null },
      usedBy: [hotline, { flowId: 'fair', name: { en: 'Fair', zh: '展会' }, isLive: false }],
    }),
    prompt('goodbye', 'Thank you for calling. Goodbye.', '感谢您的来电，再见。'),
    prompt('key-account-welcome', 'Welcome. Your personal service team is there for you.', '您好，您的专属服务团队为您服务。'),
    prompt('storm-warning', 'Because of the storm, lines are down in some places. We are working on it.', '', {
      ...{ revision: 1, isShipped: false },
      sounds: { en: null, zh: null },
    }),
    prompt('welcome', 'Welcome to Northline customer care.', '欢迎致电东海通信客户服务中心。', {
      revision: 2,
      sounds: { en: { origin: 'uploaded', durationMs: 3_250, at: now - 3_600_000, by: 'Dana Whitlock' }, zh: shipped(3_900) },
    }),
  ];
}

/** Answers as a bridge with espeak-ng would. */
export function scriptPrompts(bridge: ScriptedBridge, now: number): void {
  const { user } = bridge.snapshotNow;
  bridge.snapshotNow = { ...bridge.snapshotNow, user: { ...user, role: 'administrator', rights: [...rightsOfRole.administrator] } };
  bridge.answers['prompt:list'] = () => ({ ok: true, value: { prompts: [...stagePrompts(now)], speech: 'espeak-ng' } });
}

export function setPromptScene(scene: string, bridge: ScriptedBridge, desk: Desk, now: number): void {
  scriptPrompts(bridge, now);
  const { prompts: store, view, session } = desk.stores;
  const after = async () => {
    view.setState({ place: 'prompts' });
    await desk.prompts.open();
    if (scene === 'prompts') return;
    const selectedId = scene === 'prompts-text' || scene === 'prompts-refused' ? 'fair-november' : 'welcome';
    store.setState({ selectedId });
    if (scene === 'prompts-recording')
      store.setState({ busy: { promptId: 'welcome', locale: 'zh', what: 'recording' }, level: 0.62, recordingSince: now - 7_000 });
    if (scene === 'prompts-refused') store.setState({ trouble: { promptId: 'fair-november', locale: 'zh', why: 'clipped' } });
    if (scene === 'prompts-new')
      setTimeout(() => document.querySelector<HTMLButtonElement>('.prompts-list .pane-head .button')?.click(), 200);
  };
  const unsubscribe = session.subscribe((now) => {
    if (now.phase !== 'signedIn') return;
    unsubscribe();
    void after();
  });
}
