import { expect, it } from 'vitest';
import { lineOf } from '../../../../../renderer/features/flows/words.ts';
import type { Text } from '../../../../../renderer/i18n/index.ts';
import { formatsOf } from '../../../../../renderer/i18n/index.ts';
import type { FlowNode } from '../../../../../shared/contracts/ivr/nodes.ts';
import { createI18n } from '../../../../support/both-languages.ts';
import { stageNames } from './run-stage.tsx';

/** What stands on the drawing. */

const welcome = { en: 'Welcome to us.', zh: '欢迎致电。' };
const names = { ...stageNames, promptText: (promptId: string, locale: 'en' | 'zh') => (promptId === 'welcome' ? welcome[locale] : null) };
const textIn = (language: 'en' | 'zh'): Text => ({
  t: createI18n(language).t as unknown as Text['t'],
  formats: formatsOf(language),
});
const play = (...prompts: readonly string[]): FlowNode => ({ kind: 'play', prompts: [...prompts], exits: { next: 'menu' } });

it('a node says what it plays in the reader’s language, by its name where only that is known', () => {
  expect(lineOf(textIn('en'), play('welcome'), names)).toBe('Welcome to us.');
  expect(lineOf(textIn('zh'), play('welcome'), names)).toBe('欢迎致电。');
  expect(lineOf(textIn('en'), play('unheard-of'), names)).toBe('unheard-of');
});
