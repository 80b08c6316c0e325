import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameKey } from '../../../cti-bridge/crm/index.ts';
import { markSearchDue, reindex } from '../../../cti-bridge/store/repositories/search-documents.ts';
import { searchReads } from '../../../cti-bridge/store/repositories/search-reads.ts';
import { searchWrites } from '../../../cti-bridge/store/repositories/search-writes.ts';
import { type DatabaseUnderTest, databases } from '../../support/each-database.ts';

interface Somebody {
  readonly id: string;
  readonly name: string;
  readonly unit?: string;
  readonly company?: string;
  readonly numbers?: readonly string[];
  readonly emails?: readonly string[];
  readonly ids?: readonly string[];
  readonly lastUsedAt?: number;
}

const hostile = [
  `Robert'); DROP TABLE person;--`,
  '"quoted" OR "b"',
  'stern* NEAR(x)',
  'names:colon',
  'a & !b <-> c:*',
  `back\\slash ' quote`,
  '100%_sure',
  '{brace} ^caret',
  'nul\u0000byte',
  'שלום\u202eעולם',
  '😀 Bob',
  '𠮷野家',
];

const people: readonly Somebody[] = [
  {
    id: 'p-chen',
    name: '陈志远',
    company: 'a-donghe',
    numbers: ['+8613900004126', '+8657487001234'],
    emails: ['zhiyuan.chen@donghe.cn'],
    lastUsedAt: 5,
  },
  { id: 'p-chen2', name: '陈志远', unit: 'ningbo', numbers: ['+8613811112222'], lastUsedAt: 9 },
  { id: 'p-chen3', name: '陈志远航', unit: 'beijing', ids: ['VIP-2024-0042'] },
  { id: 'p-wang', name: '王伟', unit: 'ningbo', numbers: ['+8613900009999', '6012'] },
  { id: 'p-tomasz', name: 'Tomasz Zieliński', unit: 'beijing', numbers: ['+447700900142'], emails: ['tz@chen-partners.example'] },
  ...hostile.map((name, at) => ({ id: `h-${at}`, name, emails: [`h${at}@x.example`] })),
];

