import type { SurveyRepository } from '../interactions/index.ts';
import type { StoreAccess } from './access.ts';

export function createSurveyStore({ read, browse, write }: Pick<StoreAccess, 'read' | 'browse' | 'write'>): SurveyRepository {
  return {
    readSubject: (interactionId) => browse('readSurveySubject', interactionId),
    plan: (survey, since) => write('planSurvey', survey, since),
    readUnasked: (since, limit) => browse('readUnaskedContacts', since, limit),
    readUntold: (since, limit) => browse('readUntoldAnswers', since, limit),
    readDue: (now, limit) => read('readDueSurveys', now, limit),
    nextDueAt: () => read('nextSurveyAt'),
    settle: (interactionId, as, at) => write('settleSurvey', interactionId, as, at),
    findByToken: (token) => read('findSurveyByToken', token),
    findAsked: (lineId, addressKey, since, answeredBy) => read('findAskedSurvey', lineId, addressKey, since, answeredBy),
    findWordless: (lineId, addressKey, since, text) => read('findWordlessSurvey', lineId, addressKey, since, text),
    comment: (interactionId, text) => write('commentSurvey', interactionId, text),
    answer: (interactionId, answer, answeredBy) => write('answerSurvey', interactionId, answer, answeredBy),
    rate: (interactionId, answer) => write('rateContact', interactionId, answer),
  };
}
