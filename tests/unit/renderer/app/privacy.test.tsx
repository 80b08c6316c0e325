import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { privacyDeeds } from '../../../../renderer/app/deeds/privacy-deeds.ts';
import { PrivacyDialogs, Retained } from '../../../../renderer/features/privacy/index.ts';
import { TextProvider } from '../../../../renderer/i18n/index.ts';
import { createStores } from '../../../../renderer/stores/index.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { emptySnapshot, scriptedBridge } from '../../../support/ui-stage/scripted-bridge.ts';

function open() {
  const stores = createStores({ bridgeUrl: 'http://127.0.0.1:8600', theme: 'light', language: 'en' });
  const bridge = scriptedBridge(emptySnapshot(Date.now()));
  bridge.isConnected = true;
  bridge.answers['privacy:lapsed'] = () => ({ ok: true, value: { rules: [] } });
  bridge.answers['privacy:holds'] = () => ({ ok: true, value: { holds: [] } });
  const saved: string[] = [];
  const erased: string[] = [];
  const deeds = privacyDeeds({
    stores,
    bridge,
    saveFile: (name) => void saved.push(name),
    downloadLink: async (path) => void saved.push(path),
    erased: (contactId) => void erased.push(contactId),
  });
  render(
    <TextProvider i18n={createI18n('en')} language="en">
      <PrivacyDialogs stores={stores} deeds={deeds} />
      <Retained stores={stores} deeds={deeds} />
    </TextProvider>,
  );
  const sent = (name: string) => bridge.commands.filter((command) => command.name === name).map(({ request }) => request);
  return { stores, bridge, deeds, saved, erased, sent, user: userEvent.setup() };
}
const rules = (people: number) => [
  {
    ruleId: 'two-years',
    name: { en: 'Two years silent', zh: '两年无联系' },
    silentForDays: 730,
    stages: [],
    people,
    first: [{ contactId: 'c-1', name: 'Adam Lowe', lastContactAt: null }],
  },
];

afterEach(cleanup);

describe('erasing a person', () => {
  it('asks for the name and a reason before it can be done, and tells what went', async () => {
    const { user, bridge, deeds, erased, sent } = open();
    bridge.answers['privacy:erase'] = () => ({
      ok: true,
      value: {
        erasureId: 'e-1',
        removed: [
          { what: 'person', count: 2 },
          { what: 'moon_rock', count: 1 },
        ],
      },
    });
    deeds.ask({ kind: 'erase', contactId: 'c-1', name: 'Adam Lowe' });
    const dialog = await screen.findByRole('dialog', { name: 'Erase Adam Lowe' });
    const erase = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Erase for good' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Why, for the audit' }), 'Asked by letter');
    await user.type(within(dialog).getByRole('textbox', { name: /^Type the name/ }), 'adam lowe');
    expect(erase.disabled).toBe(true);
    await user.clear(within(dialog).getByRole('textbox', { name: /^Type the name/ }));
    await user.type(within(dialog).getByRole('textbox', { name: /^Type the name/ }), 'Adam Lowe');
    await user.click(erase);
    await screen.findByRole('dialog', { name: 'Adam Lowe is erased' });
    expect(screen.getByText('Other entries (moon rock)')).toBeDefined();
    expect(sent('privacy:erase')).toEqual([{ contactId: 'c-1', confirmName: 'Adam Lowe', reason: 'Asked by letter' }]);
    expect(erased).toEqual(['c-1']);
  });

  it('says that it was refused, and keeps the person on the screen', async () => {
    const { user, bridge, deeds, erased } = open();
    bridge.answers['privacy:erase'] = () => ({ ok: false, error: { code: 'conflict', message: 'held' } });
    deeds.ask({ kind: 'erase', contactId: 'c-1', name: 'Li' });
    const dialog = await screen.findByRole('dialog', { name: 'Erase Li' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Why, for the audit' }), 'x');
    await user.type(within(dialog).getByRole('textbox', { name: /^Type the name/ }), 'Li');
    await user.click(within(dialog).getByRole('button', { name: 'Erase for good' }));
    await within(dialog).findByText(/Not erased: a legal hold stands/);
    expect(erased).toEqual([]);
  });
});

