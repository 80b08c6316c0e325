import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { CommandOutcome } from '../../../../renderer/bridge/index.ts';
import type { TimelineItem } from '../../../../shared/contracts/contact.ts';
import type { Right } from '../../../../shared/contracts/rights.ts';
import type { Offer } from '../../../../shared/contracts/screen-pop.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { dispositions, pop, type StageMatch } from '../../../support/ui-stage/people.ts';
import { stageHits, stageMerges } from '../../../support/ui-stage/record-people.ts';
import { scriptRecord } from '../../../support/ui-stage/record-scenes.ts';
import { deskOnStage, standInForScreen } from '../app/stage.ts';

const now = Date.now();

async function start(match: StageMatch | null = null) {
  const stage = deskOnStage(now);
  const told = scriptRecord(stage.bridge, now, 'en');
  if (match) {
    const offer: Offer = {
      reservationId: 'r-1',
      interactionId: 'i-1',
      channel: 'voice',
      offeredAt: now,
      ringsUntil: now + 20_000,
      pop: pop(match, now, 9_000, 'en'),
    };
    stage.bridge.snapshotNow = { ...stage.snapshot, offers: [offer] };
    const { match: known, ...chosen } = pop('certain', now, 9_000, 'en');
    if (known.kind !== 'certain') throw new Error('the stage knows somebody');
    const answer = { ...chosen, match: { ...known, reason: 'chosenByAgent' } };
    stage.bridge.answers['interaction:choose-contact'] = () => ({ ok: true, value: answer });
  }
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  await screen.findByRole('button', { name: 'Customers' });
  return { ...stage, told, user: userEvent.setup({ delay: null }) };
}

async function open() {
  const stage = await start();
  await act(async () => stage.desk.record.open('c-okafor'));
  await screen.findByRole('heading', { level: 1, name: 'Margaret Okafor' });
  return stage;
}

const lastOf = (list: readonly { request: unknown }[]) => list.at(-1)?.request;

beforeAll(async () => {
  // Fetched beforehand, so that no test waits for code on a busy machine.
  await Promise.all([import('../../../../renderer/app/Workplace.tsx'), import('../../../../renderer/app/CustomerPage.tsx')]);
  standInForScreen();
});
afterEach(cleanup);

