import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import type { OwnContact } from '../../../../shared/contracts/own-figures.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();
const contact = (id: string, change: Partial<OwnContact>): OwnContact => ({
  ...{ interactionId: id, channel: 'voice', queueId: 'q-1', at: now, waitedMs: null, handlingMs: null },
  ...{ level: null, isOwn: true, who: null, contactId: null },
  ...change,
});

async function open() {
  const stage = deskOnStage(now);
  const queues = [
    { queueId: 'q-1', inTime: 7, of: 10, targetPercent: 80, thresholdMs: 20_000 },
    { queueId: 'q-2', inTime: 1, of: 1, targetPercent: 80, thresholdMs: 20_000 },
  ];
  stage.bridge.snapshotNow = { ...stage.snapshot, today: { handled: 2, averageHandlingMs: 252_000, queues } };
  stage.bridge.answers['figures:contacts'] = ({ figure }) => ({
    ok: true,
    value: {
      contacts:
        figure === 'handled'
          ? [
              contact('i-1', { handlingMs: 300_000, who: 'Margaret Okafor', contactId: 'c-1' }),
              contact('i-2', { handlingMs: 204_000, queueId: null }),
            ]
          : Array.from({ length: 11 }, (_, at) =>
              contact(`i-${at}`, { level: at < 8 ? 'inTime' : 'gaveUp', waitedMs: 9_000, isOwn: false }),
            ),
    },
  });
  // What the page of a customer asks is another story.
  stage.bridge.answers['contact:page'] = () => ({ ok: false, error: { code: 'not_found', message: '' } });
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  const strip = await screen.findByRole('group', { name: 'Your figures today' });
  return { ...stage, strip, user: userEvent.setup() };
}

beforeAll(() => {
  standInForScreen();
});
afterEach(cleanup);

describe('own figures', () => {
  it('stand at the foot of the work, follow what the bridge says, and are sums over the own queues', async () => {
    const { strip, bridge } = await open();
    expect(
      within(strip)
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(['2handled', '4:12average', '72%in time']);
    bridge.push('figures:changed', { handled: 3, averageHandlingMs: null, queues: [] });
    await waitFor(() =>
      expect(
        within(strip)
          .getAllByRole('button')
          .map(({ textContent }) => textContent),
      ).toEqual(['3handled', '–average', '–in time']),
    );
  });

  it('open their formula and as many contacts as they say; whoever one had opens', async () => {
    const { strip, user, stores } = await open();
    await user.click(within(strip).getByRole('button', { name: /in time/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Your figures today' });
    expect(within(dialog).getByText(/answered within the time set for the queue/)).toBeDefined();
    expect(within(dialog).getByText('7 of 10 within 20 s, target 80%')).toBeDefined();
    const list = await within(dialog).findByRole('list', { name: 'Service level' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(11);
    expect(within(list).queryAllByRole('button')).toEqual([]);
    await user.click(within(dialog).getByText('Handled', { selector: 'label' }));
    const handled = await within(dialog).findByRole('list', { name: 'Handled' });
    expect(within(handled).getAllByRole('listitem')).toHaveLength(2);
    await user.click(within(handled).getByRole('button', { name: /Margaret Okafor/ }));
    await waitFor(() => expect(stores.view.getState()).toMatchObject({ place: 'customer', open: 'none' }));
  });

  it('say how customers rated where they are asked, with each answer', async () => {
    const { strip, bridge, user } = await open();
    const words = () =>
      within(strip)
        .getAllByRole('button')
        .map(({ textContent }) => textContent);
    expect(words()).toHaveLength(3);
    bridge.push('figures:changed', { handled: 2, averageHandlingMs: 252_000, queues: [], rating: { average: null, count: 0 } });
    await waitFor(() => expect(words().at(-1)).toBe('–0 ratings'));
    bridge.push('figures:changed', { handled: 2, averageHandlingMs: 252_000, queues: [], rating: { average: 4.57, count: 2 } });
    await waitFor(() => expect(words().at(-1)).toBe('4.62 ratings'));
    bridge.answers['figures:contacts'] = ({ figure }) => ({
      ok: true,
      value: { contacts: figure === 'rating' ? [contact('i-1', { rating: 5 }), contact('i-1', { rating: 4.14, who: 'Ann' })] : [] },
    });
    await user.click(within(strip).getByRole('button', { name: /ratings/ }));
    const list = await screen.findByRole('list', { name: 'Customers’ rating' });
    expect(within(list).getByText('5.0 of 5')).toBeDefined();
    expect(within(list).getByText('4.1 of 5')).toBeDefined();
  });

  it('are there by a key from anywhere, and read the list anew when the number changes', async () => {
    const { user, bridge, sent, desk } = await open();
    desk.goTo('customers');
    await user.keyboard('{Control>}{Shift>}y{/Shift}{/Control}');
    await screen.findByRole('dialog', { name: 'Your figures today' });
    await waitFor(() => expect(sent('figures:contacts')).toHaveLength(1));
    bridge.push('figures:changed', { handled: 3, averageHandlingMs: 252_000, queues: [] });
    await waitFor(() => expect(sent('figures:contacts')).toHaveLength(2));
  });
});
