import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { GuideProblem } from '../../../../shared/contracts/guides.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { stageConfiguration } from '../../../support/ui-stage/organisation.ts';
import { billing } from '../../shared/guides/guides.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const by = { userId: 'dana', name: 'Dana' };
const missing: GuideProblem = {
  severity: 'error',
  code: 'wordsMissing',
  stepId: 'offer',
  field: 'say',
  what: '',
  facts: { language: 'zh' },
};

/** A supervisor at the guides. */
async function writing() {
  const stage = deskOnStage(now);
  const { user: person } = stage.snapshot;
  stage.bridge.snapshotNow = { ...stage.snapshot, user: { ...person, rights: [...person.rights, 'guide:write'] } };
  stage.bridge.answers['configuration:read'] = () => ({
    ok: true,
    value: { revision: 1, configuration: stageConfiguration(), prompts: [], flows: [] },
  });
  stage.bridge.answers['guide:list'] = () => ({
    ok: true,
    value: { guides: [{ guideId: 'billing', name: billing.name, live: { version: 2, at: now, by }, draft: null }] },
  });
  stage.bridge.answers['guide:read'] = () => ({
    ok: true,
    value: { guide: billing, version: 2, draftRevision: null, live: 2, problems: [] },
  });
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  const user = userEvent.setup();
  await screen.findByRole('heading', { name: 'My work' });
  await user.keyboard('{Alt>}{Shift>}u{/Shift}{/Alt}');
  await user.click(await screen.findByRole('button', { name: /Billing complaint/ }));
  const open = within(await screen.findByRole('region', { name: 'Billing complaint' }));
  return { ...stage, user, open };
}

beforeAll(() => {
  standInForScreen();
});
afterEach(cleanup);

describe('writing a guide', () => {
  it('saves by itself, shows what is wrong at its step, and is published once nothing is', async () => {
    const { user, open, bridge, sent, stores } = await writing();
    let problems: GuideProblem[] = [missing];
    let revision = 0;
    bridge.answers['guide:save-draft'] = () => ({ ok: true, value: { saved: true, revision: ++revision, problems } });
    bridge.answers['guide:publish'] = () => ({ ok: true, value: { published: true, version: 3 } });
    await user.click(open.getByRole('button', { name: /4\. offer/ }));
    const title = open.getByRole('textbox', { name: 'Title, English' });
    await user.clear(title);
    await user.type(title, 'Renewal');
    await waitFor(() => expect(open.getByText('A text is missing (zh):')).toBeTruthy());
    expect((open.getByRole('button', { name: 'Publish' }) as HTMLButtonElement).disabled).toBe(true);
    expect(sent('guide:save-draft').at(-1)?.request).toMatchObject({
      basedOn: null,
      guide: { steps: { 3: { title: { en: 'Renewal' } } } },
    });

    problems = [];
    await user.type(open.getByRole('textbox', { name: 'Title, Chinese' }), '续约');
    await waitFor(() => expect((open.getByRole('button', { name: 'Publish' }) as HTMLButtonElement).disabled).toBe(false));
    await user.click(open.getByRole('button', { name: 'Publish' }));
    await user.type(await screen.findByRole('textbox', { name: 'What changed and why' }), 'shorter{Enter}');
    await waitFor(() =>
      expect(sent('guide:publish').map(({ request }) => request)).toEqual([
        { guideId: 'billing', draftRevision: revision, note: 'shorter' },
      ]),
    );
    await waitFor(() => expect(stores.guideEditor.getState().dialog).toBe(null));
  });

  it('says that somebody else changed it, and throws nothing away', async () => {
    const { user, open, bridge, stores } = await writing();
    bridge.answers['guide:save-draft'] = () => ({ ok: false, error: { code: 'conflict', message: '' } });
    await user.type(open.getByRole('textbox', { name: 'Name, English' }), ' 2');
    expect(await open.findByText(/Somebody else has changed it/)).toBeTruthy();
    expect(stores.guideEditor.getState().open?.guide.name.en).toBe('Billing complaint 2');
  });

  it('is tried as agents go through it, and nothing of a trial is stored', async () => {
    const { user, open, sent } = await writing();
    await user.click(open.getByRole('button', { name: /Try it/ }));
    const trial = within(await screen.findByRole('dialog', { name: 'Try it: Billing complaint' }));
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(await trial.findByText('This is needed to go on.')).toBeTruthy();
    await user.click(trial.getByRole('checkbox'));
    await user.keyboard('{Control>}{Enter}{/Control}');
    await user.type(trial.getByRole('textbox', { name: 'amount' }), '1284');
    await user.click(trial.getByRole('radio', { name: 'credit half' }));
    await user.keyboard('{Control>}{Enter}{Enter}{/Control}');
    expect(await trial.findByRole('heading', { name: 'That was all' })).toBeTruthy();
    expect(trial.getByText('amount: £1,284.00')).toBeTruthy();
    await user.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(trial.getByRole('heading', { name: 'offer' })).toBeTruthy();
    await user.click(trial.getByRole('button', { name: 'From the beginning' }));
    expect(trial.getByRole('heading', { name: 'greet' })).toBeTruthy();
    expect(sent('guide:save')).toEqual([]);
    expect(sent('guide:save-draft')).toEqual([]);
  });

  it('sends what was typed last when the window closes, and goes on from this computer where that did not arrive', async () => {
    const { user, open, bridge, sent, desk, keptWritten, stores } = await writing();
    bridge.answers['guide:save-draft'] = () => ({ ok: false, error: { code: 'offline', message: '' } });
    await user.type(open.getByRole('textbox', { name: 'Name, English' }), ' 2');
    desk.leave();
    expect(sent('guide:save-draft').at(-1)?.request).toMatchObject({ guide: { name: { en: 'Billing complaint 2' } }, basedOn: null });
    await waitFor(() => expect(stores.guideEditor.getState().open?.saving.phase).toBe('failed'));
    const { writingId, ...typed } = JSON.parse(keptWritten.get('billing') ?? '{}') as { readonly writingId?: string };
    expect(typed).toMatchObject({ basedOn: null, content: { name: { en: 'Billing complaint 2' } } });

    // As it is after a new beginning: the bridge has what it had, this computer what was typed.
    stores.guideEditor.setState({ open: null });
    bridge.answers['guide:save-draft'] = () => ({ ok: true, value: { saved: true, revision: 1, problems: [] } });
    await desk.guideEditor.choose('billing');
    expect(stores.guideEditor.getState().open?.guide.name.en).toBe('Billing complaint 2');
    await waitFor(() => expect(stores.guideEditor.getState().open?.saving.phase).toBe('saved'));
    expect(keptWritten.size).toBe(0);
    // By the hand that began it: what was stored and not told does not clash with it.
    expect(writingId).toBeDefined();
    expect(sent('guide:save-draft').at(-1)?.request).toMatchObject({ basedOn: null, writingId });
  });
});
