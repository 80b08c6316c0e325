import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { Configuration } from '../../../../shared/contracts/configuration.ts';
import { rightsOfRole } from '../../../../shared/contracts/rights.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { scriptAdministration } from '../../../support/ui-stage/organisation.ts';
import { deskOnStage, standInForScreen } from '../app/stage.ts';

/** The administration, open at one entry of a section. */
async function openAt(section: string, name: string | null) {
  const stage = deskOnStage(Date.now());
  const user = { ...stage.bridge.snapshotNow.user, role: 'administrator' as const, rights: [...rightsOfRole.administrator] };
  stage.bridge.snapshotNow = { ...stage.bridge.snapshotNow, user };
  if (stage.bridge.loginOutcome.ok) Object.assign(stage.bridge.loginOutcome.value, { user });
  scriptAdministration(stage.bridge);
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  const hand = userEvent.setup({ delay: null });
  await hand.click(await screen.findByRole('button', { name: 'Administration' }));
  await hand.click(
    within(await screen.findByRole('navigation', { name: 'Sections' })).getByRole('button', { name: new RegExp(`^${section}`) }),
  );
  const entries = within(screen.getByRole('list', { name: section }));
  const entry = entries.getAllByRole('button', name === null ? {} : { name: new RegExp(`^${name}`) })[0];
  if (!entry) throw new Error(`nothing in ${section}`);
  await hand.click(entry);
  const write = async (label: string | RegExp, text: string) => {
    const field = screen.getAllByLabelText(label)[0];
    if (!field) throw new Error(`no field ${String(label)}`);
    await hand.clear(field);
    await hand.click(field);
    if (text !== '') await hand.paste(text);
    await hand.tab();
  };
  const saved = async () => {
    await hand.click(screen.getByRole('button', { name: /^Review and save/ }));
    await hand.click(await screen.findByRole('button', { name: /^Save/ }));
    const sent = () => stage.bridge.commands.filter(({ name: command }) => command === 'configuration:save');
    await waitFor(() => expect(sent()).toHaveLength(1));
    const [first] = sent();
    return (first as { request: { configuration: Configuration } }).request.configuration;
  };
  return { ...stage, hand, write, saved };
}

beforeAll(() => {
  // Forms are large; whether each part of them can be seen is looked at in pictures.
  configure({ defaultHidden: true });
  standInForScreen();
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(cleanup);

describe('what is set up for written contacts', () => {
  it.each([
    {
      ...{ section: 'Mailboxes', name: 'Customer care', label: 'Address', wrong: 'care at example', right: 'help@crosspoint.example' },
      mistake: 'An address such as care@example.com.',
      of: ({ mailboxes }: Configuration) => mailboxes[0]?.address,
    },
    {
      ...{ section: 'SMS lines', name: 'Offers', label: 'Address', wrong: 'http://sms.example/send', right: 'https://sms.example/send' },
      mistake: 'An address that begins with https:// and has no password in it.',
      of: ({ smsLines }: Configuration) => smsLines[1]?.carrier.kind === 'http' && smsLines[1].carrier.url,
    },
    {
      ...{ section: 'Web chat', name: 'Shop', label: 'Shown on', wrong: 'shop.example/path', right: 'https://shop.example' },
      mistake: 'As browsers name it: https://shop.example in small letters, or *.',
      of: ({ chatSites }: Configuration) => chatSites[0]?.allowedOrigins.join(' '),
    },
    {
      ...{ section: 'Fax and letters', name: 'Letters', label: 'Watched folder', wrong: 'letters', right: '/srv/letters' },
      mistake: 'The whole path, as /srv/letters.',
      of: ({ documentSources }: Configuration) => documentSources[0]?.folder,
    },
    {
      ...{ section: 'Message rules', name: 'Complaints', label: 'Answer within', wrong: 'soon', right: '45' },
      mistake: 'A number: digits only.',
      of: ({ messageRules }: Configuration) => String(messageRules[0]?.then.answerWithinMinutes),
    },
    {
      ...{ section: 'Templates', name: null, label: 'Shortcut', wrong: 'Two words', right: 'hi-there' },
      mistake: 'At most 20 small letters, digits or “-”.',
      of: ({ messageTemplates }: Configuration) => messageTemplates[0]?.shortcut,
    },
  ])('says below the field what is wrong with it, and is saved as it was mended: $section', async (each) => {
    const { section, name, label, wrong, right, mistake, of } = each;
    const { write, saved } = await openAt(section, name);
    await write(new RegExp(`^${label}`), wrong);
    expect(await screen.findByText(mistake)).toBeTruthy();
    await write(new RegExp(`^${label}`), right);
    expect(screen.queryByText(mistake)).toBeNull();
    expect(of(await saved())).toBe(right);
  });
});

describe('a rule that is not on yet', () => {
  it('is tried on past messages as if it were on, and tells where they would go and why', async () => {
    const { hand, bridge, write } = await openAt('Message rules', 'Contracts');
    await hand.selectOptions(screen.getByLabelText('Messages of'), 'the last 7 days');
    await hand.click(screen.getByRole('button', { name: 'Try' }));
    const trial = screen.getByRole('region', { name: 'Tried on past messages' });
    await within(trial).findByText('412 messages of 7 days; 2 would go elsewhere than now.');
    const asked = bridge.commands.find(({ name }) => name === 'rules:try')?.request as {
      days: number;
      rules: { id: string; isOn: boolean }[];
    };
    expect([asked.days, asked.rules.at(-1)]).toMatchObject([7, { id: 'contracts-by-mail', isOn: true }]);
    expect(within(trial).getByRole('row', { name: 'Sales 14 16' })).toBeTruthy();
    expect(trial.textContent).toContain('E-mail → Sales · Contracts to key accounts (One of the words: renewal)');
    // Rules that were changed since are other rules.
    await write(/^One of the words/, 'agreement');
    expect(within(trial).queryByRole('table')).toBeNull();
  });

  it('says so where it cannot be tried', async () => {
    const { hand, bridge } = await openAt('Message rules', 'Complaints');
    bridge.answers['rules:try'] = () => ({ ok: false, error: { code: 'storage_unavailable', message: 'no' } });
    await hand.click(screen.getByRole('button', { name: 'Try' }));
    expect(await screen.findByText('That could not be tried. Try again in a minute.')).toBeTruthy();
  });
});