describe.each(databases)('search on $name', ({ open }) => {
  let database: DatabaseUnderTest;

  beforeAll(async () => {
    database = await open();
    const { db } = database;
    await db
      .insertInto('account')
      .values([
        {
          account_id: 'a-donghe',
          name: '东河物流有限公司',
          name_key: '东河物流有限公司',
          kind: 'company',
          is_key_account: 1,
          org_unit_id: null,
          ...noManager,
        },
        {
          account_id: 'a-kemp',
          name: 'Kemp & Sons',
          name_key: 'kemp & sons',
          kind: 'company',
          is_key_account: 0,
          org_unit_id: 'beijing',
          ...noManager,
        },
      ])
      .execute();
    for (const person of people) await add(person);
    await db
      .insertInto('customer_case')
      .values({
        ...{ case_id: 'c-1', contact_id: 'p-chen3', number: 'CS-2026-0042', kind: 'complaint', subject: '宽带 slow line' },
        ...{ opened_at: 1, due_at: null, closed_at: null },
      })
      .execute();
    while (await searchWrites.indexEverything(db, 4));
  });
  afterAll(() => database.close());

  async function add(person: Somebody): Promise<void> {
    const { db } = database;
    await db
      .insertInto('person')
      .values({
        ...{
          contact_id: person.id,
          head_id: person.id,
          name: person.name.replaceAll('\u0000', ''),
          name_key: nameKey(person.name),
          title: null,
        },
        ...{ locale: 'zh', tier: 'standard', org_unit_id: person.unit ?? null, prefers_channel: null },
        ...{ allows_recording: 1, allows_sms_offers: 1, allows_email_offers: 1 },
      })
      .execute();
    if (person.company)
      await db
        .insertInto('person_account')
        .values({ contact_id: person.id, account_id: person.company, role: null, is_primary: 1 })
        .execute();
    const written = [
      ...(person.numbers ?? []).map((value) => ({ kind: 'mobile', value })),
      ...(person.emails ?? []).map((value) => ({ kind: 'email', value })),
      ...(person.ids ?? []).map((value) => ({ kind: 'externalId', value })),
    ];
    for (const { kind, value } of written)
      await db
        .insertInto('identifier')
        .values({
          ...{ identifier_id: `${person.id}:${value}`, contact_id: person.id, account_id: null, kind, value, label: null },
          ...{ is_verified: 0, is_shared: 0, last_used_at: person.lastUsedAt ?? null },
        })
        .execute();
  }

  async function search(text: string, units: readonly string[] | null = null, limit = 20) {
    return searchReads.searchCustomers(database.reads, text, { units }, limit, 'CN');
  }
  const found = async (text: string, units: readonly string[] | null = null) => (await search(text, units)).map((hit) => hit.id);

  it('reads the telephone numbers of people and companies, those of merged cards among them, each once', async () => {
    const { db } = database;
    await add({ id: 'p-twin', name: '陈远', numbers: ['+8613900004126', '+8613700000001'] });
    await db.updateTable('person').set({ head_id: 'p-chen' }).where('contact_id', '=', 'p-twin').execute();
    const kemp = { contact_id: null, account_id: 'a-kemp', kind: 'phone', value: '+442071234567', label: 'Switchboard' };
    await db
      .insertInto('identifier')
      .values({ identifier_id: 'kemp:1', ...kemp, is_verified: 1, is_shared: 1, last_used_at: null })
      .execute();
    const numbers = await searchReads.numbersOf(database.reads, ['p-chen', 'p-chen3'], ['a-kemp']);
    expect(numbers.map(({ ownerId, number, kind, label }) => [ownerId, number, kind, label])).toEqual([
      ['p-chen', '+8613900004126', 'mobile', null],
      ['p-chen', '+8657487001234', 'mobile', null],
      ['p-chen', '+8613700000001', 'mobile', null],
      ['a-kemp', '+442071234567', 'phone', 'Switchboard'],
    ]);
    expect(await searchReads.numbersOf(database.reads, [], [])).toEqual([]);
    await db.deleteFrom('identifier').where('contact_id', '=', 'p-twin').execute();
    await db.deleteFrom('person').where('contact_id', '=', 'p-twin').execute();
  });

  it.each([
    '陈志远',
    '志远',
    '陈',
    'chenzhiyuan',
    'czy',
    'zy',
    'CHEN zhi',
    'Chén Zhìyuǎn',
    '东河 陈',
    'donghe czy',
    '陈 4126',
    'chen 4126',
  ])('finds a person by %s', async (text) => {
    expect(await found(text)).toContain('p-chen');
  });

  it.each([
    '13900004126',
    '139 0000 4126',
    '+86 139-0000-4126',
    '008613900004126',
    '１３９００００４１２６',
    '17951 13900004126',
    'tel:+8613900004126',
    'sip:13900004126@trunk.example',
    '0574-87001234',
    '(0574) 8700 1234',
    '0574-87001234转802',
  ])('finds a number written as %s and puts it first', async (text) => {
    expect((await search(text))[0]).toMatchObject({ id: 'p-chen', matched: 'number' });
  });

  it.each(['139', '1390', '1390000412', '+86139', '0086139', '86139', '4126', '04126', '00004126', '87001234', '05748', '0574 8700'])(
    'finds a number by its part %s',
    async (text) => {
      const hit = (await search(text)).find(({ id }) => id === 'p-chen');
      expect(hit).toMatchObject({ matched: 'number' });
    },
  );

  it('finds an extension, an address, an id, a company and a case', async () => {
    expect((await search('6012'))[0]).toMatchObject({ id: 'p-wang', matched: 'number', detail: '6012' });
    expect((await search('Zhiyuan.Chen@donghe.cn'))[0]).toMatchObject({ id: 'p-chen', matched: 'email' });
    expect((await search('zhiyuan.chen@do'))[0]).toMatchObject({ id: 'p-chen', matched: 'email' });
    expect((await search('p-chen2'))[0]).toMatchObject({ id: 'p-chen2', matched: 'id' });
    expect((await search('vip-2024-0042'))[0]).toMatchObject({ id: 'p-chen3', matched: 'id' });
    expect((await search('vip-20'))[0]).toMatchObject({ id: 'p-chen3' });
    expect((await search('东河'))[0]).toMatchObject({ kind: 'account', id: 'a-donghe', matched: 'name', isKeyAccount: true });
    expect((await search('dhwl'))[0]).toMatchObject({ kind: 'account', id: 'a-donghe', matched: 'pinyin' });
    expect((await search('cs-2026-0042'))[0]).toMatchObject({
      kind: 'case',
      id: 'c-1',
      contactId: 'p-chen3',
      matched: 'caseNumber',
      detail: 'CS-2026-0042',
    });
    expect((await search('slow line'))[0]).toMatchObject({ kind: 'case', id: 'c-1', matched: 'other' });
  });

  it('puts exactly the name first, of those the key account, then who was in touch last; then names that begin so', async () => {
    expect(await found('陈志远')).toEqual(['p-chen', 'p-chen2', 'p-chen3']);
    expect((await search('陈志远', null, 2)).map(({ id }) => id)).toEqual(['p-chen', 'p-chen2']);
  });

  it('puts a name before a company or an address in which the word stands', async () => {
    expect((await found('chen')).indexOf('p-tomasz')).toBeGreaterThan((await found('chen')).indexOf('p-chen3'));
  });

  it.each([
    ['a name', '陈志远'],
    ['pinyin', 'czy'],
    ['a number', '13811112222'],
    ['an ending', '2222'],
    ['an id', 'p-chen2'],
  ])('shows by %s nobody of another office', async (_, text) => {
    expect(await found(text, ['beijing'])).not.toContain('p-chen2');
    expect(await found(text, [])).not.toContain('p-chen2');
    expect(await found(text, ['ningbo'])).toContain('p-chen2');
    expect(
      await found(
        text,
        Array.from({ length: 100 }, (_unused, at) => `other-${at}`),
      ),
    ).not.toContain('p-chen2');
    expect(await found(text, [...Array.from({ length: 100 }, (_unused, at) => `other-${at}`), 'ningbo'])).toContain('p-chen2');
  });

  it('shows whoever belongs to no office to everybody, and cases and companies as their people', async () => {
    expect(await found('陈志远', [])).toEqual(['p-chen']);
    expect(await found('CS-2026-0042', ['ningbo'])).toEqual([]);
    expect(await found('CS-2026-0042', ['beijing'])).toEqual(['c-1']);
    expect(await found('kemp', ['ningbo'])).toEqual([]);
    expect(await found('kemp', ['beijing'])).toEqual(['a-kemp']);
  });

  it.each(hostile.map((name, at) => [JSON.stringify(name), name, `h-${at}`] as const))(
    'finds %s as the text it is',
    async (_, name, id) => {
      expect((await search(name))[0]).toMatchObject({ id });
    },
  );

  it('answers anything that can be typed', async () => {
    for (const text of [
      '',
      ' ',
      '"',
      '*',
      "'",
      '\\',
      '%',
      '_',
      '(',
      ')',
      'AND',
      'NOT',
      'a"',
      '\u0000',
      '\ud800',
      '-',
      '+',
      '@',
      '9'.repeat(200),
      '陈'.repeat(200),
      'x@'.repeat(90),
    ])
      expect(Array.isArray(await search(text))).toBe(true);
    expect(await found('')).toEqual([]);
  });

  it('shows two cards of one person as one line, under the name of the record, by either name', async () => {
    const { db } = database;
    await add({ id: 'p-kept', name: 'Margaret Okafor' });
    await add({ id: 'p-absorbed', name: 'Maggie Smithson', numbers: ['+447700900555'] });
    await db.updateTable('person').set({ head_id: 'p-kept' }).where('contact_id', '=', 'p-absorbed').execute();
    await reindex(db, { contactIds: ['p-kept', 'p-absorbed'] });
    for (const text of ['smithson', 'okafor', '+447700900555'])
      expect(await search(text)).toMatchObject([{ id: 'p-kept', title: 'Margaret Okafor' }]);
  });

  it('follows a change and an erasure at once, and a company’s new name when there is time', async () => {
    const { db } = database;
    await add({ id: 'p-new', name: 'Quentin Vole', company: 'a-kemp' });
    await reindex(db, { contactIds: ['p-new'] });
    expect(await found('vole')).toEqual(['p-new']);
    await db.updateTable('person').set({ name: 'Quentin Marsh', name_key: 'quentin marsh' }).where('contact_id', '=', 'p-new').execute();
    await reindex(db, { contactIds: ['p-new'] });
    expect([await found('vole'), await found('marsh')]).toEqual([[], ['p-new']]);

    await db.updateTable('account').set({ name: 'Zebulon Works', name_key: 'zebulon works' }).where('account_id', '=', 'a-kemp').execute();
    await reindex(db, { accountIds: ['a-kemp'] });
    expect(await found('zebulon')).toEqual(['a-kemp']);
    while (await searchWrites.indexDue(db, 100));
    expect(await found('zebulon')).toEqual(['a-kemp', 'p-new']);

    await db.deleteFrom('person_account').where('contact_id', '=', 'p-new').execute();
    await db.deleteFrom('person').where('contact_id', '=', 'p-new').execute();
    expect(await found('marsh')).toEqual([]);
    await markSearchDue(db, 'person', ['p-new', 'p-wang']);
    expect(await searchWrites.indexDue(db, 100)).toBe(false);
    expect(await found('marsh')).toEqual([]);
  });
});

const noManager = { manager_name: null, manager_agent_id: null };