describe('a document for whoever is on the page', () => {
  it('is brought in from the menu of the page or with Ctrl U, and is theirs already; only who handles written work can', async () => {
    const { user, stores, desk } = await open();
    await user.keyboard('{Control>}u{/Control}');
    const byKey = await screen.findByRole('dialog', { name: 'Bring in a letter or form' });
    expect(within(byKey).getByText('Margaret Okafor')).toBeDefined();
    await act(async () => desk.inbox.open(null));
    await user.click(screen.getByRole('button', { name: 'The whole record' }));
    await user.click(await screen.findByRole('menuitem', { name: /^Bring in a document for this person/ }));
    await screen.findByRole('dialog', { name: 'Bring in a letter or form' });
    expect(stores.inbox.getState().panel).toEqual({ kind: 'bringIn', person: { contactId: 'c-okafor', name: 'Margaret Okafor' } });
    await act(async () => desk.inbox.open(null));
    act(() =>
      stores.desk.setState(({ user: who }) => ({ user: who && { ...who, rights: who.rights.filter((right) => right !== 'work:handle') } })),
    );
    await user.keyboard('{Control>}u{/Control}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('finding a customer', () => {
  it('opens the page of the first one found, from the palette and by keys alone', async () => {
    const { user, stores } = await start();
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox'), 'okafor');
    await screen.findByRole('option', { name: /Margaret Okafor/ });
    // The page's code is fetched when it is first shown: React goes on with it in an act that is waited for.
    await act(() => user.keyboard('{Enter}'));
    await waitFor(() => expect(stores.view.getState()).toMatchObject({ place: 'customer', open: 'none' }));
    await screen.findByRole('heading', { level: 1, name: 'Margaret Okafor' });
    // The next Tab goes on from the page, not from the top of the window.
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('main')));
  });

  it('drops the answer to what is no longer asked', async () => {
    const { user, bridge, desk } = await start();
    const pending: { text: string; resolve(outcome: CommandOutcome<unknown>): void }[] = [];
    const plain = bridge.command;
    Object.assign(bridge, {
      command: (name: never, request: never) =>
        name === 'customer:search'
          ? new Promise((resolve) => pending.push({ text: (request as { text: string }).text, resolve }))
          : plain(name, request),
    });
    desk.goTo('customers');
    const field = await screen.findByRole('combobox', { name: 'Find a customer' });
    await user.type(field, 'oka');
    await waitFor(() => expect(pending).toHaveLength(1));
    await user.type(field, 'for');
    await waitFor(() => expect(pending).toHaveLength(2));
    const [person, , company] = stageHits('en');
    pending[1]?.resolve({ ok: true, value: { hits: [person] } });
    await screen.findByRole('option', { name: /Margaret Okafor/ });
    pending[0]?.resolve({ ok: true, value: { hits: [company] } });
    await Promise.resolve();
    expect(screen.queryByRole('option', { name: /Okafor Haulage/ })).toBeNull();
    expect(screen.getByRole('option', { name: /Margaret Okafor/ })).toBeDefined();
  });

  it('offers to create somebody nobody on file fits', async () => {
    const { user, desk } = await start();
    desk.goTo('customers');
    await user.type(await screen.findByRole('combobox', { name: 'Find a customer' }), 'zz top');
    await user.click(await screen.findByRole('button', { name: 'Create “zz top”' }));
    const form = await screen.findByRole('dialog', { name: 'New customer' });
    expect(within(form).getByLabelText<HTMLInputElement>('Name').value).toBe('zz top');
  });
});

describe('a fact', () => {
  it('is changed where it stands, and turned back from the notice', async () => {
    const { user, sent, told } = await open();
    await user.click(screen.getByRole('button', { name: /^Position:/ }));
    const field = screen.getByRole('textbox', { name: 'Position' });
    await user.clear(field);
    await user.type(field, 'Managing director{Enter}');
    await screen.findByRole('button', { name: /^Position: ?Managing director$/ });
    expect(lastOf(sent('contact:edit'))).toMatchObject({ basedOn: 7, fields: { title: 'Managing director' } });
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(told.page.fields.title).toBe('Operations director'));
  });

  it('stays as it was after Escape', async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole('button', { name: /^Position:/ }));
    await user.type(screen.getByRole('textbox', { name: 'Position' }), 'x{Escape}');
    expect(screen.getByRole('button', { name: /^Position: ?Operations director$/ })).toBeDefined();
    expect(sent('contact:edit')).toHaveLength(0);
  });

  it('that somebody else changed meanwhile is not forced: the page shows theirs, the notice what was typed', async () => {
    const { user, told } = await open();
    told.page = { ...told.page, revision: 8, fields: { ...told.page.fields, title: 'Chair' } };
    await user.click(screen.getByRole('button', { name: /^Position:/ }));
    const field = screen.getByRole('textbox', { name: 'Position' });
    await user.clear(field);
    await user.type(field, 'Owner{Enter}');
    await screen.findByRole('button', { name: /^Position: ?Chair$/ });
    expect(await screen.findByText(/Not taken: Owner/)).toBeDefined();
    expect(told.page.fields.title).toBe('Chair');
  });

  it('that is no day is not sent', async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole('button', { name: /^Birthday:/ }));
    const field = screen.getByRole('textbox', { name: 'Birthday' });
    await user.clear(field);
    await user.type(field, '31.12.1980{Enter}');
    expect(await screen.findByText('As 1984-03-28 or 03-28')).toBeDefined();
    expect(sent('contact:edit')).toHaveLength(0);
  });
});

describe('the timeline', () => {
  it('unfolds a case in its place and takes the next step', async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole('button', { name: /Complaint C-20418 opened/ }));
    const file = await screen.findByRole('article', { name: /C-20418/ });
    await user.type(within(file).getByLabelText('Next step'), 'Credit approved');
    await user.click(within(file).getByRole('button', { name: 'Store the step' }));
    await within(file).findByText(/Credit approved/, { selector: 'li *' });
    expect(lastOf(sent('case:step'))).toMatchObject({ caseId: 'k1', basedOn: 1, text: 'Credit approved' });
  });

  it('opens a call in its place: the whole note, from where it came, what came of it and how long it took', async () => {
    const { user, desk, told } = await start();
    const call = { number: '+442079460170', disposition: dispositions[0]?.code ?? '', isAutomatic: false, handlingMs: 95_000 };
    const rang: TimelineItem = {
      ...{ id: 'tl-rang', at: now, kind: 'call', title: 'Key accounts', detail: 'First line\nSecond line', outcome: 'Lena Hartmann' },
      ...{ interactionId: 'i-9', call },
    };
    const { record } = told.page;
    told.page = { ...told.page, record: { ...record, timeline: { items: [rang], total: 1, nextBefore: null } } };
    await act(async () => desk.record.open('c-okafor'));
    await user.click(await screen.findByRole('button', { name: /^Key accounts/ }));
    const facts = screen.getByText('Called from').closest('dl');
    expect(facts?.textContent).toContain('020 7946 0170');
    expect(facts?.textContent).toContain(dispositions[0]?.label.en);
    expect(facts?.textContent).toContain('1:35');
  });

  it('asks for the kinds of a filter and for words in them', async () => {
    const { user, sent } = await open();
    await user.click(screen.getByRole('radio', { name: 'Money' }));
    await waitFor(() => expect(lastOf(sent('contact:stream'))).toMatchObject({ kinds: ['bill', 'payment'], text: '', before: null }));
    await user.type(screen.getByRole('searchbox', { name: 'Find in the timeline' }), 'monthly');
    await waitFor(() => expect(lastOf(sent('contact:stream'))).toMatchObject({ kinds: ['bill', 'payment'], text: 'monthly' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: /Payment received/ })).toBeNull());
  });
});

