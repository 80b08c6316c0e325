import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { App } from '../../../../renderer/app/App.tsx';
import { rightsOfRole } from '../../../../shared/contracts/rights.ts';
import { createI18n } from '../../../support/both-languages.ts';
import { scriptImports, stageImport } from '../../../support/ui-stage/import-scenes.ts';
import { deskOnStage, standInForScreen } from './stage.ts';

const now = Date.now();

/** An administrator at the imports, on scripted outsides. */
async function open() {
  const stage = deskOnStage(now);
  const user = { ...stage.snapshot.user, role: 'administrator', rights: [...rightsOfRole.administrator] };
  stage.bridge.snapshotNow = { ...stage.snapshot, user };
  scriptImports(stage.bridge, now, 'en');
  stage.desk.start();
  render(<App desk={stage.desk} i18n={createI18n('en')} />);
  stage.desk.goTo('import');
  await screen.findByRole('heading', { name: 'Imports' });
  await screen.findByText('fair-contacts.vcf');
  return { ...stage, user: userEvent.setup() };
}
const file = new File(['Customer no.,Name\nK-1,Eleanor Pryce\n'], 'customers-east-november.csv', { type: 'text/csv' });
async function openFile() {
  const stage = await open();
  await stage.user.upload(screen.getByLabelText('Choose a file', { selector: 'input' }), file);
  await screen.findByRole('table', { name: 'The first rows as they were read' });
  return stage;
}

beforeAll(async () => {
  // What comes when it is opened is there before the clock of a test runs.
  await Promise.all([import('../../../../renderer/app/Workplace.tsx'), import('../../../../renderer/features/import/index.ts')]);
  // jsdom has no media queries; the theme is fixed in these tests.
  standInForScreen();
});
afterEach(cleanup);

describe('an import on the screen', () => {
  it('begins with a file, and shows what each column becomes', async () => {
    const { bridge } = await openFile();
    expect(bridge.files).toEqual([{ path: '/api/imports', name: 'customers-east-november.csv' }]);
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Customer no. becomes' }).value).toBe('externalId');
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Since becomes' }).value).toBe('skip');
  });

  it('can only be started after a check of this very mapping', async () => {
    const { user, sent } = await openFile();
    const start = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Start/ });
    expect(start().disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: /^Check/ }));
    await screen.findByText('A spreadsheet has shortened this number. Format the column as text and save it again.');
    expect(screen.getByText('The same person as in row 5.')).toBeDefined();
    expect(start().disabled).toBe(false);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Since becomes' }), 'name');
    expect(start().disabled).toBe(true);
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Name becomes' }).value).toBe('skip');
    await user.click(screen.getByRole('button', { name: /^Check/ }));
    await waitFor(() => expect(start().disabled).toBe(false));
    expect(sent('import:check').at(-1)?.request).toMatchObject({
      mapping: { columns: ['externalId', 'skip', 'mobile', 'phone', 'email', 'company', 'name', 'tier'] },
    });
  });

  it('warns where no column is the name', async () => {
    const { user } = await openFile();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Name becomes' }), 'skip');
    expect(screen.getByText('No column is the name. Rows of new people would all be refused.')).toBeDefined();
  });

  it('is read again in another encoding', async () => {
    const { user, sent } = await openFile();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Encoding' }), 'gb18030');
    await waitFor(() =>
      expect(sent('import:preview').at(-1)?.request).toMatchObject({ importId: 'im-1', reading: { encoding: 'gb18030' } }),
    );
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Encoding' }).value).toBe('gb18030');
  });

  it('shows how far it is, what was left out, and takes it all back after a question', async () => {
    const { user, bridge, sent } = await openFile();
    await user.click(screen.getByRole('button', { name: /^Check/ }));
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Start/ }).disabled).toBe(false));
    await user.keyboard('{Alt>}s{/Alt}');
    const running = stageImport(now, 'en', {
      state: 'running',
      bytes: 1_000,
      bytesRead: 250,
      read: 5_000,
      created: 4_990,
      refused: 10,
      rowsPerSecond: 21_000,
    });
    bridge.push('import:changed', running);
    expect((await screen.findByRole<HTMLProgressElement>('progressbar')).value).toBe(0.25);
    expect(screen.getByText('21,000 rows a second')).toBeDefined();
    bridge.push('import:changed', {
      ...running,
      state: 'done',
      bytesRead: 1_000,
      read: 20_000,
      created: 19_990,
      finishedAt: now + 600_000,
    });
    // As long as its rows took, however long somebody looked at it before.
    await screen.findByText(/took 1 s$/);
    await screen.findByText('Done; 10 rows were left out');
    await screen.findByText('A name is missing.');
    await user.click(screen.getByRole('button', { name: 'Take back' }));
    const dialog = await screen.findByRole('dialog', { name: 'Take this import back' });
    expect(within(dialog).getByText(/^19,990 people it made are removed/)).toBeDefined();
    expect(sent('import:undo')).toHaveLength(0);
    await user.click(within(dialog).getByRole('button', { name: 'Take it all back' }));
    await screen.findByText('taken back', { selector: '.import-head *' });
    expect(sent('import:undo')).toHaveLength(1);
  });

  it('tells why a file was not taken, and lets another be chosen', async () => {
    const { user, bridge } = await open();
    bridge.fileAnswers['/api/imports'] = () => ({ ok: false, error: { code: 'too_large', message: '' } });
    await user.upload(screen.getByLabelText('Choose a file', { selector: 'input' }), file);
    await screen.findByText(/larger than 512 MB/);
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await screen.findByText('Drop a file here');
  });

  it('says why an earlier one ended, and goes on with one that was interrupted', async () => {
    const { user, bridge, sent } = await openFile();
    bridge.push('import:changed', stageImport(now, 'en', { state: 'failed', failure: 'oldExcel' }));
    await screen.findByText('This is an old Excel file (.xls). Save it as .xlsx or CSV.');
    bridge.push('import:changed', stageImport(now, 'en', { state: 'interrupted', read: 400, created: 400 }));
    await user.click(await screen.findByRole('button', { name: 'Go on' }));
    await waitFor(() => expect(sent('import:continue')).toHaveLength(1));
    await screen.findByRole('progressbar');
  });
});
