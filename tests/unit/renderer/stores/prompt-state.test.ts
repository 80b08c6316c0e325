import { describe, expect, it } from 'vitest';
import {
  hasUnsavedText,
  noPrompts,
  type PromptsState,
  promptsShown,
  promptTextOf,
  putPrompt,
  soundStateOf,
  typePrompt,
} from '../../../../renderer/stores/index.ts';
import type { Prompt } from '../../../../shared/contracts/ivr/prompts.ts';

const shipped = { origin: 'shipped', durationMs: 1_000, at: null, by: null } as const;
const prompt = (promptId: string, change: Partial<Prompt> = {}): Prompt => ({
  ...{ promptId, revision: 0, isShipped: true, usedBy: [] },
  texts: { en: 'Welcome', zh: '欢迎' },
  sounds: { en: shipped, zh: shipped },
  ...change,
});
const prompts: PromptsState = {
  ...noPrompts,
  prompts: [
    prompt('offer', { revision: 3, isShipped: false, texts: { en: 'Summer offer', zh: '' }, sounds: { en: shipped, zh: null } }),
    prompt('welcome'),
  ],
};
const idsOf = (shown: readonly Prompt[]) => shown.map(({ promptId }) => promptId);

describe('the list of prompts', () => {
  it.each([
    ['欢迎', 'all', ['welcome']],
    ['SUMMER', 'all', ['offer']],
    ['off', 'all', ['offer']],
    ['', 'own', ['offer']],
    ['', 'incomplete', ['offer']],
    ['  ', 'all', ['offer', 'welcome']],
    ['nothing', 'all', []],
  ] as const)('shows with %j, %s: %j', (filter, shows, ids) => {
    expect(idsOf(promptsShown({ ...prompts, filter, shows }))).toEqual(ids);
  });

  it('says of each language whether it is heard, only written, or missing', () => {
    const [offer, welcome] = prompts.prompts;
    if (!offer || !welcome) throw new Error('no prompts');
    expect([soundStateOf(welcome, 'zh'), soundStateOf(offer, 'zh')]).toEqual(['sound', 'missing']);
    expect(soundStateOf({ ...offer, texts: { en: '', zh: '您好' } }, 'zh')).toBe('text');
  });

  it('keeps its order when a prompt is new or changed', () => {
    expect(idsOf(putPrompt(prompts, prompt('paid')).prompts)).toEqual(['offer', 'paid', 'welcome']);
    const changed = putPrompt(prompts, prompt('welcome', { revision: 1 })).prompts;
    expect(idsOf(changed)).toEqual(['offer', 'welcome']);
    expect(changed[1]?.revision).toBe(1);
  });
});

describe('a text that is typed', () => {
  const place = { promptId: 'welcome', locale: 'en' } as const;

  it('is shown in place of the stored one, and no draft once it is the same again', () => {
    const typed = { ...prompts, ...typePrompt(prompts, place, 'Hello') };
    expect(promptTextOf(typed, place)).toBe('Hello');
    expect(promptTextOf(typed, { promptId: 'welcome', locale: 'zh' })).toBe('欢迎');
    expect([hasUnsavedText(typed, 'welcome'), hasUnsavedText(typed, 'offer')]).toEqual([true, false]);
    const back = { ...typed, ...typePrompt(typed, place, 'Welcome') };
    expect(back.drafts).toEqual({});
  });
});
