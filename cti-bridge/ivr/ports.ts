import type { FlowEntry, FlowVersion } from '../../shared/contracts/ivr/commands.ts';
import type { Flow } from '../../shared/contracts/ivr/flow.ts';
import type { InteractionId } from '../../shared/ids.ts';

/** Who did something, and when. `userId` null: the system itself. */
export interface Doing {
  readonly at: number;
  readonly by: { readonly userId: string | null; readonly name: string };
}

/** What was done to flows goes into the history of what administrators change, in the same unit of work. */
export interface NotedDoing extends Doing {
  readonly by: { readonly userId: string; readonly name: string };
  /** What was done and why, as the history tells it. */
  readonly note: string;
}

/** What is being changed of a flow. */
export interface FlowDraft extends Doing {
  readonly flow: Flow;
  /** Counts whatever became of the drafts of this flow, also when there is none for a while. */
  readonly revision: number;
}

/** What calls run. */
export interface LiveFlow extends Doing {
  readonly flow: Flow;
  readonly version: number;
}

/** A flow as it is kept: with a draft, a version that is live, or both. */
export interface KeptFlow {
  readonly flowId: string;
  readonly draft: FlowDraft | null;
  readonly live: LiveFlow | null;
}

export interface KeptEntries {
  readonly entries: readonly FlowEntry[];
  readonly revision: number;
}

/** Where flows and their versions are kept. Provided by the store. A flow that was removed is none, but keeps its versions. */
export interface FlowRepository {
  readAll(): Promise<readonly KeptFlow[]>;
  read(flowId: string): Promise<KeptFlow | null>;
  /** Also of a flow that was removed: calls ran it. */
  readVersion(flowId: string, version: number): Promise<Flow | null>;
  /** Newest first. */
  versions(flowId: string): Promise<readonly FlowVersion[]>;
  /**
   * `basedOn`: the draft it was made from, null for none. Null: somebody else's draft is there by now. A hand that wrote the draft there last goes
   * on from it, whatever it was told of that; `writingId` null: of no hand.
   */
  saveDraft(
    saving: Doing & { readonly flow: Flow; readonly basedOn: number | null; readonly writingId: string | null },
  ): Promise<{ readonly revision: number } | null>;
  /** False: there is no such draft any more. */
  discardDraft(discarding: NotedDoing & { readonly flowId: string; readonly draftRevision: number }): Promise<boolean>;
  /**
   * The draft of that revision, or with `restores` an earlier version, goes live as the next version. Null: the draft was changed since, or
   * the flow is gone. A version that is restored leaves the draft as it is.
   */
  publish(
    publishing: NotedDoing & {
      readonly flowId: string;
      readonly what: { readonly draftRevision: number } | { readonly restores: number };
      /** Why, as the versions tell it. */
      readonly why: string;
    },
  ): Promise<{ readonly version: number } | null>;
  /** False: there is none. */
  remove(removing: NotedDoing & { readonly flowId: string }): Promise<boolean>;
  readEntries(): Promise<KeptEntries>;
  /** Null: they were changed since. */
  saveEntries(
    saving: NotedDoing & { readonly entries: readonly FlowEntry[]; readonly basedOn: number },
  ): Promise<{ readonly revision: number } | null>;
}

/** One node that one caller passed, or at which their way through the flow ended. */
export interface PassedNode {
  readonly interactionId: InteractionId;
  /** When it was entered. */
  readonly at: number;
  readonly flowId: string;
  readonly version: number;
  readonly nodeId: string;
  /** Null: the flow ended there. `hangUp`: the caller did. */
  readonly exit: string | null;
  readonly tookMs: number;
  /** What they pressed; null when nothing, or when it was a secret. */
  readonly keys: string | null;
  /** What became known there, by its name. Never a secret. */
  readonly facts: Readonly<Record<string, string>>;
}

/** How a run of a flow tells its way. Never waited for, and never fails: what could not be kept is logged. */
export interface IvrTraces {
  note(passed: PassedNode): void;
}

export interface TraceSearch {
  readonly flowId: string;
  readonly nodeId: string | null;
  readonly exit: string | null;
  readonly typed: string | null;
  readonly from: number;
  readonly to: number;
  readonly before: number | null;
  readonly limit: number;
}

/** A call that went through a flow, as it is found. */
export interface FoundTrace {
  readonly interactionId: InteractionId;
  /** When it entered the flow. */
  readonly at: number;
  readonly number: string | null;
  readonly contactName: string | null;
  readonly version: number;
  /** The nodes of that flow, in order, and the exit of the last. */
  readonly path: readonly string[];
  readonly lastExit: string | null;
}

/** Whose customers somebody may see; `units` null is everybody's. */
export interface TraceScope {
  readonly units: readonly string[] | null;
}

/** How many callers left a node by an exit; `exit` null: their run ended there. */
export interface ExitCount {
  readonly nodeId: string;
  readonly exit: string | null;
  readonly callers: number;
}

/** The ways of callers through flows. Provided by the store. What they pressed and what became known of them goes when they are erased. */
export interface TraceRepository {
  /** `day`: when the day began on the clock of the organisation; the counts are kept by it. */
  note(passed: PassedNode & { readonly day: number }): Promise<void>;
  /** In order. `customer`: whether it is one of those who may be seen; nobody knows who an `unknown` one is. */
  read(
    interactionId: string,
    scope: TraceScope,
  ): Promise<{ readonly steps: readonly PassedNode[]; readonly customer: 'seen' | 'unseen' | 'unknown' }>;
  /** Latest first, of customers in that scope and of nobody known. */
  search(wanted: TraceSearch, scope: TraceScope): Promise<readonly FoundTrace[]>;
  /** Of the days that begin from `from` and before `to`; `version` null is all of them. */
  heat(
    flowId: string,
    version: number | null,
    from: number,
    to: number,
  ): Promise<{ readonly callers: number; readonly exits: readonly ExitCount[] }>;
}