describe('a recorded call', () => {
  const played: string[] = [];
  beforeAll(() => {
    // jsdom plays nothing.
    HTMLMediaElement.prototype.play = async function (this: HTMLMediaElement) {
      played.push(this.src);
      if (this.src.endsWith('too-old')) throw new Error('not found');
      this.dispatchEvent(new Event('playing'));
    };
    HTMLMediaElement.prototype.pause = function (this: HTMLMediaElement) {
      this.dispatchEvent(new Event('pause'));
    };
  });

  /** The entry of the call, opened, by somebody with these rights. */
  async function openCall(...more: Right[]) {
    const stage = await start();
    stage.stores.desk.setState(({ user }) => ({ user: user && { ...user, rights: [...user.rights, ...more] } }));
    const links = ['too-old', 'fresh'];
    stage.bridge.answers['recording:open'] = () => ({ ok: true, value: { path: `/api/recordings/opened/${links.shift()}` } });
    await act(async () => stage.desk.record.open('c-okafor'));
    const entry = await screen.findAllByRole('button', { expanded: false });
    const call = stage.told.stream.find(({ recordings }) => recordings);
    const line = entry.find((each) => each.textContent?.includes(call?.title ?? '–'));
    if (!line) throw new Error('the call is on the page');
    await stage.user.click(line);
    return stage;
  }

  it('is heard in its place by who may, with its silence marked; a way that has ended is asked for again', async () => {
    const { user, sent } = await openCall('recording:listen');
    expect(screen.getByText(/Silenced from 1:36 to 2:11/)).toBeDefined();
    expect(sent('recording:open')).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Play' }));
    await screen.findByRole('button', { name: 'Pause' });
    await waitFor(() => expect(played.at(-1)).toBe('http://127.0.0.1:8600/api/recordings/opened/fresh'));
    expect(sent('recording:open').map(({ request }) => request)).toEqual([{ recordingId: 'r-1' }, { recordingId: 'r-1' }]);
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    await user.click(await screen.findByRole('button', { name: 'Play' }));
    expect(sent('recording:open')).toHaveLength(2);
  });

  it('can be gone through by keys before it was ever played', async () => {
    await openCall('recording:listen');
    const line = screen.getByRole('slider', { name: 'Position' });
    fireEvent.change(line, { target: { value: '100' } });
    expect(line.getAttribute('aria-valuetext')).toBe('1:40');
  });

  it('is told of, and no more, to who may not hear it', async () => {
    const { sent } = await openCall();
    expect(screen.getByText('6:42, not for your role to hear')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Play' })).toBeNull();
    expect(sent('recording:open')).toHaveLength(0);
  });

  it('says when its sound cannot be had', async () => {
    const { user, bridge } = await openCall('recording:listen');
    bridge.answers['recording:open'] = () => ({ ok: false, error: { code: 'not_found', message: '' } });
    await user.click(screen.getByRole('button', { name: 'Play' }));
    await screen.findByText('The sound could not be had. Try again.');
  });
});

describe('a promise', () => {
  it('that is kept is no longer among what there is to know', async () => {
    const { desk, told, stores } = await open();
    const [owed] = told.page.promises.filter(({ keptAt }) => keptAt === null);
    const known = () => stores.record.getState().page?.record.thingsToKnow.length;
    expect(known()).toBeGreaterThan(0);
    told.page = { ...told.page, record: { ...told.page.record, thingsToKnow: [] } };
    await act(async () => desk.record.keepPromise(owed?.promiseId ?? ''));
    await waitFor(() => expect(known()).toBe(0));
  });
});

describe('two records', () => {
  it('are merged only with a reason, and what would be shown is said before', async () => {
    const { user, sent, bridge } = await open();
    bridge.answers['contact:merge'] = () => ({ ok: false, error: { code: 'conflict', message: 'one already' } });
    await user.keyboard('{Alt>}d{/Alt}');
    const dialog = await screen.findByRole('dialog', { name: 'Are these one person?' });
    const row = await within(dialog).findByRole('row', { name: /^Birthday/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent?.slice(0, 5)),
    ).toEqual(['–', '11-28', '11-28']);
    const merge = within(dialog).getByRole('button', { name: 'Merge' });
    expect(merge).toHaveProperty('disabled', true);
    await user.type(within(dialog).getByLabelText('Reason'), 'She said so');
    await user.click(merge);
    expect(lastOf(sent('contact:merge'))).toEqual({ keptId: 'c-okafor', absorbedId: 'c-okafor2', reason: 'She said so' });
    expect((await within(dialog).findByRole('alert')).textContent).toContain('These are one record already');
  });

  it('are parted again with a reason, from the list of merges', async () => {
    const { user, sent } = await open();
    await user.keyboard('{Alt>}z{/Alt}');
    await user.click(await screen.findByRole('button', { name: 'Part again' }));
    await user.type(screen.getByLabelText('Why they are not one person'), 'Sisters{Enter}');
    await waitFor(() => expect(lastOf(sent('contact:unmerge'))).toEqual({ mergeId: 'm-1', reason: 'Sisters' }));
  });

  it('have one timeline after the merge', async () => {
    const { user, bridge, told } = await open();
    const [merged] = stageMerges(now, 'en');
    if (!merged) throw new Error('the stage has a merge');
    bridge.answers['contact:merge'] = () => {
      const theirs = { ...told.stream[0], id: 'tl-theirs', title: 'Call from the other number', at: now } as TimelineItem;
      told.stream = [theirs, ...told.stream];
      const { record, cards } = told.page;
      const timeline = { ...record.timeline, items: told.stream.slice(0, 30), total: told.stream.length };
      told.page = { ...told.page, cards: [...cards, { contactId: 'c-okafor2', name: 'M. Okafor' }], record: { ...record, timeline } };
      return { ok: true, value: merged };
    };
    await user.keyboard('{Alt>}d{/Alt}');
    const dialog = await screen.findByRole('dialog', { name: 'Are these one person?' });
    await user.type(await within(dialog).findByLabelText('Reason'), 'She said so{Enter}');
    await screen.findByRole('button', { name: /Call from the other number/ });
  });
});

describe('who is calling', () => {
  it('can be chosen while it rings, with the reasons beside each', async () => {
    const { user, sent } = await start('candidates');
    const line = await screen.findByRole('button', { name: /Amara Okafor/ });
    expect(line.textContent).toMatch(/%/);
    await user.keyboard('{Alt>}2{/Alt}');
    expect(lastOf(sent('interaction:choose-contact'))).toEqual({ interactionId: 'i-1', contactId: 'cand-1' });
    // What was known of the number alone is not claimed for the choice.
    await screen.findByText(/^Chosen by you: /);
  });

  it('is created from an unknown call with its number filled in, and linked to it', async () => {
    const { user, sent, stores, bridge, told } = await start('unknown');
    bridge.answers['contact:create'] = () => ({ ok: true, value: told.page });
    await screen.findByRole('article', { name: 'Incoming call' });
    await user.keyboard('{Alt>}u{/Alt}');
    const form = await screen.findByRole('dialog', { name: 'New customer' });
    const name = within(form).getByLabelText('Name');
    await user.clear(name);
    await user.type(name, 'Theo Smith{Enter}');
    await waitFor(() =>
      expect(lastOf(sent('contact:create'))).toMatchObject({
        fields: { name: 'Theo Smith' },
        identifiers: [{ kind: 'phone', value: '+442079460123' }],
        interactionId: 'i-1',
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(stores.view.getState().place).toBe('work');
  });

  it('is somebody found on file: their page says so, and the call is theirs', async () => {
    const { user, sent, desk, stores } = await start('unknown');
    desk.record.open('c-okafor');
    await user.click(await screen.findByRole('button', { name: /This is the caller/ }));
    expect(lastOf(sent('interaction:choose-contact'))).toEqual({ interactionId: 'i-1', contactId: 'c-okafor' });
    expect(stores.view.getState().place).toBe('work');
  });
});
