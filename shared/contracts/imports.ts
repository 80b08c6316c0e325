import * as z from 'zod/mini';
import { id } from './fields.ts';

/**
 * Customers from files: upload, look, map, run, undo. The file itself goes by HTTP: `POST /api/imports`, the bytes as they are as the body
 * (`application/octet-stream`), its name URI-encoded in the header `X-File-Name`, with the bearer of the log-in.
 */

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

export const importFormats = ['csv', 'xlsx', 'vcard', 'json'] as const;
export const importEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1252'] as const;
export const importDelimiters = [',', ';', '\t', '|'] as const;
/** How the file is written: found out, or chosen by whoever sees that it was found out wrongly. Null where the format knows no such thing. */
export const importReadingSchema = z.object({
  format: z.enum(importFormats),
  encoding: z.nullable(z.enum(importEncodings)),
  delimiter: z.nullable(z.enum(importDelimiters)),
  /** The first row is names of columns, and nobody. */
  hasHeader: z.boolean(),
});
export type ImportReading = z.infer<typeof importReadingSchema>;
const chosenReadingSchema = z.partial(z.pick(importReadingSchema, { encoding: true, delimiter: true, hasHeader: true }));

export const importMappingSchema = z.object({
  reading: importReadingSchema,
  /** One target a column, in the order of the columns. */
  columns: z.array(importTargetSchema).check(z.maxLength(512)),
  /** What happens to a row of somebody who is known already (by external id, else by a number or address of their own). */
  whenKnown: z.enum(['skip', 'fillEmpty', 'overwrite']),
  /** Of the rows: where their people belong, unless a column says so. */
  orgUnitId: z.nullable(id),
  /** Named as the source of every value. */
  source: z.string().check(z.regex(/\S/), z.maxLength(100)),
});
export type ImportMapping = z.infer<typeof importMappingSchema>;

/**
 * Something wrong with a row, which is then left out as a whole. `row` as counted in the file (the head is row 1; of a workbook as Excel
 * counts; of cards the card's number and one), `column` its name or letter, `found` cut to 80 characters.
 */
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
    /** Bytes that are no text in this encoding. */
    'notText',
    /** #N/A and the like. */
    'cellInError',
    'cardUnreadable',
    'unknownOrgUnit',
    'twiceInFile',
    /** What it says fits several records, or a number that several people share. */
    'ambiguous',
    /** Somebody else's customer, or the store refused it. */
    'refused',
  ]),
  found: z.string(),
  /** For `unknownValue`: what could stand there; for `twiceInFile`: the other row. */
  expected: z.string(),
});
export type ImportProblem = z.infer<typeof importProblemSchema>;

export const importFailures = [
  'empty',
  'unknownFormat',
  'oldExcel',
  'protected',
  'damaged',
  'noSheet',
  'tooManyParts',
  'tooLargeUnpacked',
  'tooManyTexts',
  /** The uploaded file is not there any more. */
  'fileGone',
  'storeFailed',
  /** The program that reads it ended before the file did. */
  'stopped',
] as const;
export type ImportFailure = (typeof importFailures)[number];

export const importViewSchema = z.object({
  importId: z.string(),
  fileName: z.string(),
  format: z.enum(importFormats),
  encoding: z.nullable(z.enum(importEncodings)),
  bytes: z.number(),
  /** Of the file, for the progress bar. */
  bytesRead: z.number(),
  state: z.enum(['uploaded', 'waiting', 'running', 'done', 'canceled', 'failed', 'interrupted', 'undoing', 'undone']),
  /** Rows of data so far; of these so many were created, updated, skipped and refused. */
  read: z.number(),
  created: z.number(),
  updated: z.number(),
  skipped: z.number(),
  refused: z.number(),
  rowsPerSecond: z.nullable(z.number()),
  at: z.number(),
  by: z.string(),
  finishedAt: z.nullable(z.number()),
  /** Why it failed; null otherwise. */
  failure: z.nullable(z.enum(importFailures)),
  /** After an undo: what could not be taken back because somebody changed it since. */
  kept: z.number(),
});
export type ImportView = z.infer<typeof importViewSchema>;

export const importPreviewSchema = z.object({
  view: importViewSchema,
  /** Names of the columns; letters where the file has none. */
  header: z.array(z.string()),
  /** The first twenty rows as they were read. */
  sample: z.array(z.array(z.string())),
  guess: importMappingSchema,
  /** Rows among the first that cannot be read at all. */
  problems: z.array(importProblemSchema),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

/** The answer of `POST /api/imports`. */
export const importUploadedSchema = z.object({ importId: z.string() });

export const importCommands = {
  'import:list': { right: 'record:import', request: z.object({}), answer: z.object({ imports: z.array(importViewSchema) }) },
  /** With another encoding or delimiter than the one found out, where the sample looks wrong. */
  'import:preview': {
    right: 'record:import',
    request: z.object({ importId: id, reading: z.optional(chosenReadingSchema) }),
    answer: importPreviewSchema,
  },
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
      /** Values by what they become, as they would be stored: codes, ids of offices; numbers and addresses by their kind. */
      people: z.array(
        z.object({ row: z.int(), what: z.enum(['create', 'update', 'skip']), name: z.string(), values: z.record(z.string(), z.string()) }),
      ),
    }),
  },
  'import:start': { right: 'record:import', request: z.object({ importId: id, mapping: importMappingSchema }), answer: importViewSchema },
  /** After an interruption: goes on behind the last row that was stored. */
  'import:continue': { right: 'record:import', request: z.object({ importId: id }), answer: importViewSchema },
  /** What was stored stays; `import:undo` takes it back. */
  'import:cancel': { right: 'record:import', request: z.object({ importId: id }), answer: importViewSchema },
  /** Takes back all of it: who was created and not touched since, and every field that still has the value it gave. */
  'import:undo': { right: 'record:import', request: z.object({ importId: id }), answer: importViewSchema },
  /** After an undo: what stayed, because somebody worked with it since. `field` null: the person as a whole. */
  'import:kept': {
    right: 'record:import',
    request: z.object({ importId: id }),
    answer: z.object({ people: z.array(z.object({ contactId: z.string(), name: z.string(), field: z.nullable(z.string()) })) }),
  },
  /** Removes one that is not running from the list: its file, where it was never started, and the rows it refused. */
  'import:forget': { right: 'record:import', request: z.object({ importId: id }), answer: z.object({}) },
  /** A page of refused rows, in their order; `next` is the `after` of the following one. */
  'import:problems': {
    right: 'record:import',
    request: z.object({ importId: id, after: z.int(), limit: z.int().check(z.gte(1), z.lte(200)) }),
    answer: z.object({ problems: z.array(importProblemSchema), next: z.nullable(z.int()) }),
  },
} as const;
