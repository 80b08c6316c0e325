import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { CommandRequest } from '../../../../shared/contracts/bridge-events.ts';
import type { Prompt } from '../../../../shared/contracts/ivr/prompts.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { scriptPrompts, stagePrompts } from '../../../support/ui-stage/prompt-scenes.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();

/** An administrator at the library, on scripted outsides. */
async function open(language: 'en' | 'zh' = 'en') {
  const stage = deskOnStage(now);
  scriptPrompts(stage.bridge, now);
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n(language)} />);
  stage.desk.goTo('prompts');
  await screen.findByRole('heading', { name: language === 'en' ? 'Prompts' : '语音提示' });
  await screen.findByText('balance-is');
  return { ...stage, user: userEvent.setup() };
}
const named = (promptId: string): Prompt => {
  const prompt = stagePrompts(now).find((each) => each.promptId === promptId);
  if (!prompt) throw new Error('no such prompt');
  return prompt;
};

beforeAll(async () => {
  await Promise.all([import('../../../../renderer/app/Workplace.tsx'), import('../../../../renderer/features/prompts/index.ts')]);
  standInForScreen();
});
afterEach(cleanup);

describe('the library on the screen', () => {
  it('is found by what is said, and says what cannot be heard', async () => {
    const { user } = await open();
    await user.type(screen.getByRole('searchbox', { name: 'Find by text or name' }), 'trade fair');
    expect(screen.queryByText('balance-is')).toBeNull();
    const line = screen.getByRole('button', { name: /Visit us at the trade fair/ });
    expect(within(line).getByText('Chinese: text only')).toBeDefined();
  });

  it('stores what was typed in both languages together', async () => {
    const { user, bridge, sent } = await open();
    const saved: Prompt = { ...named('balance-is'), revision: 1, texts: { en: 'Your balance is:', zh: '您的余额：' } };
    bridge.answers['prompt:save'] = () => ({ ok: true, value: saved });
    await user.click(screen.getByRole('button', { name: /The balance of your account/ }));
    const save = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Save texts' });
    expect(save().disabled).toBe(true);
    const type = async (label: string, text: string) => {
      await user.clear(screen.getByRole('textbox', { name: label }));
      await user.type(screen.getByRole('textbox', { name: label }), text);
    };
    await type('Text in English', saved.texts.en);
    await type('Text in Chinese', saved.texts.zh);
    await user.click(save());
    expect(sent('prompt:save')[0]?.request).toEqual({ promptId: 'balance-is', texts: saved.texts, basedOn: 0 });
    await waitFor(() => expect(save().disabled).toBe(true));
  });

  it('keeps what was typed while another prompt is looked at', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: /The balance of your account/ }));
    await user.type(screen.getByRole('textbox', { name: 'Text in English' }), ' now');
    await user.click(screen.getByRole('button', { name: /Goodbye/ }));
    await user.click(screen.getByRole('button', { name: /The balance of your account/ }));
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text in English' }).value).toBe('The balance of your account is: now');
  });

  it('has the text that is typed spoken, and says why a sound is none', async () => {
    const { user, bridge, sent } = await open();
    bridge.answers['prompt:speak'] = () => ({ ok: true, value: { taken: false, fault: 'silent' } });
    await user.click(screen.getByRole('button', { name: /Because of the storm/ }));
    const chinese = screen.getByRole('region', { name: 'Chinese' });
    const speak = within(chinese).getByRole<HTMLButtonElement>('button', { name: 'Speak the text' });
    expect(speak.disabled).toBe(true);
    await user.type(within(chinese).getByRole('textbox'), '因风暴影响');
    await user.click(speak);
    expect(sent('prompt:speak')[0]?.request).toEqual({ promptId: 'storm-warning', locale: 'zh', text: '因风暴影响' });
    await within(chinese).findByText('There is nothing to hear in it.');
  });

  it('lets nothing be removed that a live flow plays', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: /Visit us at the trade fair/ }));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Remove the prompt' }).disabled).toBe(true);
    await screen.findByText('Business line, day');
  });

  it('makes a new prompt under a name that is free', async () => {
    const { user, bridge, sent } = await open();
    const made = (given: unknown) => {
      const { promptId, texts } = given as CommandRequest<'prompt:save'>;
      return { ...named('welcome'), promptId, texts, revision: 1, isShipped: false, sounds: { en: null, zh: null } };
    };
    bridge.answers['prompt:save'] = (given) => ({ ok: true, value: made(given) });
    await user.click(screen.getByRole('button', { name: 'New prompt' }));
    const dialog = screen.getByRole('dialog', { name: 'New prompt' });
    const make = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Make it' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'welcome');
    within(dialog).getByText('There is a prompt of this name already.');
    expect(make.disabled).toBe(true);
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), ' vip');
    await user.click(make);
    expect(sent('prompt:save')[0]?.request).toEqual({ promptId: 'welcome-vip', texts: { en: '', zh: '' }, basedOn: 0 });
    await screen.findByRole('heading', { name: 'welcome-vip' });
  });

  it('only shows it to whoever may not change it', async () => {
    const stage = await open();
    stage.stores.desk.setState((desk) => ({ user: desk.user && { ...desk.user, rights: ['configuration:read'] } }));
    await stage.user.click(screen.getByRole('button', { name: /Goodbye/ }));
    expect(screen.queryByRole('button', { name: 'Save texts' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'New prompt' })).toBeNull();
    expect(screen.getAllByRole('button', { name: 'Play' })).toHaveLength(2);
  });
});
