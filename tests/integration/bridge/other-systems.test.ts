import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoPassword } from '../../../cti-bridge/store/seed/demo-people.ts';
import type { Configuration } from '../../../shared/contracts/configuration.ts';
import { startBridge, type TestBridge } from '../../support/bridge.ts';
import { ScriptedDesktop } from '../../support/scripted-desktop.ts';
import { tmfExamples } from '../../support/tmf-examples.ts';

const secrets = mkdtempSync(join(tmpdir(), 'crosspoint-secrets-'));
const billingSecret = 'billing/secret+that=is long-enough'.replace(' ', '_');
const northSecret = 'the-secret-of-the-northern-office';
writeFileSync(join(secrets, 'billing'), `${billingSecret}\n`);
writeFileSync(join(secrets, 'north'), northSecret);

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await startBridge({ setUp: withSystems });
}, 60_000);
afterAll(async () => {
  await bridge.dispose();
  rmSync(secrets, { recursive: true });
  expect(bridge.bugs).toEqual([]);
});

function withSystems(configuration: Configuration): Configuration {
  const name = { en: 'Exchange', zh: '数据交换' };
  const system = (id: string, orgUnit: string | null) => ({
    ...{ id, name: { en: `System ${id}`, zh: id }, role: 'exchange', orgUnit, secret: { file: join(secrets, id) } },
  });
  return {
    ...configuration,
    orgUnits: [
      ...configuration.orgUnits,
      { id: 'north', parent: configuration.orgUnits.find(({ parent }) => parent === null)?.id ?? null, tier: 'province', name },
    ],
    roles: [...configuration.roles, { id: 'exchange', name, rights: ['session:own', 'record:exchange'] }],
    apiClients: [system('billing', null), system('north', 'north')],
  };
}

interface Line {
  readonly outcome: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: read field by field, as another system would.
  readonly body: any;
}

