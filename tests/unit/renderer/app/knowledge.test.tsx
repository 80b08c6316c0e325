import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { readComposed } from '../../../../renderer/stores/index.ts';
import type { AssignedInteraction } from '../../../../shared/contracts/interaction.ts';
import type { Article } from '../../../../shared/contracts/knowledge.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { typeIntoPalette } from '../../../support/palette.ts';
import { chatOf, workOf } from '../../../support/ui-stage/conversations.ts';
import { scriptKnowledge } from '../../../support/ui-stage/knowledge-scenes.ts';
import { pop } from '../../../support/ui-stage/people.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();

async function knowledgeOf(work: 'call' | 'chat' | 'email', language: 'en' | 'zh' = 'en') {
  const stage = deskOnStage(now);
  const { bridge } = stage;
  scriptKnowledge(bridge, now);
  const chat = workOf(work === 'email' ? 'email' : 'chat', now, {
    interactionId: 'i-chat',
    name: 'Aylin Demir',
    waitsSince: now - 48_000,
    preview: 'The roaming on my bill',
  });
  const call: AssignedInteraction = {
    ...{ interactionId: 'i-1', reservationId: 'r-1', state: 'assigned', wrapUp: null },
    pop: { ...pop('certain', now, 60_000, language), interactionId: 'i-1', facts: { 'set.intent': 'roaming' } },
    call: { interactionId: 'i-1', reservationId: 'r-1', state: 'talking', answeredAt: now, heldSince: null, endedAt: null, end: null },
    draft: { interactionId: 'i-1', text: '', revision: 0, savedAt: now },
  };
  bridge.snapshotNow =
    work === 'call' ? { ...bridge.snapshotNow, interactions: [call] } : { ...bridge.snapshotNow, inbox: { mine: [chat], waiting: [] } };
  bridge.answers['conversation:messages'] = () => ({
    ok: true,
    value: { conversation: chat.conversation, messages: chatOf(chat.conversation.conversationId, now, 'en'), hasMore: false },
  });
  stage.stores.settings.setState({ language });
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n(language)} />);
  const user = userEvent.setup();
  return { ...stage, user };
}
/** By what it is in the page: asking for roles looks at every element of the desktop again and again. */
const pane = () =>
  waitFor(() => {
    const [found] = document.querySelectorAll<HTMLElement>('aside.knowledge-pane');
    if (!found) throw new Error('it is not open');
    return found;
  });
const asked = (bridge: { readonly commands: readonly { readonly name: string; readonly request: unknown }[] }, name: string) =>
  bridge.commands.filter((command) => command.name === name).map(({ request }) => request);

beforeAll(async () => {
  standInForScreen();
  // Their code comes when they are opened; here it is there.
  await Promise.all([
    import('../../../../renderer/app/Workplace.tsx'),
    import('../../../../renderer/features/inbox/index.ts'),
    import('../../../../renderer/features/knowledge/index.ts'),
  ]);
});
afterEach(cleanup);

