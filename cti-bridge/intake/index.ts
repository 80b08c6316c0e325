/**
 * Files that come in: lists of customers that a person uploads, and production data that other systems put into a folder. Decoders turn
 * bytes into rows; what a row means is the business of `crm/import`, what becomes of it that of the store.
 *
 * Two things to know: a file is read in a thread of its own, in batches and in steady memory, so that calls never notice; and a row that
 * cannot be read is told with its number and costs nothing but itself.
 */

export type { ChosenReading, FileFormat, FileReading } from './decoders/decode-file.ts';
export { decodeFile, detectReading } from './decoders/decode-file.ts';
export type { DecodedBatch, DecodedRow, RowFault, RowFaultCode, UnreadableReason } from './decoders/decoded.ts';
export { UnreadableFile } from './decoders/decoded.ts';
export { ImportIntake, type IntakeParts, uploadLimitBytes } from './import-files.ts';
export { Inbox, type InboxParts, type TakenLine } from './inbox.ts';
