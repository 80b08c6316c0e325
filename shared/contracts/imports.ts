import * as z from 'zod/mini';

/** Customers from files: upload, look, map, run, undo. The file itself goes by HTTP (`POST /api/imports`). */
const id = z.string().check(z.minLength(1), z.maxLength(64));

export const importFields = [
  'name',
  'title',
  'mobile',
  'phone',
  'email',
  'externalId',
  'membership',
  'company',
  'companyRole',
  'tier',
  'segment',
  'stage',
  'locale',
  'birthday',
  'orgUnit',
  'addressLines',
  'city',
  'region',
  'postalCode',
  'country',
  'prefersChannel',
  'allowsSmsOffers',
  'allowsEmailOffers',
  'allowsCallOffers',
  'allowsRecording',
  'note',
] as const;
/** What a column becomes: a field, a custom field (`custom:ID`), or nothing. */
export const importTargetSchema = z.union([z.enum(importFields), z.templateLiteral(['custom:', z.string()]), z.literal('skip')]);
export type ImportTarget = z.infer<typeof importTargetSchema>;

export const importMappingSchema = z.object({
  /** One target a column, in the order of the columns. */
  columns: z.array(importTargetSchema).check(z.maxLength(200)),
  /** What happens to a row of somebody who is known already (by external id, else by a number or address of their own). */
  whenKnown: z.enum(['skip', 'fillEmpty', 'overwrite']),
  /** Of the rows: where their people belong, unless a column says so. */
  orgUnitId: z.nullable(id),
  /** Named as the source of every value. */
  source: z.string().check(z.regex(/\S/), z.maxLength(100)),
});
export type ImportMapping = z.infer<typeof importMappingSchema>;

/** Something wrong with a row: `row` as counted in the file (the head is row 1), `found` cut to 80 characters. */
export const importProblemSchema = z.object({
  row: z.int(),
  column: z.nullable(z.string()),
  code: z.enum([
    'noName',
    'badNumber',
    'numberLostDigits',
    'badEmail',
    'badDate',
    'unknownValue',
    'tooLong',
    'badQuoting',
    'wrongColumnCount',
    'notText',
    'unknownOrgUnit',
    'twiceInFile',
    'ambiguous',
    'refused',
  ]),
  found: z.string(),
  /** For `unknownValue`: what could stand there; for `twiceInFile`: the other row. */
  expected: z.string(),
});
export type ImportProblem = z.infer<typeof importProblemSchema>;

export const importViewSchema = z.object({
  importId: z.string(),
  fileName: z.string(),
  format: z.enum(['csv', 'xlsx', 'vcard', 'json']),
  encoding: z.nullable(z.string()),
  state: z.enum(['uploaded', 'waiting', 'running', 'done', 'canceled', 'failed', 'interrupted', 'undoing', 'undone']),
  /** Null while it is not known how many there are. */
  rows: z.nullable(z.number()),
  read: z.number(),
  created: z.number(),
  updated: z.number(),
  skipped: z.number(),
  refused: z.number(),
  rowsPerSecond: z.nullable(z.number()),
  at: z.number(),
  by: z.string(),
  finishedAt: z.nullable(z.number()),
  /** Why it failed, in words; null otherwise. */
  failure: z.nullable(z.string()),
  /** After an undo: what could not be taken back because somebody changed it since. */
  kept: z.number(),
});
export type ImportView = z.infer<typeof importViewSchema>;

export const importPreviewSchema = z.object({
  view: importViewSchema,
  header: z.array(z.string()),
  /** The first rows as they were read. */
  sample: z.array(z.array(z.string())),
  guess: importMappingSchema,
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** The answer of `POST /api/imports`. */
export const importUploadedSchema = z.object({ importId: z.string() });

export const importCommands = {
  'import:list': { right: 'record:import', request: z.object({}), answer: z.object({ imports: z.array(importViewSchema) }) },
  'import:preview': { right: 'record:import', request: z.object({ importId: id }), answer: importPreviewSchema },
  /** A dry run over the first thousand rows with this mapping: what would become of them. */
  'import:check': {
    right: 'record:import',
    request: z.object({ importId: id, mapping: importMappingSchema }),
    answer: z.object({
      looked: z.int(),
      created: z.int(),
      updated: z.int(),
      skipped: z.int(),
      problems: z.array(importProblemSchema),
      people: z.array(
        z.object({ row: z.int(), what: z.enum(['create', 'update', 'skip']), name: z.string(), values: z.record(z.string(), z.string()) }),
      ),
    }),
  },
  'import:start': { right: 'record:import', request: z.object({ importId: id, mapping: importMappingSchema }), answer: importViewSchema },
  'import:cancel': { right: 'record:import', request: z.object({ importId: id }), answer: importViewSchema },
  'import:undo': { right: 'record:import', request: z.object({ importId: id }), answer: importViewSchema },
  'import:problems': {
    right: 'record:import',
    request: z.object({ importId: id, after: z.int(), limit: z.int().check(z.gte(1), z.lte(200)) }),
    answer: z.object({ problems: z.array(importProblemSchema) }),
  },
} as const;
