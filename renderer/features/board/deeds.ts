import type { BoardContact, BoardFigure, BoardFormula } from '../../../shared/contracts/board.ts';
import type { CommandRequest } from '../../../shared/contracts/bridge-events.ts';
import type { Supervising } from '../../../shared/contracts/call.ts';
import type { BoardScope } from '../../stores/index.ts';

/** What a supervisor can do at the board. What changes on the floor comes back with the next board; nothing here changes a fact by itself. */
export interface BoardDeeds {
  /** Watches from now on. */
  open(): void;
  /** Watches no more. What was told last stays for the next time. */
  close(): void;
  choose(change: { readonly scope?: BoardScope; readonly grouping?: 'state' | 'queue'; readonly isSoundOn?: boolean }): void;
  showContacts(queueId: string | null, figure: BoardFigure, formula: BoardFormula): void;
  showPeople(queueId: string | null): void;
  showContact(contact: BoardContact): void;
  showAgent(agentId: string, isFromPanel?: boolean): void;
  editAgent(isEditing: boolean): void;
  back(): void;
  setPresence(request: CommandRequest<'supervisor:set-presence'>): void;
  setSkills(request: CommandRequest<'supervisor:set-skills'>): void;
  release(interactionId: string): void;
  moveItem(request: CommandRequest<'supervisor:move-item'>): void;
  /** False: it was refused, and why was told. */
  giveWork(request: CommandRequest<'supervisor:give-work'>): Promise<boolean>;
  /** Into that call, leaving another one; or, where one is in it already, another way of being there. */
  supervise(interactionId: string, how: Supervising): void;
  stopSupervising(): void;
  /** The call one hears becomes one's own. */
  takeOver(): void;
}

export type ChosenPresence = CommandRequest<'supervisor:set-presence'>['set'];
