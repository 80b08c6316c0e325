import {
  type Configuration,
  configurationSchema,
  configurationVersion,
  type SectionName,
  sections,
  type UserConfiguration,
} from '../../../shared/contracts/configuration.ts';
import type { Schema } from '../schema.ts';
import { StoreError } from '../store-error.ts';

export type EntryRow = Schema['configuration_entry'];
/** What signing in needs of a user. */
export type LoginRow = Omit<Schema['login'], 'password_hash' | 'is_demo'>;

const sectionNames = Object.keys(sections) as readonly SectionName[];

/** What a database has in which nothing was set up. */
const nobodysOrganisation: Configuration['organisation'] = {
  name: { en: 'Crosspoint', zh: 'Crosspoint' },
  homeCountry: 'CN',
  timeZone: 'Asia/Shanghai',
  dialling: { outsidePrefix: null, areaCode: null },
};

export function entryRows(configuration: Configuration): EntryRow[] {
  const organisation = { section: 'organisation', entry_id: 'organisation', position: 0, body: JSON.stringify(configuration.organisation) };
  const entries = sectionNames.flatMap((section) =>
    configuration[section].map((entry, position) => ({
      section,
      entry_id: String(Reflect.get(entry, sections[section])),
      position,
      body: JSON.stringify(entry),
    })),
  );
  return [organisation, ...entries];
}

/** Rows in the order of their positions. */
export function configurationOf(rows: readonly EntryRow[]): Configuration {
  const bySection = new Map<string, unknown[]>(sectionNames.map((section) => [section, []]));
  let organisation = nobodysOrganisation;
  for (const row of rows) {
    if (row.section === 'organisation') organisation = checked(configurationSchema.shape.organisation, row);
    else if (isSection(row.section)) bySection.get(row.section)?.push(entryOf(row.section, row));
    else throw unreadable(row);
  }
  // Each entry has just been read by the schema of its section.
  return { version: configurationVersion, organisation, ...Object.fromEntries(bySection) } as Configuration;
}

export function entryOf<Section extends SectionName>(
  section: Section,
  row: Pick<EntryRow, 'section' | 'entry_id' | 'body'>,
): Configuration[Section][number] {
  const schema: Readable<unknown> = configurationSchema.shape[section].def.element;
  return checked(schema, row) as Configuration[Section][number];
}

export function loginRow(user: UserConfiguration): LoginRow {
  const { id: user_id, username, name, role, locale, agent } = user;
  return { user_id, username, name, role, locale, agent_id: agent?.id ?? null, extension: agent?.extension ?? null };
}

interface Readable<Value> {
  safeParse(value: unknown): { readonly success: boolean; readonly data?: Value | undefined };
}

function checked<Value>(schema: Readable<Value>, row: Pick<EntryRow, 'section' | 'entry_id' | 'body'>): Value {
  const parsed = schema.safeParse(JSON.parse(row.body));
  if (!parsed.success) throw unreadable(row);
  return parsed.data as Value;
}

const isSection = (name: string): name is SectionName => Object.hasOwn(sections, name);

function unreadable({ section, entry_id }: Pick<EntryRow, 'section' | 'entry_id'>): StoreError {
  return new StoreError(
    'corrupt',
    `The stored configuration cannot be read: the entry ${section}/${entry_id} is not of the expected form.`,
  );
}
