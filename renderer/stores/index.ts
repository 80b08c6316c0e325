/**
 * What the screens show, kept outside React. Two things to know: `desk` holds only what the bridge said (`applySnapshot`, `applyPush` are
 * its whole logic); everything the agent opened, chose or typed lives in the other stores and is never mixed with it.
 *
 * Stores know no sockets and no screens. `app/compose.ts` connects them to both.
 */
export { type Work, currentCall, currentWork, interactionIdOf, popOf, reservationIdOf, workOf } from './current-work.ts';
export { type DeskState, applyPush, applySnapshot, emptyDesk } from './desk-state.ts';
export { type DraftJournal, type Drafts, type DraftStatus, type DraftView, type SaveOutcome, createDrafts } from './drafts.ts';
export {
  type CallState,
  type ConnectionState,
  type LoginFailure,
  type NewNotice,
  type Notice,
  type SessionState,
  type Stores,
  type ViewState,
  createStores,
  emptyView,
  noConnection,
  notify,
  quietCall,
} from './stores.ts';