async function ask(method: string, path: string, body?: unknown, secret = billingSecret, type = 'application/json'): Promise<Answer> {
  const reply = await fetch(bridge.httpAddress + path, {
    method,
    headers: { authorization: `Bearer ${secret}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: reply.status, headers: reply.headers, body: await reply.json() };
}
const individual = '/tmf-api/party/v4/individual';

it('another system creates, reads, changes and lists what is its own, and a person at a desk sees it', async () => {
  const made = await ask('POST', individual, { ...tmfExamples.Individual, relatedParty: [] });
  expect([made.status, made.headers.get('location')]).toEqual([201, `${individual}/${made.body.id}`]);
  const again = await ask('POST', individual, { ...tmfExamples.Individual, relatedParty: [] });
  expect([again.status, again.body.id]).toEqual([200, made.body.id]);

  const patched = await ask('PATCH', `${individual}/${made.body.id}`, { fullName: '陈远' }, billingSecret, 'application/merge-patch+json');
  expect(patched.body).toMatchObject({ fullName: '陈远', birthDate: '1984-03-28' });
  const { body } = await ask('GET', `${individual}?externalId=CUST-000815&fields=fullName`);
  expect(body).toEqual([{ id: made.body.id, href: `${individual}/${made.body.id}`, '@type': 'Individual', fullName: '陈远' }]);

  const bill = await ask('POST', '/tmf-api/customerBillManagement/v4/customerBill', tmfExamples.CustomerBill);
  expect(bill.status).toBe(201);
  const bills = await ask('GET', '/tmf-api/customerBillManagement/v4/customerBill?relatedParty.id=CUST-000815&limit=1');
  expect([bills.headers.get('x-total-count'), bills.body[0].remainingAmount]).toEqual(['1', { unit: 'CNY', value: 28.5 }]);

  const desk = await ScriptedDesktop.logIn({
    bridge: bridge.httpAddress,
    username: 'dana.whitlock',
    password: demoPassword,
    phoneMedia: null,
  });
  const page = await desk.command('contact:page', { contactId: made.body.id });
  expect(page.ok && [page.value.record.name, page.value.bills.length]).toEqual(['陈远', 1]);
  const history = await desk.command('contact:history', { contactId: made.body.id, before: null, limit: 100 });
  expect(history.ok && history.value.changes.find(({ field }) => field === 'name')).toMatchObject({
    author: 'System billing',
    source: 'api:billing',
  });
  await desk.close();
});

it('a bulk takes what it can, tells of each line, and is stored when it is answered', async () => {
  const lines = [
    tmfExamples.Organization,
    { ...tmfExamples.Individual, externalId: 'CUST-2' },
    { '@type': 'Nonsense' },
    { ...tmfExamples.Usage, usageDate: 'yesterday' },
    tmfExamples.Usage,
  ];
  const body = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"broken\n\n`;
  const answer = await ask('POST', '/tmf-api/bulk', body, billingSecret, 'application/x-ndjson');
  expect(answer.status).toBe(200);
  expect(answer.body.lines.map(({ outcome }: Line) => outcome)).toEqual(['created', 'created', 'refused', 'refused', 'created', 'refused']);
  expect(answer.body.lines[3].message).toBe('usageDate: expected a time such as 2026-10-01T08:00:00+08:00, or a day such as 2026-10-01.');
  expect(answer.body).toMatchObject({ taken: 3, refused: 3 });
});

it('a system sees the customers of its office alone, and puts new ones there', async () => {
  const theirs = await ask('POST', individual, { externalId: 'N-1', fullName: 'Northern' }, northSecret);
  expect(theirs.body.partyCharacteristic).toContainEqual({ name: 'orgUnit', value: 'north', valueType: 'string' });
  const hidden = await ask('POST', individual, {
    externalId: 'B-1',
    fullName: 'Other',
    partyCharacteristic: [{ name: 'orgUnit', value: 'ningbo' }],
  });
  const units = hidden.status === 400 ? null : hidden.body.id;
  if (units) expect((await ask('GET', `${individual}/${units}`, undefined, northSecret)).status).toBe(404);
  // The same externalId of another system is another resource.
  const twin = await ask('POST', individual, { externalId: 'N-1', fullName: 'Twin' });
  expect(twin.body.id).not.toBe(theirs.body.id);
});

it('refusals are in the shape of these systems, and say what is wrong', async () => {
  expect(await ask('POST', individual, { contactMedium: 'none' })).toMatchObject({
    status: 400,
    body: { code: 'bad_request', reason: 'bad request', status: '400', message: expect.stringContaining('contactMedium') },
  });
  expect((await ask('GET', `${individual}/nobody`)).body).toMatchObject({ code: 'not_found' });
  expect((await ask('GET', `${individual}?limit=101`)).body.message).toBe('limit is a whole number from 1 to 100.');
  expect((await ask('GET', '/tmf-api/nothing/v4/x')).status).toBe(404);
  expect((await ask('POST', individual, '{"a":')).body).toMatchObject({ code: 'bad_request', reason: 'bad request' });
});

it('the documentation is for everybody, and needs nothing from elsewhere', async () => {
  const page = await fetch(`${bridge.httpAddress}/docs`);
  const text = await page.text();
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(text).toContain('/tmf-api/customerBillManagement/v4/customerBill');
  expect(text).not.toMatch(/<script|style=|https?:\/\/(?!127\.0\.0\.1)/);
  const described = (await (await fetch(`${bridge.httpAddress}/docs/openapi.json`)).json()) as { openapi: string; paths: object };
  expect([described.openapi, Object.keys(described.paths).length]).toEqual(['3.1.0', 19]);
});

// The last: from then on this address is refused.
it('nobody gets in by guessing: ten wrong secrets, and the right one is refused as well', async () => {
  const statuses = [];
  for (let n = 0; n < 10; n += 1) statuses.push((await ask('GET', individual, undefined, `guess-${n}`)).status);
  expect(new Set(statuses)).toEqual(new Set([401]));
  expect((await ask('GET', individual)).status).toBe(429);
  expect(bridge.logged.join('\n')).not.toContain(billingSecret);
});