describe('the knowledge base beside the work', () => {
  it('proposes usual answers with their reasons, and shows one beside the call without losing it', async () => {
    const { user, bridge } = await knowledgeOf('call');
    const usual = (await screen.findByText(/^Roaming outside the bundle/)).closest('button');
    expect(usual?.textContent).toMatch(/KB-311 · menu: roaming · open case: .* · usual in this queue$/);
    await user.click(usual as HTMLElement);
    const aside = await pane();
    expect(aside.getAttribute('aria-label')).toBe('Knowledge');
    expect(within(aside).getByRole('heading', { name: /Roaming outside the bundle/ })).toBeDefined();
    expect(within(aside).getByText('the warning came late: half, at once, up to £200').tagName).toBe('LI');
    expect(within(aside).getByText(/^Dear Margaret Okafor,/)).toBeDefined();
    expect(screen.getByRole('textbox', { name: /Notes/ })).toBeDefined();
    await user.click(within(aside).getByRole('button', { name: 'Yes' }));
    expect(asked(bridge, 'knowledge:judge')).toEqual([{ number: 'KB-311', interactionId: 'i-1', helped: true }]);
    expect(within(aside).getByRole('button', { name: 'Yes' }).getAttribute('aria-pressed')).toBe('true');
    // Over another article and back, by what the text refers to.
    await user.click(within(aside).getByRole('button', { name: 'KB-318' }));
    await within(aside).findByRole('heading', { name: /which roaming bundle fits/ });
    await user.click(within(aside).getByRole('button', { name: 'Back' }));
    await within(aside).findByRole('heading', { name: /Roaming outside the bundle/ });
    expect(await axe.run(aside, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).toMatchObject({
      violations: [],
    });
  });

  it('is found, read and closed by keyboard alone, and gives the keyboard back', async () => {
    const { user } = await knowledgeOf('call');
    const notes = await screen.findByRole('textbox', { name: /Notes/ });
    notes.focus();
    await user.keyboard('{Alt>}{Shift>}k{/Shift}{/Alt}');
    const aside = await pane();
    const field = await within(aside).findByRole('combobox', { name: 'Find an article' });
    expect(document.activeElement).toBe(field);
    await user.keyboard('manyou');
    await within(aside).findByText('2 articles');
    await user.keyboard('{ArrowDown}{Enter}');
    await within(aside).findByRole('heading', { name: /which roaming bundle fits/ });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.querySelector('.knowledge-pane')).toBeNull());
    expect(document.activeElement).toBe(notes);
  });

  it('puts what is meant for customers into the answer, in their language, with their name', async () => {
    const { user, desk } = await knowledgeOf('chat', 'zh');
    const { putIntoAnswer } = desk.knowledge;
    desk.knowledge.open('KB-311');
    const aside = await pane();
    expect(aside.getAttribute('aria-label')).toBe('知识库');
    expect(within(aside).getByText('套外漫游费减免规则')).toBeDefined();
    await user.click(await screen.findByRole('textbox', { name: /Aylin Demir/ }));
    await user.keyboard('Hello,');
    await user.keyboard('{Alt>}{Shift>}i{/Shift}{/Alt}');
    const { text } = readComposed(desk.written.store.getState()['i-chat']?.text);
    expect(text).toMatch(/^Hello,\n\nDear .*Demir.*,\n\nwe have looked at the roaming charges/);
    await waitFor(() => expect(document.activeElement?.getAttribute('data-place')).toBe('composer'));
    // What is not meant for them cannot be put in.
    desk.knowledge.open('KB-163');
    await within(aside).findByText('仅供内部使用，没有可发给客户的内容。');
    expect(within(aside).getByRole<HTMLButtonElement>('button', { name: /插入回复/ }).disabled).toBe(true);
    putIntoAnswer();
    expect(readComposed(desk.written.store.getState()['i-chat']?.text).text).toBe(text);
  });

  it('stands over where one writes as it fits what the customer wrote, and goes into the answer by its key', async () => {
    const { user, bridge, desk } = await knowledgeOf('chat');
    const put = await screen.findByRole('button', { name: /^Put “.*” into the answer$/ });
    expect(put.getAttribute('aria-keyshortcuts')).toBe('Alt+1');
    expect(put.getAttribute('data-tip-note')).toContain('Demir');
    expect(screen.getByText(/^Fits here: ./).getAttribute('role')).toBe('status');
    const box = screen.getByRole('textbox', { name: /Aylin Demir/ });
    await user.click(box);
    const askedBefore = asked(bridge, 'knowledge:suggest').length;
    await user.keyboard('Hello,{Alt>}1{/Alt}');
    const { text } = readComposed(desk.written.store.getState()['i-chat']?.text);
    expect(text).toMatch(/^Hello,\n\nDear .*Demir/);
    expect(document.activeElement).toBe(box);
    // Of what is not there nothing happens, and nobody is asked for what is typed here.
    await user.keyboard('{Alt>}3{/Alt}');
    expect(readComposed(desk.written.store.getState()['i-chat']?.text).text).toBe(text);
    expect(asked(bridge, 'knowledge:suggest')).toHaveLength(askedBefore);
  });

  it('stands over where one writes no more once Escape was pressed there with nothing else to close', async () => {
    const { user, stores } = await knowledgeOf('chat');
    const put = await screen.findByRole('button', { name: /^Put “/ });
    await user.click(screen.getByRole('textbox', { name: /Aylin Demir/ }));
    await user.keyboard('/{Escape}');
    expect(put.isConnected).toBe(true);
    await user.keyboard('{Escape}');
    expect([put.isConnected, stores.knowledge.getState().dismissed]).toEqual([false, ['i-chat']]);
  });

  it('begins the reply where a mail is only read', async () => {
    const { user, desk } = await knowledgeOf('email');
    await screen.findByRole('button', { name: /^Put “/ });
    await user.keyboard('{Alt>}1{/Alt}');
    const composed = readComposed(desk.written.store.getState()['i-chat']?.text);
    expect(composed).toMatchObject({ kind: 'reply', to: [{ address: 'aylin@demir-partners.example' }] });
    expect(composed.text).toMatch(/^Dear .*Demir/);
  });

  it('names what is filled in where nobody is at hand', async () => {
    const { bridge, desk } = await knowledgeOf('chat');
    bridge.push('inbox:gone', { interactionId: 'i-chat', why: 'closed' });
    desk.knowledge.open('KB-311');
    const gap = await within(await pane()).findByText('Customer’s name');
    expect(gap.className).toBe('knowledge-gap');
    expect(gap.parentElement?.textContent).toMatch(/^Dear Customer’s name,\n\nwe have looked/);
  });

  it('says in which language alone an article is written, that another version was published, and that one is gone', async () => {
    const { bridge, desk } = await knowledgeOf('call');
    const article: Article = {
      ...{ number: 'KB-400', version: 1, at: now, by: { userId: 'u', name: '<b>Dana</b>' }, refersTo: [], helped: 0, notHelped: 0 },
      content: {
        texts: { en: null, zh: { title: '<img src=x onerror=alert(1)>', body: '<script>alert(1)</script>\n\n- **x** KB-999', answer: '' } },
        ...{ tags: ['<i>tag</i>'], queueIds: [] },
      },
    };
    bridge.answers['knowledge:read'] = () => ({ ok: true, value: article });
    desk.knowledge.open('KB-400');
    const aside = await pane();
    expect(within(aside).getByText('Only in Chinese so far')).toBeDefined();
    expect(within(aside).getByRole('heading', { name: '<img src=x onerror=alert(1)>' })).toBeDefined();
    expect(aside.querySelector('img, script, b, i')).toBeNull();
    bridge.push('knowledge:changed', { number: 'KB-400', version: 2 });
    await within(aside).findByText('Another version was published since you opened it.');
    bridge.answers['knowledge:read'] = () => ({ ok: false, error: { code: 'not_found', message: 'gone' } });
    desk.knowledge.open('KB-401');
    await within(aside).findByText('This article is not there any more');
  });

  it('is found by the palette too, in a group of its own', async () => {
    const { user } = await knowledgeOf('call');
    await screen.findByRole('textbox', { name: /Notes/ });
    await typeIntoPalette(user, 'transfer of');
    const group = await screen.findByRole('group', { name: 'Knowledge' });
    await user.click(within(group).getByRole('option', { name: /Transfer of ownership/ }));
    expect(within(await pane()).getByText('KB-092')).toBeDefined();
  });

  it('is put beside the work by the palette without taking the keyboard from where somebody writes', async () => {
    const { user } = await knowledgeOf('call');
    const notes = await screen.findByRole('textbox', { name: /Notes/ });
    notes.focus();
    await typeIntoPalette(user, 'transfer of');
    const option = await screen.findByRole('option', { name: /Transfer of ownership/ });
    for (let each = 0; each < 9 && option.getAttribute('aria-selected') !== 'true'; each += 1) await user.keyboard('{ArrowDown}');
    expect(screen.getByText(/beside the work/)).toBeDefined();
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(within(await pane()).getByText('KB-092')).toBeDefined();
    await waitFor(() => expect(document.activeElement).toBe(notes));
  });
});
