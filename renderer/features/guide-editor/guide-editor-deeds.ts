import type { Guide } from '../../../shared/contracts/guides.ts';
import type { GuideEditorState } from '../../stores/index.ts';

/** What is done with guides that are being written. */
export interface GuideEditorDeeds {
  open(): Promise<void>;
  choose(guideId: string): Promise<void>;
  /** A new one of this name, with one step. False: there is one of that id. */
  make(guideId: string, name: Guide['name']): boolean;
  write(guide: Guide): void;
  showStep(stepId: string | null): void;
  showDialog(dialog: GuideEditorState['dialog']): void;
  /** Resolves when it is live, or its problems are shown. */
  publish(note: string): Promise<void>;
  restore(version: number): Promise<void>;
  withdraw(): Promise<void>;
  discard(): Promise<void>;
}
