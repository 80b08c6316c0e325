/**
 * What the screens show, kept outside React. Two things to know: `desk` holds only what the bridge said (`applySnapshot`, `applyPush` are
 * its whole logic); everything the agent opened, chose or typed lives in the other stores and is never mixed with it.
 *
 * Stores know no sockets and no screens. `app/compose.ts` connects them to both.
 */
export {
  agentsInScope,
  type BoardNames,
  type BoardPanel,
  type BoardScope,
  type BoardState,
  changeTop,
  closePanel,
  countFloor,
  emptyBoard,
  type FloorCounts,
  type FloorState,
  figureOf,
  floorState,
  floorStates,
  levelTone,
  namesOf,
  newAlerts,
  noNames,
  openFirst,
  openPanel,
  queuesInScope,
  receiveBoard,
  scopesOf,
  sumOf,
  type Totals,
  totalsOf,
  type WhyAnswer,
} from './board-state.ts';
export { currentCall, currentWork, interactionIdOf, popOf, type Work, workOf, wrapUpClockMs } from './current-work.ts';
export { applyPush, applySnapshot, type DeskState, emptyDesk } from './desk-state.ts';
export {
  createDrafts,
  type DraftJournal,
  type DraftStatus,
  type Drafts,
  type DraftView,
  type LeftDraft,
  type SaveOutcome,
} from './drafts.ts';
export {
  type CallState,
  type ConnectionState,
  createStores,
  emptyView,
  type LoginFailure,
  type NewNotice,
  type Notice,
  noConnection,
  notify,
  type Place,
  quietCall,
  type SessionState,
  type Stores,
  type ViewState,
} from './stores.ts';