describe('lapsed records', () => {
  it('are shown by a dry run and deleted only as they were shown', async () => {
    const { user, bridge, deeds, sent } = open();
    bridge.answers['privacy:lapsed'] = () => ({ ok: true, value: { rules: rules(12) } });
    bridge.answers['privacy:holds'] = () => ({ ok: true, value: { holds: [] } });
    bridge.answers['privacy:delete-lapsed'] = () => ({ ok: true, value: { deleted: 12, isDone: true } });
    await deeds.look();
    await screen.findByText('12 people');
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete 12 for good' }));
    await screen.findByText('12 people deleted');
    expect(sent('privacy:delete-lapsed')).toEqual([{ ruleId: 'two-years', expected: 12 }]);
  });

  it('stay when others fit the rule by now, and the list shows them', async () => {
    const { user, bridge, deeds } = open();
    bridge.answers['privacy:holds'] = () => ({ ok: true, value: { holds: [] } });
    bridge.answers['privacy:lapsed'] = () => ({ ok: true, value: { rules: rules(12) } });
    await deeds.look();
    bridge.answers['privacy:delete-lapsed'] = () => {
      bridge.answers['privacy:lapsed'] = () => ({ ok: true, value: { rules: rules(13) } });
      return { ok: false, error: { code: 'conflict', message: '' } };
    };
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete 12 for good' }));
    await screen.findByText('Nothing was deleted: others fit the rule by now. The list shows them.');
    await screen.findByText('13 people');
  });

  it('are kept for whoever is held, until the hold is lifted', async () => {
    const { user, bridge, deeds, sent } = open();
    bridge.answers['privacy:lapsed'] = () => ({ ok: true, value: { rules: [] } });
    bridge.answers['privacy:holds'] = () => ({
      ok: true,
      value: { holds: [{ contactId: 'c-9', name: 'Pia Stern', reason: 'Court case', until: null, by: 'Ruth', at: 1 }] },
    });
    await deeds.look();
    await screen.findByText('Court case');
    await user.click(screen.getByRole('button', { name: 'Lift the hold' }));
    await waitFor(() => expect(sent('privacy:hold')).toEqual([{ contactId: 'c-9', reason: null, until: null }]));
  });
});

describe('downloads', () => {
  it('are handed over under the name that the bridge gave', async () => {
    const { deeds, saved } = open();
    await deeds.saveDossier('c-1');
    expect(saved).toEqual(['file.txt']);
  });

  it('that fail are told, and nothing is saved', async () => {
    const { deeds, bridge, saved, stores } = open();
    bridge.fetchFile = () => Promise.resolve({ ok: false, error: { code: 'forbidden', message: '' } });
    bridge.answers['privacy:export-link'] = () => ({ ok: false, error: { code: 'forbidden', message: '' } });
    await deeds.saveDossier('c-1');
    await deeds.exportCustomers('okafor & co');
    expect(saved).toEqual([]);
    expect(stores.notices.getState().map((notice) => notice.kind)).toEqual(['commandFailed', 'commandFailed']);
  });

  it('of many customers go by a link, so that no list is held in memory', async () => {
    const { deeds, bridge, saved, sent } = open();
    bridge.answers['privacy:export-link'] = () => ({ ok: true, value: { path: '/api/exports/files/abc' } });
    bridge.fetchFile = () => Promise.reject(new Error('This would hold the list in memory'));
    await deeds.exportCustomers('okafor & co');
    expect(sent('privacy:export-link')).toEqual([{ text: 'okafor & co' }]);
    expect(saved).toEqual(['/api/exports/files/abc']);
  });
});
