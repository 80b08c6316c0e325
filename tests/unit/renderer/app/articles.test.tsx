import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { readTags, withArticleText } from '../../../../renderer/stores/index.ts';
import type { ArticleContent, ArticleInWork } from '../../../../shared/contracts/knowledge.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { asEditor, scriptKnowledge } from '../../../support/ui-stage/knowledge-scenes.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const by = { userId: 'u-1', name: 'Lena' };

/** A bridge that keeps one article more: what is saved is what it answers, by revisions. */
async function editor() {
  const stage = deskOnStage(now);
  const { bridge, stores } = stage;
  scriptKnowledge(bridge, now);
  asEditor(bridge);
  const state: { article: ArticleInWork | null; refuse: 'conflict' | null } = { article: null, refuse: null };
  const made = (content: ArticleContent, change: Partial<ArticleInWork>, isLive: boolean): ArticleInWork => ({
    summary: {
      ...{ number: 'KB-320', state: isLive ? 'live' : 'draft', tags: content.tags, queueIds: content.queueIds, by, at: now },
      titles: { en: content.texts.en?.title ?? null, zh: content.texts.zh?.title ?? null },
      ...{ version: isLive ? 1 : null, hasDraft: !isLive, helped: 0, notHelped: 0 },
    },
    ...{ content, problems: [], versions: [], draftRevision: null },
    ...change,
  });
  bridge.answers['knowledge:save-draft'] = ({ content, basedOn }) => {
    if (state.refuse) return { ok: false, error: { code: state.refuse, message: 'another revision' } };
    state.article = made(content, { draftRevision: (basedOn ?? 0) + 1 }, false);
    return { ok: true, value: state.article };
  };
  bridge.answers['knowledge:publish'] = () => {
    const content = state.article?.content;
    if (content?.texts.en?.body === '' || !content) {
      const problems = [{ severity: 'error', code: 'noBody', locale: 'en', field: 'body', about: null }] as const;
      return { ok: true, value: { published: false, problems } };
    }
    return { ok: true, value: { published: true, article: made(content, {}, true) } };
  };
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  stores.view.setState({ place: 'articles' });
  await screen.findByText('Choose an article');
  const asked = (name: string) => bridge.commands.filter((command) => command.name === name).map(({ request }) => request);
  return { ...stage, state, asked, user: userEvent.setup() };
}
const english = () => within(screen.getByRole('region', { name: 'English' }));

beforeAll(async () => {
  standInForScreen();
  await Promise.all([import('../../../../renderer/app/Workplace.tsx'), import('../../../../renderer/features/articles/index.ts')]);
});
afterEach(cleanup);

