import type { CommandName } from '../../shared/contracts/bridge-events.ts';
import type { Command } from './command.ts';
import { agentSetPresence } from './commands/agent-set-presence.ts';
import { boardContacts } from './commands/board-contacts.ts';
import { boardUnwatch } from './commands/board-unwatch.ts';
import { boardWatch } from './commands/board-watch.ts';
import { callDial } from './commands/call-dial.ts';
import { callEnd } from './commands/call-end.ts';
import { callFeatureTable } from './commands/call-features.ts';
import { callHold } from './commands/call-hold.ts';
import { callMeasured } from './commands/call-measured.ts';
import { callPauseRecording } from './commands/call-pause-recording.ts';
import { callRejoin } from './commands/call-rejoin.ts';
import { callResume } from './commands/call-resume.ts';
import { callResumeRecording } from './commands/call-resume-recording.ts';
import { callSendDigit } from './commands/call-send-digit.ts';
import { configurationHistory } from './commands/configuration-history.ts';
import { configurationRead } from './commands/configuration-read.ts';
import { configurationUndo } from './commands/configuration-undo.ts';
import { contactRead } from './commands/contact-read.ts';
import { contactTimeline } from './commands/contact-timeline.ts';
import { customerTable } from './commands/customers.ts';
import { figuresContacts } from './commands/figures-contacts.ts';
import { flowTable } from './commands/flows.ts';
import { guideTable } from './commands/guides.ts';
import { helpTable } from './commands/help.ts';
import { inboxTable } from './commands/inbox.ts';
import { interactionChooseContact } from './commands/interaction-choose-contact.ts';
import { interactionComplete } from './commands/interaction-complete.ts';
import { interactionExtendWrapUp } from './commands/interaction-extend-wrap-up.ts';
import { interactionSaveDraft } from './commands/interaction-save-draft.ts';
import { knowledgeTable } from './commands/knowledge.ts';
import { popDelivered } from './commands/pop-delivered.ts';
import { popPainted } from './commands/pop-painted.ts';
import { promptTable } from './commands/prompts.ts';
import { reservationReject } from './commands/reservation-reject.ts';
import { sessionLogOut } from './commands/session-log-out.ts';
import { sessionResume } from './commands/session-resume.ts';
import { supervisorGiveWork } from './commands/supervisor-give-work.ts';
import { supervisorMoveItem } from './commands/supervisor-move-item.ts';
import { supervisorRelease } from './commands/supervisor-release.ts';
import { supervisorSetPresence } from './commands/supervisor-set-presence.ts';
import { supervisorSetSkills } from './commands/supervisor-set-skills.ts';
import { userSetPassword } from './commands/user-set-password.ts';
import { whyAgent } from './commands/why-agent.ts';
import { whyItem } from './commands/why-item.ts';

/** Every command of the contract and the file that answers it. The compiler refuses a missing or a misplaced one. */
export const commandTable: { readonly [Name in CommandName]: Command<Name> } = {
  ...customerTable,
  ...callFeatureTable,
  ...promptTable,
  ...flowTable,
  ...guideTable,
  ...inboxTable,
  ...knowledgeTable,
  ...helpTable,
  'session:resume': sessionResume,
  'session:log-out': sessionLogOut,
  'agent:set-presence': agentSetPresence,
  'pop:delivered': popDelivered,
  'pop:painted': popPainted,
  'reservation:reject': reservationReject,
  'call:hold': callHold,
  'call:resume': callResume,
  'call:send-digit': callSendDigit,
  'call:end': callEnd,
  'call:pause-recording': callPauseRecording,
  'call:resume-recording': callResumeRecording,
  'call:dial': callDial,
  'call:rejoin': callRejoin,
  'call:measured': callMeasured,
  'interaction:save-draft': interactionSaveDraft,
  'interaction:choose-contact': interactionChooseContact,
  'interaction:extend-wrap-up': interactionExtendWrapUp,
  'interaction:complete': interactionComplete,
  'contact:read': contactRead,
  'contact:timeline': contactTimeline,
  'board:watch': boardWatch,
  'board:unwatch': boardUnwatch,
  'board:contacts': boardContacts,
  'figures:contacts': figuresContacts,
  'why:item': whyItem,
  'why:agent': whyAgent,
  'supervisor:set-presence': supervisorSetPresence,
  'supervisor:set-skills': supervisorSetSkills,
  'supervisor:release': supervisorRelease,
  'supervisor:move-item': supervisorMoveItem,
  'supervisor:give-work': supervisorGiveWork,
  'configuration:read': configurationRead,
  'configuration:history': configurationHistory,
  'configuration:undo': configurationUndo,
  'user:set-password': userSetPassword,
};
