import type { MessagePort } from 'node:worker_threads';
import type { CheckOutcome, FileLook, FileOutcome, ImportCounts, RunSetting } from '../crm/index.ts';
import type { ChosenReading } from './decoders/decode-file.ts';

/** What a thread is started for: one task, then it ends. */
export type IntakeTask =
  | { readonly kind: 'look'; readonly file: string; readonly fileName: string; readonly chosen: ChosenReading }
  | { readonly kind: 'check'; readonly file: string; readonly setting: RunSetting; readonly door: MessagePort }
  | { readonly kind: 'run'; readonly file: string; readonly setting: RunSetting; readonly door: MessagePort };

export type RunProgress = ImportCounts & { readonly bytesRead: number };

export type IntakeNews =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  /** In the store's own words; they quote no row. */
  | { readonly kind: 'storeFailed'; readonly message: string }
  | { readonly kind: 'ended'; readonly outcome: FileOutcome<FileLook | CheckOutcome | null> };