describe('writing the knowledge base', () => {
  it('stores what is typed as a draft by itself, and publishes it with what is new', async () => {
    const { user, desk, asked, stores } = await editor();
    await user.click(screen.getByRole('button', { name: 'New' }));
    await user.type(english().getByRole('textbox', { name: 'Title' }), 'Fibre');
    await user.type(english().getByRole('textbox', { name: 'For the agent' }), 'Ask first.');
    expect(screen.getByText('Not stored yet')).toBeDefined();
    await user.type(screen.getByRole('textbox', { name: 'What customers call it' }), 'fibre, 光纤');
    await user.click(screen.getByRole('checkbox', { name: 'Faults' }));
    await waitFor(() => expect(screen.getByRole('heading', { name: 'KB-320' })).toBeDefined());
    await waitFor(() => expect(stores.articles.getState().open?.saving).toBe('saved'));
    expect(asked('knowledge:save-draft')[0]).toMatchObject({ number: null, basedOn: null });
    expect(asked('knowledge:save-draft').at(-1)).toMatchObject({
      content: { texts: { en: { title: 'Fibre', body: 'Ask first.', answer: '' }, zh: null }, tags: ['fibre', '光纤'], queueIds: ['q-2'] },
    });
    expect(within(screen.getByRole('region', { name: 'Knowledge' })).getByRole('button', { name: /Fibre.*KB-320/ })).toBeDefined();

    await user.click(screen.getByRole('button', { name: 'Publish' }));
    const dialog = await screen.findByRole('dialog', { name: 'Publish KB-320?' });
    await user.type(within(dialog).getByRole('textbox', { name: 'What is new' }), 'first');
    await user.click(within(dialog).getByRole('button', { name: 'Publish' }));
    await waitFor(() => expect(stores.articles.getState().open?.article?.summary.state).toBe('live'));
    expect(asked('knowledge:publish').at(-1)).toMatchObject({ number: 'KB-320', note: 'first' });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Publish' }).disabled).toBe(true);
    expect(desk.articles).toBeDefined();
    const page = document.querySelector('.articles') as HTMLElement;
    expect(await axe.run(page, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).toMatchObject({
      violations: [],
    });
  });

  it('shows each problem at its place, the text as it will look, and versions that can be published again', async () => {
    const { user, asked } = await editor();
    await user.click(screen.getByRole('button', { name: /who pays for the cable/ }));
    await screen.findByRole('heading', { name: 'KB-319' });
    expect(english().getByText('“customer” is no field.')).toBeDefined();
    expect(english().getByText('KB-999 is not published.')).toBeDefined();
    expect(screen.getByText(/There is no Chinese text/)).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Publish' }).disabled).toBe(true);

    await user.click(screen.getByRole('button', { name: /Roaming outside/ }));
    await screen.findByRole('heading', { name: 'KB-311' });
    await user.click(screen.getByRole('switch', { name: 'As it will look' }));
    expect((await english().findByText('the warning came late: half, at once, up to £200')).tagName).toBe('LI');
    await user.click(screen.getByRole('button', { name: 'Versions' }));
    const versions = await screen.findByRole('dialog', { name: 'Versions of KB-311' });
    await user.click(within(versions).getAllByRole('button', { name: 'Publish again' })[0] as HTMLElement);
    expect(asked('knowledge:restore')).toEqual([{ number: 'KB-311', version: 2, note: '' }]);
  });

  it('keeps what was typed when somebody else changed the article meanwhile, and reads theirs only when told', async () => {
    const { user, state, asked } = await editor();
    await user.click(screen.getByRole('button', { name: /Roaming outside/ }));
    await screen.findByRole('heading', { name: 'KB-311' });
    state.refuse = 'conflict';
    await user.type(english().getByRole('textbox', { name: 'Title' }), ' now');
    await screen.findByText(/Somebody else has changed this article/);
    expect(english().getByRole<HTMLInputElement>('textbox', { name: 'Title' }).value).toMatch(/ now$/);
    await user.click(screen.getByRole('button', { name: 'Read theirs' }));
    await waitFor(() => expect(english().getByRole<HTMLInputElement>('textbox', { name: 'Title' }).value).not.toMatch(/ now$/));
    expect(asked('knowledge:save-draft')).toHaveLength(1);
  });

  it('goes on from what this computer kept where the bridge never got it, also of one that has no number yet', async () => {
    const { user, bridge, desk, keptArticles, stores, asked } = await editor();
    const saves = bridge.answers['knowledge:save-draft'];
    bridge.answers['knowledge:save-draft'] = () => ({ ok: false, error: { code: 'offline', message: '' } });
    await user.click(screen.getByRole('button', { name: 'New' }));
    await user.type(english().getByRole('textbox', { name: 'Title' }), 'Fibre');
    const { writingId, ...typed } = JSON.parse(keptArticles.get('new') ?? '{}') as { readonly writingId?: string };
    expect(typed).toMatchObject({ content: { texts: { en: { title: 'Fibre' } } }, basedOn: null });

    // As it is after a new beginning: the bridge has what it had, this computer what was typed.
    stores.articles.setState({ open: null });
    if (saves) bridge.answers['knowledge:save-draft'] = saves;
    desk.articles.load();
    await waitFor(() => expect(stores.articles.getState().open).toMatchObject({ number: 'KB-320', saving: 'saved' }));
    expect(keptArticles.size).toBe(0);
    // By the hand that began it: what was stored and not told is not made a second time.
    expect(writingId).toBeDefined();
    expect(asked('knowledge:save-draft').at(-1)).toMatchObject({ number: null, writingId, content: { texts: { en: { title: 'Fibre' } } } });
  });

  it('shows what was kept beside what somebody else stored meanwhile as the conflict it is, and nothing of another shape', async () => {
    const { user, state, keptArticles, stores, asked } = await editor();
    const content = { texts: { en: { title: 'Mine', body: '', answer: '' }, zh: null }, tags: [], queueIds: [] };
    keptArticles.set('KB-311', JSON.stringify({ content, basedOn: 3 }));
    keptArticles.set('KB-319', JSON.stringify({ content: { ...content, tags: [{ name: 'fibre' }] }, basedOn: 4 }));
    state.refuse = 'conflict';
    await user.click(screen.getByRole('button', { name: /Roaming outside/ }));
    await screen.findByText(/Somebody else has changed this article/);
    expect(asked('knowledge:save-draft')).toMatchObject([{ number: 'KB-311', basedOn: 3, content }]);
    await user.click(screen.getByRole('button', { name: 'Read theirs' }));
    await waitFor(() => expect(keptArticles.has('KB-311')).toBe(false));
    await user.click(await screen.findByRole('button', { name: /who pays for the cable/ }));
    await screen.findByRole('heading', { name: 'KB-319' });
    expect(stores.articles.getState().open).toMatchObject({ number: 'KB-319', saving: 'saved' });
  });
});

describe('what is typed of an article', () => {
  it('is no text in a language where nothing is left of it', () => {
    const nothing: ArticleContent = { texts: { en: null, zh: null }, tags: [], queueIds: [] };
    const some = withArticleText(nothing, 'zh', { title: '漫游' });
    expect(some.texts).toEqual({ en: null, zh: { title: '漫游', body: '', answer: '' } });
    expect(withArticleText(some, 'zh', { title: '' })).toEqual(nothing);
  });

  it('has its tags apart by commas of both languages, each once', () => {
    expect(readTags(' roaming，漫游、bill,, roaming ;')).toEqual(['roaming', '漫游', 'bill']);
    expect(readTags(',x'.repeat(30) + Array.from({ length: 30 }, (_, at) => `t${at}`).join(','))).toHaveLength(20);
  });
});
