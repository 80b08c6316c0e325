import type { CustomerStore } from '../crm/index.ts';
import type { StoreAccess } from './access.ts';
import { createAttachmentFiles } from './attachment-files.ts';

/** The record of one person: read where nobody's call waits for it, changed in one unit of work each. */
export function createRecordStore({
  browse,
  write,
  folder,
}: StoreAccess): Pick<CustomerStore, 'records' | 'commitments' | 'cases' | 'scheduledCallbacks' | 'attachments' | 'attachmentFiles'> {
  return {
    records: {
      page: (contactId, scope, at) => browse('readContactPage', contactId, scope, at),
      stream: (contactId, scope, wanted) => browse('readContactStream', contactId, scope, wanted),
      history: (contactId, scope, before, limit) => browse('readHistory', contactId, scope, before, limit),
      sees: (contactId, scope) => browse('seesPerson', contactId, scope),
      isSame: (oneId, otherId) => browse('isSamePerson', oneId, otherId),
      ownerOf: (kind, id) => browse('ownerOfSubject', kind, id),
      edit: (edit) => write('editPerson', edit),
      create: (person) => write('createPerson', person),
      setIdentifier: (setting) => write('setIdentifier', setting),
      shareIdentifier: (sharing) => write('shareIdentifier', sharing),
      removeIdentifier: (removal) => write('removeIdentifier', removal),
      setAddress: (setting) => write('setAddress', setting),
      undoChange: (undo) => write('undoChange', undo),
    },
    commitments: {
      addNote: (note) => write('addRecordNote', note),
      makePromise: (promise) => write('makePromise', promise),
      keepPromise: (kept) => write('keepPromise', kept),
      addTask: (task) => write('addTask', task),
      finishTask: (finished) => write('finishTask', finished),
      recordOffer: (offer) => write('recordOffer', offer),
      workOf: (agentId, scope) => browse('readWorkOf', agentId, scope),
    },
    cases: {
      read: (caseId, scope) => browse('readCase', caseId, scope),
      list: (scope, wanted) => browse('listCases', scope, wanted),
      open: (opened) => write('openCase', opened),
      step: (step) => write('stepCase', step),
    },
    scheduledCallbacks: {
      agree: (agreed) => write('agreeCallback', agreed),
      move: (moved) => write('moveScheduledCallback', moved),
      standInLine: (callbackId, promised) => write('putScheduledCallbackInLine', callbackId, promised),
      end: (ended) => write('endScheduledCallback', ended),
      standing: () => browse('readStandingCallbacks'),
      ofPerson: (contactId, scope) => browse('readScheduledCallbacksOf', contactId, scope),
      ofAgent: (agentId, scope) => browse('readScheduledCallbacksOfAgent', agentId, scope),
      find: (callbackId, scope) => browse('findScheduledCallback', callbackId, scope),
    },
    attachments: {
      add: (attachment) => write('addAttachment', attachment),
      read: (attachmentId, scope) => browse('readAttachment', attachmentId, scope),
    },
    attachmentFiles: createAttachmentFiles(folder),
  };
}
