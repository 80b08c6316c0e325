import type { IdSource } from '../kernel/index.ts';
import type { ReadOperations, WriteOperations } from './repositories/index.ts';

type Args<Operations, Name extends keyof Operations> = Operations[Name] extends (db: infer _Db, ...args: infer Rest) => unknown
  ? Rest
  : never;
type Value<Operations, Name extends keyof Operations> = Operations[Name] extends (...args: never[]) => Promise<infer Result>
  ? Result
  : never;

type Read = <Name extends keyof ReadOperations>(name: Name, ...args: Args<ReadOperations, Name>) => Promise<Value<ReadOperations, Name>>;

/** The operations of the worker threads, as the ports are made of them. */
export interface StoreAccess {
  /** For what a call waits for. */
  readonly read: Read;
  /** For what people look through: lists, searches, pages. It may be slow and holds up no call. */
  readonly browse: Read;
  /** Resolves when it is on disk. */
  readonly write: <Name extends keyof WriteOperations>(
    name: Name,
    ...args: Args<WriteOperations, Name>
  ) => Promise<Value<WriteOperations, Name>>;
  /** Kept until it is on disk: from memory, where the disk stalls. */
  readonly keep: <Name extends keyof WriteOperations>(name: Name, ...args: Args<WriteOperations, Name>) => Promise<void>;
  /** What was deleted is to be gone from the disk as well. False: not now, readers were in the way. */
  readonly purge: () => Promise<boolean>;
  readonly ids: IdSource;
  /** Where the data is; files have folders of their own in it. */
  readonly folder: string;
}
